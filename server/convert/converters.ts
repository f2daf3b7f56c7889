/**
 * Files are read, and texts set in type, in threads of their own, so that none holds up the rooms: each is bounded in time and
 * memory, and a thread that goes beyond is ended and its file refused.
 */
import { Worker } from 'node:worker_threads'
import { Refusal } from '../../shared/wire/errors.ts'
import { limits } from '../../shared/wire/limits.ts'
import { builtWorker } from '../built-worker.ts'
import type { Converted, ConvertReply, ConvertTask, ReadTask, TypesetTask, WordTask } from './task.ts'

export interface Converters {
  /** Rejects with a Refusal: what the reader refuses, `import-too-slow`, or `import-too-many` beyond what may wait. */
  convert(task: ReadTask): Promise<Converted>
  /** A PDF. Rejects with a Refusal: `export-too-slow`, or `export-too-many` beyond what may wait. */
  typeset(task: TypesetTask): Promise<Uint8Array>
  /** A Word file. Rejects as `typeset` does. */
  word(task: WordTask): Promise<Uint8Array>
  /** Ends the threads; what is under way is refused. */
  stop(): Promise<void>
}

export interface ConvertersOptions {
  readonly threads: number
  /** Tasks that may wait for a thread; without it, any number. */
  readonly waitingMax?: number
  readonly deadlineMs?: number
  /** Of a thread's heap. */
  readonly megabytesMax?: number
}

interface Waiting {
  readonly task: ConvertTask
  readonly resolve: (done: Converted | Uint8Array) => void
  readonly reject: (refusal: Refusal) => void
}

export function createConverters({ threads, waitingMax = Infinity, deadlineMs = limits.convertMsMax, megabytesMax = limits.convertMegabytesMax }: ConvertersOptions): Converters {
  const idle: Worker[] = []
  /** With what refuses the task that each is at. */
  const busy = new Map<Worker, () => void>()
  const waiting: Waiting[] = []
  const ending = new Set<Promise<unknown>>()
  let isStopped = false

  const end = (worker: Worker): void => {
    const ended = worker.terminate().finally(() => ending.delete(ended))
    ending.add(ended)
  }
  const next = (): void => {
    while (busy.size < threads && waiting.length > 0) run(waiting.shift()!)
  }

  function run({ task, resolve, reject }: Waiting): void {
    const worker = idle.pop() ?? started(megabytesMax)
    worker.ref()
    const isOver: ConvertReply = { ok: false, code: isExport(task) ? 'export-too-slow' : 'import-too-slow' }
    const deadline = setTimeout(() => given(isOver, false), deadlineMs)
    const onMessage = (reply: ConvertReply): void => given(reply, true)
    // Out of memory, above all; whatever else ends a thread is of the file's making too.
    const onEnd = (): void => given(isOver, false)
    function given(reply: ConvertReply, isAlive: boolean): void {
      clearTimeout(deadline)
      worker.off('message', onMessage).off('error', onEnd).off('exit', onEnd)
      busy.delete(worker)
      if (isAlive && !isStopped) {
        // A process that has nothing else to do ends, idle threads or not.
        worker.unref()
        idle.push(worker)
      } else {
        worker.on('error', () => undefined)
        end(worker)
      }
      if (reply.ok) resolve(reply.done)
      else reject(new Refusal(reply.code))
      next()
    }
    busy.set(worker, onEnd)
    worker.on('message', onMessage).on('error', onEnd).on('exit', onEnd)
    worker.postMessage(task)
  }

  const tooMany = (task: ConvertTask): Refusal => new Refusal(isExport(task) ? 'export-too-many' : 'import-too-many')
  const ask = (task: ConvertTask): Promise<Converted | Uint8Array> => new Promise((resolve, reject) => {
    if (isStopped || waiting.length >= waitingMax) return reject(tooMany(task))
    waiting.push({ task, resolve, reject })
    next()
  })

  return {
    convert: (task) => ask(task) as Promise<Converted>,
    typeset: (task) => ask(task) as Promise<Uint8Array>,
    word: (task) => ask(task) as Promise<Uint8Array>,
    async stop() {
      isStopped = true
      for (const { task, reject } of waiting.splice(0)) reject(tooMany(task))
      for (const refuse of [...busy.values()]) refuse()
      for (const worker of idle.splice(0)) end(worker)
      await Promise.all(ending)
    },
  }
}

const isExport = (task: ConvertTask): boolean => 'data' in task || 'order' in task

const workerFile = (): URL => builtWorker(new URL(import.meta.url), './worker.js', ['./', '../../shared/convert/', '../../shared/text/', '../../shared/model/'])

function started(megabytesMax: number): Worker {
  // Not the flags of this process: some (--input-type) are refused in a worker.
  return new Worker(workerFile(), { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: megabytesMax, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 } })
}
