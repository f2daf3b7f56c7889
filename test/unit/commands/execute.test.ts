import * as Y from 'yjs'
import { describe, expect, test } from 'vitest'
import { importText } from '../../../shared/convert/importText.ts'
import { beginAmendment, proposalText } from '../../../shared/model/amendments.ts'
import { readPublished } from '../../../shared/model/decisions.ts'
import { defineShared, newDoc } from '../../../shared/model/layout.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import { readAmendmentState, readStage, readUnitState, readVersions } from '../../../shared/model/state.ts'
import { digestOfAmendment } from '../../../shared/lifecycle/digests.ts'
import { canonicalJson } from '../../../shared/lifecycle/canonical.ts'
import { freezePreview, unsigned } from '../../../shared/lifecycle/freeze.ts'
import type { FrozenForm } from '../../../shared/lifecycle/freeze.ts'
import { fixedKeys } from '../keys/fixed-keys.ts'
import { standsAt } from '../../../shared/record/stands.ts'
import type { Hat } from '../../../shared/policy/types.ts'
import type { Command } from '../../../shared/wire/commands.ts'
import { valueOf } from '../../../shared/model/operations.ts'
import { sideRoomOf } from '../../../shared/wire/protocol.ts'
import { unitAt } from './support.ts'
import { bench, brazil, chair, done, eu, japan, legal, negotiation, ngo, refusal, secretary, source, stands, standsNow, type, unitSeen } from './bench.ts'

