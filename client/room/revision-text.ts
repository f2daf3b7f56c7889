/** The other text that a revision is to be made of, kept on the device until the revision is issued: a dialog is closed in a moment. */

type Keep = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const keyOf = (draft: string, hatId: string): string => `omnibus-revision:${draft}:${hatId}`

/** Empty where nothing is kept. */
export function keptText(keep: Keep, draft: string, hatId: string): string {
  try {
    return keep.getItem(keyOf(draft, hatId)) ?? ''
  } catch {
    return ''
  }
}

/** False where the device does not keep it. An empty text is forgotten. */
export function keepText(keep: Keep, draft: string, hatId: string, words: string): boolean {
  try {
    if (words === '') keep.removeItem(keyOf(draft, hatId))
    else keep.setItem(keyOf(draft, hatId), words)
    return true
  } catch {
    return false
  }
}
