/** What was recognised in a compilation: who its authors are, what is whose, and what is not recorded, with its words to copy. */
import type { JSX } from 'preact'
import type { Compilation, CompiledPart, FileAuthor } from '../../../shared/convert/docx/compilation.ts'
import type { ReplyChange, UnplacedReason } from '../../../shared/convert/docx/reply.ts'
import { isNobody } from '../../../shared/drafting/author-names.ts'
import type { DraftView } from '../../../shared/model/units.ts'
import type { AuthorRole, AuthorRoles } from '../../../shared/record/author-roles.ts'
import type { WordPart } from '../../../shared/text/word-diff.ts'
import { message } from '../../messages/index.ts'
import { nameOfAuthor } from '../../room/compilation.ts'
import type { Item, Recorded } from '../../room/compilation.ts'
import type { RoomSession } from '../../room/session.ts'
import type { RoomView } from '../../room/view.ts'
import { Button } from '../../ui/button.tsx'
import { copyWords } from '../../ui/copy.ts'
import { Choice } from '../../ui/field.tsx'
import { Change, Parts, placeIn } from './ReplyChanges.tsx'

const notSaid = ''

/** As the value of a choice: ids of delegations have no colon. */
const valueOfRole = (role: AuthorRole | null): string => (role === null ? notSaid : role.kind === 'delegation' ? role.delegation : `:${role.kind}`)
const roleOfValue = (value: string): AuthorRole | null => (value === notSaid ? null : value === ':text' ? { kind: 'text' } : value === ':out' ? { kind: 'out' } : { kind: 'delegation', delegation: value })

export interface AuthorsProps {
  readonly view: RoomView
  readonly authors: readonly FileAuthor[]
  readonly remembered: AuthorRoles
  readonly onChoose: (roles: ReadonlyMap<string, AuthorRole | null>) => void
}

export function Authors({ view, authors, remembered, onChoose }: AuthorsProps): JSX.Element {
  const options = [
    { value: notSaid, label: message('compilation-choose') },
    ...view.delegations.filter(({ kind }) => kind !== 'office').map(({ id, name }) => ({ value: id, label: name })),
    { value: ':text', label: message('compilation-text') },
    { value: ':out', label: message('compilation-out') },
  ]
  const open = authors.filter(({ role }) => role === null)
  return (
    <section class="import-report" aria-labelledby="compilation-authors">
      <h3 id="compilation-authors">{message('compilation-authors', { count: authors.length })}</h3>
      <p class="hint">{message('compilation-authors-hint')}</p>
      <ul class="file-authors">
        {authors.map((author) => (
          <li key={author.name}>
            <Choice
              label={message('compilation-author', { name: nameOfAuthor(author.name), changes: author.changes, comments: author.comments })}
              value={valueOfRole(author.role)}
              options={options}
              onChange={(value) => onChoose(new Map([[author.name, roleOfValue(value)]]))}
            />
            {hintOf(author, remembered) === null ? null : <p class="hint">{hintOf(author, remembered)}</p>}
          </li>
        ))}
      </ul>
      {open.length === 0 ? null : <Button onPress={() => onChoose(new Map(open.map(({ name }) => [name, { kind: 'out' }])))}>{message('compilation-leave-out', { count: open.length })}</Button>}
    </section>
  )
}

function hintOf({ name, role, by }: FileAuthor, remembered: AuthorRoles): string | null {
  if (isNobody(name)) return message('compilation-nobody-hint')
  if (by === 'said') return valueOfRole(remembered.get(name) ?? null) === valueOfRole(role) ? message('compilation-by-remembered') : null
  return by === null ? null : message(`compilation-by-${by}`)
}

