/**
 * A resolution as it comes from outside, checked whole: what is not of this shape, or beyond these bounds, is refused.
 * The shape is that of shared/model/value, where it is told what each part means.
 */
import { z } from 'zod'
import { limits } from './limits.ts'
import { isCleanWords, isInsidePair } from './words.ts'

export const unitKindSchema = z.enum(['front', 'title', 'organ', 'heading', 'pp', 'op', 'sub', 'annex', 'para', 'closing'])
const words = z.string().max(limits.unitCharactersMax).refine(isCleanWords)
const offset = z.number().int().min(0).max(limits.unitCharactersMax)
const note = z.strictObject({ at: offset, words })
const bracket = z.strictObject({ from: offset, to: offset, placeholder: z.literal(true).optional() })

/** Of which draft and version a file says that it is. */
export const writtenFromSchema = z.strictObject({ draft: z.string().max(limits.idCharactersMax), version: z.string().regex(/^(?:now-)?\d{1,9}$/) })

interface UnitIn {
  readonly kind: z.infer<typeof unitKindSchema>
  readonly words: string
  readonly notes: readonly z.infer<typeof note>[]
  readonly children: readonly UnitIn[]
  readonly label?: string | undefined
  readonly brackets?: readonly z.infer<typeof bracket>[] | undefined
}

interface ValueIn {
  readonly language: string
  readonly units: readonly UnitIn[]
}

/** One schema a level: what lies deeper than the last is not even looked at. */
function unitAt(depth: number): z.ZodType<UnitIn, UnitIn> {
  const children: z.ZodType<readonly UnitIn[], readonly UnitIn[]> = depth + 1 < limits.nestingMax ? z.array(unitAt(depth + 1)).max(limits.unitsMax) : z.array(z.never()).max(0)
  const unit: z.ZodType<UnitIn, UnitIn> = z.strictObject({
    kind: unitKindSchema,
    words,
    notes: z.array(note).max(limits.unitPartsMax),
    children,
    label: z.string().max(limits.labelCharactersMax).refine(isCleanWords).optional(),
    brackets: z.array(bracket).min(1).max(limits.unitPartsMax).optional(),
  })
  return unit.refine(arePartsInPlace)
}

/** Notes in the order of the words, none within a character; brackets round some of the words, or all for a placeholder. */
function arePartsInPlace({ words: all, notes, brackets = [] }: UnitIn): boolean {
  const isPlace = (at: number): boolean => at <= all.length && !isInsidePair(all, at)
  return notes.every(({ at }, index) => isPlace(at) && at >= (notes[index - 1]?.at ?? 0))
    && brackets.every(({ from, to, placeholder }) => (placeholder === true ? from === 0 && to === all.length : from < to && isPlace(from) && isPlace(to)))
}

interface Size {
  units: number
  characters: number
}

function sizeOf(units: readonly UnitIn[], size: Size = { units: 0, characters: 0 }): Size {
  for (const unit of units) {
    size.units++
    size.characters += unit.words.length + unit.notes.reduce((sum, { words: own }) => sum + own.length, 0)
    sizeOf(unit.children, size)
  }
  return size
}

export const valueSchema: z.ZodType<ValueIn, ValueIn> = z
  .strictObject({ language: z.string().regex(/^[a-z]{2,3}$/), units: z.array(unitAt(0)).max(limits.unitsMax) })
  .refine(({ units }) => {
    const { units: count, characters } = sizeOf(units)
    return count <= limits.unitsMax && characters <= limits.valueCharactersMax
  })
