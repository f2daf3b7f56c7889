import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { guessDelegation, isNobody } from '../../../shared/drafting/author-names.ts'

const delegations = [
  { id: 'br', name: 'Brazil' }, { id: 'jp', name: 'Japan' }, { id: 'no', name: 'Norway' }, { id: 'eu', name: 'European Union' }, { id: 'grp', name: 'Group of 77 and China' },
  { id: 'uk', name: 'United Kingdom' }, { id: 'iran', name: 'Iran (Islamic Republic of)' }, { id: 'gn', name: 'Guinea' }, { id: 'ng', name: 'Niger' }, { id: 'ci', name: 'Côte d’Ivoire' }, { id: 'iom', name: 'IOM' }, { id: 'ls', name: 'La Strada' },
] as const

const guess = (author: string): string | null => {
  const found = guessDelegation(author, delegations)
  return found === null ? null : `${found.delegation} by ${found.by}`
}

describe('whose delegation the author of a Word file is', () => {
  test.each([
    ['Brazil', 'br by name'], ['BRAZIL ', 'br by name'], ['Brazil (in preparation)', 'br by name'], ['Maria Silva (Brazil)', 'br by name'], ['Brazil - Maria Silva', 'br by name'],
    ['Islamic Republic of Iran', 'iran by name'], ['Ivory Coast', 'ci by name'], ['Cote d\'Ivoire', 'ci by name'], ['Great Britain', 'uk by name'],
    ['EU', 'eu by name'], ['E.U.', 'eu by name'], ['G-77', 'grp by name'], ['G77', 'grp by name'], ['GB', 'uk by name'], ['NO', 'no by name'], ['IOM', 'iom by name'], ['Tanaka, JP', 'jp by name'],
  ])('WC2 “%s” is %s, an acronym, or another name of the same State', (author, found) => {
    expect(guess(author)).toBe(found)
  })

  test.each([
    ['Delegation of Japan to the United Nations', 'jp by likeness'], ['Maria Silva BR', 'br by likeness'], ['JPN', 'jp by likeness'], ['Silva (BRA)', 'br by likeness'],
    ['Brasil', 'br by likeness'], ['Norwai', 'no by likeness'], ['Europaen Union', 'eu by likeness'],
  ])('WC2 “%s” is %s, with the name in it, its code, or spelled nearly so', (author, found) => {
    expect(guess(author)).toBe(found)
  })

  test.each(['', ' ', 'Author', 'author', 'Unknown Author', 'Auteur', '作者', 'المؤلف'])('WC2 “%s” is nobody', (author) => {
    expect([isNobody(author), guess(author), guessDelegation(author, [{ id: 'x', name: author }])]).toEqual([true, null, null])
  })

  test('WC2 a State that has no delegation here is no other whose name stands in it, and two are none', () => {
    expect(['Papua New Guinea', 'Mission of Nigeria', 'Tanaka', 'USA', 'Author Meyer', 'BR/JP talks', 'nobody at all'].map(guess)).toEqual([null, null, null, null, null, 'br by name', null])
    expect(guessDelegation('IR', [{ id: 'a', name: 'Ireland' }, { id: 'b', name: 'Iraq' }])).toBeNull()
    expect(guessDelegation('IRX', [{ id: 'a', name: 'Ireland' }, { id: 'b', name: 'Iraq' }])).toBeNull()
  })

  test('WC2 what may be more than one, by a code, an acronym or a slip, is none; and neither is what has more slips than that', () => {
    expect(guessDelegation('IRA', [{ id: 'a', name: 'Ireland' }, { id: 'b', name: 'Iraq' }])).toBeNull()
    expect(guessDelegation('IRA', [{ id: 'b', name: 'Iraq' }])).toEqual({ delegation: 'b', by: 'likeness' })
    expect(guessDelegation('Nigeri', [{ id: 'a', name: 'Niger' }, { id: 'b', name: 'Nigeria' }])).toBeNull()
    expect(['EU JP talks', 'Norwaey', 'Norwayen', 'Europn Union', 'Europn Unio'].map(guess)).toEqual([null, 'no by likeness', null, 'eu by likeness', null])
  })

  test('WC2 any name is guessed or not, and never a delegation that is not there', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (author) => {
      const found = guessDelegation(author, delegations)
      expect(found === null || delegations.some(({ id }) => id === found.delegation)).toBe(true)
    }))
  })
})
