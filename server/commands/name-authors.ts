/** Who the authors in Word files are: said at the chair's table, in confidence, since people of delegations are named. No byte of any document is written. */
import type { Command } from '../../shared/wire/commands.ts'
import { allow, delegationOf } from './context.ts'
import type { Handler } from './context.ts'

export const nameAuthors: Handler<Extract<Command, { command: 'name-authors' }>> = (context) => {
  allow(context, 'name-authors')
  const { authors } = context.command
  for (const { role } of authors) if (role.kind === 'delegation') delegationOf(context, role.delegation)
  return {
    result: {},
    record: { authors: authors.map(({ name, role }) => ({ name, role: { ...role } })) },
    audience: { to: 'table', of: context.speaker.hat.delegation },
  }
}
