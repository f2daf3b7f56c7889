/**
 * Every coded refusal and error, with the sentence that a person reads: what happened and what to do.
 * docs/SPEC.md lists the same codes; a test compares them.
 */
export const errors = {
  // who and where
  'not-signed-in': 'You are not signed in. Open your sign-in or invitation link again.',
  'link-expired': 'This link is no longer valid. Ask whoever sent it for a new one.',
  'link-unknown': 'This link is not known here. Check that it was copied whole, or ask for a new one.',
  'not-a-member': 'You are not a member of this draft. Ask its chair for an invitation.',
  'no-such-draft': 'There is no such draft. It may have another address; look at your list of drafts.',
  'no-such-hat': 'You do not act in that capacity in this draft. Choose one of yours.',
  'hat-revoked': 'Your membership in this capacity has been ended by the chair. Your unsent words are kept on this device.',
  'no-such-page': 'There is nothing at this address. Check that it was copied whole, or go back to your list of drafts.',
  'wrong-origin': 'The request came from another site and was refused. Open Omnibus from its own address.',
  // rights
  'not-permitted': 'This capacity may not do that.',
  'only-chair': 'Only the chair can do this.',
  'only-chairs-table': 'Only the chair’s table can do this.',
  'only-legal': 'Only a legal officer can do this.',
  'only-head': 'Only the head of the delegation or the chair can do this.',
  'only-drafters': 'Readers and observers read; ask your head of delegation for the right to draft.',
  'not-put-forward-right': 'You may draft for your delegation but not put forward. Ask a colleague who may.',
  'only-states': 'Only a State can do this; agencies and organisations can support instead.',
  'not-in-group': 'The group does not count this person’s delegation among its members. Add it to the group first.',
  'not-yours': 'This belongs to another delegation.',
  'own-proposal': 'This is your own delegation’s proposal.',
  'wrong-stage': 'This is not possible at the present stage of the draft.',
  'base-closed': 'In negotiation the text itself changes only by decision. What you type is kept as your amendment.',
  'unit-locked': 'This paragraph is locked or agreed. It takes no more words until the chair opens it again.',
  'frozen': 'This draft is frozen. Nothing can be changed any more.',
  'closing': 'The stage is being changed. Wait a moment; your last words are being saved.',
  // commands
  'bad-command': 'The request could not be understood. Reload the page and try again.',
  'changed': 'What you saw has changed in the meantime. Look at it as it is now and decide again.',
  'key-reused': 'The same request number came with different content. Reload the page and try again.',
  'no-such-amendment': 'There is no such amendment any more. Reload the page to see what stands.',
  'no-such-unit': 'There is no such paragraph any more. Reload the page to see what stands.',
  'no-such-delegation': 'There is no such delegation in this draft.',
  'no-such-person': 'There is no such person in this draft.',
  'no-such-thread': 'This thread is not there. Your words stay in the field: copy them, or begin a new thread.',
  'thread-full': 'This thread is full. Your words stay in the field: begin a new thread with them.',
  'nothing-selected': 'Select words of the text, or of a proposal that has been put forward, and try again.',
  'empty-amendment': 'There is nothing in this amendment to put forward yet.',
  'positions-closed': 'The chair has not opened positions to contributors and observers.',
  'not-flagged': 'No flag of the legal officer waits here to be released.',
  'anchor-broken': 'The words this amendment refers to are gone. Its proposer must place it anew before it can be decided.',
  'place-gone': 'The place where this paragraph would go is gone. Its proposer must choose it anew before it can be decided.',
  'not-to-place': 'This cannot be placed anew. Discard or withdraw it, and propose it again as the text stands now.',
  'beneath-itself': 'A paragraph cannot be moved beneath itself. Choose another place for it.',
  'too-deep': 'Paragraphs stand no deeper than the eighth level. Choose another place for it.',
  'not-next': 'These two paragraphs no longer follow each other, so they cannot be joined. Propose it anew as the text stands now.',
  'outer-open': 'This is proposed on another proposal that has not been decided. Decide on that one first.',
  'outer-private': 'This stands on a proposal that has not been put forward. Put that one forward first.',
  'moved-copy': 'This is where the paragraph would go. Write in it where it stands now.',
  'too-many-parts': 'This proposal holds as many changes as one can. Put it forward, or propose an alternative to the whole paragraph.',
  'already-decided': 'This amendment has already been decided.',
  'already-so': 'That is already so.',
  'nothing-to-merge-into': 'Choose the text that reflects these proposals, and incorporate it in the same decision.',
  'built-on': 'Something has been built on this decision since. Decide anew on what stands now.',
  'still-sponsored': 'Others sponsor this too and it stands as long as one of them does. Leave it instead.',
  'not-a-group': 'Only a group of States has members. Choose a group.',
  'no-such-circle': 'There is no such circle in this draft. Prepare it in your own delegation’s side document.',
  'circle-closed': 'This circle has ended for you. What was prepared in it is kept; go on in your own side document.',
  'bad-symbol': 'This is not a document symbol. Write it as in A/C.3/81/L.12/Rev.1, or leave it empty.',
  'no-such-version': 'There is no such version. Look at the list of versions and choose again.',
  'no-point': 'This version is a text from outside and has no place in this draft’s history. Import it into a new draft to go on with it.',
  'sponsors-closed': 'The time to sign as a sponsor, or to take one’s name off, is over. Ask the chair for more time.',
  'deadline-past': 'That time is over already. Choose a later one.',
  'needs-consent': 'The proposer has been asked and must agree first.',
  'needs-state': 'A State must take this proposal up before it can be incorporated.',
  'flagged': 'The legal officer has flagged an open proposal. Clear it, or freeze with a reason.',
  'open-amendments': 'Proposals are still open. Decide on them, or close them as “not reflected” when you freeze.',
  'import-unreadable': 'This file is not plain text in UTF-8. Save it as plain text and try again.',
  'import-too-large': 'This file is too large to import. Split it, or leave out its appendices.',
  'import-empty': 'No words were found in this file.',
  'file-missing': 'The file could not be opened. Check its name, and that you may read it.',
  'file-unwritable': 'The result could not be written there. Choose a folder that you may write to and that is not the source.',
  'draft-not-empty': 'This draft already has words. Make a new draft for another text.',
  'last-chair': 'A draft keeps at least one chair.',
  'too-fast': 'Too many requests at once. What you typed is kept and sent again in a moment.',
  'too-large': 'That is more than can be sent at once. Paste it in smaller pieces.',
  'store-failed': 'The server could not save. Nothing you typed is lost; it is sent again by itself.',
  'store-down': 'The server cannot save at the moment. Nothing is lost: what you type is kept on this device, and sent by itself when the server can save again.',
  'log-damaged': 'A part of this document was damaged on the server’s disk. What could be read is shown. Nothing can be changed until whoever runs the server has mended it.',
  'server-fault': 'Something went wrong on the server. Nothing you typed is lost; try again.',
  // the gate: what an honest client never causes
  'malformed': 'The change could not be read.',
  'bounds': 'The change is larger than is permitted.',
  'not-your-id': 'The change was made under an id that was not issued to this connection.',
  'forked': 'The change differs from what the server already has under the same number.',
  'gap': 'The change refers to something the server has not received.',
  'bad-content': 'The change holds content of a kind that has no place there.',
  'bad-container': 'The change is tied to two different places.',
  'unknown-place': 'The change is addressed to nothing that exists.',
  'create-once': 'That was created before and cannot be made or removed again.',
  'bad-key': 'The change uses a name that is not permitted there.',
  'bad-value': 'The change holds a value that is not permitted there.',
  'bad-anchor': 'The change points to words outside the paragraph it is about.',
  'bad-rank': 'The change holds a position that is not well formed.',
  'split-surrogate': 'The change cuts a character in two.',
  'bad-delete': 'The change deletes what is not there.',
  'bad-awareness': 'Presence was announced for somebody else.',
} as const

export type ErrorCode = keyof typeof errors

export const sentenceOf = (code: ErrorCode): string => errors[code]

/** Thrown and caught only inside one request or one command; leaves as `{ error: { code, sentence } }`. */
export class Refusal extends Error {
  readonly code: ErrorCode
  constructor(code: ErrorCode) {
    super(errors[code])
    this.name = 'Refusal'
    this.code = code
  }
}
