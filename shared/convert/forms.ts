/**
 * The fixed lines of a resolution in the six official languages: organ line, masthead, annex, closing line.
 * Forms, not names: what is written once for the General Assembly serves a conference of parties as well.
 */

/** No-break spaces and hyphens read as plain ones; the length stays. */
export const plain = (text: string): string => text.replace(/[\u00a0\u202f\u2007]/g, ' ').replace(/\u2011/g, '-')

const organNouns = {
  en: 'Assembly|Council|Commission|Committee|Conference|Congress|Meeting|Board|Parties|States',
  fr: 'Assemblée|Conseil|Commission|Comité|Conférence|Congrès|Réunion|Parties',
  es: 'Asamblea|Consejo|Comisión|Comité|Conferencia|Congreso|Reunión|Partes',
} as const

const organLines: readonly (readonly [string, RegExp])[] = [
  ['en', /^The (?:General Assembly|Security Council|Economic and Social Council|Human Rights Council)$/i],
  ['fr', /^(?:L[’']Assemblée générale|Le Conseil de sécurité|Le Conseil économique et social|Le Conseil des droits de l[’']homme)$/i],
  ['es', /^(?:La Asamblea General|El Consejo de Seguridad|El Consejo Económico y Social|El Consejo de Derechos Humanos)$/i],
  ['en', new RegExp(`^The [^.;:,]*\\b(?:${organNouns.en})\\b[^.;:,]*,$`, 'i')],
  ['fr', new RegExp(`^(?:L[’']|La |Le |Les )[^.;:,]*(?:${organNouns.fr})(?!\\p{L})[^.;:,]*,$`, 'iu')],
  ['es', new RegExp(`^(?:La |El |Las |Los )[^.;:,]*(?:${organNouns.es})(?!\\p{L})[^.;:,]*,$`, 'iu')],
  ['ru', /^(?:Генеральная Ассамблея|Совет Безопасности|Экономический и Социальный Совет|Совет по правам человека|Комиссия [^.;:,]*|Конференция [^.;:,]*),$/iu],
  ['zh', /^(?:大会|安全理事会|经济及社会理事会|人权理事会|[^，。；：]{2,12}(?:大会|会议|委员会))[，,]$/u],
  ['ar', /^إن (?:الجمعية العامة|مجلس|لجنة|المجلس|مؤتمر)[^.؛:،]*،$/u],
]

/** The language of a line that names the organ speaking ("The General Assembly,"), or null. */
export function organLanguageOf(text: string): string | null {
  if (text.length > 140) return null
  return organLines.find(([, form]) => form.test(plain(text)))?.[0] ?? null
}

/** An organ line with the first preambular paragraph behind it on the same line, cut in two, or null. */
export function splitOrgan(text: string): readonly [string, string] | null {
  const comma = plain(text.slice(0, 141)).indexOf(', ')
  if (comma < 0) return null
  const organ = text.slice(0, comma + 1)
  return organLanguageOf(organ) === null ? null : [organ, text.slice(comma + 2).trim()]
}

