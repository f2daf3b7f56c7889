/** Every bound of the system, by name, with its unit last. Nothing else in the code is a bound. */
export const limits = {
  /** One Yjs update in one message. A pasted resolution of 100 pages is some 600 kB. */
  updateBytesMax: 2_000_000,
  updateStructsMax: 40_000,
  updateCharactersMax: 600_000,
  updateDeleteRangesMax: 20_000,
  /** A garbage-collected struct from a plain client: at most what one paste can have held. */
  gcLengthMax: 600_000,
  structLengthMax: 600_000,
  clockMax: 2 ** 31 - 1,
  /** Ids below are the server's own; above, issued to people (53 bits). */
  serverClientIdMax: 2 ** 32,
  clientIdMax: Number.MAX_SAFE_INTEGER,
  idCharactersMax: 40,
  rankCharactersMax: 200,
  labelCharactersMax: 40,
  jsonValueCharactersMax: 4_000,
  /** Arrays and objects within each other, in a value of a document. */
  valueDepthMax: 32,
  awarenessBytesMax: 4_000,
  messageBytesMax: 2_100_000,
  /** Open at once, of one person in all rooms: a page has two or three, and one that was lost without a word counts until it is missed. */
  socketsOfPersonMax: 100,
  /** Socket closes a reader that lets this much wait. */
  sendBufferBytesMax: 16_000_000,
  /** Shorter messages are not packed. */
  packedBytesMin: 1_000,
  /** Committed since a document's state was encoded and told one by one to whoever comes in: beyond this, and beyond a quarter of the state, it is encoded anew. */
  arrivalUpdatesMax: 400,
  arrivalBytesMin: 64_000,
  /** Of one document, before what was submitted meanwhile has its turn: each may encode what somebody misses of it. */
  readsAtOnce: 16,
  /** Kept of what those who come back are missing, for others who miss the same. */
  missingBytesMax: 8_000_000,
  /** Messages of one person in one room, over all their sockets. Nobody types so fast; a script that helps may. */
  updatesPerSecondMax: 1_000,
  updatesBurstMax: 2_000,
  /** A page of text a second for as long as anybody likes, and at once what a day offline or some large pastes come to. */
  bytesPerSecondMax: 100_000,
  bytesBurstMax: 20_000_000,
  /** Whole states, or what is missing of one, that one person may ask for: each page that opens asks once. */
  questionsPerSecondMax: 1,
  questionsBurstMax: 100,
  /** Of all in one room together. */
  roomUpdatesPerSecondMax: 20_000,
  roomUpdatesBurstMax: 40_000,
  roomBytesPerSecondMax: 2_000_000,
  roomBytesBurstMax: 100_000_000,
  /** Nothing is read for this long of a socket that was too fast. */
  tooFastReadPauseMs: 250,
  /** Submitted on one socket and not answered yet; beyond this no more is read of it. */
  unansweredUpdatesMax: 2_000,
  unansweredBytesMax: 8_000_000,
  /** Of one person; and of all in one draft. Whoever records a compilation and has said too much waits so long. */
  commandsPerMinuteMax: 600,
  draftCommandsPerMinuteMax: 6_000,
  recordAgainMs: 5_000,
  commandBytesMax: 3_000_000,
  /** Of one person: twenty resolutions of a hundred pages, or six hundred decisions with a page of reasons each. */
  commandBytesPerMinuteMax: 60_000_000,
  /** Plain text that is read as a resolution. */
  importBytesMax: 2_000_000,
  /** Of any file that is read; a Word file holds pictures too. */
  importFileBytesMax: 20_000_000,
  /** What tells the format of a file stands within so much of its beginning. */
  formatBytesSeen: 4_096,
  /** Reading one file, in a thread of its own. */
  convertMsMax: 10_000,
  convertMegabytesMax: 200,
  /** Files that wait to be read on a server, those of one person, and those that one person sends in a minute. */
  convertWaitingMax: 64,
  readsPerMinuteMax: 60,
  /** XML: the longest text by far of a session is 0.4 MB; one element for a word would still be read. */
  xmlBytesMax: 8_000_000,
  xmlElementsMax: 200_000,
  xmlDepthMax: 100,
  /** Of one resolution that is brought in: all its words and notes, and those of one paragraph; its notes or brackets. In three bytes each they still go into one command. */
  valueCharactersMax: 900_000,
  unitCharactersMax: 300_000,
  unitPartsMax: 1_000,
  archiveEntriesMax: 5_000,
  /** What is unpacked of one archive, and how many times its packed size that may be once it is more than a little. */
  archiveUnpackedBytesMax: 40_000_000,
  archiveRatioMax: 200,
  archiveRatioFreeBytes: 4_000_000,
  /** Packed bytes that are inflated before it is looked at what came of them: at most a thousand times as many. */
  archivePieceBytes: 8_192,
  wordElementsMax: 500_000,
  wordDepthMax: 200,
  /** Comments of a file that become threads with the text, and their words; with a value they still go into one command. */
  remarksMax: 500,
  remarksCharactersMax: 60_000,
  /** Edits of a file that are prepared with one command, and the words in them. */
  preparedChangesMax: 2_000,
  preparedCharactersMax: 600_000,
  /** Edits to what is prepared already, times the parts that it has: half a second's work. */
  preparedStepsMax: 50_000,
  /** Of a Word file, those that are empty or in tables too. */
  wordParagraphsMax: 100_000,
  /** Names under which the changes and comments of one compilation stand; and what is said of at once. */
  compilationAuthorsMax: 300,
  /** Those with words in a file that is to be a resolution: rows of a table become one paragraph, so that they may be more than `unitsMax`. */
  wordLinesMax: 20_000,
  /** Amendments of one kind of decision in one settlement: all that a delegation has proposed on a long text. */
  settledAtOnceMax: 500,
  /** Of the record, in one answer. */
  recordPageEntriesMax: 1_000,
  /** Of the records of all drafts, as JSON, kept in memory for those who ask for them. */
  recordCharactersKeptMax: 30_000_000,
  /** A frozen text with its record, to be checked: a hundred thousand entries come to some 60 MB. */
  sealedFileBytesMax: 256_000_000,
  /** Of one draft's library, those that were taken out too; all its files; and how many of its sources one update may name. */
  sourcesMax: 2_500,
  sourcesBytesMax: 4_000_000_000,
  sourcesOfUpdateMax: 50,
  /** Paragraphs that a search answers with; and words that are searched for. */
  searchHitsMax: 50,
  searchCharactersMax: 20_000,
  /** Of one draft; the words of one, and one of them; and paragraphs of the library that are told of one, from each source and in all. */
  themesMax: 40,
  themeWordsMax: 60,
  themeWordCharactersMax: 80,
  themeHitsOfSourceMax: 5,
  themeHitsMax: 40,
  /** Words by which one paragraph is said to speak to a theme; and themes whose words are kept compiled. */
  themeFoundMax: 5,
  themePatternsMax: 500,
  /** Sources that are looked through for themes before others have their turn. */
  themeSourcesAtOnce: 10,
  draftTitleCharactersMax: 300,
  symbolCharactersMax: 80,
  versionNameCharactersMax: 120,
  /** Of one draft, the frozen ones and those from outside too. */
  versionsMax: 500,
  /** Oral revisions of one frozen text, and of each its changes, the words in them, and in one of them. */
  oralRevisionsMax: 50,
  oralChangesMax: 200,
  oralCharactersMax: 200_000,
  oralWordsCharactersMax: 20_000,
  nameCharactersMax: 200,
  noteCharactersMax: 4_000,
  /** Amendments of one wording that are reviewed together. */
  reviewAlikeMax: 200,
  threadsMax: 5_000,
  threadMessagesMax: 1_000,
  /** A selection over a block of many joined paragraphs has a range for each. */
  threadRangesMax: 100,
  quoteCharactersMax: 300,
  /** Of the words that a comment in a file is on, where they do not stand in the text as they are: by so many its paragraph is known. */
  quoteBeginningCharacters: 40,
  /** Threads that one request marks as seen. */
  seenThreadsMax: 500,
  unitsMax: 5_000,
  nestingMax: 8,
  /** Hunks and cuts that were ever made in one amendment. */
  amendmentPartsMax: 2_000,
  /** Where typing in it stops, so that colleagues who type at once stay below `amendmentPartsMax`. */
  amendmentPartsTypedMax: 1_900,
  inviteDaysMax: 90,
  inviteUsesMax: 500,
  sessionDays: 30,
  /** Each page that is opened takes two, and they are issued for good. */
  leasesPerHatMax: 20_000,
  leasesPerRequestMax: 20,
  leaseRequestsPerMinuteMax: 120,
  /** Per address: a whole conference room may sit behind one, and each joining takes two. */
  linkUsesPerMinuteMax: 300,
  /** Per person: exports, versions, points of the history. */
  exportsPerMinuteMax: 240,
  /** Any request but a command. */
  requestBytesMax: 64_000,
  /** Per person, of every kind together: a page asks for two or three at each decision that it is told of. What has a body counts twice: before it is read, and after. */
  requestsPerMinuteMax: 6_000,
  /** A join loses its place to words being typed in the draft, and tries again. */
  joinTriesMax: 200,
  /** What is still under way when the server stops is cut off after this. */
  stopWaitMs: 5_000,
  /** The chair's first sign-in link. */
  firstLinkHours: 72,
  closingDrainMs: 2_000,
  /** A page that heard `closing` goes on by itself after this: the server has waited, held and said `open` long before. */
  closingWaitMs: 6_000,
  readingsMax: 50,
  /** Of one draft: requests to reopen, answered ones too; packages; and what one package holds of each. */
  requestsMax: 2_000,
  packagesMax: 200,
  packagePartsMax: 500,
  /** A deadline for proposals, or of silence, lies no further ahead. */
  deadlineDaysMax: 365,
  /** For the formal procedure of the General Assembly; who sets a shorter silence is warned. */
  silenceFormalHoursMin: 72,
  /** Paragraphs that silence, or an objection, names one by one. */
  silenceUnitsMax: 500,
  /** An alarm is set no further ahead than this, and then again: timers count in 31 bits. */
  alarmMsMax: 3_600_000,
  pingMs: 20_000,
  /** A snapshot is due after so many entries, or bytes, and so long since the last one, or after that many entries; at a room's end after these, or as many bytes. */
  snapshotEveryEntries: 500,
  snapshotEveryBytes: 4_000_000,
  snapshotEveryMs: 10_000,
  snapshotEntriesMax: 5_000,
  snapshotAtEndEntries: 50,
  /** Of a log, read at once for its history, so that others have their turn between. */
  historyPageEntries: 500,
  /** Read as one row; the bytes of an update are in it where they are no more than these. */
  storePageEntries: 500,
  storePagedBytesMax: 8_000,
  /** In one transaction of the store: how long those who came first can be kept waiting. */
  storeGroupRequestsMax: 1_024,
  /** Of all logs, in the order of their commits, before they are moved to their documents' own. */
  storeRecentEntries: 2_048,
  /** Of them in one transaction, for which whoever writes meanwhile waits. */
  storeMovedAtOnce: 128,
  /** Logs whose last entry is remembered. */
  storeTailsMax: 10_000,
  /** What its thread sets aside for values that live shortly; more of it is not given back. */
  storeYoungMegabytesMax: 4,
  /** A backup may hold the database for a moment while a commit waits. */
  storeBusyMs: 5_000,
  /** A store that has failed is tried again after this, then after twice as long, up to the most. */
  storeRetryMinMs: 250,
  storeRetryMaxMs: 10_000,
  /** A room that cannot be read is opened so many times; then what cannot be read of it counts as lost. */
  storeReadAttemptsMax: 8,
  /** Damaged pages of a database that are named. */
  storeFaultsNamedMax: 100,
  /** Of a file, where it is looked whether the disk gives all of it. */
  storeReadAtOnceBytes: 1_048_576,
  /** Of the store's time that may go into that, and how much of it at once. */
  storeLookShare: 0.05,
  storeLookBurstMs: 1_000,
  /** Of what cannot be read, remembered: the database is not looked through for it each time. */
  storeDamagedMax: 1_000,
  /** A thread of the store that has ended is started again at once, and then not more often than this. */
  storeStartAgainMs: 1_000,
  /** Of one room's log, tried again because it had moved each time. */
  appendAttemptsMax: 20,
  /** Copied runs that one update may name the sources of. */
  lineageRunsMax: 2_000,
  /** Of a source's paragraph, to have an origin: of less any sentence could be put together. */
  takenCharactersMin: 12,
  /** From copy to copy: as often as anybody can have undone and redone the same words. */
  lineageHopsMax: 10_000,
  /** Client ids that an update names and the room does not know yet: looked up, up to this many. */
  unknownIdsMax: 16,
  /** Presence is gathered this long, so that two hundred carets are some frames a second. */
  presenceGatherMs: 50,
  /** Of a socket where so much waits to be sent, presence is withheld until that has gone. */
  presenceUnsentBytesMax: 16_000,
  reconnectMinMs: 250,
  reconnectMaxMs: 15_000,
  /** So long a page that opens waits for a tab that is being left, to take over what was typed there. */
  leavingTabMs: 1_000,
  /** Before sending again what was refused as too fast. */
  tooFastPauseMs: 1_000,
  /** A server not heard of for so long is taken for gone; it speaks at least every pingMs. */
  serverSilenceMs: 50_000,
  /** Submitted and not acknowledged; more waits, so that a day's work offline does not come at once. */
  submitsInFlightMax: 400,
  /** Of one's own, kept in memory while the page lives: a server that was restored from a copy is sent them again. */
  acknowledgedKeptMax: 20_000,
  /** Somebody is back at the page: a server that does not answer within this is taken for gone. */
  probeMs: 5_000,
  /** How often the page looks at the clock, and by how much that must have jumped for the machine to have slept. */
  wakeLookMs: 5_000,
  wakeJumpMs: 15_000,
  roomIdleMs: 60_000,
  undoStepsMax: 500,
  /** Of one draft, ended ones too. */
  circlesMax: 500,
  /** Delegations in a group or in a small group: more than there are States. */
  membersOfGroupMax: 250,
  /** Where proposals are visible as typed: a pause in typing after which they are put forward. */
  asTypedPauseMs: 1_500,
  /** Keystrokes closer together than this are one step of undo. */
  undoGroupMs: 600,
} as const
