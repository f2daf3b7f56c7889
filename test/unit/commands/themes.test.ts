import { describe, expect, it } from 'vitest'
import { createLedgers } from '../../../server/record/ledger.ts'
import { foldThemes, noThemes } from '../../../shared/record/themes.ts'
import type { Themes } from '../../../shared/record/themes.ts'
import { recordLine } from '../../../shared/record/line.ts'
import { digestOfText } from '../../../shared/lifecycle/digests.ts'
import { freezePreview } from '../../../shared/lifecycle/freeze.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { commandSchema } from '../../../shared/wire/commands.ts'
import type { Command } from '../../../shared/wire/commands.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { bench, chair, delegate, done, eu, japan, legal, negotiation, ngo, office, refusal, secretary, type, unitSeen } from './bench.ts'

const naming = (...themes: readonly (readonly [theme: number | null, name: string, ...words: string[]])[]): Command =>
  ({ command: 'name-themes', themes: themes.map(([theme, name, ...words]) => ({ theme, name, words })) })

const tag = (about: Extract<Command, { command: 'tag-theme' }>['about'], theme: number, carries: boolean | null): Command => ({ command: 'tag-theme', about, theme, carries })
const onUnit = (number: string) => ({ kind: 'unit' as const, unit: unitSeen(number).unit })
const themes = async (): Promise<Themes> => (await createLedgers(bench.store).of(bench.draft)).themes
const names = async (): Promise<readonly string[]> => (await themes()).list.map(({ number, name, words }) => `${number} ${name}: ${words.join(' ')}`)
const digest = (): string => digestOfText(readDraft(bench.shared, 'en'), 'en')