/** What goes to each delegation. */
export function CompiledParts({ session, read }: { readonly session: RoomSession; readonly read: Compilation }): JSX.Element {
  const { text, nameOf } = session.view.value
  return (
    <>
      {read.parts.filter(({ role, comments }) => role.kind === 'delegation' || (role.kind === 'text' && comments.length > 0)).map((part) => {
        const title = titleOf(part, nameOf)
        const fresh = part.changes.filter(({ isKnown }) => !isKnown)
        const known = part.changes.length - fresh.length
        const id = `compiled-${part.role.kind === 'delegation' ? part.role.delegation : part.role.kind}`
        return (
          <section key={id} class="import-report reply" aria-labelledby={id}>
            <h3 id={id}>{part.role.kind === 'text' ? message('compilation-part-comments', { name: title }) : message('compilation-part', { name: title, count: fresh.length })}</h3>
            {known === 0 ? null : <p class="hint">{message('compilation-known', { count: known })}</p>}
            {fresh.length === 0 ? null : <Changes session={session} changes={fresh.map(({ change }) => change)} />}
            {part.comments.length === 0 ? null : (
              <>
                <h4>{message('compilation-comments', { count: part.comments.length })}</h4>
                <ul class="warnings">{part.comments.map(({ unit, comment }, at) => <li key={at}><b>{placeIn(text, unit)}</b> {comment.words}</li>)}</ul>
              </>
            )}
          </section>
        )
      })}
    </>
  )
}

function Changes({ session, changes }: { readonly session: RoomSession; readonly changes: readonly ReplyChange[] }): JSX.Element {
  const { text } = session.view.value
  return (
    <ol class="reply-changes">
      {changes.map((change, at) => (
        <li key={at}><b>{placeIn(text, change.unit)}</b> <span class="chip">{message(`reply-kind-${change.kind}`)}</span> <span {...inLanguage(session)}><Change view={text} change={change} /></span></li>
      ))}
    </ol>
  )
}

function inLanguage(session: RoomSession): { readonly lang: string; readonly dir: 'rtl' | 'ltr' } {
  const { language } = session.view.value.draft
  return { lang: language, dir: language === 'ar' ? 'rtl' : 'ltr' }
}

function titleOf({ role, authors }: CompiledPart, nameOf: RoomView['nameOf']): string {
  const name = role.kind === 'delegation' ? nameOf(role.delegation) : message(`compilation-part-${role.kind}`)
  return authors.length === 1 && authors[0] === name ? name : message('compilation-of', { name, authors: authors.map(nameOfAuthor).join(', ') })
}

/** Of what one did to another's words: here both are in the file, and neither is on a card yet. */
function whyUnplaced(why: UnplacedReason): string {
  const asked = why === 'in-proposal' ? 'compilation' : 'reply'
  return message(`${asked}-why-${why}`)
}

interface Line {
  readonly why: string
  readonly place: string
  readonly parts: readonly WordPart[]
}

/** Of each part what is not recorded, and why. */
function notRecorded(view: RoomView, { parts }: Compilation): { readonly title: string; readonly lines: readonly Line[] }[] {
  return parts.map((part) => ({
    title: titleOf(part, view.nameOf),
    lines: [
      ...(part.role.kind === 'out' ? part.changes.map(({ change }): Line => ({ why: '', place: placeIn(view.text, change.unit), parts: partsOf(view.text, change) })) : []),
      ...part.unplaced.map(({ why, shown }): Line => ({ why: whyUnplaced(why), place: '', parts: shown })),
      ...(part.role.kind === 'out' ? part.comments : []).map(({ unit, comment }): Line => ({ why: message('compilation-a-comment'), place: placeIn(view.text, unit), parts: [{ kind: 'kept', words: comment.words }] })),
      ...part.unplacedComments.map(({ words, on }): Line => ({ why: on.trim() === '' ? message('compilation-comment-nowhere') : message('compilation-comment-unplaced', { on }), place: '', parts: [{ kind: 'kept', words }] })),
    ],
  })).filter(({ lines }) => lines.length > 0)
}

