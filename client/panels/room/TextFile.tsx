/** A file whose text goes into the field beside it: of any format that is read; what cannot be read is said. */
import type { JSX } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { readableEndings } from '../../../shared/convert/endings.ts'
import { sentenceOf } from '../../../shared/wire/errors.ts'
import { message } from '../../messages/index.ts'
import { readAsText } from '../../reading/as-text.ts'

export function TextFile({ onText }: { readonly onText: (text: string) => void }): JSX.Element {
  const id = useId()
  const [fault, setFault] = useState<string | null>(null)
  const [isReading, setReading] = useState(false)
  const stopper = useRef<AbortController | null>(null)
  useEffect(() => () => stopper.current?.abort(), [])
  const take = async (file: File | undefined): Promise<void> => {
    stopper.current?.abort()
    setFault(null)
    if (file === undefined) return setReading(false)
    const own = (stopper.current = new AbortController())
    setReading(true)
    const read = await readAsText(file, own.signal)
    if (read === null || own.signal.aborted) return
    setReading(false)
    if (read.ok) onText(read.text)
    else setFault(sentenceOf(read.code))
  }
  return (
    <div class="field">
      <label for={id}>{message('new-file-any')}</label>
      <input id={id} type="file" accept={readableEndings.join(',')} onChange={(event) => void take(event.currentTarget.files?.[0])} />
      <p role="status" class="hint">{isReading ? message('loading') : ''}</p>
      {fault === null ? null : <p role="alert" class="fault">{fault}</p>}
    </div>
  )
}
