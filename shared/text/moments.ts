/** Moments as exports write them. */
import type { AmendmentState } from '../model/state.ts'

/** "2026-12-03 17:00 UTC" */
export const utcOf = (atMs: number): string => `${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** Behind the names of those who put it forward after the deadline for proposals. */
export const lateMark = ({ lateMs }: AmendmentState): string => (lateMs === undefined ? '' : ` (late, ${utcOf(lateMs)})`)
