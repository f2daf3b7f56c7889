/** The way of a draft, and what is agreed, asked for and reopened together. */
import { packageOfAmendment, packageOfUnit, readPackages, readRequests, unitsUnder } from '../../shared/model/agreed.ts'
import { readDraft } from '../../shared/model/reader.ts'
import { readSilences } from '../../shared/model/silence.ts'
import { closedUnits, readAmendmentState, readConfirmation, readDelegations, readStage, readUnitState } from '../../shared/model/state.ts'
import { freezePreview } from '../../shared/lifecycle/freeze.ts'
import { digestOfPackageIn, digestOfUnits, digestUnderSilence } from '../../shared/lifecycle/stages.ts'
import { one, onUnit, open, row, seen, seenUnit, units } from './screens.ts'
import type { Row, Screen } from './screens.ts'

const view = ({ shared }: Screen) => readDraft(shared, readStage(shared).language)
const minuteMs = 60_000
const running = ({ shared }: Screen) => readSilences(shared).find(({ ended }) => ended === null)
const isNegotiating = ({ shared }: Screen): boolean => readStage(shared).stage === 'negotiation'

export const stageDeeds: readonly Row[] = [
  row('next-reading', 12, ['chair'], (screen) => (isNegotiating(screen) ? { command: 'next-reading', reason: '' } : null)),
  row('former-reading', 24, ['chair'], (screen) => (isNegotiating(screen) && readStage(screen.shared).reading > 1 ? { command: 'former-reading', reason: 'Too soon.' } : null)),
  row('ask-second', 8, ['chair'], ({ shared }) => ({ command: 'ask-second', ask: readStage(shared).secondAsked !== true })),
  row('confirm-freeze', 4, ['table', 'legal'], ({ shared, flagged }) => {
    const { digest } = freezePreview(shared, flagged)
    return readConfirmation(shared)?.digest === digest ? null : { command: 'confirm-freeze', digest }
  }),
  row('set-deadline', 6, ['chair'], ({ random, nowMs }) => ({ command: 'set-deadline', atMs: random(3) === 0 ? null : nowMs + minuteMs + random(20 * minuteMs), reason: '' })),
  row('start-silence', 16, ['chair'], (screen) => {
    const { random, shared, nowMs } = screen
    if (!isNegotiating(screen)) return null
    const free = units(screen).filter(({ id }) => readUnitState(shared, id).agreed === null && random(3) === 0).map(({ id }) => id)
    const about = random(2) === 0 ? free : []
    return { command: 'start-silence', digest: digestUnderSilence(view(screen), readStage(shared).language, about.length === 0 ? null : about), units: about, untilMs: nowMs + 3 * minuteMs + random(5 * minuteMs), reason: '' }
  }),
  row('extend-silence', 90, ['chair'], (screen) => {
    const silence = running(screen)
    return silence === undefined ? null : { command: 'extend-silence', untilMs: silence.untilMs + minuteMs, reason: '' }
  }),
  row('end-silence', 40, ['chair'], ({ shared }) => (readStage(shared).stage === 'silence' ? { command: 'end-silence', reason: 'We go on.' } : null)),
  row('break-silence', 50, ['negotiators'], (screen) => {
    const silence = running(screen)
    const unit = silence === undefined ? undefined : one(screen.random, silence.units ?? units(screen).map(({ id }) => id))
    return unit === undefined ? null : { command: 'break-silence', units: [unit], reason: screen.words('shared') }
  }),
  row('record-objection', 50, ['table'], (screen) => {
    const silence = running(screen)
    const unit = silence === undefined ? undefined : one(screen.random, silence.units ?? units(screen).map(({ id }) => id))
    const delegation = one(screen.random, readDelegations(screen.shared).filter(({ kind }) => kind === 'state' || kind === 'group'))
    if (silence === undefined || unit === undefined || delegation === undefined) return null
    const said = silence.objections.find((known) => known.delegation === delegation.id)
    if (said !== undefined && !said.asRecorded) return null
    return { command: 'record-objection', delegation: delegation.id, units: said !== undefined && screen.random(3) === 0 ? [] : [unit], reason: screen.words('shared') }
  }),
  row('close-together', 14, ['chair'], (screen) => {
    const { random } = screen
    const under = random(4) === 0 ? null : (one(random, units(screen))?.id ?? null)
    // While the text is open to everybody: whoever writes in a paragraph at that moment would rightly be refused.
    const act = readStage(screen.shared).stage === 'drafting' ? 'unlock' : one(random, ['agree', 'reopen', 'reopen', 'lock', 'unlock', 'unlock'] as const)!
    return { command: 'close-together', act, under, digest: digestOfUnits(view(screen), unitsUnder(view(screen), under)), reason: '' }
  }),
  row('ask-reopen', 16, ['delegates'], onUnit((screen, unit) => ({ command: 'ask-reopen', ...seenUnit(unit), reason: screen.words('shared') }), (screen) => {
    const closed = new Set(closedUnits(screen.shared))
    return units(screen).filter(({ id }) => closed.has(id) && readUnitState(screen.shared, id).agreed !== null)
  })),
  row('answer-request', 120, ['chair'], ({ random, shared, words }) => {
    const request = one(random, readRequests(shared).filter(({ answer }) => answer === null))
    return request === undefined ? null : { command: 'answer-request', request: request.id, reopen: random(2) === 0, note: words('shared') }
  }),
  row('make-package', 16, ['chair'], (screen) => {
    const { random, shared } = screen
    const packages = readPackages(shared)
    const some = units(screen).filter(({ id }) => packageOfUnit(packages, id) === null && readUnitState(shared, id).agreed === null && random(3) === 0).slice(0, 3)
    const proposals = open(screen, ({ id, state }) => packageOfAmendment(packages, id) === null && !state.needsState && random(5) === 0).slice(0, 2)
    return packages.length > 1 || some.length + proposals.length < 2 ? null : { command: 'make-package', name: 'Package', units: some.map(seenUnit), amendments: proposals.map(seen) }
  }),
  row('agree-package', 90, ['chair'], (screen) => {
    const found = one(screen.random, readPackages(screen.shared).filter(({ agreed }) => agreed === null))
    if (found === undefined) return null
    const wordings = found.amendments.map((id) => readAmendmentState(screen.shared, id)?.digest ?? '')
    return { command: 'agree-package', package: found.id, digest: digestOfPackageIn(view(screen), found.units, wordings) }
  }),
  row('reopen-package', 110, ['chair'], ({ random, shared }) => {
    const found = one(random, readPackages(shared).filter(({ agreed }) => agreed !== null))
    return found === undefined ? null : { command: 'reopen-package', package: found.id, reason: 'Once more.' }
  }),
  row('drop-package', 24, ['chair'], ({ random, shared }) => {
    const found = one(random, readPackages(shared))
    return found === undefined ? null : { command: 'drop-package', package: found.id, reason: '' }
  }),
]
