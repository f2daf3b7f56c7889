/** The cases in which a row asks more than role and stage. */
import { expect, test } from 'vitest'
import { explain, refusalOf } from '../../../shared/policy/index.ts'
import type { Action, AmendmentStatus, Facts, Hat } from '../../../shared/policy/index.ts'
import { errors } from '../../../shared/wire/errors.ts'
import type { ErrorCode } from '../../../shared/wire/errors.ts'
import { amendment, facts, group, hats } from './facts.ts'

const says = (hat: Hat, action: Action, over: Partial<Facts>, code: ErrorCode | null) => {
  expect(refusalOf(facts(hat, over), action), `${hat.role} ${hat.level} of ${hat.delegation}: ${action}`).toBe(code)
}
const free = { locked: false, agreed: false }
const locked = { locked: true, agreed: false }
const agreed = { locked: false, agreed: true }

test('PO6 locked and agreed units are closed to the chair too, a free one and a new one are not', () => {
  for (const action of ['write-base', 'shape-base'] as const) {
    for (const unit of [locked, agreed]) says(hats.chair, action, { stage: 'drafting', unit }, 'unit-locked')
    for (const unit of [free, undefined]) says(hats.chair, action, { stage: 'drafting', unit }, null)
  }
  for (const unit of [locked, agreed]) {
    says(hats.head, 'put-forward', { unit }, 'unit-locked')
    says(hats.chair, 'record-for', { unit }, 'unit-locked')
    says(hats.chair, 'incorporate', { unit, amendment: amendment() }, 'unit-locked')
    says(hats.chair, 'not-reflected', { unit, amendment: amendment() }, null)
    says(hats.head, 'write-side', { unit, delegation: 'japan' }, null)
  }
})

test('PO8 each action on an open amendment is refused on a decided one, and where there is none', () => {
  const waiting = amendment({ proposer: 'rivers', proposerKind: 'ngo', needsState: true })
  const ours = amendment({ proposer: 'japan' })
  const cases = [
    [hats.forward, 'withdraw', ours], [hats.forward, 'consent', ours], [hats.forward, 'take-up', waiting],
    [hats.forward, 'cosponsor', amendment()], [hats.forward, 'support', amendment()],
    [hats.legal, 'review', amendment()],
    [hats.chair, 'incorporate', amendment()], [hats.chair, 'not-reflected', amendment()],
    [hats.chair, 'keep-in-brackets', amendment()],
  ] as const
  for (const [hat, action, about] of cases) {
    says(hat, action, { amendment: about }, null)
    says(hat, action, {}, 'no-such-amendment')
    for (const status of ['incorporated', 'not-reflected', 'bracketed', 'withdrawn'] satisfies AmendmentStatus[]) {
      says(hat, action, { amendment: { ...about, status } }, 'already-decided')
    }
  }
})

test('PO23 threads: their own people and the chair’s table resolve, once; what is not there is refused; apart means one’s own', () => {
  const theirs = { by: 'brazil', resolved: false }
  says(hats.drafter, 'resolve-thread', { thread: theirs }, 'not-yours')
  says(hats.drafter, 'resolve-thread', { thread: { by: 'japan', resolved: false } }, null)
  says(hats.secretary, 'resolve-thread', { thread: theirs }, null)
  says(hats.legal, 'resolve-thread', { thread: theirs }, 'not-yours')
  says(hats.chair, 'resolve-thread', { thread: { by: 'brazil', resolved: true } }, 'already-so')
  says(hats.drafter, 'reopen-thread', { thread: { by: 'brazil', resolved: true } }, null)
  says(hats.drafter, 'reopen-thread', { thread: theirs }, 'already-so')
  for (const action of ['reply', 'resolve-thread', 'reopen-thread'] as const) says(hats.drafter, action, {}, 'no-such-thread')
  for (const action of ['start-thread', 'reply'] as const) {
    says(hats.drafter, action, { delegation: 'japan', thread: theirs }, null)
    says(hats.chair, action, { delegation: 'japan', thread: theirs }, 'not-yours')
    says(hats.reader, action, { delegation: 'japan', thread: theirs }, 'only-drafters')
  }
})

