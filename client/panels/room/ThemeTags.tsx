/** The themes that a paragraph or a proposal speaks to: by its words, or because somebody said so, which anybody may who drafts. */
import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import type { Mark } from '../../../shared/text/coverage.ts'
import { message } from '../../messages/index.ts'
import { factsOnRoom, isPersonal, judge } from '../../room/facts.ts'
import type { RoomSession } from '../../room/session.ts'
import { tagging, whyOf } from '../../room/themes.ts'
import type { Tagged } from '../../room/themes.ts'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'

export interface ThemeTagsProps {
  readonly session: RoomSession
  readonly about: Tagged
  readonly marks: readonly Mark[]
}

export function ThemeTags({ session, about, marks }: ThemeTagsProps): JSX.Element | null {
  const root = useRef<HTMLElement>(null)
  const { code, why } = judge(factsOnRoom(session.standing.value), 'tag-theme')
  if (marks.length === 0) return null
  const shown = marks.filter(({ carries, tag }) => carries || tag !== null)
  const others = marks.filter((mark) => !shown.includes(mark))
  const say = async (mark: Mark, carries: boolean): Promise<void> => {
    // The button goes with what it did.
    root.current?.focus()
    await session.act(tagging(about, mark, carries))
  }
  return (
    <section class="theme-tags" ref={root} tabIndex={-1} aria-label={message('themes')}>
      <h4>{message('themes')}</h4>
      {shown.length === 0 ? <p class="hint">{message('themes-none-here')}</p> : (
        <ul>
          {shown.map((mark) => (
            <li key={mark.theme.number}>
              <span class={`chip chip-theme${mark.carries ? '' : '-off'}`}>{mark.carries ? mark.theme.name : message('theme-not', { theme: mark.theme.name })}</span>
              <span class="why">{whyOf(session, mark)}</span>
              {isPersonal(code) ? null : <Button kind="quiet" why={why} label={message(mark.carries ? 'theme-take-off-named' : 'theme-put-back-named', { theme: mark.theme.name })} onPress={() => say(mark, !mark.carries)}>{message(mark.carries ? 'theme-take-off' : 'theme-put-back')}</Button>}
            </li>
          ))}
        </ul>
      )}
      {isPersonal(code) || others.length === 0 ? null : (
        <Menu label={message('theme-add-to')} name={message('theme-add-to-name')}>
          {others.map((mark) => <Button key={mark.theme.number} kind="quiet" why={why} onPress={() => say(mark, true)}>{mark.theme.name}</Button>)}
        </Menu>
      )}
    </section>
  )
}
