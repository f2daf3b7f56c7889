/** A small picture of how far a draft has come: agreed of all, and how many proposals are open, told in words too. */
import type { JSX } from 'preact'
import type { Progress } from '../../shared/model/progress.ts'
import { message } from '../messages/index.ts'

const width = 96
const height = 10

export function ProgressPicture({ progress }: { readonly progress: Progress }): JSX.Element {
  const { paragraphs, agreed, open, flagged } = progress
  const words = message('progress', { paragraphs, agreed, open, flagged })
  const done = paragraphs === 0 ? 0 : (agreed / paragraphs) * width
  return (
    <span class="progress">
      <svg role="img" aria-label={words} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
        <title>{words}</title>
        <rect class="progress-all" width={width} height={height} rx="3" />
        <rect class="progress-agreed" width={done} height={height} rx="3" />
      </svg>
      <span class="hint" aria-hidden="true">{message('progress-short', { paragraphs, agreed, open, flagged })}</span>
    </span>
  )
}
