/** What can be judged only when all of an update is known: that what it makes is whole and hangs together. */
import { Refusal } from '../../../shared/wire/errors.ts'
import { checkAnchors, checkNamed } from './anchors.ts'
import { entryIn, rootMap } from './context.ts'
import type { Context, OpenPlace } from './context.ts'
import { shapes } from './schema.ts'
import { endOf } from './types.ts'
import { checkMarks, isText, textOfUnit, valueOf } from './words.ts'

/** Throws Refusal `bad-value`, `bad-key`, `bad-content`, `bad-delete`, `unknown-place` or `bad-anchor`. */
export function checkWhole(context: Context): void {
  for (const made of context.made) checkMade(context, made)
  checkMarks(context)
  checkTombs(context)
  checkAnchors(context)
  checkNamed(context)
}

function checkMade(context: Context, made: OpenPlace): void {
  if (made.name === 'words') return
  if (made.name === 'base') return checkText(context, made)
  for (const key of shapes[made.name].needs) {
    if (entryIn(context, made.holder, key) === undefined) throw new Refusal('bad-value')
  }
  if (made.name === 'unit') checkUnit(context, made)
}

/** A new unit has a text of its own, or stands in that of another unit. */
function checkUnit(context: Context, unit: OpenPlace): void {
  const text = valueOf(entryIn(context, unit.holder, 'text')) as string
  if (!isText(context, text) || textOfUnit(context, text) === null) throw new Refusal('bad-value')
}

/** A new text is a new unit's, or that of a note whose mark is set in the same update. */
function checkText(context: Context, text: OpenPlace): void {
  const units = rootMap(context.doc, 'units')
  const unit = units === null ? undefined : entryIn(context, units, text.key)
  if (unit !== undefined) return
  const noted = context.embeds.some(({ embed }) => (embed as { note?: unknown }).note === text.key)
  if (!noted) throw new Refusal('bad-key')
}

/** A tombstone in a map must have been written over since, or it would take away what the key holds. */
function checkTombs(context: Context): void {
  for (const { struct } of context.tombs) {
    if (!context.followed.has(`${struct.client} ${endOf(struct) - 1}`)) throw new Refusal('bad-delete')
  }
}
