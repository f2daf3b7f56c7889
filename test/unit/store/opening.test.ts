/** A data folder whose disk does not give the first pages of its database at the first try. */
import { readFile, rm, writeFile } from 'node:fs/promises'
import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { DATABASE_FILE, openDatabase } from '../../../server/store/database.ts'
import { assertReadable } from '../../../server/store/disk.ts'
import { StoreError } from '../../../server/store/errors.ts'
import { prepareReads } from '../../../server/store/reads.ts'
import { newFolder } from '../../contract/store-harness.ts'

vi.mock(import('../../../server/store/disk.ts'), () => ({ assertReadable: vi.fn() }))

/** What the disk gives is empty pages; `mend` puts the file back. */
async function unread(): Promise<{ readonly folder: string; readonly mend: () => void }> {
  const folder = await newFolder()
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  openDatabase(folder).close()
  const path = join(folder, DATABASE_FILE)
  const whole = await readFile(path)
  await writeFile(`${path}.whole`, whole)
  await writeFile(path, new Uint8Array(whole.length).fill(1))
  return { folder, mend: () => renameSync(`${path}.whole`, path) }
}

it('LG22 what the disk did not give when the folder was opened is read once more', async () => {
  const { folder, mend } = await unread()
  vi.mocked(assertReadable).mockImplementationOnce(mend)
  const database = openDatabase(folder)
  expect(prepareReads(database).drafts()).toEqual([])
  database.close()
})

it('LG22 where it does not give it at all that is said, and not that it is damaged; where it gives what is none of a database, that', async () => {
  const { folder } = await unread()
  vi.mocked(assertReadable).mockImplementationOnce(() => { throw new StoreError('store-unreadable', 'The disk does not give it') })
  expect(() => openDatabase(folder)).toThrow(expect.objectContaining({ code: 'store-unreadable' }))
  expect(() => openDatabase(folder)).toThrow(expect.objectContaining({ code: 'store-failed', message: expect.stringMatching(/SQLITE_NOTADB.*backup/) }))
})
