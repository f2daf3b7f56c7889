/** Agreeing, locking and reopening a section or the whole; and packages, agreed together or not at all. */
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { unitsUnder } from '../../../shared/model/agreed.ts'
import type { PackageState } from '../../../shared/model/agreed.ts'
import { isCounted } from '../../../shared/model/progress.ts'
import { digestOfUnits } from '../../../shared/lifecycle/stages.ts'
import { digestOfUnit } from '../../../shared/lifecycle/digests.ts'
import { limits } from '../../../shared/wire/limits.ts'
import { message } from '../../messages/index.ts'
import { factsOnRoom, judge } from '../../room/facts.ts'
import { agreeing, packageHolding, packageWith } from '../../room/packages.ts'
import type { RoomSession } from '../../room/session.ts'
import { beginningOf, isOpen } from '../../room/view.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Check, Choice, Field } from '../../ui/field.tsx'
import { placeOf, unitName } from './Card.tsx'

interface Props {
  readonly session: RoomSession
  readonly onClose: () => void
}

const acts = ['agree', 'reopen', 'lock', 'unlock'] as const
const whole = ''

export function AgreeTogether({ session, onClose }: Props): JSX.Element {
  const view = session.view.value
  const heads = view.text.units.filter(({ id, kind }) => kind === 'heading' || kind === 'annex' || (view.text.children.get(id)?.length ?? 0) > 0)
  const [head, setHead] = useState<string>(whole)
  const [act, setAct] = useState<(typeof acts)[number]>('agree')
  const [reason, setReason] = useState('')
  const under = head === whole ? null : head
  const units = unitsUnder(view.text, under)
  const isSo = (id: string): boolean => {
    const state = view.unitStates.get(id)
    const agreed = (state?.agreed ?? null) !== null
    return act === 'agree' ? agreed : act === 'reopen' ? !agreed : (state?.locked ?? false) === (act === 'lock')
  }
  const left = units.filter((id) => !isSo(id))
  const { why } = judge({ ...factsOnRoom(session.standing.value), unit: { locked: act === 'unlock', agreed: act === 'reopen' } }, act === 'reopen' ? 'reopen-unit' : act)
  return (
    <Dialog title={message('agree-together')} onClose={onClose} wide>
      <p>{message('agree-together-means')}</p>
      <div class="fields">
        <Choice label={message('together-act')} value={act} onChange={setAct} options={acts.map((value) => ({ value, label: message(`together-${value}`) }))} />
        <Choice label={message('together-under')} value={head} onChange={setHead} options={[{ value: whole, label: message('together-whole') }, ...heads.map((unit) => ({ value: unit.id, label: `${unitName(unit)} – ${beginningOf(unit)}` }))]} />
      </div>
      <p role="status">{message('together-count', { count: left.length, all: units.length })}</p>
      <Field label={message('reason-may')} lines={2} value={reason} onInput={setReason} charactersMax={limits.noteCharactersMax} />
      <div class="dialog-actions">
        <Button onPress={onClose}>{message('cancel')}</Button>
        <Button kind="primary" why={why ?? (left.length === 0 ? message('together-none') : null)} onPress={async () => { if (await session.act({ command: 'close-together', act, under, digest: digestOfUnits(view.text, units), reason: reason.trim() })) onClose() }}>{message(`together-${act}`)}</Button>
      </div>
    </Dialog>
  )
}

export function Packages({ session, onClose }: Props): JSX.Element {
  const view = session.view.value
  const why = judge(factsOnRoom(session.standing.value), 'make-package').why
  const mayMake = judge(factsOnRoom(session.standing.value), 'make-package').code !== 'only-chairs-table' && judge(factsOnRoom(session.standing.value), 'make-package').code !== 'only-chair'
  const [making, setMaking] = useState(false)
  return (
    <Dialog title={message('packages')} onClose={onClose} wide>
      <p>{message('packages-mean')}</p>
      {view.packages.length === 0 ? <p class="hint">{message('packages-none')}</p> : null}
      <ul class="packages">
        {view.packages.map((one) => <Package key={one.id} session={session} one={one} isChair={mayMake} why={why} />)}
      </ul>
      {!mayMake ? null : making ? <NewPackage session={session} onDone={() => setMaking(false)} /> : <Button kind="primary" why={why} onPress={() => setMaking(true)}>{message('make-package')}</Button>}
    </Dialog>
  )
}

