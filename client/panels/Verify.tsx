/** Checking a sealed text in the browser, for whoever has one: signed in or not, and without sending it anywhere. */
import type { JSX } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { isSound } from '../../shared/lifecycle/finding.ts'
import { verifySealed } from '../../shared/lifecycle/verify.ts'
import type { VerifyFinding } from '../../shared/lifecycle/verify.ts'
import { limits } from '../../shared/wire/limits.ts'
import { message } from '../messages/index.ts'
import { checkSignature } from '../signature.ts'
import { Field } from '../ui/field.tsx'
import { Plain } from './SignIn.tsx'

/** Digits, and as many spaces between them as somebody may paste. */
const keyCharactersMax = 200

type Step =
  | { readonly at: 'none' | 'checking' }
  | { readonly at: 'fault'; readonly sentence: string }
  | { readonly at: 'checked'; readonly file: string; readonly findings: readonly VerifyFinding[] }

export function Verify(): JSX.Element {
  const [file, setFile] = useState<File | null>(null)
  const [given, setGiven] = useState('')
  const [step, setStep] = useState<Step>({ at: 'none' })
  /** Of several that were begun, the last one is shown. */
  const begun = useRef(0)

  const look = async (chosen: File | null, typed: string): Promise<void> => {
    const number = ++begun.current
    if (chosen === null) return setStep({ at: 'none' })
    const key = typed.replace(/[\s:]/g, '').toLowerCase()
    if (key !== '' && !/^[0-9a-f]{64}$/.test(key)) return setStep({ at: 'fault', sentence: message('verify-key-wrong') })
    if (chosen.size > limits.sealedFileBytesMax) return setStep({ at: 'fault', sentence: message('verify-too-large') })
    setStep({ at: 'checking' })
    const findings = await verifySealed(new Uint8Array(await chosen.arrayBuffer()), { key: key === '' ? null : key, check: checkSignature })
    if (number === begun.current) setStep({ at: 'checked', file: chosen.name, findings })
  }
  return (
    <Plain title={message('verify-title')}>
      <p>{message('verify-what')}</p>
      <p class="hint">{message('verify-less')}</p>
      <div class="field">
        <label for="verify-file">{message('verify-file')}</label>
        <input id="verify-file" type="file" accept=".json,application/json" onChange={(event) => {
          const chosen = event.currentTarget.files?.[0] ?? null
          setFile(chosen)
          void look(chosen, given)
        }} />
      </div>
      <Field label={message('verify-key')} hint={message('verify-key-hint')} value={given} charactersMax={keyCharactersMax} onInput={(typed) => {
        setGiven(typed)
        void look(file, typed)
      }} />
      <div role="status">
        {step.at === 'checking' ? <p>{message('verify-checking')}</p> : null}
        {step.at === 'checked' ? <p class={`verdict verdict-${verdictOf(step.findings)}`}>{message(`verify-${verdictOf(step.findings)}`, { file: step.file })}</p> : null}
      </div>
      {step.at === 'fault' ? <p role="alert" class="fault">{step.sentence}</p> : null}
      {step.at === 'checked' ? <Findings findings={step.findings} /> : null}
    </Plain>
  )
}

/** A browser that cannot check the signature, where all else holds, has found nothing against the file and proved nothing for it. */
function verdictOf(findings: readonly VerifyFinding[]): 'sound' | 'unsound' | 'unchecked' {
  if (isSound(findings)) return 'sound'
  return findings.every(({ result, code }) => result !== 'fails' || code === 'signature-unchecked') ? 'unchecked' : 'unsound'
}

function Findings({ findings }: { readonly findings: readonly VerifyFinding[] }): JSX.Element {
  return (
    <section aria-labelledby="verify-list">
      <h2 id="verify-list">{message('verify-list')}</h2>
      <ul class="findings">
        {findings.map(({ result, code, sentence }, index) => (
          <li key={index} class={`finding-${result}`}>
            <strong>{message(`verify-${result}`)}</strong> {sentence}{code === null ? null : <> <code>{code}</code></>}
          </li>
        ))}
      </ul>
    </section>
  )
}
