/** A file of the server's to this device; what stands in the way is said rather than saved as if it were the file. */
import { sentenceOf } from '../../shared/wire/errors.ts'
import { message } from '../messages/index.ts'

export type Saved = { readonly ok: true; readonly name: string } | { readonly ok: false; readonly sentence: string }

type Fetched = { readonly ok: true; readonly response: Response } | { readonly ok: false; readonly sentence: string }

export async function fetchFile(address: string): Promise<Fetched> {
  const response = await fetch(address).catch(() => null)
  if (response === null) return { ok: false, sentence: message('error-offline') }
  if (response.ok) return { ok: true, response }
  const refused = (await response.json().catch(() => null)) as { readonly error?: { readonly sentence?: string } } | null
  return { ok: false, sentence: refused?.error?.sentence ?? sentenceOf('server-fault') }
}

export async function saveFrom(address: string): Promise<Saved> {
  const fetched = await fetchFile(address)
  if (!fetched.ok) return fetched
  const { response } = fetched
  const name = nameIn(response.headers.get('content-disposition') ?? '')
  const url = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
  return { ok: true, name }
}

/** As RFC 6266 has it: the name in UTF-8 where there is one. */
function nameIn(disposition: string): string {
  const coded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1]
  return coded === undefined ? (/filename="([^"]+)"/i.exec(disposition)?.[1] ?? 'resolution') : decodeURIComponent(coded)
}