test('PO12 the order of refusals: frozen, who, stage, thing', () => {
  const all: Partial<Facts> = { unit: locked, amendment: amendment({ status: 'withdrawn' }) }
  says(hats.drafter, 'put-forward', { ...all, stage: 'frozen' }, 'frozen')
  says(hats.drafter, 'put-forward', { ...all, stage: 'silence' }, 'not-yours')
  const ours = { ...all, amendment: amendment({ status: 'withdrawn', proposer: 'japan' }) }
  says(hats.drafter, 'put-forward', { ...ours, stage: 'silence' }, 'not-put-forward-right')
  says(hats.forward, 'put-forward', { ...ours, stage: 'silence' }, 'wrong-stage')
  says(hats.forward, 'put-forward', ours, 'already-decided')
  says(hats.forward, 'put-forward', { ...ours, amendment: amendment({ proposer: 'japan' }) }, 'unit-locked')
  says(hats.observer, 'write-base', { unit: locked }, 'only-drafters')
  says(hats.head, 'write-base', { unit: locked }, 'base-closed')
})

test('PO13 a side document is its delegation’s; the chair’s table has one of its own', () => {
  says(hats.head, 'write-side', { delegation: 'eu' }, 'not-yours')
  says(hats.chair, 'write-side', { delegation: 'japan' }, 'not-yours')
  says(hats.legal, 'write-side', { delegation: 'office' }, 'not-yours')
  says(hats.legal, 'write-side', { delegation: 'legal' }, null)
  says(hats.reader, 'read', { delegation: 'japan' }, null)
  for (const action of ['read', 'speak'] as const) says(hats.observer, action, { delegation: hats.observer.delegation }, 'not-yours')
  says(hats.chair, 'read', { delegation: 'japan' }, 'not-yours')
  says(hats.head, 'speak', { delegation: 'office' }, 'not-yours')
  const guest: Hat = { role: 'delegate', delegation: 'office', kind: 'office', level: 'head' }
  says(guest, 'write-side', { delegation: 'office' }, 'only-chairs-table')
  says(guest, 'read', { delegation: 'office' }, 'only-chairs-table')
})

test('PO14 a next wording comes from the proposer or a sponsor, of an open amendment', () => {
  says(hats.forward, 'put-forward', { amendment: amendment({ proposer: 'japan' }) }, null)
  says(hats.forward, 'put-forward', { amendment: amendment({ sponsors: ['japan'] }) }, null)
  says(hats.forward, 'put-forward', { amendment: amendment() }, 'not-yours')
  says(hats.chair, 'put-forward', { amendment: amendment() }, 'not-yours')
  for (const status of ['incorporated', 'not-reflected', 'bracketed', 'withdrawn'] satisfies AmendmentStatus[]) {
    says(hats.forward, 'put-forward', { amendment: amendment({ proposer: 'japan', status }) }, 'already-decided')
  }
})

test('PO15 the chair’s table records for a delegation and corrects it until that delegation has confirmed', () => {
  says(hats.secretary, 'record-for', { chairPresent: false }, null)
  says(hats.secretary, 'record-for', { amendment: amendment({ asRecorded: true }) }, null)
  says(hats.secretary, 'record-for', { amendment: amendment({ proposer: hats.secretary.delegation }) }, 'not-yours')
  const circle = { members: [hats.secretary.delegation], open: true }
  says(hats.secretary, 'record-for', { circle, amendment: amendment({ proposer: hats.secretary.delegation }) }, null)
  says(hats.secretary, 'record-for', { circle, amendment: amendment({}) }, 'not-yours')
  says(hats.secretary, 'record-for', { amendment: amendment() }, 'not-yours')
  const withdrawn = amendment({ asRecorded: true, status: 'withdrawn' })
  says(hats.secretary, 'record-for', { amendment: withdrawn }, 'already-decided')
  says(hats.secretary, 'withdraw', { amendment: amendment({ asRecorded: true }) }, null)
  const decided = amendment({ asRecorded: true, status: 'incorporated' })
  says(hats.chair, 'withdraw', { amendment: decided }, 'already-decided')
  says(hats.chair, 'withdraw', { amendment: amendment() }, 'not-yours')
  says(hats.head, 'confirm-recorded', { amendment: amendment({ proposer: 'japan', asRecorded: true }) }, null)
  says(hats.head, 'confirm-recorded', { amendment: amendment({ proposer: 'japan' }) }, 'already-so')
  says(hats.head, 'confirm-recorded', { amendment: amendment({ asRecorded: true }) }, 'not-yours')
  says(hats.head, 'withdraw', { amendment: amendment({ proposer: 'japan', asRecorded: true }) }, null)
})