describe('commands', () => {
  test('CD1 an import fills an empty draft once, with the value that was shown', async () => {
    expect(await refusal(chair, { command: 'import', value: { language: 'en', units: [] } })).toBe('import-empty')
    await done(chair, { command: 'import', value: importText(source).value })
    expect(valueOf(readDraft(bench.shared), 'en')).toEqual(importText(source).value)
    expect(readDraft(bench.shared).units.map((unit) => unit.kind)).toEqual(['title', 'organ', 'pp', 'op', 'op'])
    expect(await refusal(chair, { command: 'import', value: importText(source).value })).toBe('draft-not-empty')
    expect(await refusal(japan, { command: 'import', value: importText(source).value })).toBe('only-chairs-table')
  })

  test('FR5 notes and square brackets come in where they stood; the brackets are nobody’s', async () => {
    const value = { language: 'en', units: [
      { kind: 'op' as const, words: 'Requests a report every year', notes: [{ at: 8, words: 'A note' }, { at: 17, words: 'Another' }], children: [
        { kind: 'sub' as const, words: 'To act', notes: [], children: [], brackets: [{ from: 0, to: 2 }] },
      ], brackets: [{ from: 8, to: 28 }, { from: 18, to: 28 }] },
      { kind: 'op' as const, words: '', notes: [], children: [], brackets: [{ from: 0, to: 0, placeholder: true as const }] },
    ] }
    await done(chair, { command: 'import', value })
    expect(valueOf(readDraft(bench.shared), 'en')).toEqual(value)
    expect(readDraft(bench.shared).units.flatMap(({ brackets }) => brackets.map(({ by }) => by))).toEqual([[], [], [], []])
  })

  test('CD2 sent twice it is executed once and answered alike; the key with another body is refused', async () => {
    await negotiation()
    const put = { command: 'put-forward' as const, ...type(eu, 'every year', 'each year') }
    const first = await done(eu, put, 'the-same-key')
    expect(await done(eu, put, 'the-same-key')).toEqual(first)
    expect(await refusal(eu, { command: 'open-negotiation' }, 'the-same-key')).toBe('key-reused')
    const record = await bench.store.record(bench.draft, 0)
    expect(record.filter((row) => row.kind === 'put-forward')).toHaveLength(1)
    expect(readAmendmentState(bench.shared, put.amendment)?.revision).toBe(1)
  })

  test('CD3 a decision on what has changed since is refused as changed', async () => {
    await negotiation()
    const put = type(eu, 'every year', 'each year')
    type(eu, 'each', 'every second')
    expect(await refusal(eu, { command: 'put-forward', ...put })).toBe('changed')
    const now = type(eu, 'second', 'third')
    await done(eu, { command: 'put-forward', ...now })
    expect(await refusal(chair, { command: 'incorporate', amendment: now.amendment, digest: '0'.repeat(64) })).toBe('changed')
    expect(await refusal(chair, { command: 'agree', unit: unitSeen('OP1').unit, digest: '0'.repeat(64) })).toBe('changed')
  })

  test('CD4 a next wording is the next revision; endorsements keep the wording they were given on', async () => {
    await negotiation()
    const put = type(eu, 'every year', 'each year')
    await done(eu, { command: 'put-forward', ...put })
    const first = stands(put.amendment)
    await done(japan, { command: 'position', about: { kind: 'amendment', ...first }, position: 'support', to: 'all', note: '' })
    await done(legal, { command: 'review', ...first, verdict: 'cleared', note: '' })
    const next = type(eu, 'each year', 'each session')
    expect((await done(eu, { command: 'put-forward', ...next })).revision).toBe(2)
    const state = readAmendmentState(bench.shared, put.amendment)!
    expect(state.digest).not.toBe(first.digest)
    const now = await standsNow()
    expect(standsAt(now.positions.get(`amendment:${put.amendment}`)?.get('jp'))).toMatchObject({ position: 'support', digest: first.digest })
    expect(now.reviews.get(put.amendment)?.digest).toBe(first.digest)
    expect(await refusal(eu, { command: 'put-forward', ...next })).toBe('already-so')
  })

  test('CD5 the table records a proposal from the floor; the delegation confirms it', async () => {
    await negotiation()
    const typed = type(chair, 'every year', 'every two years')
    expect(await refusal(japan, { command: 'record-for', ...typed, delegation: 'br' })).toBe('only-chairs-table')
    await done(secretary, { command: 'record-for', ...typed, delegation: 'br' })
    const recorded = readAmendmentState(bench.shared, typed.amendment)!
    expect([recorded.proposer, recorded.asRecorded]).toEqual(['br', true])
    expect(await refusal(japan, { command: 'confirm-recorded', ...stands(typed.amendment) })).toBe('not-yours')
    await done(brazil, { command: 'confirm-recorded', ...stands(typed.amendment) })
    expect(readAmendmentState(bench.shared, typed.amendment)?.asRecorded).toBe(false)
  })

  test('CD6 an NGO’s proposal needs a State; taken up it stays credited to both', async () => {
    await negotiation()
    const typed = type(ngo, 'every year', 'with survivors every year')
    await done(ngo, { command: 'put-forward', ...typed })
    expect(await refusal(chair, { command: 'incorporate', ...stands(typed.amendment) })).toBe('needs-state')
    expect(await refusal(ngo, { command: 'take-up', ...stands(typed.amendment) })).toBe('only-states')
    await done(brazil, { command: 'take-up', ...stands(typed.amendment) })
    const state = readAmendmentState(bench.shared, typed.amendment)!
    expect([state.proposer, state.takenUpBy, state.sponsors.map((one) => one.delegation)]).toEqual(['ngo', 'br', ['br']])
    await done(chair, { command: 'incorporate', ...stands(typed.amendment) })
    expect(unitAt(readDraft(bench.shared), 'OP1').words).toContain('with survivors every year')
  })

  test('OW10 what is incorporated keeps the official wording that it had against the text before', async () => {
    await negotiation()
    const typed = type(eu, 'every year', 'every two years')
    await done(eu, { command: 'put-forward', ...typed })
    await done(chair, { command: 'incorporate', ...stands(typed.amendment) })
    expect(readAmendmentState(bench.shared, typed.amendment)?.decision?.wording).toBe('In operative paragraph 1, replace the word “year” with the words “two years”.')
  })

  test('CD7 a co-sponsor joins with the proposer’s consent and no other', async () => {
    await negotiation()
    const typed = type(eu, 'every year', 'each year')
    await done(eu, { command: 'put-forward', ...typed })
    const on = stands(typed.amendment)
    expect(await refusal(eu, { command: 'cosponsor', ...on })).toBe('own-proposal')
    expect(await refusal(ngo, { command: 'cosponsor', ...on })).toBe('only-states')
    await done(japan, { command: 'cosponsor', ...on })
    expect(await refusal(japan, { command: 'cosponsor', ...on })).toBe('needs-consent')
    expect(await refusal(japan, { command: 'consent', ...on, delegation: 'jp', agree: true })).toBe('not-yours')
    await done(eu, { command: 'consent', ...on, delegation: 'jp', agree: true })
    expect(readAmendmentState(bench.shared, typed.amendment)?.sponsors.map((one) => one.delegation)).toEqual(['jp'])
  })

  test('CD8 withdrawn, not reflected and bracketed amendments stay on record', async () => {
    await negotiation()
    const [a, b, c] = [type(eu, 'every year', 'each year'), type(japan, 'every', 'every second'), type(brazil, 'report', 'report orally')]
    for (const [who, typed] of [[eu, a], [japan, b], [brazil, c]] as const) await done(who, { command: 'put-forward', ...typed })
    expect(await refusal(japan, { command: 'withdraw', ...stands(a.amendment) })).toBe('not-yours')
    await done(eu, { command: 'withdraw', ...stands(a.amendment) })
    await done(chair, { command: 'not-reflected', ...stands(b.amendment), note: 'no support' })
    await done(chair, { command: 'keep-in-brackets', ...stands(c.amendment) })
    expect([a, b, c].map(({ amendment }) => readAmendmentState(bench.shared, amendment)?.status)).toEqual(['withdrawn', 'not-reflected', 'bracketed'])
    expect(await refusal(chair, { command: 'incorporate', ...stands(a.amendment) })).toBe('already-decided')
    await done(chair, { command: 'incorporate', ...stands(c.amendment) })
    expect(unitAt(readDraft(bench.shared), 'OP1').words).toContain('report orally')
  })

  test('CD9 what is typed after a decision is a new proposal', async () => {
    await negotiation()
    const first = type(eu, 'every year', 'each year')
    await done(eu, { command: 'put-forward', ...first })
    await done(chair, { command: 'not-reflected', ...stands(first.amendment), note: '' })
    expect(type(eu, 'every', 'every third').amendment).not.toBe(first.amendment)
  })

  test('CD10 a paragraph is agreed when nothing is open on it, and then neither amended nor decided on', async () => {
    await negotiation()
    const typed = type(eu, 'every year', 'each year')
    await done(eu, { command: 'put-forward', ...typed })
    expect(await refusal(chair, { command: 'agree', ...unitSeen('OP1') })).toBe('open-amendments')
    await done(chair, { command: 'incorporate', ...stands(typed.amendment) })
    await done(chair, { command: 'agree', ...unitSeen('OP1') })
    expect(readUnitState(bench.shared, unitSeen('OP1').unit).agreed).not.toBeNull()
    const late = type(japan, 'report', 'report again')
    expect(await refusal(japan, { command: 'put-forward', ...late })).toBe('unit-locked')
    await done(chair, { command: 'reopen-unit', ...unitSeen('OP1'), reason: 'package' })
    await done(japan, { command: 'put-forward', ...late })
  })

  test('CD11 a lock is the chair’s, and holds until it is taken off', async () => {
    await negotiation()
    const { unit } = unitSeen('OP1')
    expect(await refusal(eu, { command: 'lock', unit })).toBe('only-chair')
    await done(chair, { command: 'lock', unit })
    expect(await refusal(eu, { command: 'put-forward', ...type(eu, 'every', 'each') })).toBe('unit-locked')
    await done(chair, { command: 'unlock', unit })
    expect(readUnitState(bench.shared, unit).locked).toBe(false)
  })

  test('CD13 freezing fixes what the chair saw, over a flag only with a reason, and nothing can be decided after', async () => {
    await negotiation()
    const typed = type(eu, 'every year', 'each year')
    await done(eu, { command: 'put-forward', ...typed })
    await done(legal, { command: 'review', ...stands(typed.amendment), verdict: 'flagged', note: 'see 64/293' })
    const { digest } = freezePreview(bench.shared, new Set([typed.amendment]))
    const freeze: Command = { command: 'freeze', digest, symbol: 'A/C.3/81/L.1', closeOpen: false, reason: '' }
    expect(await refusal(eu, freeze)).toBe('only-chair')
    expect(await refusal(chair, { ...freeze, digest: '0'.repeat(64) })).toBe('changed')
    expect(await refusal(chair, freeze)).toBe('open-amendments')
    expect(await refusal(chair, { ...freeze, closeOpen: true })).toBe('flagged')
    const result = await done(chair, { ...freeze, closeOpen: true, reason: 'the flag concerns another text' })
    const version = (await bench.store.version(bench.draft, 1))!
    const form = JSON.parse(new TextDecoder().decode(version.bytes)) as FrozenForm & { resolution: { units: unknown[] } }
    const { bytes, sha256 } = unsigned(form)
    expect([sha256, version.sha256]).toEqual([result.sha256, result.sha256])
    expect(readVersions(bench.shared).map((one) => one.sha256)).toEqual([result.sha256])
    expect(form.resolution.units).toHaveLength(5)
    expect(form.signatures).toEqual([fixedKeys.sign(bytes)])
    expect(new TextDecoder().decode(version.bytes)).toBe(canonicalJson(form))
    const before = (await bench.store.record(bench.draft, 0)).at(-2)!
    expect(form).toMatchObject({ keyId: fixedKeys.current.keyId, recordHead: { seq: before.seq, digest: before.digest }, sponsors: [] })
    expect(readStage(bench.shared).stage).toBe('frozen')
    expect((await bench.store.draft(bench.draft))?.stage).toBe('frozen')
    for (const body of [
      { command: 'incorporate', ...stands(typed.amendment) },
      { command: 'reopen-drafting', reason: 'x' },
      { command: 'start-thread', about: { kind: 'amendment', amendment: typed.amendment }, ranges: [], words: 'late', apart: false },
      { command: 'lock', unit: unitSeen('OP1').unit },
      { ...freeze, digest: freezePreview(bench.shared, new Set([typed.amendment])).digest, closeOpen: true, reason: 'x' },
    ] as Command[]) {
      expect(await refusal(chair, body)).toBe('frozen')
    }
  })

  test('CD14 links are made by the chair for anyone and by a head for their own people', async () => {
    const forDelegate: Command = { command: 'invite', hat: { role: 'delegate', delegation: 'jp', level: 'drafter' }, days: 7, uses: 2 }
    const made = await done(chair, forDelegate)
    expect(made.link).toMatch(/^\/join\/[^#]+#.+/)
    await done(japan, forDelegate)
    expect(await refusal(eu, forDelegate)).toBe('only-head')
    expect(await refusal(chair, { ...forDelegate, hat: { role: 'chair', delegation: 'jp', level: 'head' } })).toBe('not-permitted')
    await done(chair, { command: 'revoke-invite', invite: made.invite! })
    expect((await bench.store.invite(made.invite!))?.revokedAtMs).not.toBeNull()
  })

  test('CD15 a member is revoked, at once and on every socket; the last chair stays', async () => {
    const hat: Hat = { role: 'delegate', delegation: 'jp', kind: 'state', level: 'head' }
    await bench.store.write([{ put: 'hat', row: { id: 'hat-x', draft: bench.draft, person: 'p', hat: { ...hat }, revokedAtMs: null } }])
    await done(chair, { command: 'revoke-member', hatId: 'hat-x' })
    expect((await bench.store.hats(bench.draft)).find((row) => row.id === 'hat-x')?.revokedAtMs).not.toBeNull()
    const own = (await bench.store.hats(bench.draft)).find((row) => row.person === 'chair')!
    expect(await refusal(chair, { command: 'revoke-member', hatId: own.id })).toBe('last-chair')
  })

  test('CD16 the log alone gives the document back', async () => {
    await negotiation()
    const typed = type(eu, 'every year', 'each year')
    await done(eu, { command: 'put-forward', ...typed })
    await done(chair, { command: 'incorporate', ...stands(typed.amendment) })
    const again = defineShared(newDoc())
    for (const entry of (await bench.store.load(bench.draft)).entries) Y.applyUpdate(again, entry.bytes)
    expect(Y.encodeStateAsUpdate(again)).toEqual(Y.encodeStateAsUpdate(bench.shared))
    const put = (await bench.store.load(bench.draft)).entries.filter((entry) => entry.lineage !== null)
    expect(put.length).toBe(2)
  })

  test('CD17 proposals of a new paragraph are put forward and decided like any other', async () => {
    await negotiation()
    const side = bench.sides.get(sideRoomOf(bench.draft, 'eu'))!
    const id = beginAmendment(side, { kind: 'insert', target: unitSeen('OP1').unit, unitKind: 'op', inside: false })
    expect(await refusal(eu, { command: 'put-forward', amendment: id, digest: digestOfAmendment(readPublished(side, id)!) })).toBe('empty-amendment')
    proposalText(side, id)!.insert(0, 'Invites Member States to cooperate;')
    await done(eu, { command: 'put-forward', amendment: id, digest: digestOfAmendment(readPublished(side, id)!) })
    await done(chair, { command: 'incorporate', ...stands(id) })
    expect(unitAt(readDraft(bench.shared), 'OP2').words).toBe('Invites Member States to cooperate;')
    expect(unitAt(readDraft(bench.shared), 'OP3').words).toBe('Decides to remain seized of the matter.')
  })
})