const mastheadForms: readonly RegExp[] = [
  /^(?:United Nations|Nations Unies|Naciones Unidas|Организация Объединенных Наций|联合国|الأمم المتحدة)(?: .{0,40})?$/iu,
  /^(?:The )?(?:General Assembly|Security Council|Economic and Social Council|Human Rights Council|Assemblée générale|Conseil de sécurité|Conseil économique et social|Conseil des droits de l[’']homme|Asamblea General|Consejo de Seguridad|Consejo Económico y Social|Consejo de Derechos Humanos|Генеральная Ассамблея|Совет Безопасности|Совет по правам человека|大会|安全理事会|人权理事会|الجمعية العامة|مجلس الأمن)$/iu,
  /^Distr\.?(?:\s|:|$)/i,
  /^(?:Original|Langue originale|Idioma original)\s?:/i,
  /^#/,
  /^\d{1,2}(?:er)? (?:de )?\p{L}+ (?:de )?\d{4}(?: (?:года|г\.))?$/u,
  /^\d{1,2}(?: \p{L}+)?[ –-]+\d{1,2} \p{L}+ \d{4}\b.{0,30}$/u,
  /\b(?:session|período de sesiones)(?: \(\d{4}\))?$/i,
  /сессия$|届会议$|^الدورة /u,
  /^(?:Agenda items?|Items?|Points?|Temas?|Пункты?) \d.{0,60}$|^议程项目|^البند \d/iu,
  /^(?:First|Second|Third|Fourth|Fifth|Sixth|Main|Special Political and Decolonization) Committee.{0,40}$/i,
  /^(?:Première|Deuxième|Troisième|Quatrième|Cinquième|Sixième) Commission$|^(?:Primera|Segunda|Tercera|Cuarta|Quinta|Sexta) Comisión$/i,
  /^\[.*\]$/su,
  /^(?:(?:Resolutions?|Decisions?) )?adopted (?:by|on|without)|^(?:(?:Résolution|Décision) )?adoptée par|^(?:(?:Resolución|Decisión) )?aprobada por|^Резолюция, принятая|大会决议$|^قرار اتخذته/iu,
]

const originalForm = mastheadForms[3]!
const parts = ['nations', 'organ', 'distribution'] as const
export type MastheadPart = (typeof parts)[number] | 'symbol' | 'date' | 'original'

/** As `plain`, without the strokes by which Arabic letters are drawn out. */
const unstretched = (text: string): string => plain(text).replace(/\u0640/g, '')

/** Which of the lines that stand in the table at the head of a document, or null. */
export function mastheadPart(text: string): MastheadPart | null {
  const line = unstretched(text)
  if (isSymbol(text)) return 'symbol'
  if (originalForm.test(line)) return 'original'
  if (mastheadForms[5]!.test(line)) return 'date'
  return parts.find((_part, at) => mastheadForms[at]!.test(line)) ?? null
}

const symbolForm = /^(?:A|S|E|ST|CTOC|CCPR|CEDAW|CRC|FCCC|UNEP|HSP|TD|DP|IDB|GC|CAC|CBD)(?:\/[A-Z0-9.()]+)+(?: ?\(\d{4}\))?(?: [A-Z](?:[-–][A-Z])?)?\*{0,3}$/i
const sponsorForm = /:\s*(?:(?:revised )?draft (?:resolution|decision)|projet de (?:résolution|décision)(?: révisée?)?|proyecto de (?:resolución|decisión)(?: revisad[oa])?|(?:пересмотренный )?проект резолюции)\s*\*{0,3}$/iu
const amendmentForm = /\b(?:sub-?)?amendments? to (?:the )?(?:draft|revised draft|proposal|text)|\bamendements? au projet|\benmiendas? al proyecto|^(?:sub-?)?amendments?$/iu
const agendaForm = /^(?:Agenda items?|Items?|Points?|Temas?|Пункты?) \d|^议程项目|^البند \d/iu

export const isSymbol = (text: string): boolean => text.length < 60 && symbolForm.test(plain(text))
export const isSponsors = (text: string): boolean => sponsorForm.test(plain(text))
export const isAmendments = (text: string): boolean => text.length < 300 && amendmentForm.test(plain(text))
export const isAgendaItem = (text: string): boolean => text.length < 80 && agendaForm.test(plain(text))
export const isMasthead = (text: string): boolean =>
  isSymbol(text) || isSponsors(text) || (text.length < 300 && mastheadForms.some((form) => form.test(unstretched(text))))

/** "Resolution 1325 (2000)": the whole title of a Security Council resolution. */
export const isCouncilTitle = (text: string): boolean => /^(?:Resolution|Résolution|Resolución|Резолюция) \d{1,5} \(\d{4}\)$/iu.test(plain(text))

const annexForm = /^(?:Annex(?:es)?|Annexe|Anexo|Appendix|Appendice|Apéndice|Enclosure|Приложение|附件[一二三四五六七八九十]?|المرفق|مرفق)(?:\s+(?:[IVXLC]{1,7}|[A-Z]|\d{1,3}|(?:to|à|a) .{1,80}))?\.?$/iu
export const isAnnex = (text: string): boolean => text.length < 120 && annexForm.test(plain(text))

const closingForms: readonly RegExp[] = [
  /^\d{1,4}(?:st|nd|rd|th) (?:\(.{1,30}\) )?(?:plenary )?meeting\b/i,
  /^\d{1,4}(?:re|e|ère|ème)? séance(?: plénière)?(?:\s|$)/i,
  /^\d{1,4}[ªa]?\.? ?sesión(?: plenaria)?(?:\s|$)/i,
  /^\d{1,4}-[еe] (?:пленарное )?заседание|次全体会议|^الجلسة العامة/u,
  /^\[(?:Adopted|Resolution adopted|Adoptée|Aprobada|Принята|未经表决)/iu,
]
export const isClosing = (text: string): boolean => text.length < 6_000 && closingForms.some((form) => form.test(plain(text)))

/** The marks that can follow a paragraph's last word, in the six languages. */
export const endsSentence = (text: string): boolean => /[.;:!?。；：؛؟][”"»’)\]]*$/u.test(text)
export const endsPhrase = (text: string): boolean => /[,，،][”"»’)\]]*$/u.test(text)

/** Short, begins with a capital or in a script without case, and does not end as a paragraph does. */
export function looksLikeHeading(text: string): boolean {
  return text.length <= 250 && !endsSentence(text) && !endsPhrase(text) && /^[\p{Lu}\p{Lo}\d“«"[(]/u.test(text) && /\p{L}/u.test(text)
}

const languageWords: readonly (readonly [string, RegExp])[] = [
  ['en', /\b(?:the|and|of|to|that|with)\b/gi],
  ['fr', /(?<!\p{L})(?:le|la|les|des|et|que|dans|du)(?!\p{L})/giu],
  ['es', /(?<!\p{L})(?:el|los|las|del|y|que|por|una)(?!\p{L})/giu],
  ['ru', /[а-яё]{3,}/giu],
  ['zh', /[\u4e00-\u9fff]{2}/gu],
  ['ar', /[\u0600-\u06ff]{2,}/gu],
]

/** The language of a text by its organ line, else by its commonest small words; en when nothing tells. */
export function languageOf(paragraphs: readonly string[]): string {
  for (const text of paragraphs) {
    const language = organLanguageOf(text) ?? organLanguageOf(splitOrgan(text)?.[0] ?? '')
    if (language !== null) return language
  }
  const sample = paragraphs.join('\n').slice(0, 20_000)
  let best: readonly [string, number] = ['en', 0]
  for (const [language, words] of languageWords) {
    const count = sample.match(words)?.length ?? 0
    if (count > best[1]) best = [language, count]
  }
  return best[0]
}