test('PO16 a State or the chair takes up what waits for a State, once', () => {
  const waiting = amendment({ proposer: 'rivers', proposerKind: 'ngo', needsState: true })
  says(hats.forward, 'take-up', { amendment: waiting }, null)
  says(hats.chair, 'take-up', { amendment: waiting }, null)
  says(group, 'take-up', { amendment: waiting }, 'only-states')
  says(hats.forward, 'take-up', { amendment: { ...waiting, needsState: false } }, 'already-so')
  says(hats.forward, 'take-up', { amendment: { ...waiting, status: 'withdrawn' } }, 'already-decided')
  says(hats.chair, 'incorporate', { amendment: waiting }, 'needs-state')
  says(hats.chair, 'keep-in-brackets', { amendment: waiting }, null)
})

test('PO17 States and groups co-sponsor others’ proposals, once; every delegation supports them', () => {
  says(group, 'cosponsor', { amendment: amendment() }, null)
  says(hats.ngo, 'cosponsor', { amendment: amendment() }, 'only-states')
  says(hats.forward, 'cosponsor', { amendment: amendment({ sponsors: ['japan'] }) }, 'already-so')
  says(hats.drafter, 'cosponsor', { amendment: amendment({ proposer: 'japan' }) }, 'own-proposal')
  for (const kind of ['state', 'agency', 'igo', 'ngo', 'group'] as const) {
    says({ ...group, kind }, 'support', { amendment: amendment() }, null)
    says({ ...group, kind }, 'support', { amendment: amendment({ proposer: 'eu' }) }, 'own-proposal')
  }
  says({ ...group, kind: 'office' }, 'support', { amendment: amendment() }, 'not-permitted')
  says(hats.forward, 'consent', { amendment: amendment() }, 'not-yours')
})

test('PO18 a secretary decides as a scribe: only while a chair or facilitator is there', () => {
  for (const action of ['incorporate', 'not-reflected', 'keep-in-brackets'] as const) {
    says(hats.secretary, action, { amendment: amendment(), chairPresent: true }, null)
    says(hats.secretary, action, { amendment: amendment(), chairPresent: false }, 'only-chair')
    says(hats.secretary, action, { amendment: amendment() }, 'only-chair')
    says(hats.facilitator, action, { amendment: amendment() }, null)
    says(hats.chair, action, { amendment: amendment({ status: 'bracketed' }) }, 'already-decided')
  }
})

test('PO19 a legal officer incorporates own editorial corrections and disposes of nothing else', () => {
  const own = amendment({ proposer: 'legal', proposerKind: 'office', editorial: true })
  says(hats.legal, 'incorporate', { amendment: own }, null)
  says(hats.legal, 'incorporate', { amendment: own, unit: locked }, 'unit-locked')
  says(hats.legal, 'incorporate', { amendment: { ...own, editorial: false } }, 'only-chairs-table')
  says(hats.legal, 'incorporate', { amendment: { ...own, proposer: 'japan' } }, 'only-chairs-table')
  says(hats.legal, 'not-reflected', { amendment: own }, 'only-chairs-table')
  says(hats.legal, 'keep-in-brackets', { amendment: own }, 'only-chairs-table')
  says(hats.head, 'incorporate', { amendment: { ...own, proposer: 'japan' } }, 'only-chairs-table')
})

test('PO20 a head invites and revokes own people, the chair anybody', () => {
  says(hats.head, 'invite-own', { delegation: 'eu' }, 'only-head')
  says(hats.head, 'invite-own', {}, 'only-head')
  says(hats.secretary, 'invite-own', { delegation: 'eu' }, null)
  says(hats.head, 'revoke', { delegation: 'eu' }, 'only-head')
  says(hats.chair, 'revoke', { delegation: 'eu' }, null)
})

test('PO21 what is agreed, reopened, locked or unlocked already is said to be so; what is not there, not to be', () => {
  says(hats.facilitator, 'agree', { unit: agreed }, 'already-so')
  says(hats.facilitator, 'reopen-unit', { unit: free }, 'already-so')
  says(hats.chair, 'lock', { unit: locked }, 'already-so')
  says(hats.chair, 'unlock', { unit: free }, 'already-so')
  says(hats.chair, 'lock', {}, 'no-such-unit')
  says(hats.head, 'lock', {}, 'only-chair')
  says(hats.chair, 'not-reflected', {}, 'no-such-amendment')
})

