import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { amendmentsAkn } from '../../../shared/convert/akn/amendments.ts'
import { versionAkn } from '../../../shared/convert/akn/version.ts'
import { rollingAkn } from '../../../shared/convert/akn/rolling.ts'
import { exportText } from '../../../shared/convert/exportText.ts'
import { readFile, writeFile } from '../../../shared/convert/formats.ts'
import { importText } from '../../../shared/convert/importText.ts'
import { beginAmendment, proposalText, readAmendments } from '../../../shared/model/amendments.ts'
import { readDraft } from '../../../shared/model/reader.ts'
import type { AmendmentState } from '../../../shared/model/state.ts'
import { scanText } from '../../../shared/model/texts.ts'
import type { ResolutionValue } from '../../../shared/model/value.ts'
import { compile } from '../../../shared/text/compile.ts'
import { editAmendment } from '../../../shared/text/edit.ts'
import { wordingSource } from '../../../shared/text/wording.ts'
import { draftOf, sideDoc, unitAt, unitValue } from '../commands/support.ts'
import { faultsOf } from './schema.ts'
import { values } from './values.ts'

const fixtures = fileURLToPath(new URL('../../fixtures', import.meta.url))
const again = (xml: string): ResolutionValue => readFile(new TextEncoder().encode(xml)).value
const written = (value: ResolutionValue): string => String(writeFile(value, 'akn'))
const seed = Number(process.env['OMNIBUS_SEED'] ?? Date.now() % 2 ** 31)

describe('a resolution as Akoma Ntoso', () => {
  test('AK8 is valid, and is identified as the work, its language and this file', () => {
    const xml = written(importText(readFileSync(join(fixtures, 'resolution-trafficking.txt'), 'utf8')).value)
    expect(faultsOf(xml)).toEqual([])
    expect(xml).toMatch(/<FRBRthis value="\/akn\/un\/statement\/deliberation\/[a-z-]+\/0001-01-01\/[\w.-]+\/!main"\/>/)
    expect(xml).toContain('<FRBRlanguage language="eng"/>')
    expect(xml).toContain('<p><span class="italic">')
  })

  test.each([...readdirSync(join(fixtures, 'akn')).map((name) => `akn/${name}`), ...readdirSync(fixtures).filter((name) => name.endsWith('.txt'))])('AK9 %s: in, out and in again it is the same value, and valid', (name) => {
    const { value } = readFile(readFileSync(join(fixtures, name)))
    const xml = written(value)
    expect(again(xml)).toEqual(value)
    expect(faultsOf(xml)).toEqual([])
  })

  test(`AK9 any value reads back equal, and its file is valid (seed ${seed})`, { timeout: 600_000 }, () => {
    let kinds = 0
    fc.assert(fc.property(values, (value) => {
      const xml = written(value)
      expect(again(xml)).toEqual(value)
      expect(faultsOf(xml)).toEqual([])
      kinds += new Set(value.units.map(({ kind }) => kind)).size
    }), { seed, numRuns: process.env['OMNIBUS_LONG'] === undefined ? 300 : 5_000 })
    expect(kinds).toBeGreaterThan(300)
  })
})

const state = (proposer: string, more: Partial<AmendmentState> = {}): AmendmentState => ({
  status: 'open', proposer, proposerKind: 'state', sponsors: [], asking: [], needsState: false, takenUpBy: null, asRecorded: false,
  editorial: false, revision: 1, digest: '', atMs: 1, decision: null, recheck: null, ...more,
})

const delegations = [{ id: 'eu', name: 'EU', kind: 'group' as const }, { id: 'jp', name: 'Japan', kind: 'state' as const }, { id: 'ngo', name: 'La "Strada" & <Co>', kind: 'ngo' as const }]

/** A text with one proposal of each common kind on it. */
function proposed() {
  const doc = draftOf([
    unitValue('organ', 'The General Assembly,'), unitValue('pp', 'Recalling all,'), unitValue('op', 'Requests a report every year;'),
    { ...unitValue('op', 'Invites States:'), children: [unitValue('sub', 'To act;')] }, unitValue('op', 'Decides to remain seized.'),
  ])
  const view = readDraft(doc)
  const [one, two, three] = [unitAt(view, 'OP1'), unitAt(view, 'OP2'), unitAt(view, 'OP3')]
  const side = sideDoc()
  editAmendment({ shared: doc, side, unit: one, runs: compile(one.atoms, []), own: null }, { from: one.atoms.indexOf('every'), to: one.atoms.indexOf('every') + 5, words: 'each <b>' })
  const begin = (about: Parameters<typeof beginAmendment>[1], words = ''): void => {
    const id = beginAmendment(side, about)
    if (words !== '') proposalText(side, id)!.insert(0, words)
  }
  begin({ kind: 'insert', target: one.id, unitKind: 'op', inside: false }, 'Invites States & all;')
  begin({ kind: 'insert', target: two.id, unitKind: 'sub', inside: true }, 'To wait;')
  begin({ kind: 'insert', target: unitAt(view, 'PP1').id, unitKind: 'pp', inside: false }, 'Noting some,')
  begin({ kind: 'replace', target: three.id }, 'Decides to meet again.')
  begin({ kind: 'delete', target: unitAt(view, 'OP2(a)').id })
  const states = [state('eu', { sponsors: [{ delegation: 'jp', digest: '' }] }), state('ngo', { needsState: true }), state('jp'), state('jp'), state('jp', { asRecorded: true }), state('eu')]
  const byAbout = readAmendments(side).map((amendment, index) => ({ amendment, state: states[index]! }))
  return { doc, view, title: 'Lights', language: 'en', delegations, amendments: byAbout, unitState: () => ({ locked: false, agreed: null }), scans: scanText }
}

