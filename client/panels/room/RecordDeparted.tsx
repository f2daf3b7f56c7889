/** The record does not go on from what this device has seen of it: said plainly, with the two heads to hand on. */
import type { JSX } from 'preact'
import { message, whenOf } from '../../messages/index.ts'
import type { RoomSession } from '../../room/session.ts'
import { copyWords } from '../../ui/copy.ts'
import { Button } from '../../ui/button.tsx'

export function RecordDeparted({ session }: { readonly session: RoomSession }): JSX.Element | null {
  const departed = session.departed.value
  if (departed === null) return null
  const { why, kept, now } = departed
  const means = why === 'unsigned' ? message('departed-unsigned-means') : message('departed-means')
  const heads = [kept, now].filter((head) => head !== null)
  return (
    <section class="departed" role="alert" aria-labelledby="departed-title">
      <h2 id="departed-title">{message('departed-title')}</h2>
      <p>{message(`departed-${why}`, { seen: kept?.seq ?? 0, now: now.seq })} {means}</p>
      <dl>
        {heads.map((head) => (
          <div key={head === now ? 'now' : 'seen'}>
            <dt>{message(head === now ? 'departed-now' : 'departed-seen', { seq: head.seq, when: whenOf(Date.parse(head.time)) })}</dt>
            <dd><code>{head.digest}</code></dd>
          </div>
        ))}
      </dl>
      <div class="dialog-actions">
        <Button onPress={() => copyWords(heads.map((head) => JSON.stringify(head)).join('\n'))}>{message('departed-copy')}</Button>
        <Button onPress={session.acceptRecord}>{message('departed-accept')}</Button>
      </div>
    </section>
  )
}
