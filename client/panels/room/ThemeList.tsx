/** The themes of the draft with their words: read by everybody, named by whoever presides. */
import type { JSX } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { suggestedThemes } from '../../../shared/drafting/themes.ts'
import type { Theme } from '../../../shared/record/themes.ts'
import { isSameName, isThemeWord, wordsTyped } from '../../../shared/text/themes.ts'
import { sentenceOf } from '../../../shared/wire/errors.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { message } from '../../messages/index.ts'
import { factsOnRoom, isPersonal, judge } from '../../room/facts.ts'
import type { RoomSession } from '../../room/session.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'

/** Which is being edited: one by its number, a new one, or none. */
type Editing = number | 'new' | null

export function ThemeList({ session }: { readonly session: RoomSession }): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null)
  const [editing, setEditing] = useState<Editing>(null)
  const [removing, setRemoving] = useState<number | null>(null)
  const { list, tags } = session.themes.value
  const { code, why } = judge(factsOnRoom(session.standing.value), 'name-themes')
  const mayName = !isPersonal(code)
  const suggested = suggestedThemes(session.view.value.draft.language).filter(({ name }) => !list.some((theme) => isSameName(theme.name, name)))
  const room = list.length + suggested.length <= limits.themesMax
  const finish = (): void => {
    setEditing(null)
    setRemoving(null)
    heading.current?.focus()
  }
  const remove = async (theme: Theme): Promise<void> => {
    if (await session.act({ command: 'remove-theme', theme: theme.number })) finish()
  }
  const addSuggested = async (): Promise<void> => {
    heading.current?.focus()
    await session.act({ command: 'name-themes', themes: suggested.map(({ name, words }) => ({ theme: null, name, words: [...words] })) })
  }
  return (
    <section class="theme-list" aria-labelledby="theme-list">
      <h3 id="theme-list" ref={heading} tabIndex={-1}>{message('themes-and-words')}</h3>
      <p class="hint">{message(mayName ? 'themes-what-words' : 'themes-who-names')}</p>
      {list.length === 0 ? <p class="empty">{message('themes-none')}</p> : (
        <ul>
          {list.map((theme) => (
            <li key={theme.number}>
              {editing === theme.number ? <ThemeForm session={session} theme={theme} why={why} onDone={finish} /> : (
                <>
                  <h4>{theme.name}</h4>
                  <p class="theme-words">{theme.words.length === 0 ? message('theme-no-words') : theme.words.join(', ')}</p>
                  {!mayName ? null : removing === theme.number ? (
                    <div class="asked" role="group" aria-label={message('theme-remove-named', { theme: theme.name })}>
                      <p>{message('theme-remove-means', { theme: theme.name, count: [...tags.values()].filter((one) => one.has(theme.number)).length })}</p>
                      <div class="row">
                        <Button kind="danger" why={why} onPress={() => remove(theme)}>{message('theme-remove-do')}</Button>
                        <Button kind="quiet" onPress={finish}>{message('cancel')}</Button>
                      </div>
                    </div>
                  ) : (
                    <div class="row">
                      <Button why={why} label={message('theme-edit-named', { theme: theme.name })} onPress={() => { setRemoving(null); setEditing(theme.number) }}>{message('theme-edit')}</Button>
                      <Button kind="quiet" why={why} label={message('theme-remove-named', { theme: theme.name })} onPress={() => setRemoving(theme.number)}>{message('theme-remove')}</Button>
                    </div>
                  )}
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {!mayName ? null : editing === 'new' ? <ThemeForm session={session} theme={null} why={why} onDone={finish} /> : (
        <div class="row">
          <Button kind={list.length === 0 ? 'plain' : 'primary'} why={why ?? (list.length >= limits.themesMax ? sentenceOf('themes-full') : null)} onPress={() => setEditing('new')}>{message('theme-new')}</Button>
          {suggested.length === 0 ? null : <Button kind={list.length === 0 ? 'primary' : 'plain'} why={why ?? (room ? null : sentenceOf('themes-full'))} onPress={addSuggested}>{message(list.length === 0 ? 'themes-suggest' : 'themes-suggest-more', { names: suggested.map(({ name }) => name).join(', ') })}</Button>}
        </div>
      )}
    </section>
  )
}

interface ThemeFormProps {
  readonly session: RoomSession
  /** Null for a new one. */
  readonly theme: Theme | null
  readonly why: string | null
  readonly onDone: () => void
}

function ThemeForm({ session, theme, why, onDone }: ThemeFormProps): JSX.Element {
  const [name, setName] = useState(theme?.name ?? '')
  const [typed, setTyped] = useState(theme?.words.join(', ') ?? '')
  const words = wordsTyped(typed)
  const bad = words.filter((word) => !isThemeWord(word) || word.length > limits.themeWordCharactersMax)
  const others = session.themes.value.list.filter(({ number }) => number !== theme?.number)
  const wrong = name.trim() === '' ? message('theme-name-missing')
    : others.some((one) => isSameName(one.name, name)) ? sentenceOf('theme-named')
    : bad.length > 0 ? message('theme-words-bad', { words: bad.join(', ') })
    : words.length > limits.themeWordsMax ? message('theme-words-many', { count: words.length, max: limits.themeWordsMax })
    : null
  const isSame = theme !== null && theme.name === name.trim() && theme.words.join('\n') === words.join('\n')
  const save = async (): Promise<void> => {
    if (isSame || (await session.act({ command: 'name-themes', themes: [{ theme: theme?.number ?? null, name: name.trim(), words }] }))) onDone()
  }
  return (
    <div class="theme-form" role="group" aria-label={theme === null ? message('theme-new') : message('theme-edit-named', { theme: theme.name })}>
      <Field label={message('theme-name')} value={name} onInput={setName} charactersMax={limits.nameCharactersMax} required autoFocus />
      <Field label={message('theme-words')} hint={message('theme-words-hint')} value={typed} onInput={setTyped} lines={3} charactersMax={limits.themeWordsMax * (limits.themeWordCharactersMax + 2)} onSubmitKey={() => { if (wrong === null && why === null) void save() }} />
      <p class="fault" role="status">{bad.length > 0 ? message('theme-words-bad', { words: bad.join(', ') }) : ''}</p>
      <div class="row">
        <Button kind="primary" why={why ?? wrong} onPress={save}>{message('theme-save')}</Button>
        <Button kind="quiet" onPress={onDone}>{message('cancel')}</Button>
      </div>
    </div>
  )
}
