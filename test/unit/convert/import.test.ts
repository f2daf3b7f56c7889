import { describe, expect, test } from 'vitest'
import { importText } from '../../../shared/convert/importText.ts'
import { check, codes, outline } from './support.ts'

const head = 'The General Assembly,\n\n'

describe('masthead and title', () => {
  test('IM1 a numbered title is told from the masthead, its number is its label', () => {
    const { value, report } = check(`United Nations\n\nA/RES/81/9\n\nDistr.: General\n\nAgenda item 7\n\nOceans\n\n81/9. A title\n\n${head}Decides to act.`)
    expect(outline(value).slice(0, 7)).toEqual([
      'front United Nations', 'front A/RES/81/9', 'front Distr.: General', 'front Agenda item 7', 'front Oceans', 'title 81/9. A title', 'organ The General Assembly,',
    ])
    expect(value.units[5]!.words).toBe('A title')
    expect(report).toMatchObject({ title: 'A title', symbol: 'A/RES/81/9', looksLike: 'resolution', unrecognised: [] })
  })

  test('IM1 a Security Council title stands before the line of adoption', () => {
    const { value } = check('Resolution 2999 (2027)\n\nAdopted by the Security Council at its 1st meeting, on 3 March 2027\n\nThe Security Council,\n\nRecalling its resolutions,\n\n1. Decides to remain seized of the matter.')
    expect(outline(value).slice(0, 3)).toEqual([
      'title Resolution 2999 (2027)', 'front Adopted by the Security Council at its 1st meeting, on 3 March 2027', 'organ The Security Council,',
    ])
  })

  test('IM1 the line after the sponsors is the title of a draft', () => {
    const { value, report } = check(`A/C.3/81/L.2\n\nChile and Fiji: revised draft resolution\n\nRights of the child\n\n${head}Decides to act.`)
    expect(outline(value).slice(0, 3)).toEqual(['front A/C.3/81/L.2', 'front Chile and Fiji: revised draft resolution', 'title Rights of the child'])
    expect(report.looksLike).toBe('draft resolution')
  })

  test('IM1 a draft without a title is said to have none', () => {
    const result = check('Chile: draft resolution\n\nThe Security Council,\n\nAlarmed by the news,\n\n1. Acts;\n\n2. Decides.')
    expect(result.report.title).toBeNull()
    expect(codes(result)).toContain('no-title')
  })

  test('IM2 a line beginning with # is kept and pointed out', () => {
    const result = check(`# SOURCE: somewhere\n\n${head}Decides to act.`)
    expect(result.value.units[0]).toMatchObject({ kind: 'front', words: '# SOURCE: somewhere' })
    expect(codes(result)).toContain('source-line')
  })

  test.each([
    ['en', 'The Human Rights Council,'], ['fr', 'L’Assemblée générale,'], ['es', 'El Consejo de Seguridad,'],
    ['ru', 'Генеральная Ассамблея,'], ['zh', '大会，'], ['ar', 'إن الجمعية العامة،'],
  ])('IM3 the organ line gives the language: %s', (language, organ) => {
    const { value, report } = check(`${organ}\n\n1. Abc;\n\n2. Def.`)
    expect(value.units[0]).toMatchObject({ kind: 'organ', words: organ })
    expect(report.language).toBe(language)
  })

  test('IM3 an organ line with the first paragraph behind it is cut in two', () => {
    const { value } = check('The General Assembly, Recalling its resolution 1/1,\n\n1. Acts;\n\n2. Decides.')
    expect(outline(value).slice(0, 2)).toEqual(['organ The General Assembly,', 'pp Recalling its resolution 1/1,'])
  })
})