describe('the rolling text as Akoma Ntoso', () => {
  test('AK10 shows what is proposed in its place, with the delegations it refers to, and is valid', () => {
    const xml = rollingAkn(proposed(), { draft: 'd-1' })
    expect(faultsOf(xml)).toEqual([])
    expect(xml).toContain('contains="multipleVersions"')
    expect(xml).toMatch(/Requests<\/span> a report <del eId="\w+" refersTo="#org_eu #org_jp" class="proposal" title="EU, Japan">every<\/del><ins eId="\w+" [^>]+>each &lt;b&gt;<\/ins> year;/)
    expect(xml).toMatch(/<paragraph eId="[^"]+" class="[^"]*inserted" refersTo="#org_ngo" title="La &quot;Strada&quot; &amp; &lt;Co&gt; \(needs a State\)">\s*<num>OP1 bis<\/num>/)
    expect(xml).toMatch(/<paragraph [^>]*class="[^"]*proposal"[^>]* alternativeTo="para_3">\s*<num>OP3 alt<\/num>/)
    expect(xml).toMatch(/<point [^>]*class="inserted"[^>]*>\s*<num>OP2\(a\) bis|<point [^>]*inserted[^>]*>/)
    expect(xml).toMatch(/<container [^>]*inserted[^>]*refersTo="#org_jp"/)
    expect(xml).toMatch(/<del [^>]*title="EU">To act;<\/del>/)
    expect(xml).toMatch(/<textualMod type="insertion"[^>]*>\s*<source [^>]*href="#org_eu"\/>/)
  })

  test('AK10 read back it is the text with what is not agreed in square brackets', () => {
    const value = again(rollingAkn(proposed()))
    expect(exportText(value).split('\n\n')).toEqual([
      'The General Assembly,', 'Recalling all,', '[Noting some,]', '1. Requests a report [every][each <b>] year;', 'OP1 bis [Invites States & all;]', '2. Invites States:',
      expect.stringMatching(/^ {4}.*\[To wait;\]$/), '    (a) [To act;]', '3. Decides to remain seized.', 'OP3 alt [Decides to meet again.]\n',
    ])
  })
})

test('AK11 the amendments are a document of their own: the official wording as mod, what it quotes, what it does, and is valid', () => {
  const source = proposed()
  const list = { ...wordingSource(source.doc, source.view, scanText), title: source.title, delegations, amendments: source.amendments }
  const xml = amendmentsAkn(list, { filter: 'open' }, 'en', { symbol: 'A/C.3/78/L.5', date: '2031-02-03' })
  expect(faultsOf(xml)).toEqual([])
  expect(xml).toContain('/akn/un/amendment/modification/unga/2031-02-03/C.3-78-L.5/!main')
  expect(xml).toMatch(/<mod eId="mod_\d">In operative paragraph 1, replace the word “<quotedText eId="mod_\d__qtext_1">every<\/quotedText>” with the words “<quotedText eId="mod_\d__qtext_2">each &lt;b&gt;<\/quotedText>”\.<\/mod>/)
  expect(xml).toMatch(/<quotedStructure eId="mod_\d__qstr_1" startQuote="“" endQuote="”"><p>Invites States &amp; all;<\/p><\/quotedStructure>/)
  expect(xml).toMatch(/<textualMod type="insertion" eId="amod_\d">\s*<source eId="amod_\d__src" href="#mod_\d"\/>\s*<destination eId="amod_\d__dst" href="\/akn\/un\/statement\/deliberation\/unga\/2031-02-03\/C.3-78-L.5\/eng@\/!main~para_1" pos="after"\/>\s*<new href="#mod_\d__qstr_1"\/>/)
  expect(exportText(again(xml))).toContain('In operative paragraph 1, replace the word “every” with the words “each <b>”.')
  expect(faultsOf(amendmentsAkn({ ...list, amendments: [] }, { filter: 'open' }, 'en'))).toEqual([])
})

test('AK12 a version is its text with its sponsors in workflow, its draft and number, and is valid', () => {
  const { value } = importText('Lights\n\nThe General Assembly,\n\nRecalling all,\n\n1. Urges;\n\n2. Decides.\n')
  const version = { value, sponsors: ['Chad', 'Côte d’Ivoire'], draft: 'd-1', number: 3, symbol: 'A/C.3/78/L.5/Rev.1', atMs: Date.UTC(2031, 1, 3, 12) }
  const xml = versionAkn(version)
  expect(faultsOf(xml)).toEqual([])
  expect(xml).toContain('<step date="2031-02-03" outcome="draftResolution" as="A/C.3/78/L.5/Rev.1" by="Chad, Côte d’Ivoire"/>')
  expect(xml).toContain('<FRBRalias value="d-1" name="draft"/>')
  expect(xml).toContain('/akn/un/statement/deliberation/unga/2031-02-03/C.3-78-L.5-Rev.1/eng@v3/!main')
  expect(again(xml)).toEqual(value)
  expect(faultsOf(versionAkn({ ...version, sponsors: [], symbol: '' }))).toEqual([])
})
