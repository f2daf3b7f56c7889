/**
 * What an Akoma Ntoso file says of itself: the work, its expression in one language, this file (FRBR), as the United
 * Nations' own files say it; who is referred to; the way it has come.
 */
import type { ResolutionValue } from '../../model/value.ts'
import { factsOf } from '../report.ts'
import { block, element } from '../xml/write.ts'
import { codeOfLanguage } from './languages.ts'

/** A delegation that something is by. `id` is its eId. */
export interface Organization {
  readonly id: string
  readonly name: string
}

/** A step of the way: when, what it came to, by whom. */
export interface Step {
  readonly outcome: string
  /** YYYY-MM-DD; unknown where it is not given. */
  readonly date?: string
  readonly as?: string
  readonly by?: string
}

/** What a value does not say of itself. */
export interface AknFacts {
  /** Without it, the one that stands in the front lines. */
  readonly symbol?: string
  /** YYYY-MM-DD, of this text. */
  readonly date?: string
  /** Of the draft and of its version, so that the base is known when a file comes back. */
  readonly draft?: string
  readonly version?: string
  readonly organizations?: readonly Organization[]
  readonly steps?: readonly Step[]
  /** Markup of `activeModifications` and the like. */
  readonly analysis?: string
}

export const unknownDate = '0001-01-01'
export const namespace = 'http://docs.oasis-open.org/legaldocml/ns/akn/3.0'

const bodies: readonly (readonly [RegExp, string, string, string])[] = [
  [/^A\/HRC\b/, 'unga-hrc', 'hrc', 'Human Rights Council'],
  [/^S\b/, 'unsc', 'sc', 'Security Council'],
  [/^E\b/, 'ecosoc', 'ecosoc', 'Economic and Social Council'],
  [/^A\/C\.(?:[1-6])\b/, 'unga', 'ga', 'General Assembly'],
  [/^A\b/, 'unga', 'ga', 'General Assembly'],
]

export interface Identity {
  /** The work, without a component: /akn/un/statement/deliberation/unga/2023-12-19/78-228 */
  readonly work: string
  readonly date: string
  readonly language: string
  readonly author: Organization
}

export function identityOf(value: ResolutionValue, facts: AknFacts, kind = 'statement/deliberation'): Identity {
  const symbol = facts.symbol ?? factsOf(value).symbol ?? ''
  const [, body, id, name] = bodies.find(([form]) => form.test(symbol)) ?? [/$/, 'un', 'un', 'United Nations']
  const number = symbol.replace(/^[A-Z]+\/(?:HRC\/)?(?:RES\/)?/, '').replace(/[^A-Za-z0-9.]+/g, '-').replace(/^-|-$/g, '') || idFrom(facts.draft ?? '') || 'nn'
  const date = facts.date ?? unknownDate
  return { work: `/akn/un/${kind}/${body}/${date}/${number}`, date, language: codeOfLanguage(value.language), author: { id, name } }
}

/** As a part of an address. */
const idFrom = (words: string): string => words.replace(/[^A-Za-z0-9._-]+/g, '-')

/** `component` names a part of the work, such as an annex. */
export function meta(identity: Identity, facts: AknFacts, component = ''): string {
  if (component !== '') return block('meta', {}, [identification(identity, facts, component)])
  const { steps = [], analysis = '' } = facts
  return block('meta', {}, [
    identification(identity, facts, component),
    steps.length === 0 ? '' : block('workflow', { source: '#editor' }, steps.map(step)),
    analysis,
    block('references', { source: '#editor' }, references(identity, facts)),
  ])
}

const step = ({ outcome, date = unknownDate, as, by }: Step): string => element('step', { date, outcome, as: as || '#author', by: by || '#editor' })

/** The address of a work in one language, in this version. */
export const expressionOf = ({ work, language }: Identity, { version }: AknFacts): string => `${work}/${language}@${version === undefined ? '' : idFrom(version)}`

function identification(identity: Identity, facts: AknFacts, component: string): string {
  const { work, date, language, author } = identity
  const { draft } = facts
  const main = component === '' ? '!main' : `!main/${component}`
  const expression = expressionOf(identity, facts)
  const dated = (name: string): string => element('FRBRdate', { date, name })
  const alias = draft === undefined ? [] : [element('FRBRalias', { value: draft, name: 'draft' })]
  return block('identification', { source: '#editor' }, [
    block('FRBRWork', {}, [
      element('FRBRthis', { value: `${work}/${main}` }), element('FRBRuri', { value: `${work}/` }), ...alias, dated('submission'),
      element('FRBRauthor', { href: `#${author.id}`, as: '#author' }), element('FRBRcountry', { value: 'un' }),
    ]),
    block('FRBRExpression', {}, [
      element('FRBRthis', { value: `${expression}/${main}` }), element('FRBRuri', { value: `${expression}/` }), dated('publication'),
      element('FRBRauthor', { href: `#${author.id}`, as: '#author' }), element('FRBRlanguage', { language }),
    ]),
    block('FRBRManifestation', {}, [
      element('FRBRthis', { value: `${expression}/${main}.xml` }), element('FRBRuri', { value: `${expression}.xml` }), dated('markup'),
      element('FRBRauthor', { href: '#editor', as: '#editor' }),
    ]),
  ])
}

function references({ author }: Identity, { organizations = [] }: AknFacts): string[] {
  const named = [author, ...organizations.filter(({ id }) => id !== author.id)]
  return [
    ...named.map(({ id, name }) => element('TLCOrganization', { eId: id, href: `/akn/ontology/organization/un/${idFrom(id)}`, showAs: name })),
    element('TLCRole', { eId: 'author', href: '/akn/ontology/role/un/author', showAs: 'Author' }),
    element('TLCRole', { eId: 'editor', href: '/akn/ontology/role/un/editor', showAs: 'Editor' }),
  ]
}