describe('preamble and operative part', () => {
  test('IM4 preambular paragraphs end at the first operative one, numbered or not', () => {
    const { value } = check(`${head}Recalling this,\n\nSomething unusual said,\n\nAdopts the declaration.`)
    expect(outline(value)).toEqual(['organ The General Assembly,', 'pp Recalling this,', 'pp Something unusual said,', 'op Adopts the declaration.'])
  })

  test('IM4 a preambular paragraph of unknown opening is pointed out', () => {
    expect(codes(check(`${head}Something unusual said,\n\nAdopts it.`))).toContain('opening-unknown')
  })

  test('IM5 a preambular list and an operative list nest under their paragraphs', () => {
    const { value } = check(`${head}Reaffirming that it was made:\n\n(a) To help,\n\n(b) To act,\n\nNoting,\n\n1. Urges:\n\n(a) One:\n\n(i) Deep;\n\n(ii) Deeper:\n\na. Deepest;\n\n(b) Two;\n\n2. Decides.`)
    expect(outline(value)).toEqual([
      'organ The General Assembly,', 'pp Reaffirming that it was made:', '  sub (a) To help,', '  sub (b) To act,', 'pp Noting,',
      'op 1. Urges:', '  sub (a) One:', '    sub (i) Deep;', '    sub (ii) Deeper:', '      sub a. Deepest;', '  sub (b) Two;', 'op 2. Decides.',
    ])
    expect(JSON.stringify(value)).not.toContain('label')
  })

  test('IM5 (i) after (h) is the ninth letter unless a list was announced', () => {
    const letters = [...'abcdefghi'].map((letter) => `(${letter}) Point ${letter};`).join('\n\n')
    const flat = check(`${head}1. Urges:\n\n${letters}\n\n2. Decides.`).value.units[1]!
    expect(flat.children.length).toBe(9)
    const deep = check(`${head}1. Urges:\n\n${letters.replace('Point h;', 'Point h:')}\n\n2. Decides.`).value.units[1]!
    expect(deep.children.length).toBe(8)
    expect(deep.children[7]!.children.length).toBe(1)
  })

  test('IM5 French and Spanish half brackets are derived', () => {
    const { value } = check('L’Assemblée générale,\n\n1. Invite les États :\n\na)  à agir :\n\ni) ici ;\n\nb) à voir ;\n\n2. Décide.')
    expect(outline(value).slice(1, 5)).toEqual(['op 1. Invite les États :', '  sub a) à agir :', '    sub i) ici ;', '  sub b) à voir ;'])
    expect(JSON.stringify(value)).not.toContain('label')
  })

  test('IM6 a number that does not follow from the order is kept as a label', () => {
    const result = check(`${head}4. Urges;\n\n5. Notes;\n\n5 bis. Adds;\n\n6. Decides.`)
    expect(outline(result.value).slice(1)).toEqual(['op 4. Urges;', 'op 5. Notes;', 'op 5 bis. Adds;', 'op 6. Decides.'])
    expect(result.value.units.map(({ label }) => label)).toEqual([undefined, '4.', undefined, '5 bis.', undefined])
    expect(codes(result)).toContain('number-kept')
  })

  test('IM6 a single operative paragraph keeps the number that it bears', () => {
    expect(check(`${head}1. Decides to act.`).value.units[1]).toMatchObject({ kind: 'op', label: '1.' })
    expect(check(`${head}Decides to act.`).value.units[1]).not.toHaveProperty('label')
  })

  test('IM6 several operative paragraphs without numbers are left without', () => {
    const result = check(`${head}Urges all;\n\nDecides to act.`)
    expect(outline(result.value).slice(1)).toEqual(['op Urges all;', 'op Decides to act.'])
    expect(codes(result)).toContain('not-numbered')
  })

  test('IM6 numbers typed in the room, PP1 and OP2 bis, tell the part', () => {
    const { value } = check(`${head}PP1 Recalling this,\n\nOP1 Urges all;\n\nOP1 bis Notes;\n\nOP2 Decides.`)
    expect(value.units.map(({ kind, label }) => `${kind} ${label ?? ''}`)).toEqual(['organ ', 'pp PP1', 'op OP1', 'op OP1 bis', 'op OP2'])
  })

  test('IM7 headings: a numeral over a title, a numeral before it, a title alone', () => {
    const { value } = check(`${head}Noting,\n\nII\n\nCapacity-building\n\n1. Urges;\n\nA. Training\n\n2. Notes;\n\nFollow-up\n\n3. Decides.`)
    expect(outline(value).slice(2)).toEqual([
      'heading II Capacity-building', 'op 1. Urges;', 'heading A. Training', 'op 2. Notes;', 'heading Follow-up', 'op 3. Decides.',
    ])
    expect(value.units[2]).toMatchObject({ words: 'Capacity-building', label: 'II' })
  })

  test('IM7 a numeral without a title is a heading of its own', () => {
    expect(outline(check(`${head}II\n\n1. Urges;\n\n2. Decides.`).value)[1]).toBe('heading II')
  })

  test('IM7 a number given twice is kept twice and pointed out', () => {
    const result = check(`${head}1. Urges;\n\nAnnex\n\nI. I. Investing in people\n\n(a) (a) Transport\n\n1. We agree.`)
    expect(outline(result.value).slice(3, 5)).toEqual(['heading I. I. Investing in people', 'heading (a) (a) Transport'])
    expect(codes(result).filter((code) => code === 'number-doubled').length).toBe(2)
  })

  test('IM8 closing lines and the vote stand after the operative part', () => {
    const { value } = check(`${head}1. Urges;\n\n2. Decides.\n\n34th meeting 10 July 2024\n\n[Adopted by a recorded vote of 31 to 14.]\n\nIn favour: Algeria, Chile`)
    expect(value.units.slice(3).map(({ kind }) => kind)).toEqual(['closing', 'closing', 'closing'])
  })

  test('IM9 an annex begins numbering again, its title is a heading, its bullets keep their sign', () => {
    const { value } = check(`${head}1. Urges;\n\n2. Decides.\n\nAnnex II\n\nProgramme\n\nTargets\n\n• End hunger.\n\nWe will act:\n\n• Now.\n\n1. We agree.\n\n2. We act.`)
    expect(outline(value).slice(3)).toEqual([
      'annex Annex II', 'heading Programme', 'heading Targets', 'para • End hunger.', 'para We will act:', '  sub • Now.', 'op 1. We agree.', 'op 2. We act.',
    ])
  })

  test('IM9 two resolutions under one number are each numbered from 1', () => {
    const { value } = check(`A\n\n${head}Recalling,\n\n1. Urges;\n\n2. Notes.\n\nB\n\n${head}Noting,\n\n1. Urges;\n\n2. Decides.`)
    expect(outline(value).filter((line) => line.startsWith('op'))).toEqual(['op 1. Urges;', 'op 2. Notes.', 'op 1. Urges;', 'op 2. Decides.'])
    expect(JSON.stringify(value)).not.toContain('label')
  })
})

