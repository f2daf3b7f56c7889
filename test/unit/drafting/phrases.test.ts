import { describe, expect, test } from 'vitest'
import { openingLengthOf } from '../../../shared/drafting/phrases.ts'
import type { OpeningKind } from '../../../shared/drafting/phrases.ts'

const cases: readonly (readonly [OpeningKind, string, string, string])[] = [
  ['pp', 'en', 'Recalling', ' its resolution 64/293'],
  ['pp', 'en', 'Recalling further', ' the Pact'],
  ['pp', 'en', 'Recalling', ', in this regard, resolution 72/249'],
  ['pp', 'en', 'Recalling', ' its decision to convene'],
  ['pp', 'en', 'Deeply concerned', ' about the impact'],
  ['pp', 'en', 'Having also considered', ' the report'],
  ['pp', 'en', 'Reiterating its strong condemnation', ' of trafficking'],
  ['pp', 'en', 'Noting with appreciation', ' the work'],
  ['pp', 'en', 'Taking note', ' of the report'],
  ['pp', 'en', 'Recalling and reaffirming', ' the Declaration'],
  ['op', 'en', 'Calls upon', ' all States'],
  ['op', 'en', 'Reiterates its call upon', ' States'],
  ['op', 'en', 'Also strongly encourages', ' Member States'],
  ['op', 'en', 'Takes note with appreciation', ' of the report'],
  ['op', 'en', 'Condemns in the strongest terms', ' all instances'],
  ['op', 'en', 'Expresses its deep concern', ' at'],
  ['op', 'en', 'Welcomes', ' further briefings'],
  ['op', 'en', 'Decides further', ' that'],
  ['pp', 'fr', 'Se déclarant profondément préoccupé', ' par le sort'],
  ['pp', 'fr', 'Se\u00a0félicitant', ' de l’action'],
  ['pp', 'fr', 'Constatant une fois de plus avec inquiétude', ' que'],
  ['op', 'fr', 'Prend note avec satisfaction', ' du rapport'],
  ['op', 'fr', 'Exprime sa profonde gratitude', ' au Gouvernement'],
  ['op', 'fr', 'Engage également', ' les États'],
  ['pp', 'es', 'Acogiendo con beneplácito', ' la aprobación'],
  ['pp', 'es', 'Reiterando su enérgica condena', ' de la trata'],
  ['pp', 'es', 'Profundamente preocupada también', ' por'],
  ['op', 'es', 'Insta encarecidamente', ' a los Estados'],
  ['op', 'es', 'Expresa su profundo reconocimiento', ' a'],
]

describe('opening phrases', () => {
  test.each(cases)('PH1 %s %s: the italics end where the verbal phrase does: %s', (kind, language, phrase, rest) => {
    const words = phrase + rest
    expect(words.slice(0, openingLengthOf(kind, words, language))).toBe(phrase)
  })

  test('PH2 no phrase: unknown words, no capital, the other kind, another language, nothing at all', () => {
    expect([
      openingLengthOf('pp', 'Something else,', 'en'), openingLengthOf('pp', 'recalling this', 'en'), openingLengthOf('op', 'Recalling this', 'en'),
      openingLengthOf('op', 'Notesheets are', 'en'), openingLengthOf('pp', '回顾', 'zh'), openingLengthOf('pp', '', 'en'),
    ]).toEqual([0, 0, 0, 0, 0, 0])
  })

  test('PH3 capitals throughout are an opening phrase as well', () => {
    expect(openingLengthOf('pp', 'HAVING CONSIDERED the situation', 'en')).toBe('HAVING CONSIDERED'.length)
  })
})
