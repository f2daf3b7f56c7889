/** One schema a command, shared by the page, the command line and the server. POST /api/commands takes a `CommandRequest`. */
import { z } from 'zod'
import { limits } from './limits.ts'
import { unitKindSchema, valueSchema } from './value.ts'
import { isCleanWords, plainLine, plainText } from './words.ts'

const id = z.string().min(1).max(limits.idCharactersMax).regex(/^[A-Za-z0-9_-]+$/)
/** What cannot be kept or shown is left out, so that what was pasted with it is not refused for it. */
const line = z.string().overwrite(plainLine).trim()
const text = z.string().overwrite(plainText)
const name = line.min(1).max(limits.nameCharactersMax)
const note = text.trim().max(limits.noteCharactersMax)
/** A moment, UTC. */
const timeMs = z.number().int().min(0).max(8_640_000_000_000_000)
const versionName = line.max(limits.versionNameCharactersMax).default('')
const symbol = line.max(limits.symbolCharactersMax).default('')
const digest = z.string().regex(/^[0-9a-f]{64}$/)

export const roleSchema = z.enum(['chair', 'facilitator', 'secretary', 'legal', 'delegate', 'observer'])
export const levelSchema = z.enum(['head', 'forward', 'drafter', 'reader'])
export const positionSchema = z.enum(['support', 'can-accept', 'reserve', 'cannot-accept'])
export const flagSchema = z.enum(['legal', 'editorial', 'terminology', 'reference'])
export const kindSchema = z.enum(['state', 'agency', 'igo', 'ngo', 'group', 'office'])

/** A delegation: its short name is what stands in brackets ("EU", "Japan", "IOM"). */
const delegation = z.object({ id, name, kind: kindSchema })

const onAmendment = { amendment: id, /** digest of the wording on the sender's screen */ digest }
const several = z.array(z.object(onAmendment)).max(limits.settledAtOnceMax).default([])
const members = z.array(id).max(limits.membersOfGroupMax)
const onEither = z.discriminatedUnion('kind', [z.object({ kind: z.literal('amendment'), ...onAmendment }), z.object({ kind: z.literal('unit'), unit: id, digest })])
const onUnit = { unit: id, /** digest of the unit as the sender saw it */ digest }

/** A position, or null to take it back; to all delegations, or to the chair's table alone. */
const saying = { position: positionSchema.nullable(), to: z.enum(['all', 'table']), note: note.default('') }

const threadAbout = z.discriminatedUnion('kind', [z.object({ kind: z.literal('unit'), unit: id }), z.object({ kind: z.literal('amendment'), amendment: id })])
const anchor = z.tuple([z.number().int().min(0), z.number().int().min(0), z.union([z.literal(0), z.literal(-1)])])
/** From before the first letter to behind the last. */
const threadRanges = z.array(z.tuple([anchor, anchor])).max(limits.threadRangesMax).default([])
/** Among one's own delegation's people: in its side document. */
const apart = z.boolean().default(false)

/** Of a paragraph: its place in the order of the page. */
const place = z.number().int().min(0).max(limits.unitsMax)
const offset = z.number().int().min(0).max(limits.importBytesMax)
const oralWords = text.max(limits.importBytesMax)
/** As `shared/text/oral-revision.ts` has them; the server says what is too much. */
const oralChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('words'), unit: place, note: place.nullable(), edits: z.array(z.object({ from: offset, to: offset, words: oralWords })).min(1).max(limits.amendmentPartsMax).readonly() }),
  z.object({ kind: z.literal('footnote'), unit: place, at: offset, words: oralWords }),
  z.object({ kind: z.literal('new'), after: place.nullable(), inside: z.boolean(), unitKind: unitKindSchema, words: oralWords }),
  z.object({ kind: z.literal('delete'), unit: place }),
  z.object({ kind: z.literal('move'), unit: place, under: place.nullable(), after: place.nullable() }),
  z.object({ kind: z.literal('divide'), unit: place, at: offset }),
  z.object({ kind: z.literal('merge'), unit: place, with: place }),
])
const onOral = { /** of the frozen text */ number: z.number().int().min(1), /** of the oral revision as the sender saw it */ digest }