describe('footnotes', () => {
  const noted = (body: string, ...notes: string[]): string => `${head}${body}\n\n1. Urges;\n\n2. Decides.\n\n___________\n${notes.join('\n')}`

  test('IM10 marks become notes at their place, whatever number they bear', () => {
    const { value, report } = check(noted('Recalling the Charter[7] and the Pact,[9]', '[7] One.', '[9] Two.'))
    expect(value.units[1]).toMatchObject({ words: 'Recalling the Charter and the Pact,', notes: [{ at: 21, words: 'One.' }, { at: 35, words: 'Two.' }] })
    expect(report.notes).toBe(2)
    expect(outline(value).join()).not.toContain('___')
  })

  test('IM10 a space before a mark goes with it', () => {
    expect(check(noted('Recalling the Charter [1], and more,', '[1] One.')).value.units[1])
      .toMatchObject({ words: 'Recalling the Charter, and more,', notes: [{ at: 21, words: 'One.' }] })
  })

  test('IM11 a second mark of one note, a mark without a note and a note without a mark are kept as words', () => {
    const result = check(noted('Recalling the Charter,[1] the Pact[1] and the rest[5],', '[1] One.', '[3] Three.'))
    expect(result.value.units[1]).toMatchObject({ words: 'Recalling the Charter, the Pact[1] and the rest[5],', notes: [{ at: 22, words: 'One.' }] })
    expect(JSON.stringify(result.value)).toContain('[3] Three.')
    expect(codes(result)).toEqual(expect.arrayContaining(['mark-again', 'mark-without-note', 'note-without-mark']))
  })

  test('IM11 a mark inside a word and a figure glued to one are pointed out', () => {
    expect(codes(check(noted('Recalling doublin[1]g,', '[1] One.')))).toContain('mark-inside-word')
    expect(codes(check(`${head}Recalling the Convention1 of old,\n\n1. Urges;\n\n2. Decides.`))).toContain('figure-after-word')
  })
})

