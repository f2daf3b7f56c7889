/** Where cards stand: each beside its paragraph, none over another, the chosen one exactly beside its own. */

export interface StackItem {
  readonly id: string
  /** Where it would like to begin. */
  readonly wanted: number
  readonly height: number
}

/** Tops by id. Items come in the order of the page; `fixed` keeps its place and the others give way to it. */
export function stack(items: readonly StackItem[], gap: number, fixed: string | null = null): Map<string, number> {
  const tops = new Map<string, number>()
  const at = items.findIndex((item) => item.id === fixed)
  let floor = 0
  let start = 0
  if (at !== -1) {
    const chosen = items[at]!
    let ceiling = chosen.wanted
    for (let index = at - 1; index >= 0; index--) {
      const item = items[index]!
      ceiling = Math.min(item.wanted, ceiling - gap - item.height)
      tops.set(item.id, ceiling)
    }
    tops.set(chosen.id, chosen.wanted)
    floor = chosen.wanted + chosen.height + gap
    start = at + 1
    // Nothing above the page's edge: the whole upper part moves down, and with it what follows.
    const over = Math.min(0, ...tops.values())
    if (over < 0) {
      for (const [id, top] of tops) tops.set(id, top - over)
      floor -= over
    }
  }
  for (const item of items.slice(start)) {
    const top = Math.max(item.wanted, floor)
    tops.set(item.id, top)
    floor = top + item.height + gap
  }
  return tops
}