describe('themes', () => {
  it('TM1 are named, worded anew and removed by the chair or a facilitator; a number is never given again, and no byte of any document is written', async () => {
    await negotiation()
    const before = (await bench.store.load(bench.draft)).seq
    expect(await done(chair, naming([null, 'Children', 'child*', 'girl'], [null, 'Age', 'age']))).toEqual({ themes: [1, 2] })
    expect(await done(office('facilitator'), naming([1, 'Children and youth', 'child*', 'young people']))).toEqual({ themes: [1] })
    expect(await names()).toEqual(['1 Children and youth: child* young people', '2 Age: age'])
    await done(chair, { command: 'remove-theme', theme: 2 })
    expect(await done(chair, naming([null, 'Age', 'age']))).toEqual({ themes: [3] })
    expect(await names()).toEqual(['1 Children and youth: child* young people', '3 Age: age'])
    expect((await bench.store.load(bench.draft)).entries.slice(before).map(({ bytes }) => bytes.length)).toEqual([0, 0, 0, 0])
    const lines = (await bench.store.record(bench.draft, 0)).slice(-4).map((row) => recordLine({ ...row, actorName: null }))
    expect(lines.map(({ kind, note }) => [kind, note])).toEqual([['name-themes', 'Children, Age'], ['name-themes', 'Children and youth'], ['remove-theme', 'Age'], ['name-themes', 'Age']])
    expect(await refusal(secretary, naming([null, 'Data', 'data']))).toBe('only-chair')
    expect(await refusal(eu, naming([null, 'Data', 'data']))).toBe('only-chairs-table')
    expect(await refusal(secretary, { command: 'remove-theme', theme: 1 })).toBe('only-chair')
  })

  it('TM1 with words that are none, a name that is taken, one that is gone, too many of them, or nothing that is new, they are refused whole', async () => {
    await done(chair, naming([null, 'Children', 'child*']))
    const before = await names()
    expect(await refusal(chair, naming([null, 'Age', 'age'], [null, 'Data', 'a*']))).toBe('theme-word')
    expect(await refusal(chair, naming([null, 'Age', '(age|.*)']))).toBe('theme-word')
    expect(await refusal(chair, naming([null, 'CHILDREN ', 'boy']))).toBe('theme-named')
    expect(await refusal(chair, naming([null, 'Age', 'age'], [null, 'age', 'old']))).toBe('theme-named')
    expect(await refusal(chair, naming([2, 'Age', 'age']))).toBe('no-such-theme')
    expect(await refusal(chair, { command: 'remove-theme', theme: 2 })).toBe('no-such-theme')
    expect(await refusal(chair, naming([1, 'Children', 'child*']))).toBe('already-so')
    expect(await names()).toEqual(before)
    // Two that change names with each other are no clash.
    await done(chair, naming([null, 'Age', 'age']))
    await done(chair, naming([1, 'Age', 'age'], [2, 'Children', 'child*']))
    expect(await names()).toEqual(['1 Age: age', '2 Children: child*'])
    const many = Array.from({ length: limits.themesMax - 2 }, (_, at) => [null, `Theme ${at}`] as const)
    await done(chair, naming(...many))
    expect(await refusal(chair, naming([null, 'One more']))).toBe('themes-full')
    expect(commandSchema.safeParse(naming([null, 'Wordy', ...Array.from({ length: limits.themeWordsMax + 1 }, (_, at) => `word${at}`)])).success).toBe(false)
    // One that is several, by its commas, counts as what it will be when it is next edited.
    expect(await refusal(chair, naming([1, 'Age', ...Array.from({ length: limits.themeWordsMax / 2 + 1 }, (_, at) => `old${at},aged${at}`)]))).toBe('theme-word')
    await done(chair, naming([1, 'Age', 'age, old', 'AGE']))
    expect((await names())[0]).toBe('1 Age: age old')
  })

  it('TM4 whoever drafts puts a theme on a paragraph or takes it off, and leaves it to its words again; who and when are known', async () => {
    await negotiation()
    await done(chair, naming([null, 'Children', 'child*'], [null, 'Age', 'age']))
    const op1 = onUnit('OP1')
    await done(japan, tag(op1, 1, true))
    await done(legal, tag(op1, 2, false))
    const { seq, atMs } = (await bench.store.record(bench.draft, 0)).at(-1)!
    const said = async () => Object.fromEntries((await themes()).tags.get(`unit:${op1.unit}`) ?? [])
    expect(await said()).toMatchObject({ 1: { carries: true, by: 'jp', seq: seq - 1 }, 2: { carries: false, by: 'legal', seq, atMs } })
    expect(await refusal(eu, tag(op1, 1, true))).toBe('already-so')
    expect(await refusal(eu, tag(onUnit('OP2'), 1, null))).toBe('already-so')
    await done(ngo, tag(op1, 1, false))
    await done(eu, tag(op1, 2, null))
    expect(await said()).toMatchObject({ 1: { carries: false, by: 'ngo' } })
    expect((await said())[2]).toBeUndefined()
    const line = recordLine({ ...(await bench.store.record(bench.draft, 0)).at(-2)!, actorName: null })
    expect([line.kind, line.unit, line.note]).toEqual(['tag-theme', op1.unit, 'Children: no'])
    expect(await refusal(eu, tag(op1, 3, true))).toBe('no-such-theme')
    expect(await refusal(eu, tag({ kind: 'unit', unit: 'none' }, 1, true))).toBe('no-such-unit')
    expect(await refusal(delegate('jp', 'state', 'reader'), tag(op1, 1, true))).toBe('only-drafters')
    expect(await refusal(office('observer'), tag(op1, 1, true))).toBe('only-drafters')
    // With the theme goes what was said of it, also for the next theme.
    await done(chair, { command: 'remove-theme', theme: 1 })
    await done(chair, naming([null, 'Children', 'child*']))
    expect(await said()).toEqual({})
  })

  it('TM4 a proposal is tagged once it is put forward: of one in a side document nothing is said in the record, by nobody', async () => {
    await negotiation()
    await done(chair, naming([null, 'Children', 'child*']))
    const typed = type(japan, 'every year', 'every year on children')
    const about = { kind: 'amendment' as const, amendment: typed.amendment }
    const before = (await bench.store.record(bench.draft, 0)).length
    for (const who of [japan, eu, chair]) expect(await refusal(who, tag(about, 1, true))).toBe('no-such-amendment')
    expect((await bench.store.record(bench.draft, 0)).length).toBe(before)
    await done(japan, { command: 'put-forward', ...typed })
    await done(eu, tag(about, 1, false))
    expect((await themes()).tags.get(`amendment:${typed.amendment}`)?.get(1)).toMatchObject({ carries: false, by: 'eu' })
  })

  it('TM9 what was said by hand outlives a return to a version, goes with the paragraph and comes back with it; frozen, nothing more is said', async () => {
    await negotiation()
    await done(chair, naming([null, 'Children', 'child*']))
    const op1 = onUnit('OP1')
    await done(chair, { command: 'keep-version', kind: 'text', name: '', symbol: '', digest: digest() })
    await done(japan, tag(op1, 1, true))
    const typed = type(japan, 'every year', 'each year')
    await done(japan, { command: 'put-forward', ...typed })
    await done(chair, { command: 'incorporate', ...typed })
    await done(chair, { command: 'restore-version', version: (await bench.store.versions(bench.draft)).at(-1)!.number, digest: digest(), reason: 'x' })
    expect(onUnit('OP1')).toEqual(op1)
    expect((await themes()).tags.get(`unit:${op1.unit}`)?.get(1)).toMatchObject({ carries: true, by: 'jp' })
    const frozen = await done(chair, { command: 'freeze', digest: freezePreview(bench.shared, new Set()).digest, symbol: '', closeOpen: true, reason: 'It is agreed.' })
    const sealed = (await bench.store.version(bench.draft, frozen.version!))!.bytes
    for (const body of [naming([null, 'Age', 'age']), { command: 'remove-theme', theme: 1 } as const, tag(op1, 1, null)]) expect(await refusal(chair, body)).toBe('frozen')
    expect((await bench.store.version(bench.draft, frozen.version!))!.bytes).toEqual(sealed)
    await done(chair, { command: 'reopen-frozen', reason: 'x' })
    await done(chair, tag(op1, 1, null))
  })

  it('TM1 entries of any shape are read without a throw, and change nothing that they do not name', () => {
    const row = (kind: string, body: unknown) => ({ seq: 1, atMs: 1, kind, body: body as never })
    const bodies = [null, 1, 'x', [], {}, { body: null }, { body: { themes: 1 } }, { body: { themes: [null, { theme: 'x' }, { theme: 1, name: 'A', words: 'x' }] } }, { body: { theme: '1' } }, { body: { theme: 1, carries: 'x', unit: 7 } }]
    const rows = ['name-themes', 'remove-theme', 'tag-theme', 'other'].flatMap((kind) => bodies.map((body) => row(kind, body)))
    expect(foldThemes(rows)).toEqual(noThemes)
    const known = foldThemes([row('name-themes', { body: { themes: [{ theme: 4, name: 'A', words: ['a', 1] }] } })])
    expect(known).toMatchObject({ list: [{ number: 4, name: 'A', words: ['a'] }], next: 5 })
  })
})