describe('lines', () => {
  test('IM12 hard-wrapped lines are joined, single lines are not', () => {
    const wrapped = check('The General Assembly,\n\nRecalling that a text which was wrapped by a program at some\nseventy columns has lines which go on in the next one,\nNoting that a paragraph may also follow without an empty line,\n\n1. Urges all States to read every line of what they are asked\nto sign, and to do so before they sign it;\n\n2. Decides.')
    expect(outline(wrapped.value).map((line) => line.slice(0, 20))).toEqual([
      'organ The General As', 'pp Recalling that a ', 'pp Noting that a par', 'op 1. Urges all Stat', 'op 2. Decides.',
    ])
    const single = check('The General Assembly,\nRecalling this,\nNoting that,\n1. Urges;\n2. Decides.')
    expect(single.value.units.length).toBe(5)
  })

  test('IM12 a word broken at its hyphen is joined and pointed out', () => {
    const result = check(`${head}Recalling the work of non-\ngovernmental organizations,\n\n1. Urges;\n\n2. Decides.`)
    expect(result.value.units[1]!.words).toBe('Recalling the work of non-governmental organizations,')
    expect(codes(result)).toContain('hyphen-joined')
  })

  test('IM12 a number that stands on a line of its own belongs to the next', () => {
    expect(outline(check('大会，\n\n回顾决议，\n\n1.\n敦促会员国；\n\n2.\n决定。').value)).toEqual(['organ 大会，', 'pp 回顾决议，', 'op 1. 敦促会员国；', 'op 2. 决定。'])
  })

  test('IM12 line ends of every kind, a byte order mark, tabs and no-break spaces', () => {
    const { value } = check('\uFEFFL’Assemblée générale,\r\n\r\nSe\u00a0félicitant de tout,\r\r1.\tInvite à agir\u00a0;\n\n2.\u00a0Décide.')
    expect(outline(value)).toEqual(['organ L’Assemblée générale,', 'pp Se\u00a0félicitant de tout,', 'op 1. Invite à agir\u00a0;', 'op 2. Décide.'])
  })

  test('IM13 control characters and lone surrogates are taken out or replaced, and said', () => {
    const result = check(`${head}Recalling\u0007 the \uD800 thing,\n\nDecides.`)
    expect(result.value.units[1]!.words).toBe('Recalling the \uFFFD thing,')
    expect(codes(result)).toContain('characters-replaced')
  })

  test('IM19 marks that would show letters in another order are taken out, and said', () => {
    const result = check(`${head}Recalling \u202eeht\u202c and \u202dall,\n\nDecides.`)
    expect(result.value.units[1]!.words).toBe('Recalling eht\u202c and all,')
    expect(codes(result)).toContain('characters-replaced')
    // Arabic and Hebrew words may need those that only set them apart.
    expect(codes(check(`${head}Recalling \u2067شيء\u2069 and \u200fall,\n\nDecides.`))).not.toContain('characters-replaced')
  })
})

describe('what is not a resolution', () => {
  test('IM14 amendments are said to be amendments, and their instructions are not operative paragraphs', () => {
    const result = check('Chile and Fiji:\n\nAmendments to the draft resolution proposed by the First Committee (A/776)\n\n1. Delete paragraph 2 (c).\n\n2. Substitute therefor the following:\n\nHAVING CONSIDERED FURTHER the situation”.')
    expect(result.report.looksLike).toBe('amendments')
    expect(result.value.units.map(({ kind }) => kind)).toEqual(['front', 'title', 'para', 'para', 'para'])
    expect(result.value.units[2]).toMatchObject({ label: '1.', words: 'Delete paragraph 2 (c).' })
  })

  test('IM14 a negotiation text keeps its brackets as words and says so', () => {
    const result = check('THE FUTURE\nI. Our Vision\n1. We agree. [Agreed ad ref]\n2. We act [fast - US; G77 delete].\n2.bis We add [, slowly. -G77; US, EU delete.]\n3. We end.\n41. Alt1 We begin.')
    expect(result.report.looksLike).toBe('negotiation text')
    expect(codes(result)).toEqual(expect.arrayContaining(['brackets', 'no-organ', 'number-kept']))
    expect(outline(result.value)).toEqual([
      'title THE FUTURE', 'heading I. Our Vision', 'op 1. We agree. [Agreed ad ref]', 'op 2. We act [fast - US; G77 delete].',
      'op 2.bis We add [, slowly. -G77; US, EU delete.]', 'op 3. We end.', 'op 41. Alt1 We begin.',
    ])
  })

  test('IM14 any other text is kept as paragraphs, each named as not recognised', () => {
    const { report } = check('Dear colleagues, please find what we discussed.\n\nIt was a good meeting. We shall meet again.')
    expect(report.looksLike).toBe('other text')
    expect(report.unrecognised.map(({ line }) => line)).toEqual([1, 3])
  })

  test('IM14 an empty text is an empty value', () => {
    expect(importText(' \n\n ').value.units).toEqual([])
    expect(importText('').report).toMatchObject({ wordsIn: 0, wordsOut: 0 })
  })
})