test('PO22 explain gives the sentence of the refusal, and nothing where there is none', () => {
  expect(explain(facts(hats.drafter), 'put-forward')).toBe(errors['not-put-forward-right'])
  expect(explain(facts(hats.forward), 'put-forward')).toBeNull()
})

test('CI1 a circle is its members’, to read also when it has ended; to write only while it is open', () => {
  const circle = { members: ['japan', 'office'], open: true }
  for (const action of ['read', 'write-side'] as const) {
    says(hats.head, action, { circle }, null)
    says(hats.chair, action, { circle }, null)
    says(group, action, { circle }, 'not-yours')
    says(hats.legal, action, { circle }, 'not-yours')
  }
  says(hats.reader, 'read', { circle }, null)
  says(hats.reader, 'write-side', { circle }, 'only-drafters')
  says(hats.head, 'read', { circle: { ...circle, open: false } }, null)
  says(hats.head, 'write-side', { circle: { ...circle, open: false } }, 'circle-closed')
  says(hats.head, 'write-notes', { circle }, 'not-yours')
  says(hats.head, 'write-notes', { delegation: 'japan' }, null)
  says({ ...hats.head, delegation: 'office' }, 'read', { circle }, 'only-chairs-table')
})

test('CI1 whoever puts forward from a circle is in it and has the right', () => {
  const circle = { members: ['japan'], open: true }
  says(hats.forward, 'put-forward', { circle }, null)
  says(hats.drafter, 'put-forward', { circle }, 'not-put-forward-right')
  says(group, 'put-forward', { circle }, 'not-yours')
  says(hats.forward, 'put-forward', { circle: { ...circle, open: false } }, 'circle-closed')
})

test('SP1 what stands is its sponsors’ to revise; what is over is anybody’s to take up again, but for what is in the text', () => {
  says(hats.drafter, 'revise', { amendment: amendment({ sponsors: ['japan'] }) }, null)
  says(hats.drafter, 'revise', { amendment: amendment() }, 'not-yours')
  for (const status of ['withdrawn', 'not-reflected'] as const) says(hats.ngo, 'revise', { amendment: amendment({ status }) }, null)
  says(hats.drafter, 'revise', { amendment: amendment({ status: 'incorporated' }) }, 'not-yours')
  says(hats.drafter, 'revise', { amendment: amendment({ proposer: 'japan', status: 'incorporated' }) }, 'already-decided')
})

test('SP5 a proposal with co-sponsors is left and not withdrawn', () => {
  says(hats.forward, 'withdraw', { amendment: amendment({ proposer: 'japan', sponsors: ['eu'] }) }, 'still-sponsored')
  says(hats.forward, 'leave', { amendment: amendment({ proposer: 'japan', sponsors: ['eu'] }) }, null)
  says(hats.forward, 'leave', { amendment: amendment({ sponsors: ['japan'] }) }, null)
  says(hats.forward, 'leave', { amendment: amendment() }, 'not-yours')
})

test('PS2 States and groups say any position on others’ proposals; contributors support; nobody on their own', () => {
  for (const kind of ['state', 'agency', 'igo', 'ngo', 'group'] as const) {
    const negotiates = kind === 'state' || kind === 'group'
    says({ ...group, kind }, 'position', { amendment: amendment() }, negotiates ? null : 'only-states')
    says({ ...group, kind }, 'position-unit', { unit: free }, negotiates ? null : 'only-states')
    says({ ...group, kind }, 'support-unit', { unit: free }, null)
    says({ ...group, kind }, 'support-unit', {}, 'no-such-unit')
  }
  says(group, 'position', { amendment: amendment({ proposer: 'eu' }) }, 'own-proposal')
  says(group, 'position', { amendment: amendment({ status: 'withdrawn' }) }, 'already-decided')
  says(hats.drafter, 'position', { amendment: amendment() }, 'not-put-forward-right')
})

test('PS4 positions given to all are read by who negotiates, and by contributors and observers when opened', () => {
  for (const who of [hats.ngo, hats.observer]) {
    says(who, 'read-positions', { delegation: 'eu' }, 'positions-closed')
    says(who, 'read-positions', { delegation: 'eu', positionsOpen: true }, null)
    says(who, 'read-confidential', { delegation: 'eu', positionsOpen: true }, 'only-chairs-table')
  }
  says(hats.ngo, 'read-positions', { delegation: hats.ngo.delegation }, null)
  says(hats.ngo, 'read-confidential', { delegation: hats.ngo.delegation }, null)
  says(hats.observer, 'read-positions', { delegation: hats.observer.delegation }, 'positions-closed')
  says(hats.reader, 'read-confidential', { delegation: hats.reader.delegation }, null)
  says(hats.legal, 'read-positions', { delegation: 'eu' }, null)
  says(hats.legal, 'read-confidential', { delegation: 'eu' }, 'only-chairs-table')
})

