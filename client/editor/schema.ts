/**
 * The page as ProseMirror sees it: a flat list of paragraphs, each a projection. One UTF-16 unit of a paragraph's shown
 * words is one position in it, a footnote mark too, so that offsets need no translation.
 *
 * No mark and no node has a parse rule: what the browser makes is read as words alone, and compared as words.
 */
import { Schema } from 'prosemirror-model'
import type { DOMOutputSpec, Mark, Node } from 'prosemirror-model'
import type { Sign } from '../../shared/model/amendments.ts'
import { embedCharacter } from '../../shared/model/layout.ts'
import type { UnitKind } from '../../shared/model/value.ts'

export interface BlockAttrs {
  /** `unit:<id>`, `new:<amendment>`, or `moved:<amendment>` for where a paragraph would go. */
  readonly key: string
  readonly unit: string
  /** The proposal that this paragraph is (an insertion, an alternative, where one would go), or ''. */
  readonly amendment: string
  readonly kind: UnitKind
  readonly depth: number
  /** OP5, OP5 bis. */
  readonly number: string
  /** What stands before the words: '5.', '(a)'. */
  readonly printed: string
  /** Class names: locked, agreed, own, private, alternative, struck. */
  readonly flags: string
  /** Who proposes it, or its deletion: "EU, Japan". */
  readonly by: string
  readonly colour: string
}

/** What stands before and behind the words: `[`, ` - EU: reserve]`. */
export interface BracketAttrs {
  readonly before: string
  readonly after: string
}

export interface SignAttrs extends ProposedAttrs {
  readonly sign: Sign
}

export interface ProposedAttrs {
  readonly amendment: string
  readonly by: string
  readonly colour: string
  readonly flags: string
}

const roles: Readonly<Record<UnitKind, string>> = {
  front: 'masthead', title: 'title', organ: 'organ', heading: 'heading', pp: 'preambular paragraph', op: 'operative paragraph',
  sub: 'sub-paragraph', annex: 'annex heading', para: 'paragraph', closing: 'closing line',
}

const tags: Partial<Record<UnitKind, string>> = { title: 'h1', heading: 'h2', annex: 'h2' }

function blockDom(node: Node): DOMOutputSpec {
  const attrs = node.attrs as BlockAttrs
  const named = [attrs.number, roles[attrs.kind], attrs.by === '' ? '' : `proposed by ${attrs.by}`].filter((part) => part !== '')
  return [tags[attrs.kind] ?? 'p', {
    class: `unit unit-${attrs.kind} depth-${Math.min(attrs.depth, 6)} ${attrs.colour} ${attrs.flags}`.trim().replace(/\s+/g, ' '),
    'data-unit': attrs.unit,
    ...(attrs.amendment === '' ? {} : { 'data-amendment': attrs.amendment }),
    'data-number': attrs.number,
    'data-printed': attrs.printed,
    'data-by': attrs.by,
    'aria-roledescription': named.join(', '),
  }, 0]
}

const proposalDom = (tag: 'ins' | 'del') => (mark: Mark): DOMOutputSpec => {
  const { amendment, by, colour, flags } = mark.attrs as ProposedAttrs
  return [tag, { class: `${colour} ${flags}`.trim(), 'data-amendment': amendment, 'data-by': by, title: tag === 'del' ? `${by}: delete` : by }, 0]
}

const signs: Readonly<Record<Sign, { readonly shown: string; readonly said: string }>> = {
  split: { shown: '¶', said: 'a new paragraph would begin here' },
  join: { shown: '⁀', said: 'the next paragraph would be joined on here' },
  note: { shown: '†', said: 'a footnote would stand here' },
}

function signDom(node: Node): DOMOutputSpec {
  const { sign, amendment, by, colour, flags } = node.attrs as SignAttrs
  const { shown, said } = signs[sign]
  return ['span', {
    class: `sign sign-${sign} ${colour} ${flags}`.trim(), 'data-amendment': amendment, 'data-by': by, role: 'img', 'aria-label': `${said}, proposed by ${by}`, title: `${by}: ${said}`,
  }, shown]
}

const proposalAttrs = { amendment: { default: '' }, by: { default: '' }, colour: { default: '' }, flags: { default: '' } }

export const schema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    block: {
      content: 'inline*',
      attrs: {
        key: { default: '' }, unit: { default: '' }, amendment: { default: '' }, kind: { default: 'para' }, depth: { default: 0 },
        number: { default: '' }, printed: { default: '' }, flags: { default: '' }, by: { default: '' }, colour: { default: '' },
      },
      toDOM: blockDom,
    },
    text: { group: 'inline' },
    note: {
      group: 'inline',
      inline: true,
      atom: true,
      selectable: false,
      attrs: { id: { default: '' }, number: { default: 0 } },
      leafText: () => embedCharacter,
      toDOM: (node) => ['sup', { class: 'note', 'data-note': String(node.attrs['id']), 'aria-label': `footnote ${String(node.attrs['number'])}` }, String(node.attrs['number'])],
    },
    sign: {
      group: 'inline',
      inline: true,
      atom: true,
      selectable: false,
      attrs: { sign: { default: 'split' }, ...proposalAttrs },
      leafText: () => embedCharacter,
      toDOM: signDom,
    },
  },
  marks: {
    // First, so that it stands round all others.
    bracket: {
      attrs: { before: { default: '' }, after: { default: '' } },
      toDOM: (mark) => ['span', { class: 'bracketed', 'data-before': (mark.attrs as BracketAttrs).before, 'data-after': (mark.attrs as BracketAttrs).after }, 0],
    },
    proposed: { attrs: proposalAttrs, toDOM: proposalDom('ins') },
    cut: { attrs: proposalAttrs, toDOM: proposalDom('del') },
    opening: { toDOM: () => ['em', { class: 'opening' }, 0] },
  },
})

/** A paragraph's words, with an embed character for each footnote mark. */
export const wordsOf = (block: Node): string => block.textBetween(0, block.content.size, '', embedCharacter)

export const attrsOf = (block: Node): BlockAttrs => block.attrs as BlockAttrs
