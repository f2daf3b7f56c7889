/** One after the other, however many ask at once: a log is read on from where the last reading ended. */
export class Turns {
  #last: Promise<void> = Promise.resolve()

  /** Rejects where `run` does; whoever comes next has their turn all the same. */
  take(run: () => Promise<void>): Promise<void> {
    const turn = this.#last.then(run)
    this.#last = turn.catch(() => undefined)
    return turn
  }
}