/** Who the author of changes in a Word file is: a delegation; of the text as it is; or left out. */
const authorRole = z.discriminatedUnion('kind', [z.object({ kind: z.literal('delegation'), delegation: id }), z.object({ kind: z.literal('text') }), z.object({ kind: z.literal('out') })])
/** As `shared/convert/docx/placed.ts` and `comments.ts` have them. */
const preparedWords = z.string().max(limits.unitCharactersMax).refine(isCleanWords)
const edits = z.array(z.object({ from: offset, to: offset, words: preparedWords })).min(1).max(limits.amendmentPartsMax).readonly()
const preparedChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('words'), unit: place, note: place.nullable(), edits }),
  z.object({ kind: z.literal('note'), unit: place, at: offset, words: preparedWords }),
  z.object({ kind: z.literal('delete'), unit: place }),
  z.object({ kind: z.literal('insert'), unit: place.nullable(), inside: z.boolean(), unitKind: unitKindSchema, words: preparedWords }),
  z.object({ kind: z.literal('move'), unit: place, after: place.nullable() }),
  z.object({ kind: z.literal('split'), unit: place, at: offset }),
  z.object({ kind: z.literal('join'), unit: place, with: place }),
])
/** What each change comes to: one to a paragraph, or as many as its words have. */
const editsIn = (changes: readonly z.infer<typeof preparedChange>[]): number => changes.reduce((sum, change) => sum + (change.kind === 'words' ? change.edits.length : 1), 0)
const remarks = z.array(z.object({ unit: place, from: offset, to: offset, words: note.min(1) })).max(limits.remarksMax).readonly().optional()

const themeNumber = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER)

