/** Languages as Akoma Ntoso names them (ISO 639-2) and as a value does. */
const codes: readonly (readonly [string, string])[] = [['eng', 'en'], ['fra', 'fr'], ['spa', 'es'], ['rus', 'ru'], ['ara', 'ar'], ['zho', 'zh']]
const older: Readonly<Record<string, string>> = { fre: 'fr', chi: 'zh' }

/** null for what is no language's code. */
export function languageOfCode(code: string): string | null {
  const known = codes.find(([three, two]) => three === code || two === code)?.[1] ?? older[code]
  return known ?? (/^[a-z]{2,3}$/.test(code) ? code : null)
}

export const codeOfLanguage = (language: string): string => codes.find(([, two]) => two === language)?.[0] ?? language
