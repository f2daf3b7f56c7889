/**
 * Letters that stand for the marks of footnotes while two texts are compared word by word, one for each mark, and none of
 * which is in the texts. Pure.
 */
const [first, last] = [0xe000, 0xf8ff]

/** Of the private use area; texts that leave no more of it get fewer. */
export function markLetters(texts: readonly string[], count: number): string[] {
  const taken = new Set(texts.join(''))
  const letters: string[] = []
  for (let code = first; code <= last && letters.length < count; code++) {
    const letter = String.fromCharCode(code)
    if (!taken.has(letter)) letters.push(letter)
  }
  return letters
}
