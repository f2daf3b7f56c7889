import { describe, expect, it } from 'vitest'
import { suggestedThemes } from '../../../shared/drafting/themes.ts'
import type { Theme } from '../../../shared/record/themes.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { canSpeak, foundIn, insertedWords, isSameName, isThemeWord, wordsToSearch, wordsTyped } from '../../../shared/text/themes.ts'

const theme = (words: string): Theme => ({ number: 1, name: 'T', words: wordsTyped(words) })
const found = (words: string, text: string): readonly string[] => foundIn(theme(words), text)

describe('words that speak to a theme', () => {
  it('TM2 are whole words in any case; a stem with a star is every word that begins so', () => {
    expect(found('child', 'Every CHILD, and the children’s childhood')).toEqual(['child'])
    expect(found('child*', 'Every CHILD, and the children’s childhood')).toEqual(['child', 'children', 'childhood'])
    expect(found('boy', 'a boycott by cowboys')).toEqual([])
    expect(found('age', 'of all ages, in an agency, at any age')).toEqual(['age'])
    expect(found('minor', 'The Minor’s guardian')).toEqual(['minor'])
    expect(found('gender', 'gender-based violence')).toEqual(['gender'])
    expect(found('1325', 'resolution 1325 (2000)')).toEqual(['1325'])
    expect(found('1325', 'resolution 13250')).toEqual([])
  })

  it('TM2 may be phrases, whatever blanks, hyphens or apostrophes part their words, and no further', () => {
    expect(found('older persons, person* with disabilit*', 'Older\u00a0persons and persons with disabilities')).toEqual(['older persons', 'persons with disabilities'])
    expect(found('gender based', 'gender‑based and gender-based')).toEqual(['gender‐based', 'gender-based'])
    expect(found('older persons', 'those who are older; persons who')).toEqual([])
    // Not from a paragraph into its footnote, nor from one insertion into the next.
    expect(found('older persons', wordsToSearch({ words: 'those who are older', notes: [{ words: 'persons' }] }))).toEqual([])
    expect(found('persons', wordsToSearch({ words: 'those', notes: [{ words: 'older persons' }] }))).toEqual(['persons'])
    expect(found('older persons', insertedWords({ hunks: [{ words: 'older' }, { words: 'persons' }], proposal: '' }))).toEqual([])
    expect(found('older', insertedWords({ hunks: [], proposal: 'the older ones' }))).toEqual(['older'])
  })

  it('TM2 in French and Spanish keep their accents and are found behind an apostrophe', () => {
    expect(found('enfant', 'l’enfant et L\'ENFANT')).toEqual(['enfant'])
    expect(found('femme*, égalité', 'L’ÉGALITÉ des femmes; e\u0301galite\u0301')).toEqual(['égalité', 'femmes'])
    expect(found('egalite', 'l’égalité')).toEqual([])
    expect(found('niñ*', 'las niñas y los NIÑOS, no nina')).toEqual(['niñas', 'niños'])
    expect(found('año', 'del año, no ano')).toEqual(['año'])
  })

  it('TM2 in Russian are found with ё or е, whole or by their stem', () => {
    expect(found('ребён*', 'каждый ребенок, права РЕБЁНКА')).toEqual(['ребенок', 'ребенка'])
    expect(found('дети', 'Дети и детинец')).toEqual(['дети'])
    expect(found('жен', 'женщины')).toEqual([])
  })

  it('TM2 in Arabic are found behind the particles that are written with them, with or without vowel signs', () => {
    expect(found('أطفال', 'حقوق الأطفال')).toEqual(['الاطفال'])
    expect(found('أطفال', 'وللأطفال والأطفال بالأطفال كأطفال')).toEqual(['وللاطفال', 'والاطفال', 'بالاطفال', 'كاطفال'])
    expect(found('اطفال', 'الأَطْفَال و أطفـال')).toEqual(['الاطفال', 'اطفال'])
    expect(found('طفل', 'الأطفال وطفولة')).toEqual([])
    expect(found('مهاجر*', 'العمال المهاجرين')).toEqual(['المهاجرين'])
    expect(found('النوع الاجتماعي', 'منظور النوع الاجتماعي')).toEqual(['النوع الاجتماعي'])
  })

  it('TM2 in Chinese are found wherever they stand, since no blank tells words apart', () => {
    expect(found('儿童', '保护儿童权利')).toEqual(['儿童'])
    expect(found('儿童, 妇女', '特别是妇女和儿童')).toEqual(['妇女', '儿童'])
    expect(found('数据', '关于GDP数据')).toEqual(['数据'])
    expect(found('GDP', '关于GDP数据')).toEqual(['gdp'])
    expect(found('女童', '女性和儿童')).toEqual([])
  })

  it('TM2 are told at most a few times, and a theme without words is found nowhere', () => {
    expect(found('a1, a2, a3, a4, a5, a6, a7', 'a1 a2 a3 a4 a5 a6 a7 a1').length).toBe(5)
    expect(foundIn({ number: 1, name: 'T', words: [] }, 'anything')).toEqual([])
    // What came by another way than the command changes nothing, and harms nothing.
    expect(foundIn({ number: 1, name: 'T', words: ['*', '(', '.*', 'a*'] }, 'a (b)')).toEqual([])
  })

  it('TM2 are letters and figures; a star stands behind two letters at least, and behind nothing else', () => {
    for (const word of ['child', 'child*', 'young people', 'gender-based', 'person* with disabilit*', '1325', 'l’enfant', '儿*', 'أطفال', 'ab*']) expect([word, isThemeWord(word)]).toEqual([word, true])
    for (const word of ['', ' ', '*', 'a*', '*child', 'chi*ld', 'child**', 'child.', '(', 'a|b', '[a-z]', '-', '\u200b']) expect([word, isThemeWord(word)]).toEqual([word, false])
  })

  it('TM2 are typed with commas of any script between them, each once', () => {
    expect(wordsTyped('child, children;girl\nboy、 minor，طفل، أطفال; CHILD,,')).toEqual(['child', 'children', 'girl', 'boy', 'minor', 'طفل', 'أطفال'])
    expect(wordsTyped(' ,\n')).toEqual([])
    expect([isSameName('Children ', 'CHILDREN'), isSameName('Children', 'Child')]).toEqual([true, false])
  })

  it('TM2 hostile words and texts take no time: a paragraph of a hundred thousand letters against as many words as there may be', () => {
    const words = Array.from({ length: limits.themeWordsMax }, (_, at) => `${'a'.repeat(30)}${at}* b*`.replace(' b*', ' bb*'))
    expect(foundIn({ number: 1, name: 'T', words }, 'a '.repeat(50_000))).toEqual([])
    expect(foundIn({ number: 1, name: 'T', words: ['aa aa aa aa aa bb'] }, 'aa '.repeat(33_000))).toEqual([])
    expect(foundIn({ number: 1, name: 'T', words: ['aa bb'] }, `aa${' '.repeat(100_000)}`)).toEqual([])
  })

  it('TM5 paragraphs speak; titles, headings and the lines around the text do not', () => {
    expect((['front', 'title', 'organ', 'heading', 'pp', 'op', 'sub', 'annex', 'para', 'closing'] as const).filter((kind) => canSpeak({ kind }))).toEqual(['pp', 'op', 'sub', 'para'])
  })
})

