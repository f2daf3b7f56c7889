/** What was looked at in something that is checked, and what came of it, in a sentence. */
export interface Finding<Code extends string> {
  /** `unknown`: what is checked does not tell. */
  readonly result: 'holds' | 'fails' | 'unknown'
  readonly code: Code | null
  readonly sentence: string
}

export const holds = (sentence: string): Finding<never> => ({ result: 'holds', code: null, sentence })
export const fails = <Code extends string>(code: Code, sentence: string): Finding<Code> => ({ result: 'fails', code, sentence })
export const unknown = (sentence: string): Finding<never> => ({ result: 'unknown', code: null, sentence })

export const isSound = (findings: readonly Finding<string>[]): boolean => findings.every(({ result }) => result !== 'fails')
