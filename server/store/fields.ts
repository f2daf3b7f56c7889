/**
 * The fields that digests are of (shared/lifecycle/hash.ts), put one behind another in one buffer, and read from it again:
 * every keystroke comes through here.
 */
import { hash } from 'node:crypto'
import type { Field } from '../../shared/lifecycle/hash.ts'

const ABSENT = 0xffffffff

/** A longer text is written by the machine; a shorter one is there before that is called. */
const lettersMax = 80

/** Its bytes are those that `fieldBytes` gives. It grows. */
export class FieldBuffer {
  #buffer: Buffer<ArrayBuffer>
  #at = 0

  constructor(bytes: number) {
    this.#buffer = Buffer.from(new ArrayBuffer(bytes))
  }

  clear(): void {
    this.#at = 0
  }

  /** Puts the fields behind what is there, and gives their SHA-256. */
  put(fields: readonly Field[]): string {
    const from = this.#at
    for (const field of fields) this.#put(field)
    return hash('sha256', this.#buffer.subarray(from, this.#at), 'hex')
  }

  /** All that was put, and some room behind it. Nothing can be put then. */
  taken(): ArrayBuffer {
    return this.#buffer.buffer
  }

  #put(field: Field): void {
    if (field === null) return this.#length(ABSENT, 0)
    if (typeof field !== 'object') return this.#text(String(field))
    this.#length(field.length, field.length)
    this.#buffer.set(field, this.#at - field.length)
  }

  #text(text: string): void {
    const isShort = text.length <= lettersMax
    this.#reserve(4 + 3 * text.length)
    const from = this.#at + 4
    let at = from
    for (let index = 0; isShort && index < text.length; index++) {
      const code = text.charCodeAt(index)
      if (code > 0x7f) break
      this.#buffer[at++] = code
    }
    const length = at - from === text.length ? text.length : this.#buffer.write(text, from, 'utf8')
    this.#length(length, length)
  }

  /** The length of a field, and room for its bytes. */
  #length(length: number, bytes: number): void {
    this.#reserve(4 + bytes)
    this.#buffer.writeUInt32BE(length, this.#at)
    this.#at += 4 + bytes
  }

  #reserve(bytes: number): void {
    if (this.#at + bytes <= this.#buffer.length) return
    const larger = Buffer.from(new ArrayBuffer(2 * (this.#at + bytes)))
    larger.set(this.#buffer.subarray(0, this.#at))
    this.#buffer = larger
  }
}

/** One field after another, each of which whoever reads knows. */
export class FieldReader {
  readonly #buffer: Buffer<ArrayBuffer>
  #at = 0

  constructor(bytes: ArrayBuffer) {
    this.#buffer = Buffer.from(bytes)
  }

  /** Where the next field's bytes begin; and goes behind them. */
  #next(): number {
    const from = this.#at + 4
    this.#at = from + this.#buffer.readUInt32BE(this.#at)
    return from
  }

  skip(): void {
    this.#next()
  }

  text(): string {
    return this.#buffer.toString('utf8', this.#next(), this.#at)
  }

  textOrNull(): string | null {
    if (this.#buffer.readUInt32BE(this.#at) !== ABSENT) return this.text()
    this.#at += 4
    return null
  }

  number(): number {
    let number = 0
    for (let at = this.#next(); at < this.#at; at++) number = 10 * number + this.#buffer[at]! - 0x30
    return number
  }

  /** A view. */
  bytes(): Uint8Array {
    const from = this.#next()
    return new Uint8Array(this.#buffer.buffer, from, this.#at - from)
  }

  /** Reads a text that is mostly the one that it read before, which is then not made again. */
  repeated(): () => string {
    let [first, end, text] = [0, 0, '']
    return () => {
      const from = this.#next()
      if (this.#at - from !== end - first || !this.#isSame(first, from, end - first)) text = this.#buffer.toString('utf8', from, this.#at)
      ;[first, end] = [from, this.#at]
      return text
    }
  }

  #isSame(first: number, second: number, length: number): boolean {
    for (let index = 0; index < length; index++) if (this.#buffer[first + index] !== this.#buffer[second + index]) return false
    return true
  }
}
