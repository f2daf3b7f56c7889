/** Where cards stand: each beside its paragraph, none over another, the chosen one exactly beside its own. */

export interface StackItem {
  readonly id: string
  /** Where it would like to begin. */
  readonly wanted: number
  readonly height: number
}

/** Tops by id, none above 0. Items come in the order of the page; those before `fixed` move up to leave it its place. */
export function stack(items: readonly StackItem[], gap: number, fixed: string | null = null): Map<string, number> {
  const at = items.findIndex((item) => item.id === fixed)
  const wanted = items.map((item) => item.wanted)
  for (let index = at - 1; index >= 0; index--) {
    wanted[index] = Math.min(wanted[index]!, wanted[index + 1]! - gap - items[index]!.height)
  }
  const tops = new Map<string, number>()
  let floor = 0
  for (const [index, item] of items.entries()) {
    const top = Math.max(wanted[index]!, floor)
    tops.set(item.id, top)
    floor = top + item.height + gap
  }
  return tops
}
