/** Words to the clipboard, and what came of it. */
import { message } from '../messages/index.ts'
import { say } from './toasts.tsx'

export async function copyWords(words: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(words)
    say(message('copied'))
  } catch {
    say(message('copy-by-hand'))
  }
}