export const commandSchema = z.discriminatedUnion('command', [
  z.object({ command: z.literal('create-draft'), title: line.min(1).max(limits.draftTitleCharactersMax), language: z.string().regex(/^[a-z]{2,3}$/).default('en') }),
  z.object({ command: z.literal('import'), value: valueSchema, /** on the text, each the beginning of a thread */ remarks }),
  z.object({ command: z.literal('add-delegation'), delegation }),
  z.object({ command: z.literal('invite'), hat: z.object({ role: roleSchema, delegation: id, level: levelSchema }), days: z.number().int().min(1).max(limits.inviteDaysMax).default(14), uses: z.number().int().min(1).max(limits.inviteUsesMax).default(1) }),
  z.object({ command: z.literal('revoke-invite'), invite: id }),
  z.object({ command: z.literal('revoke-member'), hatId: id }),
  z.object({ command: z.literal('open-negotiation'), reason: note.optional() }),
  z.object({ command: z.literal('next-reading'), reason: note.default('') }),
  z.object({ command: z.literal('former-reading'), reason: note.min(1) }),
  z.object({ command: z.literal('set-deadline'), /** for proposals; null lifts it */ atMs: timeMs.nullable(), reason: note.default('') }),
  z.object({ command: z.literal('start-silence'), /** of the text, or of the paragraphs together */ digest, /** none: the text as a whole */ units: z.array(id).max(limits.silenceUnitsMax).default([]), untilMs: timeMs, reason: note.default('') }),
  z.object({ command: z.literal('extend-silence'), untilMs: timeMs, reason: note.default('') }),
  z.object({ command: z.literal('end-silence'), reason: note.min(1) }),
  z.object({ command: z.literal('break-silence'), units: z.array(id).min(1).max(limits.silenceUnitsMax), reason: note.min(1) }),
  z.object({ command: z.literal('record-objection'), delegation: id, /** none takes back what was recorded */ units: z.array(id).max(limits.silenceUnitsMax), reason: note.min(1) }),
  z.object({ command: z.literal('reopen-drafting'), reason: note.min(1) }),
  z.object({ command: z.literal('put-forward'), amendment: id, digest, /** prepared in this circle */ circle: id.optional(), /** digest of the published wording that it is to follow, as the sender saw it */ over: digest.optional() }),
  z.object({ command: z.literal('record-for'), amendment: id, digest, delegation: id, /** the text on screen, typed in this circle */ circle: id.optional() }),
  z.object({ command: z.literal('confirm-recorded'), ...onAmendment }),
  z.object({ command: z.literal('withdraw'), ...onAmendment }),
  z.object({ command: z.literal('take-up'), ...onAmendment }),
  z.object({ command: z.literal('cosponsor'), ...onAmendment }),
  z.object({ command: z.literal('consent'), ...onAmendment, delegation: id, agree: z.boolean() }),
  z.object({ command: z.literal('start-thread'), about: threadAbout, ranges: threadRanges, words: note.min(1), apart }),
  z.object({ command: z.literal('reply'), thread: id, words: note.min(1), apart }),
  z.object({ command: z.literal('resolve-thread'), thread: id, apart }),
  z.object({ command: z.literal('reopen-thread'), thread: id, apart }),
  z.object({ command: z.literal('position'), about: onEither, ...saying }),
  z.object({ command: z.literal('record-position'), about: onEither, ...saying, delegation: id }),
  z.object({ command: z.literal('open-positions') }),
  z.object({ command: z.literal('close-positions') }),
  z.object({ command: z.literal('review'), ...onAmendment, /** others that make the same edit, reviewed with it */ alike: z.array(z.object(onAmendment)).max(limits.reviewAlikeMax).optional(), verdict: z.enum(['cleared', 'flagged']), /** what a flag is about */ flag: flagSchema.optional(), note: note.default('') }),
  z.object({ command: z.literal('release-flag'), ...onAmendment }),
  z.object({ command: z.literal('correct-editorially'), amendment: id, digest }),
  z.object({ command: z.literal('incorporate'), ...onAmendment }),
  z.object({ command: z.literal('not-reflected'), ...onAmendment, note: note.default('') }),
  z.object({ command: z.literal('keep-in-brackets'), ...onAmendment }),
  z.object({
    command: z.literal('settle'),
    unit: z.object(onUnit).nullable().default(null),
    /** Written into the text, in this order. */
    incorporate: several,
    /** Reflected in what is incorporated, and credited with it. */
    merge: several,
    bracket: several,
    hold: several,
    decline: several,
    /** Agrees the unit ad ref afterwards. */
    agree: z.boolean().default(false),
    note: note.default(''),
  }),
  z.object({ command: z.literal('undo-decision'), decision: id }),
  z.object({ command: z.literal('lift-bracket'), ...onUnit, bracket: id }),
  z.object({ command: z.literal('agree'), ...onUnit }),
  z.object({ command: z.literal('reopen-unit'), ...onUnit, reason: note.default('') }),
  z.object({ command: z.literal('close-together'), act: z.enum(['agree', 'reopen', 'lock', 'unlock']), /** a heading or paragraph and what stands under it; null: the whole text */ under: id.nullable(), /** of all these paragraphs together */ digest, reason: note.default('') }),
  z.object({ command: z.literal('ask-reopen'), ...onUnit, reason: note.min(1) }),
  z.object({ command: z.literal('answer-request'), request: id, reopen: z.boolean(), note: note.default('') }),
  z.object({ command: z.literal('make-package'), name, units: z.array(z.object(onUnit)).max(limits.packagePartsMax), amendments: z.array(z.object(onAmendment)).max(limits.packagePartsMax) }),
  z.object({ command: z.literal('agree-package'), package: id, /** of the package as the sender saw it */ digest }),
  z.object({ command: z.literal('reopen-package'), package: id, reason: note.min(1) }),
  z.object({ command: z.literal('drop-package'), package: id, reason: note.default('') }),
  z.object({ command: z.literal('lock'), unit: id }),
  z.object({ command: z.literal('unlock'), unit: id }),
  z.object({ command: z.literal('freeze'), /** digest of the preview */ digest, symbol, closeOpen: z.boolean().default(false), reason: note.default('') }),
  z.object({ command: z.literal('ask-second'), ask: z.boolean() }),
  z.object({ command: z.literal('confirm-freeze'), /** digest of the preview */ digest }),
  z.object({ command: z.literal('reopen-frozen'), reason: note.min(1), /** on the text as it was orally revised */ orally: z.boolean().optional() }),
  z.object({ command: z.literal('revise-orally'), /** of the text as already orally revised, as the sender saw it */ digest, /** the sponsor whose it is, or the chair's table */ author: id, changes: z.array(oralChange).min(1).max(limits.amendmentPartsMax).readonly() }),
  z.object({ command: z.literal('certify-oral'), ...onOral }),
  z.object({ command: z.literal('discard-oral'), ...onOral, reason: note.default('') }),
  z.object({ command: z.literal('sponsor'), as: z.enum(['main', 'co']) }),
  z.object({ command: z.literal('unsponsor') }),
  z.object({ command: z.literal('sponsors-deadline'), /** null for none */ untilMs: timeMs.nullable() }),
  z.object({ command: z.literal('keep-version'), kind: z.enum(['zero', 'revision', 'text']), name: versionName, symbol, /** of the text on the sender's screen */ digest }),
  z.object({ command: z.literal('keep-issued'), kind: z.enum(['issued', 'correction']), name: versionName, symbol, /** plain text of the issued document */ source: text.max(limits.importBytesMax) }),
  z.object({ command: z.literal('restore-version'), version: z.number().int().min(1), /** of the text on the sender's screen, which it replaces */ digest, reason: note.min(1) }),
  z.object({ command: z.literal('issue-revision'), name: versionName, symbol, /** of the text on the sender's screen */ digest, /** written into the text first, in this order */ incorporate: several, /** the others that are open, as the sender saw them */ leave: several, note: note.default(''), /** another text, which becomes the base as it is; then nothing is incorporated */ text: valueSchema.optional(), /** those that it reflects */ reflect: z.array(z.object(onAmendment)).max(limits.settledAtOnceMax).optional() }),
  z.object({ command: z.literal('add-source'), title: line.min(1).max(limits.draftTitleCharactersMax), symbol, year: z.number().int().min(1000).max(9999).nullable().default(null), /** the file's own */ name, /** of the file, which comes beside the command */ sha256: digest }),
  z.object({ command: z.literal('remove-source'), source: z.number().int().min(1), reason: note.default('') }),
  z.object({ command: z.literal('leave-out-source'), source: z.number().int().min(1), /** its place, from 0 */ paragraph: z.number().int().min(0), /** empty takes back the one given before */ reason: note.default('') }),
  z.object({ command: z.literal('name-themes'), themes: z.array(z.object({ /** null: a new one */ theme: themeNumber.nullable(), name, words: z.array(line.min(1).max(limits.themeWordCharactersMax)).max(limits.themeWordsMax) })).min(1).max(limits.themesMax) }),
  z.object({ command: z.literal('remove-theme'), theme: themeNumber }),
  z.object({ command: z.literal('tag-theme'), about: threadAbout, theme: themeNumber, /** null: as its words say */ carries: z.boolean().nullable() }),
  z.object({ command: z.literal('name-authors'), authors: z.array(z.object({ /** as the file has it */ name, role: authorRole })).min(1).max(limits.compilationAuthorsMax) }),
  z.object({ command: z.literal('put-forward-again'), ...onAmendment }),
  z.object({ command: z.literal('prepare'), /** of the text that the changes are about */ digest, changes: z.array(preparedChange).refine((changes) => editsIn(changes) <= limits.preparedChangesMax).readonly(), /** for the sender's own people */ remarks }),
  z.object({ command: z.literal('revise'), ...onAmendment, /** into this circle's side document */ circle: id.optional() }),
  z.object({ command: z.literal('leave'), ...onAmendment }),
  z.object({ command: z.literal('set-members'), group: id, members }),
  z.object({ command: z.literal('give-hat'), /** of the person meant */ hatId: id, group: id, level: levelSchema }),
  z.object({ command: z.literal('open-circle'), purpose: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('amendment'), amendment: id }),
    z.object({ kind: z.literal('unit'), unit: id, name, /** the one that leads first */ members: members.min(1) }),
  ]) }),
  z.object({ command: z.literal('set-circle'), circle: id, open: z.boolean(), /** of a small group; sponsors' circles follow their sponsors */ members: members.min(1).optional() }),
  z.object({ command: z.literal('show-as-typed'), show: z.boolean() }),
])