test('LR5 an editorial correction is the officer’s own, in negotiation, on a paragraph that is free', () => {
  says(hats.legal, 'correct-editorially', {}, null)
  says(hats.legal, 'correct-editorially', { unit: locked }, 'unit-locked')
  says(hats.legal, 'correct-editorially', { unit: agreed }, 'unit-locked')
  says(hats.legal, 'correct-editorially', { amendment: amendment({ proposer: 'japan' }) }, 'not-yours')
  says(hats.legal, 'correct-editorially', { stage: 'silence' }, 'wrong-stage')
  says(hats.chair, 'correct-editorially', {}, 'only-legal')
})

test('RS3 a State signs once, while signing is open, a group and an organisation never; whoever has signed takes its name off', () => {
  const open = { signed: false, closed: false }
  for (const stage of ['drafting', 'negotiation', 'silence', 'frozen'] as const) {
    says(hats.forward, 'sponsor', { stage, sponsoring: open }, null)
    says(hats.forward, 'sponsor', { stage, sponsoring: { ...open, signed: true } }, 'already-so')
    says(hats.forward, 'sponsor', { stage, sponsoring: { ...open, closed: true } }, 'sponsors-closed')
    says(hats.forward, 'unsponsor', { stage, sponsoring: open }, 'already-so')
    says(hats.forward, 'unsponsor', { stage, sponsoring: { signed: true, closed: true } }, 'sponsors-closed')
    for (const hat of [group, hats.ngo, hats.chair]) says(hat, 'sponsor', { stage, sponsoring: open }, 'only-states')
  }
  says(hats.forward, 'sponsor', {}, 'sponsors-closed')
})

test('OR8 an oral revision is a sponsor’s, announced by itself or by the chair’s table for it, and certified or discarded once', () => {
  const oral = { author: 'japan', sponsors: true, certified: false }
  const frozen = { stage: 'frozen' as const }
  for (const hat of [hats.chair, hats.secretary, hats.head, hats.forward]) {
    says(hat, 'revise-orally', { ...frozen, oral }, null)
    says(hat, 'revise-orally', { ...frozen, oral: { ...oral, sponsors: false } }, 'not-sponsor')
    says(hat, 'revise-orally', { oral }, 'wrong-stage')
    for (const action of ['certify-oral', 'discard-oral'] as const) {
      says(hat, action, { ...frozen, oral }, null)
      says(hat, action, { ...frozen, oral: { ...oral, certified: true } }, 'already-so')
    }
  }
  says(hats.chair, 'revise-orally', { ...frozen, oral: { author: 'office', sponsors: false, certified: false } }, null)
  says(hats.head, 'revise-orally', { ...frozen, oral: { ...oral, author: 'brazil' } }, 'not-yours')
  says(hats.facilitator, 'certify-oral', { ...frozen, oral }, 'not-yours')
  for (const hat of [hats.legal, hats.ngo, group]) says(hat, 'certify-oral', { ...frozen, oral: { ...oral, author: hat.delegation } }, 'only-states')
  for (const action of ['certify-oral', 'discard-oral'] as const) says(hats.head, action, frozen, 'no-such-oral')
})

test('VE8 what a revision left out is its sponsors’ to put forward again; what was decided on by itself is not', () => {
  const left = amendment({ proposer: 'japan', status: 'not-reflected', leftOut: true })
  says(hats.forward, 'put-forward-again', { amendment: left }, null)
  says(hats.forward, 'put-forward-again', { amendment: { ...left, leftOut: false } }, 'already-decided')
  says(hats.forward, 'put-forward-again', { amendment: amendment({ proposer: 'japan' }) }, 'already-so')
  says(hats.forward, 'put-forward-again', { amendment: { ...left, proposer: 'brazil' } }, 'not-yours')
  says(hats.forward, 'put-forward-again', { amendment: left, unit: locked }, 'unit-locked')
  says(hats.forward, 'put-forward-again', {}, 'no-such-amendment')
})
