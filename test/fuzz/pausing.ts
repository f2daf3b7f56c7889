/** The page's own way of putting forward at each pause, where proposals are visible as typed, at one seat. */
import { setImmediate as turn } from 'node:timers/promises'
import { computed, signal } from '@preact/signals'
import type { Signal } from '@preact/signals'
import type { Answer } from '../../client/api.ts'
import { followTyping } from '../../client/room/as-typed.ts'
import { sideFactsOf } from '../../client/room/circles.ts'
import { readRoom } from '../../client/room/view.ts'
import type { RoomView } from '../../client/room/view.ts'
import { draftReader } from '../../shared/model/reader.ts'
import { readStage } from '../../shared/model/state.ts'
import { noStands } from '../../shared/record/stands.ts'
import type { Command, CommandResult } from '../../shared/wire/commands.ts'
import type { Seat } from './wires.ts'

export class Pausing {
  readonly #seat: Seat
  readonly #view: Signal<RoomView>
  readonly #reader: ReturnType<typeof draftReader>
  #due: (() => void) | null = null
  #sending: Promise<unknown> | null = null

  constructor(seat: Seat, place: string | null, send: (body: Command) => Promise<Answer<CommandResult>>) {
    const { shared, side, origin } = seat
    const { hat } = seat.wires[1].speaker
    this.#seat = seat
    this.#reader = draftReader(shared)
    const view = (this.#view = signal(readRoom(shared, side, this.#reader)))
    const sendNext = (body: Command): Promise<Answer<CommandResult>> => {
      const sent = send(body)
      this.#sending = sent
      return sent
    }
    followTyping(
      {
        shared, side, place, origin, view, ready: signal(true), send: sendNext,
        standing: computed(() => ({ hat, view: view.value, stands: noStands, chairPresent: false })),
        sideFacts: () => sideFactsOf(view.value, hat, place),
      },
      (_, run) => {
        this.#due = run
        return () => void (this.#due = null)
      },
    )
  }

  /** The page shows what there is; where nothing is visible as typed it has nothing to look for. */
  look(): void {
    const isOn = readStage(this.#seat.shared).asTyped === true
    if (isOn || this.#view.peek().draft.asTyped === true) this.#view.value = readRoom(this.#seat.shared, this.#seat.side, this.#reader)
  }

  get isWaiting(): boolean {
    return this.#due !== null
  }

  async pause(): Promise<void> {
    const run = this.#due
    this.#due = null
    run?.()
    // One after the other: the next is sent when the last was answered.
    while (this.#sending !== null) {
      const sending = this.#sending
      this.#sending = null
      await sending
      await turn()
    }
  }
}
