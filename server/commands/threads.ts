/** What is said beside the text: in the shared document for everyone, apart in a side document for its own people. */
import type * as Y from 'yjs'
import { addMessage, amendmentHome, beginThread, mentionsIn, quoteOf, rangesInUnit, readThread, setResolved } from '../../shared/model/threads.ts'
import type { ThreadAbout, ThreadRange, ThreadView } from '../../shared/model/threads.ts'
import { threadsOf } from '../../shared/model/layout.ts'
import { readPublished } from '../../shared/model/decisions.ts'
import { readDelegations } from '../../shared/model/state.ts'
import { textOfAnchor } from '../../shared/model/texts.ts'
import type { DraftView } from '../../shared/model/units.ts'
import type { Remark } from '../../shared/convert/docx/comments.ts'
import type { Action, ThreadFacts } from '../../shared/policy/types.ts'
import type { Command } from '../../shared/wire/commands.ts'
import { Refusal } from '../../shared/wire/errors.ts'
import { limits } from '../../shared/wire/limits.ts'
import type { Write } from '../store/store.ts'
import { allow, published, scans } from './context.ts'
import type { Context, Handler, Outcome } from './context.ts'

type Of<N extends Command['command']> = Extract<Command, { command: N }>
type OnThread = Of<'start-thread' | 'reply' | 'resolve-thread' | 'reopen-thread'>

function mayTalk(context: Context<OnThread>, action: Action, thread?: ThreadFacts): void {
  allow(context, action, {
    ...(context.command.apart ? { delegation: context.speaker.hat.delegation } : {}),
    ...(thread === undefined ? {} : { thread }),
  })
}

function threadSeen(context: Context<Of<'reply' | 'resolve-thread' | 'reopen-thread'>>): ThreadView {
  const { command, thread } = context.command
  const found = readThread(thread, threadsOf(context.home).get(thread))
  mayTalk(context, command, found === null ? undefined : { by: found.by, resolved: found.resolved !== null })
  if (found === null) throw new Refusal('no-such-thread')
  return found
}

/** Whose words the anchors name: the paragraph's in the shared document, the amendment's where the thread is. */
function quoted(context: Context<Of<'start-thread'>>): string {
  const { about, ranges } = context.command
  if (ranges.length === 0) return ''
  const doc = about.kind === 'unit' ? context.doc : context.home
  for (const anchor of ranges.flat()) {
    const text = textOfAnchor(doc, anchor)
    if (text === null) throw new Refusal('bad-anchor')
    // Whoever wrote may not have seen yet that a return or a revision has put the words elsewhere.
    if (!isWithin(context, about, text)) throw new Refusal(about.kind === 'unit' ? 'changed' : 'bad-anchor')
  }
  const quote = quoteOf(doc, ranges as readonly ThreadRange[], scans)
  // Gone while the comment was being written.
  if (quote === '') throw new Refusal('changed')
  return quote
}

function isWithin({ view }: Context, about: ThreadAbout, text: Y.Text): boolean {
  if (about.kind === 'amendment') return amendmentHome(text)?.amendment === about.amendment
  return [...view.byId.get(about.unit)?.segments ?? []].some((part) => part.text === text._item?.parentSub)
}

function aboutSomething(context: Context<Of<'start-thread'>>): void {
  const { about } = context.command
  if (about.kind === 'unit') {
    if (!context.view.byId.has(about.unit)) throw new Refusal('no-such-unit')
  } else if (!context.command.apart) published(context, about.amendment)
  else if (readPublished(context.home, about.amendment) === null) throw new Refusal('no-such-amendment')
}

/** Whoever writes has read what stands above. */
function say(context: Context<Of<'start-thread' | 'reply'>>, thread: string, about: ThreadAbout): Outcome {
  const { speaker, home, command, atMs, draft } = context
  const mentions = mentionsIn(command.words, readDelegations(context.doc))
  const number = addMessage(home, thread, {
    delegation: speaker.hat.delegation, name: command.apart ? speaker.personName : null, words: command.words, mentions, atMs,
  })
  return {
    result: { thread },
    record: command.apart ? null : { thread, about: { ...about }, words: command.words, mentions },
    writes: [{ put: 'seen', row: { draft, person: speaker.person, thread, message: number } }],
  }
}

export const startThread: Handler<Of<'start-thread'>> = (context) => {
  mayTalk(context, 'start-thread')
  aboutSomething(context)
  if (threadsOf(context.home).size >= limits.threadsMax) throw new Refusal('bounds')
  const { about, ranges } = context.command
  const thread = beginThread(context.home, { about, by: context.speaker.hat.delegation, ranges: ranges as readonly ThreadRange[], quote: quoted(context) })
  return say(context, thread, about)
}

/** What a file remarks on the text, each a thread that is begun by whoever brings the file. Gives what is to be kept beside. */
export function raise({ home, doc, draft, speaker, atMs }: Context, view: DraftView, remarks: readonly Remark[], isApart: boolean): Write[] {
  if (threadsOf(home).size + remarks.length > limits.threadsMax) throw new Refusal('bounds')
  const delegations = readDelegations(doc)
  return remarks.map(({ unit: place, from, to, words }): Write => {
    const unit = view.units[place]
    if (unit === undefined) throw new Refusal('no-such-unit')
    const ranges = rangesInUnit(doc, unit, from, Math.min(to, unit.atoms.length))
    const thread = beginThread(home, { about: { kind: 'unit', unit: unit.id }, by: speaker.hat.delegation, ranges, quote: quoteOf(doc, ranges, scans) })
    const message = addMessage(home, thread, { delegation: speaker.hat.delegation, name: isApart ? speaker.personName : null, words, mentions: mentionsIn(words, delegations), atMs })
    return { put: 'seen', row: { draft, person: speaker.person, thread, message } }
  })
}

export const reply: Handler<Of<'reply'>> = (context) => {
  const { id, about, messages } = threadSeen(context)
  if (messages.length >= limits.threadMessagesMax) throw new Refusal('thread-full')
  return say(context, id, about)
}

function settle(context: Context<Of<'resolve-thread' | 'reopen-thread'>>, resolved: boolean): Outcome {
  const { id, about } = threadSeen(context)
  setResolved(context.home, id, resolved ? { by: context.speaker.hat.delegation, atMs: context.atMs } : null)
  return { result: { thread: id }, record: context.command.apart ? null : { thread: id, about: { ...about } } }
}

export const resolveThread: Handler<Of<'resolve-thread'>> = (context) => settle(context, true)
export const reopenThread: Handler<Of<'reopen-thread'>> = (context) => settle(context, false)