/** What leaves no line in the record, because it changes nothing that the room may know of: work in a side document. */
export const unrecorded: ReadonlySet<CommandName> = new Set(['revise', 'prepare'])

export type Command = z.infer<typeof commandSchema>
export type CommandName = Command['command']

export const commandRequestSchema = z.object({
  /** Chosen by the sender, once for each decision; sending again gets the first answer. */
  key: z.string().min(8).max(80).regex(/^[A-Za-z0-9_-]+$/),
  /** Absent only for `create-draft`. */
  draft: id.optional(),
  /** The hat the sender wears. Absent only for `create-draft`. */
  hatId: id.optional(),
  body: commandSchema,
})
export type CommandRequest = z.infer<typeof commandRequestSchema>

/** What comes back: 200 with `ok: true`, or 4xx/5xx with `ok: false`. */
export type CommandAnswer =
  | { readonly ok: true; readonly result: CommandResult }
  | { readonly ok: false; readonly error: { readonly code: string; readonly sentence: string } }

/** `draft` of create-draft; `hatId` the creator's, or the one given; `link` of invite (path with secret, shown once); `version` of freeze and of what keeps one. */
export interface CommandResult {
  readonly draft?: string
  readonly hatId?: string
  readonly amendment?: string
  readonly thread?: string
  readonly revision?: number
  /** Of settle: what `undo-decision` names. */
  readonly decision?: string
  /** revise: the side document had it already, with work of its own in it, which stays as it is */
  readonly kept?: boolean
  readonly circle?: string
  readonly request?: string
  readonly package?: string
  readonly link?: string
  readonly invite?: string
  readonly version?: number
  /** Of revise-orally: its number among the oral revisions of the text. */
  readonly number?: number
  /** Of add-source: its number. */
  readonly source?: number
  /** Of name-themes: the number of each, in the order sent. */
  readonly themes?: readonly number[]
  readonly sha256?: string
}
