/** The rights, written a second time and by hand, so that no right changes by changing one place. */
import { expect, test } from 'vitest'
import { actions, refusalOf } from '../../../shared/policy/index.ts'
import type { Action, Facts, Hat, Stage } from '../../../shared/policy/index.ts'
import type { ErrorCode } from '../../../shared/wire/errors.ts'
import { amendment, hatNames, hats } from './facts.ts'

const codes: Readonly<Record<string, ErrorCode | null>> = {
  yes: null, chair: 'only-chair', table: 'only-chairs-table', legal: 'only-legal', head: 'only-head',
  read: 'only-drafters', fwd: 'not-put-forward-right', state: 'only-states', no: 'not-permitted', yours: 'not-yours',
  stage: 'wrong-stage', base: 'base-closed', froz: 'frozen', closed: 'positions-closed',
}

/** Everything about the thing itself is favourable; what the action is about is one's own where it must be. */
const favourable: Readonly<Partial<Record<Action, (own: string) => Partial<Facts>>>> = {
  'read-positions': () => ({ delegation: 'brazil' }),
  'read-confidential': () => ({ delegation: 'brazil' }),
  'correct-editorially': () => ({ amendment: undefined }),
  'write-side': (own) => ({ delegation: own }),
  'invite-own': (own) => ({ delegation: own }),
  'revoke': (own) => ({ delegation: own }),
  'unlock': () => ({ unit: { locked: true, agreed: false } }),
  'ask-reopen': () => ({ unit: { locked: false, agreed: true } }),
  'reopen-unit': () => ({ unit: { locked: false, agreed: true } }),
  'put-forward': () => ({ amendment: undefined }),
  'record-for': () => ({ amendment: undefined }),
  'withdraw': (own) => ({ amendment: amendment({ proposer: own }) }),
  'consent': (own) => ({ amendment: amendment({ proposer: own }) }),
  'confirm-recorded': (own) => ({ amendment: amendment({ proposer: own, asRecorded: true }) }),
  'reply': () => ({ thread: { by: 'brazil', resolved: false } }),
  'resolve-thread': (own) => ({ thread: { by: own, resolved: false } }),
  'reopen-thread': () => ({ thread: { by: 'brazil', resolved: true } }),
  'remove-source': (own) => ({ delegation: own }),
  'write-notes': (own) => ({ delegation: own }),
  'prepare': (own) => ({ delegation: own }),
  'revise': (own) => ({ amendment: amendment({ proposer: own }) }),
  'leave': (own) => ({ amendment: amendment({ proposer: own }) }),
  'open-circle': (own) => ({ amendment: amendment({ proposer: own }) }),
  'revise-orally': (own) => ({ oral: { author: own, sponsors: true, certified: false } }),
  'certify-oral': (own) => ({ oral: { author: own, sponsors: true, certified: false } }),
  'discard-oral': (own) => ({ oral: { author: own, sponsors: true, certified: false } }),
  'sponsor': () => ({ sponsoring: { signed: false, closed: false } }),
  'unsponsor': () => ({ sponsoring: { signed: true, closed: false } }),
  'put-forward-again': (own) => ({ amendment: amendment({ proposer: own, status: 'not-reflected', leftOut: true }) }),
  'take-up': () => ({ amendment: amendment({ proposer: 'rivers', proposerKind: 'ngo', needsState: true }) }),
}

const factsFor = (hat: Hat, stage: Stage, action: Action): Facts => ({
  hat, stage, chairPresent: true, unit: { locked: false, agreed: false }, amendment: amendment(),
  ...favourable[action]?.(hat.delegation),
})

