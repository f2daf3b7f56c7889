/** Opening an invitation or sign-in link, and what to say when there is none or it no longer works. */
import type { ComponentChildren, JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { limits } from '../../shared/wire/limits.ts'
import type { Api, JoinPreview } from '../api.ts'
import { message } from '../messages/index.ts'
import { draftPath, go } from '../route.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'

export function Plain({ title, children }: { readonly title: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <main class="entry" id="content">
      <p class="brand">Omnibus</p>
      <h1>{title}</h1>
      {children}
    </main>
  )
}

export const NotSignedIn = (): JSX.Element => (
  <Plain title={message('welcome-title')}>
    <p>{message('welcome-what')}</p>
    <p>{message('welcome-how')}</p>
    <p><a href="/verify">{message('verify-open')}</a></p>
  </Plain>
)

type Step =
  | { readonly at: 'trying' }
  | { readonly at: 'name'; readonly preview: JoinPreview }
  | { readonly at: 'failed'; readonly sentence: string; readonly again: boolean }

export function Join({ api, link, secret }: { readonly api: Api; readonly link: string; readonly secret: string }): JSX.Element {
  const [step, setStep] = useState<Step>({ at: 'trying' })
  const [name, setName] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const join = async (as?: string): Promise<void> => {
    const answer = await api.join(link, secret, as)
    if (!answer.ok) {
      // Keeps the name typed so far.
      if (as !== undefined && answer.status === 0) return setFault(answer.sentence)
      return setStep({ at: 'failed', sentence: answer.sentence, again: answer.status === 0 || answer.status >= 500 })
    }
    if ('needsName' in answer.result) return setStep({ at: 'name', preview: answer.result })
    // The secret leaves the address with this: it has been used.
    go(answer.result.draft === null ? '/' : draftPath(answer.result.draft), true)
  }
  useEffect(() => {
    void join()
  }, [link, secret])
  if (step.at === 'trying') return <Plain title={message('join-trying')}>{null}</Plain>
  if (step.at === 'failed') {
    return (
      <Plain title={message('join-failed')}>
        <p role="alert">{step.sentence}</p>
        <p>
          {step.again ? <Button kind="primary" onPress={() => join()}>{message('try-again')}</Button> : null} <a href="/">{message('to-drafts')}</a>
        </p>
      </Plain>
    )
  }
  const { preview } = step
  return (
    <Plain title={preview.draftTitle ?? message('join-first')}>
      {preview.delegationName === null || preview.role === null ? null : (
        <p>{message('join-as', { delegation: preview.delegationName, role: message(`role-${preview.role}`) })}</p>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() === '') setFault(message('join-name-missing'))
          else void join(name.trim())
        }}
      >
        <Field label={message('join-name')} hint={message('join-name-hint')} value={name} onInput={setName} charactersMax={limits.nameCharactersMax} required autoFocus />
        {fault === null ? null : <p role="alert" class="fault">{fault}</p>}
        <button type="submit" class="button primary">{message('join-enter')}</button>
      </form>
    </Plain>
  )
}
