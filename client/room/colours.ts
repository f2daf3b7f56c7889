/** A colour for each delegation, the same on every screen. Colour never says anything that words do not say too. */
const coloursMax = 8

function hash(name: string): number {
  let sum = 0
  for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)!) % 65_521
  return sum
}

/** Class names `delegation-0` to `delegation-7`; two delegations share one only when there are more than eight. */
export function coloursOf(delegations: readonly string[]): ReadonlyMap<string, string> {
  const colours = new Map<string, string>()
  const taken = new Set<number>()
  for (const delegation of [...delegations].sort()) {
    if (taken.size === coloursMax) taken.clear()
    let colour = hash(delegation) % coloursMax
    while (taken.has(colour)) colour = (colour + 1) % coloursMax
    taken.add(colour)
    colours.set(delegation, `delegation-${colour}`)
  }
  return colours
}
