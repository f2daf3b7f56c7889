/** The points of a draft's history that people may go back to look at: what was put forward and decided, never keystrokes. */

/** Commands that changed the text, or what is proposed on it, or were a step on its way. */
export const pointKinds: ReadonlySet<string> = new Set([
  'import', 'open-negotiation', 'reopen-drafting', 'freeze',
  'put-forward', 'record-for', 'confirm-recorded', 'withdraw', 'take-up', 'leave', 'consent', 'correct-editorially', 'put-forward-again',
  'incorporate', 'not-reflected', 'keep-in-brackets', 'settle', 'undo-decision', 'lift-bracket', 'agree', 'reopen-unit',
  'keep-version', 'issue-revision', 'restore-version',
])

export const isPoint = ({ kind }: { readonly kind: string }): boolean => pointKinds.has(kind)
