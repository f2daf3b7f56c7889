/** Loaded into each server's process before the server: says what the process has used, when it is asked. */

export interface Used {
  /** Of all its threads, since it began. */
  readonly cpuMs: number
  readonly rssBytes: number
}

/** Whether garbage is to be collected first. */
process.on('message', (collect: boolean) => {
  if (collect) for (let time = 0; time < 3; time++) globalThis.gc?.()
  const { user, system } = process.cpuUsage()
  const used: Used = { cpuMs: (user + system) / 1000, rssBytes: process.memoryUsage.rss() }
  process.send!(used)
})
// Whoever measures is gone: nobody would end this one.
process.on('disconnect', () => process.exit(1))
process.channel?.unref()