describe('themes to begin with', () => {
  const samples: Readonly<Record<string, readonly string[]>> = {
    en: ['the empowerment of all women and girls', 'older persons', 'refugees and migrants', 'the rights of the child', 'persons with disabilities', 'victims of trafficking', 'disaggregated data'],
    fr: ['l’égalité des sexes', 'des personnes âgées', 'les réfugiés et les migrants', 'les droits de l’enfant', 'les personnes handicapées', 'les victimes de la traite', 'des données ventilées'],
    es: ['la igualdad de género', 'las personas mayores', 'los refugiados y los migrantes', 'los derechos del niño', 'las personas con discapacidad', 'las víctimas de la trata', 'datos desglosados'],
    ru: ['гендерное равенство', 'пожилые люди', 'беженцы и мигранты', 'права ребенка', 'инвалиды', 'жертвы торговли людьми', 'статистические данные'],
    ar: ['تمكين المرأة والفتاة', 'كبار السن', 'اللاجئين والمهاجرين', 'حقوق الطفل', 'الأشخاص ذوي الإعاقة', 'ضحايا الاتجار بالأشخاص', 'البيانات المصنفة'],
    zh: ['增强妇女权能', '老年人', '难民和移民', '儿童权利', '残疾人', '人口贩运受害者', '分列数据'],
  }

  it('TM3 there are seven in each of the six languages, lawful as they are, and each is found in a phrase of its own', () => {
    for (const [language, texts] of Object.entries(samples)) {
      const themes = suggestedThemes(language)
      expect(themes.flatMap(({ words }) => words).filter((word) => !isThemeWord(word) || word.length > limits.themeWordCharactersMax), language).toEqual([])
      expect(themes.filter(({ words }) => wordsTyped(words.join(',')).length !== words.length), language).toEqual([])
      expect(texts.map((text, at) => foundIn({ number: 1, ...themes[at]! }, text).length > 0), language).toEqual(texts.map(() => true))
    }
    expect(suggestedThemes('pt')).toBe(suggestedThemes('en'))
  })
})