function Package({ session, one, isChair, why }: { readonly session: RoomSession; readonly one: PackageState; readonly isChair: boolean; readonly why: string | null }): JSX.Element {
  const view = session.view.value
  const [reason, setReason] = useState('')
  const units = one.units.map((id) => view.text.byId.get(id))
  const cards = one.amendments.map((id) => view.published.find((card) => card.id === id))
  const parts = [
    ...units.map((unit) => (unit === undefined ? message('place-gone') : unitName(unit))),
    ...cards.flatMap((card) => (card === undefined ? [] : [message('overview-proposal', { delegation: view.nameOf(card.state.proposer), place: placeOf(card) })])),
  ]
  return (
    <li>
      <h3>{one.name} <span class={one.agreed === null ? 'chip' : 'chip chip-agreed'}>{message(one.agreed === null ? 'package-open' : 'package-agreed')}</span></h3>
      <p>{parts.join('; ')}</p>
      {!isChair ? null : (
        <>
          {one.agreed === null ? null : (
            <>
              <p class="hint">{message('package-reopens', { parts: units.flatMap((unit) => (unit === undefined ? [] : [unitName(unit)])).join(', ') })}</p>
              <Field label={message('reason')} value={reason} onInput={setReason} charactersMax={limits.noteCharactersMax} />
            </>
          )}
          <div class="row">
            {one.agreed === null
              ? <Button kind="primary" why={why} onPress={() => session.act(agreeing(session.fresh(), one))}>{message('agree-package')}</Button>
              : <Button why={why ?? (reason.trim() === '' ? message('note-needed') : null)} onPress={() => session.act({ command: 'reopen-package', package: one.id, reason: reason.trim() })}>{message('reopen-package')}</Button>}
            <Button kind="danger" why={why} onPress={() => session.act({ command: 'drop-package', package: one.id, reason: '' })}>{message('drop-package')}</Button>
          </div>
        </>
      )}
    </li>
  )
}

function NewPackage({ session, onDone }: { readonly session: RoomSession; readonly onDone: () => void }): JSX.Element {
  const view = session.view.value
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const toggle = (id: string) => (on: boolean): void => {
    const next = new Set(chosen)
    if (on) next.add(id)
    else next.delete(id)
    setChosen(next)
  }
  const units = view.text.units.filter((unit) => isCounted(unit) && (view.unitStates.get(unit.id)?.agreed ?? null) === null && packageHolding(view, unit.id) === null)
  const cards = view.published.filter((card) => isOpen(card.state) && packageWith(view, card.id) === null)
  const why = name.trim() === '' ? message('package-name-missing') : chosen.size < 2 ? message('package-two') : null
  const make = async (): Promise<void> => {
    const done = await session.act({
      command: 'make-package', name: name.trim(),
      units: units.filter(({ id }) => chosen.has(id)).map((unit) => ({ unit: unit.id, digest: digestOfUnit(unit) })),
      amendments: cards.filter(({ id }) => chosen.has(id)).map(({ id, state }) => ({ amendment: id, digest: state.digest })),
    })
    if (done) onDone()
  }
  return (
    <section class="group-edit" aria-label={message('make-package')}>
      <Field label={message('package-name')} value={name} onInput={setName} charactersMax={limits.nameCharactersMax} autoFocus />
      <fieldset class="choices">
        <legend>{message('package-parts')}</legend>
        <div class="scroll" tabIndex={0} role="region" aria-label={message('package-parts')}>
          {units.map((unit) => <Check key={unit.id} label={`${unitName(unit)} – ${beginningOf(unit)}`} checked={chosen.has(unit.id)} onChange={toggle(unit.id)} />)}
          {cards.map((card) => <Check key={card.id} label={message('card-of', { delegation: view.nameOf(card.state.proposer), place: placeOf(card) })} checked={chosen.has(card.id)} onChange={toggle(card.id)} />)}
        </div>
      </fieldset>
      <div class="row">
        <Button kind="primary" why={why} onPress={make}>{message('make-package')}</Button>
        <Button kind="quiet" onPress={onDone}>{message('cancel')}</Button>
      </div>
    </section>
  )
}
