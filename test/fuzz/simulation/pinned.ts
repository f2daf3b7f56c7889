/** What once failed, shrunk: each is run at every test. */
import type { RoomBounds } from '../../../server/sync/room-bounds.ts'
import type { Script } from './script.ts'

interface Pinned {
  readonly was: string
  readonly seed: number
  /** Of the rooms, when it was found. */
  readonly bounds: Partial<RoomBounds>
  readonly script: Script
}

/** Those of a simulation when these were found. */
const withinReachThen = { updatesPerSecondMax: 20, updatesBurstMax: 40, sendBufferBytesMax: 1_000, snapshotEveryEntries: 8, snapshotEveryMs: 500, snapshotAtEndEntries: 3 }

export const pinned: readonly Pinned[] = [
  {
    was: 'a command that arrived twice at once was done, and the second was told that it is not possible',
    seed: 657278,
    bounds: {},
    script: [
      { do: 'break', who: 764, how: 'half-open', afterMs: 56 },
      { do: 'request', who: 335, how: 'twice', afterMs: 57 },
      { do: 'stage', afterMs: 63 },
    ],
  },
  {
    was: 'a page waited for ever for a socket that neither opened nor failed',
    seed: 2747894,
    bounds: {},
    script: [
      { do: 'store', how: 'stalled', ms: 37320, afterMs: 42 },
      { do: 'break', who: 896, how: 'reset', afterMs: 71 },
      { do: 'type', who: 70, operation: { kind: 'type', unit: 792, other: 180, from: 702, length: 3, words: ',the' }, afterMs: 17 },
      { do: 'crash', downMs: 1106, isHeardOf: false, afterMs: 6855 },
    ],
  },
  {
    was: 'what was written in a side document was refused for a freeze that was not committed',
    seed: 5039595,
    bounds: {},
    script: [
      { do: 'stage', afterMs: 6170 },
      { do: 'lag', who: 204, ms: 478, afterMs: 116 },
      { do: 'freeze', afterMs: 6 },
      { do: 'type', who: 843, operation: { kind: 'propose-bracket', unit: 144, other: 57, from: 282, length: 3, words: 'Decides ' }, afterMs: 34 },
      { do: 'store', how: 'stalled', ms: 4926, afterMs: 3 },
      { do: 'type', who: 509, operation: { kind: 'amend', unit: 165, other: 511, from: 179, length: 2, words: 'Decides 😀' }, afterMs: 4194 },
    ],
  },
  {
    was: 'a page took a server that answered in parts for one that was restored from a copy',
    seed: 272732,
    bounds: {},
    script: [
      { do: 'stage', afterMs: 67 },
      { do: 'break', who: 186, how: 'half-open', afterMs: 2984 },
      { do: 'type', who: 492, operation: { kind: 'amend', unit: 369, other: 639, from: 873, length: 4, words: 'é' }, afterMs: 98 },
      { do: 'type', who: 502, operation: { kind: 'undo', unit: 211, other: 930, from: 568, length: 5, words: 'b' }, afterMs: 5 },
    ],
  },
  {
    was: 'a page held back what was typed no longer than the server waits for others, and was refused',
    seed: 349923727,
    bounds: {},
    script: [
      { do: 'break', who: 869, how: 'half-open', afterMs: 11 },
      { do: 'device', who: 235, isFull: true, afterMs: 53 },
      { do: 'decide', who: 683, seed: 425799925, afterMs: 109 },
      { do: 'type', who: 780, operation: { kind: 'propose-join', unit: 381, other: 622, from: 834, length: 1, words: ' alsoé' }, afterMs: 77 },
      { do: 'stage', afterMs: 5 },
      { do: 'type', who: 127, operation: { kind: 'kind', unit: 774, other: 883, from: 231, length: 4, words: 'theDecides ' }, afterMs: 3 },
      { do: 'type', who: 513, operation: { kind: 'undo', unit: 652, other: 113, from: 570, length: 1, words: ',' }, afterMs: 5 },
      { do: 'type', who: 949, operation: { kind: 'lift', unit: 18, other: 242, from: 819, length: 2, words: 'é' }, afterMs: 4 },
      { do: 'type', who: 311, operation: { kind: 'join', unit: 550, other: 979, from: 303, length: 3, words: 'cé' }, afterMs: 5 },
      { do: 'type', who: 308, operation: { kind: 'restore', unit: 361, other: 259, from: 516, length: 4, words: 'c also' }, afterMs: 3 },
      { do: 'type', who: 662, operation: { kind: 'type', unit: 21, other: 43, from: 984, length: 4, words: 'éa' }, afterMs: 5 },
      { do: 'type', who: 267, operation: { kind: 'propose-placeholder', unit: 300, other: 319, from: 170, length: 5, words: 'the' }, afterMs: 79 },
      { do: 'decide', who: 499, seed: 860592632, afterMs: 77 },
      { do: 'type', who: 747, operation: { kind: 'propose-split', unit: 372, other: 566, from: 218, length: 5, words: 'theé' }, afterMs: 91 },
      { do: 'type', who: 512, operation: { kind: 'nest', unit: 747, other: 59, from: 641, length: 3, words: 'b' }, afterMs: 1745 },
    ],
  },
  {
    was: 'a page that came to know late why it had no socket gave up the one it had meanwhile, and stayed offline on the next',
    seed: 1083779084,
    bounds: {},
    script: [
      { do: 'type', who: 181, operation: { kind: 'move', unit: 46, other: 458, from: 835, length: 2, words: 'é' }, afterMs: 78 },
      { do: 'stage', afterMs: 68 },
      { do: 'break', who: 229, how: 'half-open', afterMs: 3641 },
      { do: 'type', who: 777, operation: { kind: 'move', unit: 477, other: 228, from: 992, length: 4, words: ',c' }, afterMs: 96 },
      { do: 'stage', afterMs: 71 },
      { do: 'type', who: 365, operation: { kind: 'amend', unit: 761, other: 423, from: 960, length: 4, words: 'Decides b' }, afterMs: 5005 },
      { do: 'reload', who: 979, how: 'left', awayMs: 2446, afterMs: 8 },
      { do: 'store', how: 'dead', ms: 869, afterMs: 39 },
      { do: 'break', who: 309, how: 'half-open', afterMs: 48 },
      { do: 'type', who: 650, operation: { kind: 'erase', unit: 453, other: 561, from: 194, length: 5, words: ',' }, afterMs: 37 },
      { do: 'partition', who: 743, ms: 56153, afterMs: 51 },
      { do: 'type', who: 392, operation: { kind: 'erase', unit: 57, other: 397, from: 439, length: 6, words: 'Decides b' }, afterMs: 93 },
      { do: 'lag', who: 544, ms: 1366, afterMs: 7280 },
    ],
  },
  {
    was: 'a page that was opened anew because the server had lost others’ words in the text lost its own in the side document, which it had not come back to yet',
    seed: 55434,
    bounds: withinReachThen,
    script: [
      { do: 'copy', afterMs: 7511 },
      { do: 'stage', afterMs: 3959 },
      { do: 'look', who: 869, afterMs: 103 },
      { do: 'type', who: 507, operation: { kind: 'amend-cut', unit: 31, other: 396, from: 664, length: 4, words: ', ' }, afterMs: 3 },
      { do: 'type', who: 879, operation: { kind: 'group', unit: 430, other: 16, from: 81, length: 5, words: 'b' }, afterMs: 3531 },
      { do: 'restore', downMs: 584, afterMs: 3 },
      { do: 'stage', afterMs: 7 },
    ],
  },
  {
    was: 'a page whose amendment was refused, because the server had lost the words that it holds on to, lost these words of its own, which it could have said again',
    seed: 1537063,
    bounds: withinReachThen,
    script: [
      { do: 'type', who: 972, operation: { kind: 'join', unit: 682, other: 281, from: 621, length: 6, words: 'ab' }, afterMs: 4201 },
      { do: 'type', who: 191, operation: { kind: 'join', unit: 128, other: 809, from: 6, length: 1, words: 'ac' }, afterMs: 5708 },
      { do: 'crash', downMs: 2316, isHeardOf: false, afterMs: 1 },
      { do: 'look', who: 707, afterMs: 188 },
      { do: 'look', who: 707, afterMs: 200 },
      { do: 'look', who: 707, afterMs: 102 },
      { do: 'look', who: 141, afterMs: 46 },
      { do: 'look', who: 141, afterMs: 18 },
      { do: 'type', who: 407, operation: { kind: 'move', unit: 138, other: 455, from: 348, length: 2, words: 'Decides ' }, afterMs: 114 },
      { do: 'copy', afterMs: 0 },
      { do: 'type', who: 38, operation: { kind: 'amend-proposal', unit: 209, other: 598, from: 23, length: 1, words: 'Decides é' }, afterMs: 1571 },
      { do: 'type', who: 131, operation: { kind: 'restore', unit: 103, other: 64, from: 813, length: 4, words: 'bb' }, afterMs: 4112 },
      { do: 'lock', seed: 518, afterMs: 24 },
      { do: 'stage', afterMs: 44 },
      { do: 'type', who: 372, operation: { kind: 'amend', unit: 182, other: 476, from: 744, length: 1, words: 'bthe' }, afterMs: 82 },
      { do: 'restore', downMs: 495, afterMs: 1 },
    ],
  },
  {
    was: 'a page did not see that the server had lost that a key was taken away, a sponsor here, and had another text from then on',
    seed: 3908602,
    bounds: { updatesPerSecondMax: 20, updatesBurstMax: 20, sendBufferBytesMax: 400, snapshotEveryEntries: 12, snapshotEveryMs: 1_000, snapshotAtEndEntries: 5 },
    script: [
      { do: 'stage', afterMs: 7215 },
      { do: 'look', who: 870, afterMs: 7047 },
      { do: 'decide', who: 907, seed: 34019039, afterMs: 1 },
      { do: 'copy', afterMs: 86 },
      { do: 'decide', who: 736, seed: 361089579, afterMs: 7925 },
      { do: 'restore', downMs: 4419, afterMs: 98 },
    ],
  },
  {
    was: 'what a full device did not keep came back behind what it did, and what it had kept of that once more: a new bracket was made twice',
    seed: 878670,
    bounds: { updatesPerSecondMax: 20, updatesBurstMax: 20, sendBufferBytesMax: 400, snapshotEveryEntries: 12, snapshotEveryMs: 1_000, snapshotAtEndEntries: 5 },
    script: [
      { do: 'copy', afterMs: 5075 },
      { do: 'stage', afterMs: 39 },
      { do: 'lock', seed: 611, afterMs: 36 },
      { do: 'type', who: 732, operation: { kind: 'amend', unit: 686, other: 420, from: 928, length: 6, words: 'b also' }, afterMs: 3 },
      { do: 'decide', who: 962, seed: 557516662, afterMs: 5 },
      { do: 'crash', downMs: 841, isHeardOf: true, afterMs: 39 },
      { do: 'type', who: 187, operation: { kind: 'propose-bracket', unit: 115, other: 287, from: 204, length: 5, words: 'Decides Decides ' }, afterMs: 6 },
      { do: 'restore', downMs: 2565, afterMs: 113 },
      { do: 'device', who: 17, isFull: true, afterMs: 22 },
      { do: 'lock', seed: 14, afterMs: 5091 },
    ],
  },
]
