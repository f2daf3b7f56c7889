/** The thread in which files are read: it may be ended at any moment, and holds nothing. */
import { parentPort } from 'node:worker_threads'
import { convert } from './task.ts'
import type { ConvertTask } from './task.ts'

parentPort?.on('message', (task: ConvertTask) => parentPort?.postMessage(convert(task)))
