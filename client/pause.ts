/** Resolves after `ms`, or at once when it is stopped. */
export const pause = (ms: number, stopped?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (stopped?.aborted === true) return resolve()
    const timer = setTimeout(resolve, ms)
    stopped?.addEventListener('abort', () => { clearTimeout(timer); resolve() }, { once: true })
  })
