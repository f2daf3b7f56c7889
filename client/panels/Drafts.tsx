/** The list of one's drafts, each in one's own capacities. */
import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { wayOf } from '../../shared/lifecycle/stages.ts'
import type { DraftStanding } from '../../shared/wire/standing.ts'
import type { Api, HatEntry, Me } from '../api.ts'
import { message } from '../messages/index.ts'
import { draftPath, go } from '../route.ts'
import { inNewYorkOf, inOwnOf } from '../room/moments.ts'
import { stationName } from '../room/way.ts'
import { Button } from '../ui/button.tsx'
import { ProgressPicture } from '../ui/progress.tsx'
import { NewDraft } from './NewDraft.tsx'

interface DraftLine {
  readonly draft: string
  readonly title: string
  readonly stage: string
  readonly capacities: readonly string[]
  /** The first of one's capacities in it: what is told of it is told to that. */
  readonly hatId: string
}

export function linesOf(hats: readonly HatEntry[]): DraftLine[] {
  const lines = new Map<string, DraftLine>()
  for (const { draft, title, stage, hat, hatId, delegationName } of hats) {
    const capacity = capacityName(hat.role, delegationName)
    const line = lines.get(draft)
    lines.set(draft, { draft, title, stage, hatId: line?.hatId ?? hatId, capacities: [...(line?.capacities ?? []), capacity] })
  }
  return [...lines.values()]
}

/** "Japan", "Chair", "Legal officer": the office's people go by what they do. */
export const capacityName = (role: string, delegationName: string): string =>
  role === 'delegate' ? delegationName : role === 'observer' ? message('observer-of', { delegation: delegationName }) : message(`role-${role}`)

/** Where it is on its way and how far it has come, asked of the server beside the list, which waits for none of them. */
function Standing({ api, line }: { readonly api: Api; readonly line: DraftLine }): JSX.Element | null {
  const [standing, setStanding] = useState<DraftStanding | null>(null)
  useEffect(() => {
    let isHere = true
    void api.standing(line.draft, line.hatId).then((answer) => { if (isHere && answer.ok) setStanding(answer.result) })
    return () => { isHere = false }
  }, [api, line.draft, line.hatId])
  if (standing === null) return null
  const { stage, reading, silenceUntilMs, progress } = standing
  const now = wayOf({ stage, reading, silence: null }).find(({ is }) => is === 'now')
  return (
    <span class="standing">
      {now?.kind === 'reading' ? <span class="hint">{stationName(now)}</span> : null}
      {silenceUntilMs === null ? null : <span class="hint">{message('silence-until')} {message('new-york-and-own', { newYork: inNewYorkOf(silenceUntilMs), own: inOwnOf(silenceUntilMs) })}</span>}
      {stage === 'drafting' || progress.paragraphs === 0 ? null : <ProgressPicture progress={progress} />}
    </span>
  )
}

export function Drafts({ api, me }: { readonly api: Api; readonly me: Me }): JSX.Element {
  const [making, setMaking] = useState(false)
  const lines = linesOf(me.hats)
  return (
    <>
      <header class="topbar">
        <p class="brand">Omnibus</p>
        <span class="grow" />
        <span class="who">{me.person.name}</span>
        <Button kind="quiet" onPress={async () => {
          await api.signOut()
          location.assign('/')
        }}>
          {message('sign-out')}
        </Button>
      </header>
      <main class="drafts" id="content">
        <div class="heading-row">
          <h1>{message('drafts-title')}</h1>
          {me.person.canCreate ? <Button kind="primary" onPress={() => setMaking(true)}>{message('new-draft')}</Button> : null}
        </div>
        {lines.length === 0 ? (
          <div class="empty">
            <p>{message(me.person.canCreate ? 'drafts-none-create' : 'drafts-none')}</p>
          </div>
        ) : (
          <ul class="draft-list">
            {lines.map((line) => (
              <li key={line.draft}>
                <a
                  href={draftPath(line.draft)}
                  onClick={(event) => {
                    if (event.ctrlKey || event.metaKey || event.shiftKey) return
                    event.preventDefault()
                    go(draftPath(line.draft))
                  }}
                >
                  {line.title}
                </a>
                <span class={`stage stage-${line.stage}`}>{message(`stage-${line.stage}`)}</span>
                <span class="as">{line.capacities.join(', ')}</span>
                <Standing api={api} line={line} />
              </li>
            ))}
          </ul>
        )}
      </main>
      {making ? <NewDraft api={api} onClose={() => setMaking(false)} /> : null}
    </>
  )
}