function partsOf(view: DraftView, change: ReplyChange): readonly WordPart[] {
  switch (change.kind) {
    case 'words':
      return change.shown
    case 'insert':
    case 'note':
      return [{ kind: 'new', words: change.words }]
    case 'delete':
      return [{ kind: 'struck', words: change.words }]
    case 'move':
      return [{ kind: 'kept', words: `${change.after === '' ? message('reply-moved-first') : message('reply-moved-after', { place: placeIn(view, change.after) })}: ${change.words}` }]
    case 'split':
      return [{ kind: 'kept', words: `${message('reply-parted')}: ${change.words}` }]
    case 'join':
      return [{ kind: 'kept', words: message('reply-joined', { place: placeIn(view, change.with) }) }]
  }
}

const signs: Readonly<Record<WordPart['kind'], readonly [string, string]>> = { kept: ['', ''], new: ['[+', '+]'], struck: ['[-', '-]'] }

const plain = ({ why, place, parts }: Line): string =>
  [place, parts.map(({ kind, words }) => signs[kind][0] + words + signs[kind][1]).join(''), why === '' ? '' : `(${why})`].filter((words) => words !== '').join(' ')

/** Words of the file, apart from what is said of them. */
const Said = ({ session, parts }: { readonly session: RoomSession; readonly parts: readonly WordPart[] }): JSX.Element => <blockquote class="file-words" {...inLanguage(session)}><Parts parts={parts} isWhole /></blockquote>

export function NotRecorded({ session, read }: { readonly session: RoomSession; readonly read: Compilation }): JSX.Element | null {
  const groups = notRecorded(session.view.value, read)
  if (groups.length === 0) return null
  return (
    <section class="import-report reply" aria-labelledby="compilation-not">
      <h3 id="compilation-not">{message('compilation-not', { count: groups.reduce((sum, { lines }) => sum + lines.length, 0) })}</h3>
      <p class="hint">{message('compilation-not-hint')}</p>
      {groups.map(({ title, lines }) => (
        <div key={title}>
          <h4>{title}</h4>
          <ul class="warnings">
            {lines.map(({ why, place, parts }, at) => <li key={at}>{place === '' ? null : <b>{place} </b>}{why}<Said session={session} parts={parts} /></li>)}
          </ul>
        </div>
      ))}
      <Button onPress={() => copyWords(groups.map(({ title, lines }) => [title, ...lines.map(plain)].join('\n')).join('\n\n'))}>{message('compilation-copy')}</Button>
    </section>
  )
}

/** What came of recording, where not all was recorded. */
export function Refusals({ session, recorded }: { readonly session: RoomSession; readonly recorded: Recorded }): JSX.Element {
  const view = session.view.value
  const name = (item: Item): string => (item.kind === 'change' ? view.nameOf(item.delegation) : item.from)
  const place = (item: Item): string => placeIn(view.text, item.kind === 'change' ? item.change.unit : item.placed.unit)
  const parts = (item: Item): readonly WordPart[] => (item.kind === 'change' ? partsOf(view.text, item.change) : [{ kind: 'kept', words: item.placed.comment.words }])
  const lines = [...recorded.refused, ...recorded.left.map((item) => ({ item, why: '' }))]
  return (
    <section class="import-report reply" aria-labelledby="compilation-refused">
      <h3 id="compilation-refused">{message('compilation-refused', { count: lines.length })}</h3>
      <p class="hint">{message('compilation-refused-hint')}</p>
      <ul class="warnings">
        {lines.map(({ item, why }, at) => <li key={at}><b>{name(item)}, {place(item)}</b> {why}<Said session={session} parts={parts(item)} /></li>)}
      </ul>
      <Button onPress={() => copyWords(lines.map(({ item, why }) => `${name(item)}, ${plain({ why, place: place(item), parts: parts(item) })}`).join('\n'))}>{message('compilation-copy')}</Button>
    </section>
  )
}