// columns: chair, facilitator, secretary, legal; a State's head, forward, drafter, reader; an NGO's forward; observer
const matrix: Readonly<Record<Stage, string>> = {
  drafting: `
    read              yes    yes    yes    yes    yes    yes    yes    yes    yes    yes
    speak             yes    yes    yes    yes    yes    yes    yes    yes    yes    yes
    read-positions      yes    yes    yes    yes    yes    yes    yes    yes    closed closed
    read-confidential   yes    yes    yes    table  table  table  table  table  table  table
    write-base        yes    yes    yes    yes    yes    yes    yes    read   yes    read
    shape-base        yes    yes    yes    no     yes    yes    yes    read   yes    read
    write-side        yes    yes    yes    yes    yes    yes    yes    read   yes    read
    import            yes    yes    yes    table  table  table  table  table  table  table
    invite            yes    chair  yes    chair  chair  chair  chair  chair  chair  chair
    invite-own        yes    head   yes    head   yes    head   head   head   head   head
    revoke            yes    head   head   head   yes    head   head   head   head   head
    add-delegation    yes    yes    yes    table  table  table  table  table  table  table
    open-negotiation  yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    reopen-drafting   stage  chair  chair  chair  chair  chair  chair  chair  chair  chair
    answer-request    stage  stage  chair  table  table  table  table  table  table  table
    make-package      stage  stage  chair  table  table  table  table  table  table  table
    agree-package     stage  stage  chair  table  table  table  table  table  table  table
    reopen-package    stage  stage  chair  table  table  table  table  table  table  table
    drop-package      stage  stage  chair  table  table  table  table  table  table  table
    ask-reopen        no     no     no     no     stage  stage  fwd    read   stage  read
    next-reading      stage  chair  chair  chair  chair  chair  chair  chair  chair  chair
    former-reading    stage  chair  chair  chair  chair  chair  chair  chair  chair  chair
    start-silence     stage  chair  chair  chair  chair  chair  chair  chair  chair  chair
    end-silence       stage  chair  chair  chair  chair  chair  chair  chair  chair  chair
    set-deadline      yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    extend-silence    stage  chair  chair  chair  chair  chair  chair  chair  chair  chair
    break-silence     state  state  state  state  stage  stage  fwd    read   state  read
    record-objection  stage  stage  stage  table  table  table  table  table  table  table
    freeze            yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    reopen-frozen     stage  chair  chair  chair  chair  chair  chair  chair  chair  chair
    ask-second        yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    confirm-freeze    yes    yes    yes    yes    table  table  table  table  table  table
    lock              yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    unlock            yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    put-forward       stage  stage  no     stage  stage  stage  fwd    read   stage  read
    withdraw          yes    yes    no     yes    yes    yes    fwd    read   yes    read
    record-for        stage  stage  stage  table  table  table  table  table  table  table
    confirm-recorded  yours  yours  yours  yours  yes    yes    fwd    read   yes    read
    take-up           yes    state  state  state  yes    yes    fwd    read   state  read
    cosponsor         state  state  state  state  yes    yes    fwd    read   state  read
    consent           yes    yes    no     yes    yes    yes    fwd    read   yes    read
    support           no     no     no     no     yes    yes    fwd    read   yes    read
    add-source        yes    yes    yes    yes    yes    yes    yes    read   yes    read
    remove-source     yes    yes    yes    yes    yes    yes    yes    read   yes    read
    leave-out-source  yes    yes    yes    yes    yes    yes    yes    read   yes    read
    name-themes       yes    yes    chair  table  table  table  table  table  table  table
    remove-theme      yes    yes    chair  table  table  table  table  table  table  table
    tag-theme         yes    yes    yes    yes    yes    yes    yes    read   yes    read
    name-authors      yes    yes    yes    table  table  table  table  table  table  table
    start-thread      yes    yes    yes    yes    yes    yes    yes    read   yes    read
    reply             yes    yes    yes    yes    yes    yes    yes    read   yes    read
    resolve-thread    yes    yes    yes    yes    yes    yes    yes    read   yes    read
    reopen-thread     yes    yes    yes    yes    yes    yes    yes    read   yes    read
    position            state  state  state  state  yes    yes    fwd    read   state  read
    support-unit        no     no     no     no     yes    yes    fwd    read   yes    read
    position-unit       state  state  state  state  yes    yes    fwd    read   state  read
    record-position     yes    yes    yes    table  table  table  table  table  table  table
    open-positions      yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    close-positions     yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    review            legal  legal  legal  stage  legal  legal  legal  legal  legal  legal
    release-flag        yes    yes    yes    yes    table  table  table  table  table  table
    correct-editorially legal  legal  legal  stage  legal  legal  legal  legal  legal  legal
    incorporate       stage  stage  stage  table  table  table  table  table  table  table
    not-reflected     stage  stage  stage  table  table  table  table  table  table  table
    keep-in-brackets  stage  stage  stage  table  table  table  table  table  table  table
    hold              stage  stage  stage  table  table  table  table  table  table  table
    merge             stage  stage  stage  table  table  table  table  table  table  table
    undo-decision     stage  stage  stage  table  table  table  table  table  table  table
    lift-bracket      yes    yes    yes    table  table  table  table  table  table  table
    agree             stage  stage  chair  table  table  table  table  table  table  table
    reopen-unit       stage  stage  chair  table  table  table  table  table  table  table
    write-notes       yes    yes    yes    yes    yes    yes    yes    read   yes    read
    prepare           yes    yes    yes    yes    yes    yes    yes    read   yes    read
    revise            yes    yes    yes    yes    yes    yes    yes    read   yes    read
    leave             yes    yes    no     yes    yes    yes    fwd    read   yes    read
    set-members       yes    yes    yes    table  table  table  table  table  table  table
    give-hat          yes    chair  yes    chair  chair  chair  chair  chair  chair  chair
    open-circle       yes    yes    no     yes    yes    yes    fwd    read   yes    read
    name-circle       yes    yes    chair  table  table  table  table  table  table  table
    show-as-typed     yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    sponsor             state  state  state  state  yes    yes    fwd    read   state  read
    unsponsor           state  state  state  state  yes    yes    fwd    read   state  read
    sponsors-deadline   yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    revise-orally       stage  stage  stage  state  stage  stage  fwd    read   state  read
    certify-oral        stage  stage  stage  state  stage  stage  fwd    read   state  read
    discard-oral        stage  stage  stage  state  stage  stage  fwd    read   state  read
    keep-issued         yes    yes    yes    table  table  table  table  table  table  table
    keep-version        yes    yes    yes    table  table  table  table  table  table  table
    restore-version     yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    issue-revision      stage  chair  chair  chair  chair  chair  chair  chair  chair  chair
    put-forward-again   stage  stage  no     stage  stage  stage  fwd    read   stage  read`,
  negotiation: `
    read              yes    yes    yes    yes    yes    yes    yes    yes    yes    yes
    speak             yes    yes    yes    yes    yes    yes    yes    yes    yes    yes
    read-positions      yes    yes    yes    yes    yes    yes    yes    yes    closed closed
    read-confidential   yes    yes    yes    table  table  table  table  table  table  table
    write-base        base   base   base   base   base   base   base   read   base   read
    shape-base        base   base   base   no     base   base   base   read   base   read
    write-side        yes    yes    yes    yes    yes    yes    yes    read   yes    read
    import            stage  stage  stage  table  table  table  table  table  table  table
    invite            yes    chair  yes    chair  chair  chair  chair  chair  chair  chair
    invite-own        yes    head   yes    head   yes    head   head   head   head   head
    revoke            yes    head   head   head   yes    head   head   head   head   head
    add-delegation    yes    yes    yes    table  table  table  table  table  table  table
    open-negotiation  stage  chair  chair  chair  chair  chair  chair  chair  chair  chair
    reopen-drafting   yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    answer-request    yes    yes    chair  table  table  table  table  table  table  table
    make-package      yes    yes    chair  table  table  table  table  table  table  table
    agree-package     yes    yes    chair  table  table  table  table  table  table  table
    reopen-package    yes    yes    chair  table  table  table  table  table  table  table
    drop-package      yes    yes    chair  table  table  table  table  table  table  table
    ask-reopen        no     no     no     no     yes    yes    fwd    read   yes    read
    next-reading      yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    former-reading    yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    start-silence     yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    end-silence       stage  chair  chair  chair  chair  chair  chair  chair  chair  chair
    set-deadline      yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    extend-silence    stage  chair  chair  chair  chair  chair  chair  chair  chair  chair
    break-silence     state  state  state  state  stage  stage  fwd    read   state  read
    record-objection  stage  stage  stage  table  table  table  table  table  table  table
    freeze            yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    reopen-frozen     stage  chair  chair  chair  chair  chair  chair  chair  chair  chair
    ask-second        yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    confirm-freeze    yes    yes    yes    yes    table  table  table  table  table  table
    lock              yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    unlock            yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    put-forward       yes    yes    no     yes    yes    yes    fwd    read   yes    read
    withdraw          yes    yes    no     yes    yes    yes    fwd    read   yes    read
    record-for        yes    yes    yes    table  table  table  table  table  table  table
    confirm-recorded  yours  yours  yours  yours  yes    yes    fwd    read   yes    read
    take-up           yes    state  state  state  yes    yes    fwd    read   state  read
    cosponsor         state  state  state  state  yes    yes    fwd    read   state  read
    consent           yes    yes    no     yes    yes    yes    fwd    read   yes    read
    support           no     no     no     no     yes    yes    fwd    read   yes    read
    add-source        yes    yes    yes    yes    yes    yes    yes    read   yes    read
    remove-source     yes    yes    yes    yes    yes    yes    yes    read   yes    read
    leave-out-source  yes    yes    yes    yes    yes    yes    yes    read   yes    read
    name-themes       yes    yes    chair  table  table  table  table  table  table  table
    remove-theme      yes    yes    chair  table  table  table  table  table  table  table
    tag-theme         yes    yes    yes    yes    yes    yes    yes    read   yes    read
    name-authors      yes    yes    yes    table  table  table  table  table  table  table
    start-thread      yes    yes    yes    yes    yes    yes    yes    read   yes    read
    reply             yes    yes    yes    yes    yes    yes    yes    read   yes    read
    resolve-thread    yes    yes    yes    yes    yes    yes    yes    read   yes    read
    reopen-thread     yes    yes    yes    yes    yes    yes    yes    read   yes    read
    position            state  state  state  state  yes    yes    fwd    read   state  read
    support-unit        no     no     no     no     yes    yes    fwd    read   yes    read
    position-unit       state  state  state  state  yes    yes    fwd    read   state  read
    record-position     yes    yes    yes    table  table  table  table  table  table  table
    open-positions      yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    close-positions     yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    review            legal  legal  legal  yes    legal  legal  legal  legal  legal  legal
    release-flag        yes    yes    yes    yes    table  table  table  table  table  table
    correct-editorially legal  legal  legal  yes    legal  legal  legal  legal  legal  legal
    incorporate       yes    yes    yes    table  table  table  table  table  table  table
    not-reflected     yes    yes    yes    table  table  table  table  table  table  table
    keep-in-brackets  yes    yes    yes    table  table  table  table  table  table  table
    hold              yes    yes    yes    table  table  table  table  table  table  table
    merge             yes    yes    yes    table  table  table  table  table  table  table
    undo-decision     yes    yes    yes    table  table  table  table  table  table  table
    lift-bracket      yes    yes    yes    table  table  table  table  table  table  table
    agree             yes    yes    chair  table  table  table  table  table  table  table
    reopen-unit       yes    yes    chair  table  table  table  table  table  table  table
    write-notes       yes    yes    yes    yes    yes    yes    yes    read   yes    read
    prepare           yes    yes    yes    yes    yes    yes    yes    read   yes    read
    revise            yes    yes    yes    yes    yes    yes    yes    read   yes    read
    leave             yes    yes    no     yes    yes    yes    fwd    read   yes    read
    set-members       yes    yes    yes    table  table  table  table  table  table  table
    give-hat          yes    chair  yes    chair  chair  chair  chair  chair  chair  chair
    open-circle       yes    yes    no     yes    yes    yes    fwd    read   yes    read
    name-circle       yes    yes    chair  table  table  table  table  table  table  table
    show-as-typed     yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    sponsor             state  state  state  state  yes    yes    fwd    read   state  read
    unsponsor           state  state  state  state  yes    yes    fwd    read   state  read
    sponsors-deadline   yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    revise-orally       stage  stage  stage  state  stage  stage  fwd    read   state  read
    certify-oral        stage  stage  stage  state  stage  stage  fwd    read   state  read
    discard-oral        stage  stage  stage  state  stage  stage  fwd    read   state  read
    keep-issued         yes    yes    yes    table  table  table  table  table  table  table
    keep-version        yes    yes    yes    table  table  table  table  table  table  table
    restore-version     yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    issue-revision      yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    put-forward-again   yes    yes    no     yes    yes    yes    fwd    read   yes    read`,
  silence: `
    read              yes    yes    yes    yes    yes    yes    yes    yes    yes    yes
    speak             yes    yes    yes    yes    yes    yes    yes    yes    yes    yes
    read-positions      yes    yes    yes    yes    yes    yes    yes    yes    closed closed
    read-confidential   yes    yes    yes    table  table  table  table  table  table  table
    write-base        base   base   base   base   base   base   base   read   base   read
    shape-base        base   base   base   no     base   base   base   read   base   read
    write-side        yes    yes    yes    yes    yes    yes    yes    read   yes    read
    import            stage  stage  stage  table  table  table  table  table  table  table
    invite            yes    chair  yes    chair  chair  chair  chair  chair  chair  chair
    invite-own        yes    head   yes    head   yes    head   head   head   head   head
    revoke            yes    head   head   head   yes    head   head   head   head   head
    add-delegation    yes    yes    yes    table  table  table  table  table  table  table
    open-negotiation  stage  chair  chair  chair  chair  chair  chair  chair  chair  chair
    reopen-drafting   yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    answer-request    stage  stage  chair  table  table  table  table  table  table  table
    make-package      stage  stage  chair  table  table  table  table  table  table  table
    agree-package     stage  stage  chair  table  table  table  table  table  table  table
    reopen-package    stage  stage  chair  table  table  table  table  table  table  table
    drop-package      stage  stage  chair  table  table  table  table  table  table  table
    ask-reopen        no     no     no     no     stage  stage  fwd    read   stage  read
    next-reading      stage  chair  chair  chair  chair  chair  chair  chair  chair  chair
    former-reading    stage  chair  chair  chair  chair  chair  chair  chair  chair  chair
    start-silence     stage  chair  chair  chair  chair  chair  chair  chair  chair  chair
    end-silence       yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    set-deadline      stage  chair  chair  chair  chair  chair  chair  chair  chair  chair
    extend-silence    yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    break-silence     state  state  state  state  yes    yes    fwd    read   state  read
    record-objection  yes    yes    yes    table  table  table  table  table  table  table
    freeze            yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    reopen-frozen     stage  chair  chair  chair  chair  chair  chair  chair  chair  chair
    ask-second        yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    confirm-freeze    yes    yes    yes    yes    table  table  table  table  table  table
    lock              yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    unlock            yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    put-forward       stage  stage  no     stage  stage  stage  fwd    read   stage  read
    withdraw          yes    yes    no     yes    yes    yes    fwd    read   yes    read
    record-for        stage  stage  stage  table  table  table  table  table  table  table
    confirm-recorded  yours  yours  yours  yours  yes    yes    fwd    read   yes    read
    take-up           yes    state  state  state  yes    yes    fwd    read   state  read
    cosponsor         state  state  state  state  yes    yes    fwd    read   state  read
    consent           yes    yes    no     yes    yes    yes    fwd    read   yes    read
    support           no     no     no     no     yes    yes    fwd    read   yes    read
    add-source        yes    yes    yes    yes    yes    yes    yes    read   yes    read
    remove-source     yes    yes    yes    yes    yes    yes    yes    read   yes    read
    leave-out-source  yes    yes    yes    yes    yes    yes    yes    read   yes    read
    name-themes       yes    yes    chair  table  table  table  table  table  table  table
    remove-theme      yes    yes    chair  table  table  table  table  table  table  table
    tag-theme         yes    yes    yes    yes    yes    yes    yes    read   yes    read
    name-authors      yes    yes    yes    table  table  table  table  table  table  table
    start-thread      yes    yes    yes    yes    yes    yes    yes    read   yes    read
    reply             yes    yes    yes    yes    yes    yes    yes    read   yes    read
    resolve-thread    yes    yes    yes    yes    yes    yes    yes    read   yes    read
    reopen-thread     yes    yes    yes    yes    yes    yes    yes    read   yes    read
    position            state  state  state  state  yes    yes    fwd    read   state  read
    support-unit        no     no     no     no     yes    yes    fwd    read   yes    read
    position-unit       state  state  state  state  yes    yes    fwd    read   state  read
    record-position     yes    yes    yes    table  table  table  table  table  table  table
    open-positions      yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    close-positions     yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    review            legal  legal  legal  stage  legal  legal  legal  legal  legal  legal
    release-flag        yes    yes    yes    yes    table  table  table  table  table  table
    correct-editorially legal  legal  legal  stage  legal  legal  legal  legal  legal  legal
    incorporate       stage  stage  stage  table  table  table  table  table  table  table
    not-reflected     stage  stage  stage  table  table  table  table  table  table  table
    keep-in-brackets  stage  stage  stage  table  table  table  table  table  table  table
    hold              stage  stage  stage  table  table  table  table  table  table  table
    merge             stage  stage  stage  table  table  table  table  table  table  table
    undo-decision     stage  stage  stage  table  table  table  table  table  table  table
    lift-bracket      stage  stage  stage  table  table  table  table  table  table  table
    agree             stage  stage  chair  table  table  table  table  table  table  table
    reopen-unit       stage  stage  chair  table  table  table  table  table  table  table
    write-notes       yes    yes    yes    yes    yes    yes    yes    read   yes    read
    prepare           yes    yes    yes    yes    yes    yes    yes    read   yes    read
    revise            yes    yes    yes    yes    yes    yes    yes    read   yes    read
    leave             yes    yes    no     yes    yes    yes    fwd    read   yes    read
    set-members       yes    yes    yes    table  table  table  table  table  table  table
    give-hat          yes    chair  yes    chair  chair  chair  chair  chair  chair  chair
    open-circle       yes    yes    no     yes    yes    yes    fwd    read   yes    read
    name-circle       yes    yes    chair  table  table  table  table  table  table  table
    show-as-typed     yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    sponsor             state  state  state  state  yes    yes    fwd    read   state  read
    unsponsor           state  state  state  state  yes    yes    fwd    read   state  read
    sponsors-deadline   yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    revise-orally       stage  stage  stage  state  stage  stage  fwd    read   state  read
    certify-oral        stage  stage  stage  state  stage  stage  fwd    read   state  read
    discard-oral        stage  stage  stage  state  stage  stage  fwd    read   state  read
    keep-issued         yes    yes    yes    table  table  table  table  table  table  table
    keep-version        yes    yes    yes    table  table  table  table  table  table  table
    restore-version     stage  chair  chair  chair  chair  chair  chair  chair  chair  chair
    issue-revision      stage  chair  chair  chair  chair  chair  chair  chair  chair  chair
    put-forward-again   stage  stage  no     stage  stage  stage  fwd    read   stage  read`,
  frozen: `
    read              yes    yes    yes    yes    yes    yes    yes    yes    yes    yes
    speak             yes    yes    yes    yes    yes    yes    yes    yes    yes    yes
    read-positions      yes    yes    yes    yes    yes    yes    yes    yes    closed closed
    read-confidential   yes    yes    yes    table  table  table  table  table  table  table
    write-base        froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    shape-base        froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    write-side        froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    import            froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    invite            yes    chair  yes    chair  chair  chair  chair  chair  chair  chair
    invite-own        yes    head   yes    head   yes    head   head   head   head   head
    revoke            yes    head   head   head   yes    head   head   head   head   head
    add-delegation    yes    yes    yes    table  table  table  table  table  table  table
    open-negotiation  froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    reopen-drafting   froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    answer-request    froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    make-package      froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    agree-package     froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    reopen-package    froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    drop-package      froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    ask-reopen        froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    next-reading      froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    former-reading    froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    start-silence     froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    end-silence       froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    set-deadline      froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    extend-silence    froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    break-silence     froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    record-objection  froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    freeze            froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    reopen-frozen     yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    ask-second        froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    confirm-freeze    froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    lock              froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    unlock            froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    put-forward       froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    withdraw          froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    record-for        froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    confirm-recorded  froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    take-up           froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    cosponsor         froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    consent           froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    support           froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    add-source        froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    remove-source     froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    leave-out-source  froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    name-themes       froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    remove-theme      froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    tag-theme         froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    name-authors      froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    start-thread      froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    reply             froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    resolve-thread    froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    reopen-thread     froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    position            froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    support-unit        froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    position-unit       froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    record-position     froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    open-positions      froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    close-positions     froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    review            froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    release-flag        froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    correct-editorially froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    incorporate       froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    not-reflected     froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    keep-in-brackets  froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    hold              froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    merge             froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    undo-decision     froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    lift-bracket      froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    agree             froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    reopen-unit       froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    write-notes       froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    prepare           froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    revise            froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    leave             froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    set-members       froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    give-hat          froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    open-circle       froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    name-circle       froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    show-as-typed     froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    sponsor             state  state  state  state  yes    yes    fwd    read   state  read
    unsponsor           state  state  state  state  yes    yes    fwd    read   state  read
    sponsors-deadline   yes    chair  chair  chair  chair  chair  chair  chair  chair  chair
    revise-orally       yes    yes    yes    state  yes    yes    fwd    read   state  read
    certify-oral        yes    yes    yes    state  yes    yes    fwd    read   state  read
    discard-oral        yes    yes    yes    state  yes    yes    fwd    read   state  read
    keep-issued         yes    yes    yes    table  table  table  table  table  table  table
    keep-version        froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    restore-version     froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    issue-revision      froz   froz   froz   froz   froz   froz   froz   froz   froz   froz
    put-forward-again   froz   froz   froz   froz   froz   froz   froz   froz   froz   froz`,
}

const linesOf = (stage: Stage) => matrix[stage].trim().split('\n').map((line) => line.trim().split(/\s+/))

for (const stage of Object.keys(matrix) as Stage[]) {
  test(`PO1 the rights in ${stage} are those written in this matrix`, () => {
    const lines = linesOf(stage)
    expect(lines.map(([action]) => action).sort()).toEqual([...actions].sort())
    const found = lines.map(([name]) => [name, ...hatNames.map((hat) => {
      const action = name as Action
      return refusalOf(factsFor(hats[hat], stage, action), action)
    })])
    const written = lines.map(([name, ...cells]) => [name, ...cells.map((cell) => {
      const code = codes[cell]
      if (code === undefined) throw new Error(`the matrix says ${cell}, which is no code`)
      return code
    })])
    expect(found).toEqual(written)
  })
}
