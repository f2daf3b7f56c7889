# Every word on the page, in English. Refusals are worded in shared/wire/errors.ts.

## General
close = Close
cancel = Cancel
copy = Copy
copied = Copied.
copy-by-hand = This browser does not let the page copy. Select the words and copy them by hand.
add = Add
discard = Discard
try-again = Try again
to-drafts = To the list of drafts
loading = One moment…
not-reached = Omnibus could not be reached
skip = Skip to the text
sign-out = Sign out
reason = Reason, for the record
note-needed = Write why first; it goes on record.
error-offline = The server did not answer. Nothing you typed is lost. Check your connection and try again.
error-unreadable = The server’s answer could not be read. Try again; if that does not help, tell whoever runs this server.

## Signing in
welcome-title = Welcome
welcome-what = Omnibus is a room in which a core group writes one resolution together.
welcome-how = You enter with a link: the sign-in link that the server printed for its first chair, or an invitation from a chair or from the head of your delegation. Open the link on this device.
join-trying = Opening your link…
join-failed = This link could not be used
join-first = First chair of this server
join-as = You are invited as { $role }, { $delegation }.
join-name = Your name
join-name-hint = As your colleagues know you. People of other delegations see your delegation, not your name.
join-name-missing = Write your name first.
join-enter = Enter

## Drafts
drafts-title = Drafts
drafts-none = You are not in any draft yet. Ask a chair for an invitation.
drafts-none-create = There is no draft yet. Begin one, blank or from a text you already have.
new-draft = New draft
new-begin = Begin with
new-blank = A blank page
new-file = A file
new-paste = Pasted text
new-file-any = File
new-revisions = Tracked changes in the file
new-revisions-accepted = Accept all: the text with the changes
new-revisions-rejected = Reject all: the text before them
new-revisions-proposed = As amendments: the text before them, with each change prepared by you
new-proposed = { $count ->
    [0] No change was found
    [one] One change to prepare
   *[other] { $count } changes to prepare
}
new-proposed-authors = Changed in the file by { $names }. Here all of it is your own: the chair’s table alone sees it until you put it forward.
new-proposed-then = The draft opens in negotiation, on the text before the changes.
new-file-hint = Word, Akoma Ntoso, plain text or JSON. You see what was recognised before anything is written.
new-reading = Reading { $name }…
new-stop = Stop reading
new-paste-label = The resolution’s text
new-choose-file = Choose a file first.
new-paste-first = Paste the text first.
new-title = Name of the draft
new-title-hint = What members see in their list. It is not part of the text.
new-title-found = Left empty, it takes the title that was found: “{ $title }”
new-title-missing = Give the draft a name.
new-make = Make the draft
import-recognised = What was recognised
import-words-kept = All { $words } words are kept, in their order.
import-words-differ = { $words } words were read and { $out } are kept. Compare before you go on.
import-comments = { $count ->
    [one] One comment becomes a thread
   *[other] { $count } comments become threads
}
import-comments-open = Everyone in the draft reads them. Each is raised by you and keeps the name that it has in the file.
import-comments-apart = For the chair’s table alone. Each is raised by you and keeps the name that it has in the file.
import-look = Worth a look
import-lost = Has no place in a draft, and is left out
import-lost-one = { $count ->
    [one] { $what }
   *[other] { $what } (× { $count })
}
import-text = The text as it was read
format-text = Read as plain text.
format-akn = Read as Akoma Ntoso.
format-json = Read as a resolution in JSON.
format-docx = Read as a Word file.
import-line = Line { $line }:
import-more = and { $count } more
import-show-more = Show { $count } more
kind-count-front = { $count } { $count ->
    [one] line
   *[other] lines
 } before the title
kind-count-title = { $count ->
    [one] Title
   *[other] { $count } titles
 }
kind-count-organ = { $count ->
    [one] Organ
   *[other] { $count } organs
 }
kind-count-heading = { $count } { $count ->
    [one] heading
   *[other] headings
 }
kind-count-pp = { $count } preambular { $count ->
    [one] paragraph
   *[other] paragraphs
 }
kind-count-op = { $count } operative { $count ->
    [one] paragraph
   *[other] paragraphs
 }
kind-count-sub = { $count } { $count ->
    [one] sub-paragraph
   *[other] sub-paragraphs
 }
kind-count-annex = { $count } { $count ->
    [one] annex
   *[other] annexes
 }
kind-count-para = { $count } other { $count ->
    [one] paragraph
   *[other] paragraphs
 }
kind-count-closing = { $count } closing { $count ->
    [one] line
   *[other] lines
 }
kind-count-note = { $count } { $count ->
    [one] footnote
   *[other] footnotes
 }
kind-front = Masthead
kind-title = Title
kind-organ = Organ
kind-heading = Heading
kind-pp = Preambular paragraph
kind-op = Operative paragraph
kind-sub = Sub-paragraph
kind-annex = Annex
kind-para = Paragraph
kind-closing = Closing line

## Capacities
role-chair = Chair
role-facilitator = Facilitator
role-secretary = Secretary
role-legal = Legal officer
role-delegate = Delegate
role-observer = Observer
observer-of = Observer, { $delegation }
level-head = head of delegation
level-forward = may put forward
level-drafter = drafter
level-reader = reader
delegation-state = State
delegation-agency = UN agency
delegation-igo = Intergovernmental organisation
delegation-ngo = Non-governmental organisation
delegation-group = Group of States
acting-as = Acting as { $capacity }
acting-as-choose = Acting as
now-acting-as = You now act as { $capacity }. The room was opened anew in this capacity.

## Room
room-opening = Opening the draft…
room-failed = This draft could not be opened
stage-drafting = Drafting
stage-negotiation = Negotiation
stage-silence = Silence procedure
stage-frozen = Frozen
banner-drafting = Members write the text together. What you type is seen by everyone in the room.
banner-drafting-read = The text is being written. You can read it as it grows.
banner-negotiation = The text changes only by decision. What you type is your delegation’s own until it is put forward.
banner-negotiation-read = Proposals are prepared by delegations and decided by the chair. You can read and follow.
banner-silence = The text is under silence procedure. Nothing is put forward or decided now; you may go on preparing in private.
banner-silence-unbroken = Silence has passed unbroken: the text stands as it is and can be frozen.
banner-frozen = The text is final. Nothing can be changed any more.
banner-frozen-version = Version { $number } is final. Nothing can be changed any more.
banner-frozen-symbol = { $symbol }, version { $number }, is final. Nothing can be changed any more.
saved-connecting = Connecting…
saved-saved = Saved
saved-saving = Saving…
saved-offline = Offline – what you type is kept on this device
saved-offline-soon = Offline – keeping what you type…
saved-offline-unkept = Offline – leave this page open: this device does not keep what you type
saved-paused-idle = Saved until now – what you type is kept on this device
saved-paused-reading = For reading only
saved-paused-unread = Waiting for the text…
saved-paused = Not saved yet – what you type is kept on this device
saved-paused-soon = Not saved yet – keeping what you type…
saved-paused-unkept = Not saved yet – leave this page open: this device does not keep what you type
saved-refused = Refused – keeping your words, and opening the room anew…
saved-restored = Opening the room anew…
saved-ended = Closed
saved-ended-kept = Closed – what you typed is kept on this device and sent when you have signed in again
saved-ended-soon = Closed – keeping what you typed…
saved-ended-unkept = Closed – leave this page open and copy what you typed: this device does not keep it
kept-for-capacity = What you typed as { $capacity } is not sent yet. It is kept on this device and sent when you act as { $capacity } again.
server-restored = The server was restored from an earlier copy. What you had written here is sent again; what others had written comes back from their pages.
unsent-open = Unsent words ({ $count })
here = Who is here
here-more = +{ $count }
tabs = Parts of the room
tab-text = Text
tab-proposals = Proposals
tab-outline = Outline
tab-sources = Sources
more = More
more-name = More: overview, record, exports, print
overview = Overview
record = Record
export-version = Final version { $number }, sealed (to be checked by anybody)
verify-open = Check a sealed text
print = Print
shortcuts = Keyboard shortcuts
chair-menu = Chair
chair-menu-name = Chair: stage, freeze, members

## Downloading
download = Download
download-what = What
download-text = The text as it stands
download-rolling = The rolling text
download-amendments = The amendments, in their official wording
download-coverage = The coverage of the themes
download-derivations = Table of derivations: where each paragraph comes from
download-destinations = Table of destinations: where each paragraph of the sources went
download-table-derivations = Each paragraph of the draft with its sources, and the difference word by word.
download-table-destinations = Each paragraph of the sources that were used: where it went, or why it was left out.
download-as = As
download-as-pdf = PDF
download-as-docx = Word
download-as-html = HTML page
download-as-text = Plain text
download-as-json = JSON
download-as-akn = Akoma Ntoso (XML)
download-means-pdf = To print and to read. Tagged for screen readers, with its fonts.
download-means-docx = For those who work in Word. The file says which draft and version it is, so that it can be brought back.
download-means-tracked = The open proposals are tracked changes, each by its delegation and with its date. Accept all, and the text reads as if all were incorporated; reject all, and it reads as it was.
download-against = Show what has changed since
download-against-now = The text as it stands: open proposals alone
download-threads = With the comments of open threads
download-means-html = One page that opens in any browser, also without a network.
download-means-text = Words alone. The text as it stands can be brought back into a new draft.
download-means-akn = The form in which the United Nations publishes texts for programs, with who proposes what. Each can be brought back into a new draft.
download-means-json = For programs. The text as it stands can be brought back into a new draft.
download-lines = Number the lines
download-now = Download
downloaded = { $name } was downloaded.
word-for-capital = Word for capital
word-for-capital-means = The text as it stands, with all open proposals that you may see, also what your delegation prepares, as tracked changes in a Word file.
bring-back = Bring back a reply
bring-back-hint = A marked-up copy of this draft in Word (.docx). You see what was recognised before anything is taken up. What the file went out with is nobody’s reply.
bring-back-file = Word file
bring-back-choose = Choose a file first.
bring-back-place = A reply goes to your own delegation’s place. Go there first.
bring-back-again = The text has changed since the file was read. It has been read again: look it over once more.
bring-back-comments-left = { $why } The comments shown here were not taken up.
bring-back-base = What this copy was made from
bring-back-base-hint = It has no tracked changes, so it is compared with the text that it was made from.
bring-back-base-now = The text as it stands
reply-from-now = Made from the text of { $when }.
reply-from-version = Made from { $name }.
reply-from-unknown = The file does not say which text it was made from. It is read against the text as it stands.
reply-from-other = This file was made from another draft. Make sure that it is the right one.
reply-authors = Changed by { $names }.
reply-untracked = It has no tracked changes: what differs was taken for them.
reply-changes = { $count ->
    [0] No change was found
    [one] One change
   *[other] { $count } changes
}
reply-none = Nothing in the file differs from what was sent out.
reply-kind-words = words
reply-kind-note = new footnote
reply-kind-delete = deletion
reply-kind-insert = new paragraph
reply-kind-move = move
reply-kind-split = division
reply-kind-join = merger
reply-moved-after = to stand after { $place }
reply-moved-first = to stand first
reply-parted = a new paragraph begins with these words
reply-joined = with { $place }
reply-unplaced = { $count ->
    [one] One change has no place in the text
   *[other] { $count } changes have no place in the text
}
reply-unplaced-hint = Nothing of it is taken up. Copy what is still wanted.
reply-why-paragraph-gone = Its paragraph is not in the text any more.
reply-why-words-gone = The words that it strikes are not there any more.
reply-why-place-gone = The words round its place are not there any more.
reply-why-brackets = It changes square brackets, which are decisions of the chair’s table.
reply-why-note-of-new = It is a footnote of a new paragraph. Add it by hand.
reply-why-not-neighbours = The paragraphs that it merges do not follow each other any more.
reply-why-in-proposal = It changes the words of a proposal that is not in the text. Change it, or say where you stand, on that proposal’s card.
reply-comments = { $count ->
    [one] One comment, for your own people alone
   *[other] { $count } comments, for your own people alone
}
reply-comments-unplaced = Comments on words that the text does not have
reply-comment = { $author }: { $words }
bring-back-do = { $count ->
    [one] Take up the change
   *[other] Take up { $count } changes
}
bring-back-do-comments = Take up the comments
brought-back = { $count ->
    [one] The change is in preparation. Look it over and put it forward.
   *[other] { $count } changes are in preparation. Look them over and put them forward.
}
brought-back-less = { $written } of { $count } changes are in preparation; the others have no place any more.

compilation = Bring back a compilation
compilation-hint = One Word file (.docx) in which several delegations’ tracked changes stand together. You say who its authors are and see what was recognised before anything is recorded. What the file went out with is nobody’s change.
compilation-place = A compilation is recorded from the chair’s table’s own place. Go there first.
compilation-wait = The file is being read. Wait a moment.
compilation-untracked = There are no tracked changes in this file, so that nobody’s name stands at a change. A delegation’s own copy without tracked changes is for its people to bring back.
compilation-authors = { $count ->
    [one] One author in this file
   *[other] { $count } authors in this file
}
compilation-authors-hint = Say of each whose changes these are. It is remembered for the next file, for the chair’s table alone.
compilation-author = { $name }: { $changes ->
    [0] no change
    [one] one change
   *[other] { $changes } changes
}{ $comments ->
    [0] {""}
    [one] , one comment
   *[other] , { $comments } comments
}
compilation-nobody = Author without a name
compilation-nobody-hint = Names were taken out of this file, or never stood in it. Where several have written so, leave it out and ask for a file with names. It is not remembered.
compilation-by-remembered = as it was said before
compilation-by-name = by the name
compilation-by-likeness = by a likeness of the name: look whether it is right
compilation-choose = Whose changes?
compilation-choose-first = Say of each author whose changes these are, or leave them out.
compilation-text = The text as it is
compilation-out = Leave out
compilation-leave-out = { $count ->
    [one] Leave out the one not chosen yet
   *[other] Leave out all { $count } not chosen yet
}
compilation-of = { $name } ({ $authors })
compilation-part-text = The text as it is
compilation-part-out = Left out
compilation-part-comments = { $name }: comments alone
compilation-part = { $count ->
    [0] { $name }: nothing new to record
    [one] { $name }: one change
   *[other] { $name }: { $count } changes
}
compilation-known = { $count ->
    [one] One change stands recorded or put forward already, in these words. It is not recorded again.
   *[other] { $count } changes stand recorded or put forward already, in these words. They are not recorded again.
}
compilation-comments = { $count ->
    [one] One comment
   *[other] { $count } comments
}
compilation-comment = { $from }, in a file that the chair’s table brought back: { $words }
compilation-comment-long = This comment is longer than a thread takes. Copy what is wanted of it.
compilation-a-comment = A comment:
compilation-comment-unplaced = A comment on words that the text does not have (“{ $on }”):
compilation-comment-nowhere = A comment that is on no words:
compilation-why-in-proposal = It changes words that another puts in. Those are recorded whole, as their delegation has them; this change of them is not recorded. Where it is wanted, propose it when they are in the text, or say it on that proposal’s card.
compilation-not = { $count ->
    [one] One thing is not recorded
   *[other] { $count } things are not recorded
}
compilation-not-hint = Nothing of it is lost while this is open. Copy what is still wanted.
compilation-copy = Copy these words
compilation-readers = Who reads the comments
compilation-readers-table = The chair’s table alone
compilation-readers-all = Everybody in the room
compilation-readers-none = Nobody: they are not brought in
compilation-none = There is nothing new to record.
compilation-moved = The text has changed meanwhile. Try again: the file is read anew, and what is recorded already is not recorded twice.
compilation-do = { $count ->
    [0] Record
    [one] Record it for its delegation
   *[other] Record all { $count } for their delegations
}
compilation-progress = Recorded { $done } of { $count }
compilation-stop = Stop recording
compilation-waits = The server takes no more from one person for the moment. This goes on by itself.
compilation-recorded = { $count ->
    [one] One was recorded. The delegation may confirm or correct it.
   *[other] { $count } were recorded. Each delegation may confirm or correct its own.
}
compilation-all = { $count ->
    [one] It is recorded, for its delegation to confirm or correct.
   *[other] All { $count } are recorded, for each delegation to confirm or correct its own.
}
compilation-stopped = { $why } Recorded: { $done } of { $count }.
compilation-ended = Stopped. Recorded: { $done } of { $count }.
compilation-refused = { $count ->
    [one] One was not recorded
   *[other] { $count } were not recorded
}
compilation-refused-hint = What was recorded stands. Try these again: nothing is recorded twice.
compilation-again = { $count ->
    [one] Try it again
   *[other] Try these { $count } again
}

## The way
way = The way of this draft
way-drafting = Drafting
way-reading = { $reading ->
    [1] First reading
    [2] Second reading
    [3] Third reading
    [4] Fourth reading
    [5] Fifth reading
   *[other] Reading { $reading }
 }
way-silence = Silence
way-frozen = Frozen
way-earlier = { $count ->
    [one] 1 earlier
   *[other] { $count } earlier
 }
way-is-done = (behind us)
way-is-now = (we are here)
way-is-ahead = (ahead)
way-since = Since { $when }.
next-write = Next: write or import the text.
next-open = Next: the chair opens negotiation.
next-ready = Nothing is missing: the chair can freeze the text.
next-freeze = To freeze it, this is missing: { $missing }.
next-silence = Any State or group may break silence until the deadline. Unbroken, the text can be frozen.
next-silence-version = Silence is on { $version }. Any State or group may break it until the deadline. Unbroken, the text can be frozen.
next-silence-part = Silence is on { $paragraphs } alone. Any State or group may break it until the deadline. Unbroken, it agrees them ad ref, and negotiation goes on.
next-silence-more = { $count ->
    [one] one more
   *[other] { $count } more
}
next-silence-broken = { $count ->
    [one] One delegation has broken silence.
   *[other] { $count } delegations have broken silence.
 } At the deadline negotiation goes on.
missing-open-amendments = { $open ->
    [one] a decision on one proposal
   *[other] decisions on { $open } proposals
 }
missing-flagged = an answer to legal flags
missing-needs-second = a second person’s confirmation
missing-needs-silence = silence on the text as it stands, or the chair’s reason
missing-silence-runs = the end of silence
left-none = now
left-days = { $days ->
    [one] 1 day
   *[other] { $days } days
 } { $hours ->
    [one] 1 hour
   *[other] { $hours } hours
 } left
left-hours = { $hours ->
    [one] 1 hour
   *[other] { $hours } hours
 } { $minutes } min left
left-minutes = { $minutes } min left
silence-until = Silence until
silence-passed = the deadline has passed
deadline-until = Proposals until
deadline-passed = passed: later proposals are marked late
new-york-and-own = { $newYork } New York ({ $own } your time)
late-at = Late: { $when }
under-silence = under silence
objections = Silence broken
silence-seen = { $count ->
    [0] Silence procedures
    [one] 1 objection
   *[other] { $count } objections
 }
reason-may = Reason, for the record (may be left empty)
next-reading = Next reading
next-reading-means = Negotiation goes on with a new reading of the whole text. Proposals stay as they are. A deadline for proposals that has passed ends with this reading.
reopen-frozen = Reopen the frozen text
reopen-frozen-means = Negotiation goes on from this text. The frozen version stays as it is, signed and to be downloaded, and what is frozen next is another version. Everybody sees that you have reopened it, and why.
former-reading = Back to the former reading
former-reading-means = Negotiation goes on in the reading before this one. Nothing that was decided since is undone.
set-deadline = Deadline for proposals
set-deadline-means = What is put forward after it is taken all the same, and marked late wherever it is shown.
deadline-stands = It stands at { $newYork } New York ({ $own } your time).
deadline-lift = Lift it
moment = Date and time in New York
moment-hours = In { $hours } hours
moment-choose = Choose a date and a time.
moment-is = { $own } on your clock, { $utc } UTC
moment-past = Choose a later time: this one has passed, or is no later than what stands.
moment-same = It stands at this time already.
start-silence = Silence procedure
start-silence-means = Until the deadline nobody writes the text, puts forward or decides. Any State or group may break silence, naming paragraphs and the reason. Unbroken, the text can be frozen; broken, negotiation goes on with the objections.
silence-open = { $open ->
    [one] One proposal is
   *[other] { $open } proposals are
 } still to be decided, and not in the text that silence would be kept on.
silence-version-hint = Where this very text was kept as a version, or issued as a revision, everybody is told that silence is on that.
silence-part = On some paragraphs only: unbroken, they are agreed ad ref and negotiation goes on
silence-short = The formal procedure of the General Assembly gives at least { $hours } hours.
paragraphs = Paragraphs
paragraphs-choose = Choose at least one paragraph.
extend-silence = Prolong silence
extend-silence-means = Everybody gets until the later deadline. It cannot be moved forward again.
end-silence = End the silence procedure
end-silence-means = Negotiation goes on with the text as it stands. Objections that were raised stay beside their paragraphs.
break-silence = Break silence
break-silence-means = Say on which paragraphs your delegation cannot join, and why. Everybody sees it at once. At the deadline negotiation goes on.
break-again = You have broken silence already; what you say now stands in its place: “{ $reason }”
break-again-recorded = Recorded from the floor already: “{ $reason }”. What is entered now stands in its place.
record-objection = Record an objection
record-objection-means = What a delegation says in the room or on the telephone breaks silence as if it had entered it, is marked as recorded, and stands until the delegation enters its own.
record-objection-whose = Which State or group objects
record-objection-own = { $delegation } has broken silence itself; its own words stand.
record-objection-back = With no paragraph chosen, what was recorded (“{ $reason }”) is taken back.
silences = Silence procedures
silence-number = Silence procedure { $number }
silence-whole = On the text as a whole.
silence-on-version = On the text as a whole, which is { $version }.
silence-of = On { $units }.
silence-from-to = From { $from } until { $newYork } New York ({ $own } your time).
silence-digest = Digest of what it was on:
silence-runs-on = It runs.
silence-unbroken = Unbroken.
silence-broken = Broken.
silence-called-off = Ended by the chair.
freeze-no-silence = No silence procedure on this text as it stands has passed unbroken. Freezing it all the same needs your reason.
freeze-silence-kept = Silence on this text as it stands has passed unbroken.
freeze-why-silence = Write why it is frozen without silence, or start a silence procedure.
freeze-reason-silence = Why without a silence procedure

## Agreed together
until-all-agreed = Nothing is agreed until everything is agreed.
progress = { $agreed } of { $paragraphs } paragraphs agreed ad ref; { $open ->
    [0] no open proposals
    [one] 1 open proposal
   *[other] { $open } open proposals
 }{ $flagged ->
    [0] {""}
    [one] ; 1 legal flag
   *[other] ; { $flagged } legal flags
 }
progress-short = { $agreed }/{ $paragraphs } agreed, { $open } open{ $flagged ->
    [0] {""}
   *[other] , { $flagged } flagged
 }
agree-together = Agree or lock a section…
agree-together-means = One decision for a heading and all that stands under it, for a paragraph with its sub-paragraphs, or for the whole text. What is so already stays.
together-act = Decision
together-agree = Agree ad ref
together-reopen = Reopen
together-lock = Lock
together-unlock = Unlock
together-under = Of what
together-whole = The whole text
together-count = { $count ->
    [0] Nothing changes
    [one] 1 paragraph changes
   *[other] { $count } paragraphs change
 }, of { $all }.
together-none = That is so already.
packages = Packages
packages-mean = The paragraphs and proposals of a package are agreed together or not at all. None of them is settled alone, and reopening one reopens all of them.
packages-none = There is no package.
package-open = not agreed
package-agreed = agreed ad ref
package-named = package: { $name }
package-reopens = Reopening it reopens all of the package: { $parts }.
package-name = Name of the package
package-name-missing = Give the package a name.
package-parts = Paragraphs and proposals
package-two = Choose at least two.
make-package = Make a package
agree-package = Agree all of it ad ref
reopen-package = Reopen all of it
drop-package = Dissolve
requests = Requests to reopen
ask-reopen = Ask the chair to reopen
request-asked = asks to reopen it, { $when }
request-waits = The chair has not answered yet.
request-reopened = Reopened, { $when }.
request-declined = Declined, { $when }:
request-word = Your word to the delegation
request-word-needed = Say in a word why it is declined.
request-reopen = Reopen
request-decline = Decline

## Outline
outline = Outline
outline-empty = Paragraphs appear here as they are written.
dot-amended = has open proposals
dot-agreed = agreed ad ref
dot-locked = locked

## Overview
overview-changes = Since your last visit
overview-unreviewed = Waiting for review
overview-statuses = Where the paragraphs stand
overview-first-visit = { $open ->
    [0] This is your first visit. There is no open proposal yet.
    [one] This is your first visit. One proposal is open.
   *[other] This is your first visit. { $open } proposals are open.
 }
overview-nothing = Nothing has been put forward or decided since { $when }.
overview-since = { $count ->
    [one] One entry
   *[other] { $count } entries
 } on record since { $when }
overview-proposal = { $delegation }, { $place }
overview-all-reviewed = Every open proposal has been reviewed on its present wording.
review-earlier-wording = (reviewed on an earlier wording)
units-amended = { $count ->
    [0] No open proposals
    [one] 1 paragraph with open proposals
   *[other] { $count } paragraphs with open proposals
 }
units-open = { $count } without proposals
units-locked = { $count } locked
units-agreed = { $count } agreed ad ref

## Record
record-what = What was put forward and decided, in the order in which it happened. Each entry is chained to the one before it.
record-number = No.
record-when = When
record-who = Who
record-did = What
record-filter = Which entries
record-any = Any
record-kind = Kind
record-group-proposals = Proposals and sponsors
record-group-positions = Positions and reviews
record-group-decisions = Decisions on the text
record-group-talk = Comments
record-group-people = Delegations, people, links
record-group-stages = The draft and its stages
record-group-confidential = Not for this capacity
record-delegation = Delegation
record-unit = Paragraph
record-from = From
record-to = To
record-words = Words
record-count = { $count ->
    [one] One entry.
   *[other] { $count } entries.
 }
record-count-of = { $count } of { $all } entries.
record-clear = Show all
record-more = { $count ->
    [one] Show one more, earlier
   *[other] Show { $count } more, earlier
 }
record-check = Check the chain
record-chain-sound = { $count } entries form one chain; the last digest begins { $digest }.
record-chain-broken = Entry { $seq } does not follow from those before it. Ask whoever runs the server.
record-csv = For a spreadsheet (CSV)
record-jsonl = To be checked (JSON Lines)
record-particulars = { $did }: { $particulars }
particular-capacity = as { $value }
particular-for = for { $value }
particular-as = { $value }
particular-act = { $value }
particular-answer = { $value }
particular-position = { $value }
particular-verdict = { $value }
particular-reading = reading { $value }
particular-silence = procedure { $value }
particular-outcome = { $value }
particular-until = until { $value }
particular-paragraphs = { $value }
particular-taken-back = taken back
particular-revision = revision { $value }
particular-late = after the deadline
particular-version = version { $value }
particular-name = “{ $value }”
particular-symbol = { $value }
particular-source = source { $value }
particular-sha256 = SHA-256 { $value }
answer-yes = yes
answer-no = no
outcome-unbroken = unbroken
outcome-broken = broken
record-create-draft = began the draft
record-import = brought in a text
record-add-delegation = added a delegation
record-invite = made an invitation link
record-revoke-invite = ended an invitation link
record-revoke-member = ended a membership
record-join = joined
record-open-negotiation = opened negotiation
record-reopen-drafting = reopened drafting
record-next-reading = went on to the next reading
record-ask-second = changed whether a second person confirms the freeze
record-confirm-freeze = confirmed what will be frozen
record-reopen-frozen = reopened the frozen text
record-former-reading = went back to the former reading
record-set-deadline = set or lifted the deadline for proposals
record-start-silence = began a silence procedure
record-extend-silence = prolonged the silence procedure
record-end-silence = ended the silence procedure
record-break-silence = broke silence
record-record-objection = recorded an objection to silence
record-silence-ended = recorded the end of silence at its deadline
record-server = The server
record-close-together = agreed, locked or opened paragraphs together
record-ask-reopen = asked to reopen
record-answer-request = answered a request to reopen
record-make-package = made a package
record-agree-package = agreed a package ad ref
record-reopen-package = reopened a package
record-drop-package = dissolved a package
record-put-forward = put forward
record-record-for = recorded from the floor
record-confirm-recorded = confirmed
record-withdraw = withdrew
record-take-up = took up
record-cosponsor = asked to co-sponsor
record-consent = answered a co-sponsor on
record-start-thread = commented on
record-reply = replied on
record-resolve-thread = resolved a thread on
record-reopen-thread = reopened a thread on
record-review = reviewed
record-position = took a position on
record-record-position = recorded a position on
record-open-positions = opened positions to contributors and observers
record-close-positions = closed positions to contributors and observers
record-release-flag = released a flag on
record-correct-editorially = made an editorial correction
record-confidential = an entry that is not for this capacity
record-incorporate = incorporated
record-not-reflected = did not reflect
record-keep-in-brackets = kept in brackets
record-settle = decided together
record-undo-decision = undid a decision
record-lift-bracket = took the brackets off
record-agree = agreed ad ref
record-reopen-unit = reopened
record-lock = locked
record-unlock = unlocked
record-freeze = froze the text

## Cards
cards = Proposals beside the text
cards-none = No proposals near what is on the screen. Type in a paragraph to prepare one; only your delegation sees it.
cards-none-drafting = Choose a paragraph to comment on it.
open-count = { $count ->
    [0] No open proposals
    [one] 1 open proposal
   *[other] { $count } open proposals
 }
filter-delegation = Show proposals of
filter-all = All delegations
filter = Which proposals are shown
filter-status = Show proposals that are
filter-status-undecided = To be decided
filter-status-open = Open
filter-status-bracketed = In brackets
filter-status-held = On hold
filter-status-incorporated = Incorporated
filter-status-merged = Merged
filter-status-not-reflected = Not reflected
filter-status-withdrawn = Withdrawn
filter-status-all = All, decided too
view-mode = Text shown
view-rolling = Rolling text
view-clean = Clean text
view-as-if = As if incorporated
filter-theme = Show proposals that speak to
filter-any-theme = Any theme
filter-unit = { $unit } only
filter-clear = Show all
shown-count = { $count } shown
hide-in-text = Hide in text
show-in-text = Show in text
hide-in-text-of = Hide the proposal of { $delegation }, { $place }, in the text
rivals = Rivals
rivals-on = Rival texts, { $place }
rivals-with = Rivals: { $delegations }
rivals-base = As it stands
rivals-none = All of these have been decided.
action-of = { $action } ({ $delegation })
decide-all = Decide together
decide-all-shown = Decide on all { $count }
decide-all-verdict = Decision
decide-all-list = The proposals
decide-all-note = Note for the record (may be left empty)
decide-all-none = Choose at least one proposal.
decide-all-too-many = That is more than { $most } at once. Narrow the filter.
decide-all-rivals = { $delegations } touch the same words: choose one of them, or merge them in the room view.
decide-all-do = { $count ->
    [one] Decide on one proposal
   *[other] Decide on { $count } proposals
}
settle-incorporate = Incorporate
settle-bracket = Keep in brackets
settle-hold = Put on hold
settle-decline = Not reflected
card-of = Proposal of { $delegation }, { $place }
place-first = before the first paragraph
place-after = after { $unit }
place-gone = a paragraph that is gone
about-modify = change
about-insert = new paragraph
about-delete = deletion
about-replace = alternative
about-placeholder = placeholder
about-move = move
about-split = split
about-join = join
about-note = footnote
about-bracket = bracket
about-reserve = reserve
about-retain = retain
waits-for-outer = waits for the decision on the paragraph it is about
read-split = a new paragraph would begin here
read-join = the next paragraph would be joined on here
read-note = a footnote would stand here
about-on-proposal = on a proposed paragraph
about-on-note = words of a footnote
place-within = beneath { $unit }
place-to-after = { $unit }, to after { $place }
place-to-beneath = { $unit }, to beneath { $place }
place-to-first = { $unit }, to the beginning
place-joined = { $unit } with { $place }
read-struck = struck:{" "}
read-new = new:{" "}
status-incorporated = incorporated
status-not-reflected = not reflected
status-bracketed = in brackets
status-held = on hold
status-merged = merged
status-withdrawn = withdrawn
revision = revision { $number }
as-recorded = as recorded
needs-state = needs a State
taken-up = taken up by { $delegation }
editorial = editorial
review-cleared = cleared
review-flagged = flagged
review-cleared-earlier = cleared, on an earlier wording
review-flagged-earlier = flagged, on an earlier wording
review-by = Legal officer:
recheck-target-gone = to be rechecked: its paragraph is gone
recheck-anchor-broken = to be rechecked: its place is gone
recheck-words-gone = to be rechecked: words it refers to are gone
recheck-place-gone = to be rechecked: the place it would go to is gone
recheck-beneath-itself = to be rechecked: it would go beneath itself
recheck-too-deep = to be rechecked: paragraphs would stand deeper than the eighth level
recheck-not-next = to be rechecked: the two paragraphs no longer follow each other
recheck-words-changed = to be rechecked: words around it have changed
lost-places = Lost their place ({ $count })
lost-places-hint = The words, the paragraph or the place that these refer to are gone. Nothing of them is lost: whoever proposed them can place them anew.
lost-own = Private:
lost-not-to-place = This cannot be placed anew. Discard or withdraw it, and propose it again as the text stands now.
place-anew = Place anew
placing = Placing anew
placing-hint = Select the words in the text that this is to replace, or put the caret where it belongs; then press Place here.
place-here = Place here
place-not-now = Not now
placed-anew = Placed anew in your private work. Put it forward when it reads as it should.
placed-anew-instead = Placed anew in your private work, on this paragraph. Put it forward when it reads as it should; what stands published without a place can then be withdrawn.
card-sponsors = Co-sponsors
card-asking = Asking to co-sponsor
on-earlier-wording = { $delegation } (given on an earlier wording)
not-in-this-capacity = Not in this capacity
asks-to-cosponsor = { $delegation } asks to co-sponsor.
consent-yes = Accept
consent-no = Decline
do-incorporate = Incorporate
do-keep-in-brackets = Keep in brackets
do-hold = Put on hold
do-not-reflected = Not reflected
do-clear = Clear
do-flag = Flag
do-release-flag = Release the flag to all
do-cosponsor = Co-sponsor
do-take-up = Take up
do-confirm-recorded = Confirm
do-withdraw = Withdraw
do-undo-decision = Undo the decision
note-not-reflected = Why, for the record (may be left empty)
note-clear = Note (may be left empty)
note-flag = What is the matter?

## Threads
comment = Comment
comment-selection = Comment on the selected words
comment-field = Your comment, seen by everyone in the room
comment-field-apart = Your comment, seen by your own people alone
comment-apart = Among { $delegation } only
comment-send = Send
reply = Reply
reply-field = Your reply
resolve-thread = Resolve
reopen-thread = Reopen
thread-of = Thread begun by { $delegation }
thread-apart = Private to { $delegation }
thread-gone = The words it is about are gone. It keeps its place.
thread-new = new
thread-resolved-by = Resolved by { $delegation }, { $when }
threads-resolved = { $count ->
    [one] 1 resolved thread
   *[other] { $count } resolved threads
 }
threads-unread = Other threads with something new
threads-unread-none = Nothing else is new.
threads-see-all = Mark all as read
threads-lost = Threads whose paragraph is gone
unread-count = { $count } new
mention-names = Delegations
send-hint = Ctrl-Enter sends.
mention-hint = Type @ to name a delegation. Ctrl-Enter sends.
mentions = Mentions and threads
mentions-button = { $count ->
    [0] Mentions
   *[other] Mentions ({ $count })
 }
mentions-unread = { $count ->
    [0] Mentions and threads
    [one] Mentions and threads: 1 unread
   *[other] Mentions and threads: { $count } unread
 }
mentions-of = Mentions of { $delegation }
mentions-none = Nobody has named your delegation yet.
overview-mentions = Your delegation is named

## Who wrote what
authors = Who wrote what
authors-hint = Plain words were brought in with the text. Rest the pointer on words, or press Ctrl-Alt-A at the caret, to be told who wrote them.
author-imported = Imported
author-imported-on = Imported with the text, { $day }
author-unknown = Not known
author-just-now = Written just now
author-private = { $delegation }, private: not put forward yet
author-typed = { $delegation }, { $day }
author-person = {" "}({ $person })
author-share = { $percent } %
author-place-other = the text
author-incorporated = { $delegation }, { $day }, by amendment on { $place } ({ $by }), incorporated by { $decider }
author-proposed = { $delegation }, { $day }, proposed on { $place } ({ $by })
author-contributed = , reflecting { $by }

## Room view
screen = Room view
screen-text = Text on screen
own-unpublished = { $name }, private
screen-none = Nothing to show yet
screen-left = { $count ->
    [0] No paragraph is contested
    [one] 1 paragraph to decide
   *[other] { $count } paragraphs to decide
}
screen-leave = Leave the room view
screen-proposals = Proposals on this paragraph
screen-taken = in the text
screen-merged = reflected in the text on screen
screen-left-out = beside
screen-close = Close paragraph
screen-rest-decline = The rest: not reflected
screen-rest-bracket = The rest: in brackets
screen-next = Next paragraph
screen-previous = Previous paragraph
screen-merge = Merge what is taken
screen-merge-none = Take changes of this paragraph’s words first; they are then merged in the text on screen.
screen-undo = Undo the last close
screen-key-1 = take in or out
screen-key-2 = walk, take
screen-key-3 = merge what is taken
screen-key-4 = type on screen (Esc: back)
screen-key-5 = the rest
screen-key-6 = close and go on
screen-key-7 = next, previous
screen-key-8 = undo
screen-key-9 = positions
screen-key-10 = record what is typed
screen-key-11 = leave
screen-positions = Positions
screen-record = Record for…
screen-record-whose = Record the text on screen for
screen-record-none = Type on screen first what the delegation has said; it is then recorded for it.

## Official wording
wording = Wording
wording-would-read = as the paragraph would read
wording-copy = Copy the wording
amendment-list = Amendment list
list-title = Amendments to the draft “{ $title }”
list-filter = Amendments
list-open = Open
list-decided = Decided
list-all = All
list-would-read = as the paragraphs would read
list-copy = Copy all
list-go = Show it in the room
list-none-open = No amendment is open.
list-none-decided = No amendment has been decided.
list-none-all = No amendment has been put forward.
status-open = open

## One's own work
own-card = Private work of { $delegation }, { $place }
private-to = Private to { $delegation }
differs-from-published = Differs from revision { $number }, which stands published.
put-forward = Put forward
put-forward-chair = Put forward as the chair’s proposal
put-forward-editorial = Put forward as an editorial correction
correct-editorially = Correct the text now
put-forward-revision = Put forward as revision { $number }
record-for = Record for…
record-for-named = Record for { $delegation }
record-for-whom = Delegation that has spoken
record-for-choose = For which delegation?
record-for-first = Choose the delegation that has spoken first.

## Paragraphs
unit-card = Paragraph { $unit }
unit-agree = Agree ad ref
unit-reopen-unit = Reopen
unit-lock = Lock
unit-unlock = Unlock
unit-new-paragraph = New paragraph after
unit-remove-paragraph = Remove paragraph
unit-propose-paragraph = Propose new paragraph after
unit-propose-alternative = Propose alternative
unit-propose-deletion = Propose deletion
unit-more = Propose…
unit-more-name = Propose a change of { $unit }
selected-none = On the whole paragraph, or on words you select in it first.
propose-leave-out = Leave out
propose-insert = Insert…
propose-substitute = Substitute…
propose-reserve = Bracket: reserve
propose-retain = Bracket: retain
propose-bracket = Bracket
propose-restore = Take back what is left out
propose-split = Split at the caret
propose-join-next = Join with the next
propose-move-up = Move up
propose-move-down = Move down
propose-move-to = Move to…
propose-nest = Make it a sub-paragraph
propose-lift = One level up
propose-placeholder = Placeholder after…
propose-footnote = Footnote…
asks-insert = Words to insert
asks-substitute = Words in place of those selected
asks-placeholder = What is to come (may be left empty)
asks-footnote = Words of the footnote
asks-move-to = To after
move-to-first = The beginning
propose-do = Propose
bracket-nobody = In brackets: “{ $words }”
bracket-placeholder-nobody = Placeholder
bracket-by = In brackets, { $delegations }: “{ $words }”
bracket-placeholder = Placeholder, text to come from { $delegations }
lift-bracket = Lift
lift-bracket-name = Lift the brackets round “{ $words }”
agreed-at = agreed ad ref, { $when }
locked = locked

## Chair
open-negotiation = Open negotiation
open-negotiation-means = From now on the text changes only by decision. Delegations prepare their proposals in private and put them forward; you incorporate them, keep them in brackets or leave them out. Drafting can be reopened.
reopen-drafting = Reopen drafting
reopen-drafting-means = Members write the text directly again. Open proposals stay on record.
members = Members and invitations
members-now = Who may enter
member-unnamed = a member
revoke-member = End membership
revoke-member-of = End membership of { $name }
invites-out = Links that can still be used
invite-line = { $capacity }: { $uses ->
    [one] one more person
   *[other] { $uses } more people
 }, until { $until }
revoke-invite = End link
invite = Invite
invite-role = As
invite-delegation = Delegation
invite-level = Right
invite-uses = For
invite-uses-count = { $count ->
    [one] one person
   *[other] { $count } people
 }
invite-make = Make a link
invite-no-delegation = Add a delegation first.
invite-link = Invitation link
invite-once = Send it to those you invite. It is shown only now, and is valid for 14 days.
add-delegation = Add a delegation
delegation-name = Short name, as it stands in brackets
delegation-kind = Kind

open-positions = Open positions to contributors and observers
close-positions = Close positions to contributors and observers

## Positions
positions = Positions
position-support = Support
position-can-accept = Can accept
position-reserve = Reserve
position-cannot-accept = Cannot accept
position-of = Position of { $delegation }
position-note = { $position }: note (may be left empty)
position-readers = “To all delegations” is read by States, groups, legal officers and the chair’s table; by contributors and observers once the chair opens positions.
position-to-all = To all delegations
position-to-table = To the chair’s table alone
position-said-all = Told to all: { $position }
position-said-table = Told to the chair’s table alone: { $position }
position-take-back = Take back
position-taken-back = Taken back
position-record = Record a position from the floor
position-whose = Whose position
position-recorded = What it says
position-history = { $count ->
    [one] History (1)
   *[other] History ({ $count })
 }
stand-earlier = (on an earlier wording)
stand-table = (to the chair’s table)
stand-recorded = (as recorded)
matrix-head = { $title }. As of { $now }.
matrix-delegation = Delegation
matrix-paragraph = Paragraph
matrix-paragraph-itself = the paragraph itself
matrix-all-paragraphs = All paragraphs
matrix-status = Status
matrix-status-open = Open
matrix-status-decided = Decided
matrix-status-all = Open and decided
matrix-position = Position
matrix-any-position = Any or none
matrix-by = By
matrix-kind = Kind
matrix-against = Cannot accept
matrix-proposer = proposes it
matrix-sponsor = co-sponsors it
matrix-silent = has not said
matrix-stale = given on an earlier wording
matrix-table = to the chair’s table alone
matrix-legend = Signs
matrix-row = { $delegation }, { $what }
matrix-row-said = { $place }: { $row }. Enter goes there.
matrix-cell = { $who } on { $place }, { $row }: { $position }.
matrix-hint = Arrows walk the table, Enter goes to the proposal, the headings sort.
matrix-none = No proposal or paragraph fits these filters.
matrix-own-only = You see your own delegation’s positions.
mark-support = ＋
mark-can-accept = ○
mark-reserve = R
mark-cannot-accept = ✕
mark-proposer = P
mark-sponsor = S
mark-stale = *
mark-table = †

## Review
queue = Review
queue-open = { $count ->
    [0] Review: nothing waits
   *[other] Review ({ $count })
 }
queue-waiting = { $count ->
    [0] Nothing waits.
    [one] One waits.
   *[other] { $count } wait.
 }
queue-all = also what was reviewed before
queue-keys = Keys
queue-key-c = clear and go on
queue-key-f = flag
queue-key-n = next
queue-key-p = previous
queue-key-g = go to the paragraph
queue-key-help = help
queue-help = “c” clears what is shown on its present wording and goes to the next that waits. “f” opens a flag: 1 to 4 choose what it is about and a note to begin with, Enter sends it, Shift-Enter is a new line, Escape leaves. The same edit by several delegations is shown once and reviewed together. The room sees that something was cleared; a flag is seen by the chair’s table and legal officers until it is released. No key works while you type in a field.
queue-none = Every open proposal has been reviewed on its present wording.
queue-list = Proposals by paragraph
queue-alike = { $count } make the same edit
queue-state-new = new
queue-state-changed = changed
queue-state-cleared = cleared
queue-state-flagged = flagged
queue-refused = { $place } was not reviewed: { $why }
flag-form = Flag
flag-about = What it is about
flag-legal = Legal
flag-editorial = Editorial
flag-terminology = Terminology
flag-reference = Reference
flag-template-legal = Departs from agreed language or from an existing obligation.
flag-template-editorial = Style or punctuation is to be corrected.
flag-template-terminology = Another term is established for this.
flag-template-reference = The symbol, date or title referred to is to be verified.
flag-hint = Seen by the chair’s table and legal officers until it is released. Enter sends, Shift-Enter is a new line.
flag-confidential = to the chair’s table
review-flag-legal = Legal flag:
review-flag-editorial = Editorial flag:
review-flag-terminology = Flag on terminology:
review-flag-reference = Flag on a reference:

## Morning sheet
morning-sheet = Morning sheet
sheet-since = What is new
sheet-visit = since your last visit, { $when }
sheet-day = in the last 24 hours
sheet-all = since the beginning
sheet-head = { $title }. As of { $now }: what is new { $since }, and what waits for an answer.
sheet-none = Nothing is new, and nothing waits for an answer.
sheet-proposed = new
sheet-revised = new wording
sheet-asks = asks
sheet-before = (before: { $position })
sheet-on = on

## Freeze
freeze = Freeze the text…
freeze-title = Freeze the text
freeze-means = Freezing makes this text final. It becomes a numbered version with a digest of its exact words, signed by this server; every editor turns read-only, and nobody, the chair included, can change that version any more. The chair can reopen the draft, with a reason that all see; what is frozen next is another version.
freeze-preview = The text that will be frozen
freeze-second = A second person has to confirm it first
freeze-second-given = Confirmed as it stands: { $role }, { $when }.
freeze-second-missing = Nobody has confirmed this text as it stands. Somebody else at the chair’s table or the legal officer does so under More.
confirm-freeze = Confirm what will be frozen
confirm-freeze-means = The chair has asked for a second person. Read the text and its sponsors as they would be frozen; what changes after this has to be confirmed again.
confirm-freeze-do = Confirm it
freeze-sponsors = Sponsors
freeze-sponsors-own = The text has its own line of sponsors, above. It is printed as it stands.
freeze-sponsors-unnamed = Signed here and not in that line: { $names }
freeze-sponsors-signed = { $main ->
    [0] { $co ->
        [one] Signed by one co-sponsor.
       *[other] Signed by { $co } co-sponsors.
    }
    [one] { $co ->
        [0] Signed by one main sponsor.
        [one] Signed by one main sponsor and one co-sponsor.
       *[other] Signed by one main sponsor and { $co } co-sponsors.
    }
   *[other] { $co ->
        [0] Signed by { $main } main sponsors.
        [one] Signed by { $main } main sponsors and one co-sponsor.
       *[other] Signed by { $main } main sponsors and { $co } co-sponsors.
    }
} Who signs after the freeze is named as an additional sponsor.
freeze-no-sponsors = Nobody has signed as a sponsor.
freeze-digest = Digest of what you see:
freeze-none-open = No proposal is open.
freeze-open = { $count ->
    [one] One proposal is still open
   *[other] { $count } proposals are still open
 }
freeze-close-open = Close them as “not reflected”
freeze-reason = { $count ->
    [one] A legal officer has flagged an open proposal.
   *[other] Legal officers have flagged { $count } open proposals.
 } Reason for freezing all the same, for the record
freeze-reason-hint = Everyone in the room can read it.
freeze-brackets = { $count ->
    [one] One paragraph still has words in square brackets, and would be frozen with them.
   *[other] { $count } paragraphs still have words in square brackets, and would be frozen with them.
}
freeze-understood = I have read the text above and understand that it becomes final.
freeze-do = Freeze now
freeze-why-open = Proposals are still open. Decide on them, or tick the box that closes them.
freeze-why-flag = A proposal is flagged. Write your reason first.
freeze-why-understood = Confirm first that you understand what freezing means.

## Unsent words and shortcuts
unsent = Unsent words
unsent-what = The server did not take these words; everything else is sent. They are kept on this device until you discard them.
unsent-what-unkept = The server did not take these words; everything else is sent. This device has no room to keep them: copy what you still need before you leave this page.
unsent-said = Not everything you typed could be taken. Those words are under “unsent words”; everything else is sent.
unsent-first = at the beginning
unsent-after = after “{ $words }”
unsent-struck = You struck these words out; they stand again.
unsent-propose = Propose as amendment
unsent-proposed = Proposed. It is your delegation’s own until it is put forward.
unsent-no-place = The place of these words is gone. Put the caret in the paragraph where they belong, and try again.
unsent-none = Nothing is left here.
undo-dropped = What you did there before can no longer be taken back. { $why }
key-split = New paragraph at the caret; in negotiation inside a paragraph: propose to split it
key-join = At a beginning: join with the paragraph before
key-nest = Make it a sub-paragraph
key-lift = One level up
key-move-up = Move the paragraph up
key-move-down = Move the paragraph down
key-leave-out = Leave out the selected words (or Delete)
key-restore = Take back what is left out
key-bracket = Brackets round the selected words, or the paragraph: reserve, retain, bracket
key-paragraph = New paragraph after, alternative, deletion of the paragraph
key-placeholder = Placeholder for text to come
key-footnote = Footnote at the caret
key-place-here = Place here what has lost its place, while a place for it is looked for
key-comment = Comment on the selected words
key-library = Where were the selected words said? With none selected: the sources
key-writer = Who wrote the words at the caret
key-undo = Undo your own last step
key-redo = Redo
key-areas = To the next part of the page (Shift-F6: back)
key-print = Print the text as shown
key-help = These shortcuts

## What came of a decision
done-create-draft = The draft has been made.
done-import = The text has been brought in.
done-add-delegation = The delegation has been added.
done-invite = The link has been made.
done-revoke-invite = The link can no longer be used.
done-revoke-member = The membership has ended.
done-open-negotiation = Negotiation is open.
done-reopen-drafting = Drafting is open again.
done-next-reading = The next reading has begun.
done-ask-second = Set.
done-confirm-freeze = Confirmed. The chair sees it.
done-reopen-frozen = Negotiation goes on. The frozen version stays as it is.
done-former-reading = The former reading is open again.
done-set-deadline = The deadline for proposals is as you set it.
done-start-silence = The silence procedure has begun.
done-extend-silence = The silence procedure is prolonged.
done-end-silence = The silence procedure has ended; negotiation goes on.
done-close-together = Done, for all of them.
done-ask-reopen = The chair has been asked to reopen it.
done-answer-request = The delegation that asked reads your answer.
done-make-package = The package is made.
done-agree-package = The package is agreed ad ref, all of it.
done-reopen-package = The package is reopened, all of it.
done-drop-package = The package is dissolved.
done-record-objection = Recorded. Everyone in the room sees it now.
done-break-silence = Silence is broken. Your objection is on record and shown to everybody.
done-put-forward = Put forward. Everyone in the room sees it now.
done-record-for = Recorded. The delegation may confirm or correct it.
done-confirm-recorded = Confirmed.
done-withdraw = Withdrawn. It stays on record.
done-take-up = Taken up. Its origin stays credited.
done-cosponsor = Asked. The proposer is to agree.
done-consent = Answered.
done-start-thread = Comment sent.
done-reply = Reply sent.
done-resolve-thread = Resolved. It can be reopened.
done-reopen-thread = Reopened.
done-review = Your review is on record.
done-position = Your position is on record.
done-record-position = The position is on record.
done-open-positions = Contributors and observers now see positions given to all.
done-close-positions = Positions are closed to contributors and observers again.
done-release-flag = Everyone in the room sees the flag now.
done-correct-editorially = The correction stands in the text, marked as editorial.
done-incorporate = Incorporated into the text.
done-not-reflected = Closed as not reflected. It stays on record.
done-keep-in-brackets = Kept in brackets.
done-settle = Decided.
done-undo-decision = Undone: the text and the proposals are as they were.
done-lift-bracket = The brackets are gone; the words stay.
done-agree = Agreed ad ref.
done-reopen-unit = Reopened.
done-lock = Locked.
done-unlock = Unlocked.
done-freeze = The text is frozen.

## Sponsors, groups, circles
record-leave = left the sponsors of
record-set-members = said who is in a group
record-give-hat = gave a further capacity
record-open-circle = opened a circle
record-set-circle = changed a circle
record-show-as-typed = changed whether proposals are visible as typed
done-prepare = The changes are in preparation.
done-revise = It is in your private place now. Change it in the text, then put it forward.
done-revise-kept = You have it in your private place already, with work of your own in it. That was kept as it is.
done-leave = You no longer stand behind it. That is on record.
done-set-members = The group’s members are on record.
done-give-hat = They can now act for the group as well, and choose at the top of the page.
done-open-circle = The circle is open. Its members find it at the top of the page.
done-set-circle = The circle has been changed.
done-show-as-typed = Set. The banner says so to everyone.
do-correct = Correct
do-revise = Revise
do-take-again = Take up again
do-leave = Leave
prepare-together = Prepare together
on-behalf-of = { $delegation }, on behalf of { $group }
group-count = { $group } ({ $count })
differs-from-published-of = Differs from revision { $number }, which { $delegation } put forward and which stands published.
differs-from-recorded = Differs from what was recorded from the floor, which stands published.
discard-changes = Discard changes
write-on-this = Write on this one
put-forward-all = Put forward all ({ $count })
forwarded-title = Put forward
forwarded-count = { $went ->
    [0] None of { $all } was put forward.
    [one] One of { $all } was put forward.
   *[other] { $went } of { $all } were put forward.
 }
forwarded-line = { $place }: { $what }
forwarded-went = What was put forward
forwarded-refused = Not put forward
forwarded-locked = The paragraph is locked by the chair or agreed ad ref. Put it forward when it is open again.
forwarded-kept = These stay as they are, private to { $place }.
preparing-in = Preparing in
place-ended = { $place } (ended)
circle-more = { $count } more
circle-on = { $members } on { $unit }
circle-ended = That circle has ended for you. You prepare in your delegation’s own place again; what was prepared in the circle is kept there.
circle-is-ended = ended
circle-end = End
circle-again = Take up again
change = Change
save = Save
small-groups = Small groups on this paragraph
small-group-name = Name a small group
small-group-on = Small group on { $unit }
small-group-means = Its members prepare a text for this paragraph together, unseen by others. Everyone in the room sees that the group exists and who is in it. What it puts forward is proposed by the one that leads and sponsored by the others.
small-group-label = Name of the group
small-group-members = Members; the first one chosen leads
small-group-leads = { $delegation } leads.
small-group-empty = Choose at least one delegation.
small-group-nameless = Give the group a name.
groups = Groups
group-empty = no members named yet
group-change = Members
group-change-of = Members of { $group }
group-members = Members of { $group }
group-nobody = Nobody of a member is here yet. Invite somebody first; then they can be asked to speak for the group.
group-speaker = Speaks for it as well
group-speaker-choose = Choose a person
group-speaker-first = Choose a person of a member first.
group-give = Give this capacity
member-of = {" "}({ $delegation })
notes = Private notes of { $delegation }{ $count ->
    [0] {""}
   *[other] {" "}({ $count })
 }
note-kind-instructions = Instructions
note-kind-red-line = Red line
note-kind-fallback = Fallback
as-typed-begin = Make proposals visible as typed
as-typed-end = Keep proposals private until put forward
as-typed-begin-means = For small teams. What somebody who may put forward types in a paragraph is put forward by itself at each pause, and everyone in the room sees it. What is being prepared in private now stays private until it is put forward by hand.
as-typed-end-means = What is typed stays private to each delegation again until somebody presses “Put forward”. What has been put forward stays.
banner-as-typed = Proposals are visible as typed: whoever may put forward does so by pausing. The text itself changes only by decision.
banner-circle = The text changes only by decision. What you type is seen by the members of this circle until it is put forward.
banner-circle-read = You can read what is prepared in this circle.

## Checking a sealed text
verify-title = Check a sealed text
verify-what = Choose the sealed file of a frozen text. It is checked here, on your machine, and sent nowhere.
verify-less = This page comes from a server. If that is the server that sealed the text, the page proves no more than you trust it: check with the command “npx omnibus verify FILE” from a copy of the program that you trust, or as docs/VERIFY.md says with openssl alone.
verify-file = Sealed file (JSON)
verify-key = Fingerprint or public key that you know the server by (may be left empty)
verify-key-hint = 64 digits and letters from a to f, with or without spaces. Have it from the server’s operator, and not from this page.
verify-key-wrong = This is not a fingerprint: it has 64 digits and letters from a to f.
verify-too-large = This file is larger than any sealed text.
verify-checking = Checking…
verify-sound = Sound: nothing in { $file } was changed since it was signed.
verify-unsound = Not sound: { $file } is not what was signed.
verify-unchecked = Not checked whole: this browser cannot check the signature of { $file }. All else that was looked at holds.
verify-holds = Holds
verify-fails = Does not hold
verify-unknown = The file cannot tell
verify-list = What was looked at

## A record that does not go on from what was seen
departed-title = The record of this draft is not the one that this device has seen
departed-shorter = This device has seen { $seen } entries; the server has { $now }.
departed-other = Entry { $seen }, which this device has seen, is another one now.
departed-broken = What was entered since entry { $seen } does not follow from what this device has seen.
departed-unsigned = The end of the record that the server names is not signed by the key that it names.
departed-means = If the server was restored from a backup, this is what that looks like: ask whoever runs it. If it was not, entries of the record were taken out or changed. Keep both heads below, and export the record as it is now (Record, “To be checked”): all of that is signed by the server, and together it shows what happened.
departed-unsigned-means = What this device sees cannot be proved to others. Ask whoever runs the server.
departed-seen = Seen on this device: entry { $seq }, signed { $when }
departed-now = From the server now: entry { $seq }, signed { $when }
departed-copy = Copy both heads
departed-accept = I have taken note: go on with the record as it is now

## Versions
versions = Versions
versions-what = Texts that were kept. A version never changes; any two can be compared, and the chair can return to one.
versions-none = No version has been kept yet.
version-called = { $kind }, version { $number }
version-zero = Zero draft
version-revision = Revision
version-text = Kept text
version-final = Frozen text
version-issued = As issued
version-correction = Correction
version-digest = SHA-256
version-download = Download
version-sealed = Sealed file
version-keep = Keep this text
version-keep-do = Keep the text as it stands
version-kind = What it is
version-name = Name
version-name-hint = For example “After the first reading”. It may be left out.
version-symbol = Symbol
version-symbol-hint = For example A/C.3/81/L.12. It may be left out.
version-restore = Return to it…
version-restore-means = The text will read as this version does, as a new state: nothing is erased, and you can return from it. Proposals that it takes out of the text are closed as not reflected, and their sponsors can put them forward again.
version-restore-do = Return to this version
issued-keep = Keep the document as issued
issued-keep-do = Keep and compare
issued-what = Paste the document as the Secretariat issued it, or choose a file. It is kept beside the draft and changes nothing in it.
issued-text = The issued document’s text
record-keep-version = kept a version of the text
record-keep-issued = kept the document as issued
record-restore-version = returned to an earlier version
record-issue-revision = issued a revision
record-put-forward-again = put forward again
record-add-source = added a source to the library
record-name-themes = named themes, or the words of themes
record-remove-theme = removed a theme
record-name-authors = said who the authors in a Word file are
record-tag-theme = said by hand what speaks to a theme
record-remove-source = took a source out of the library
record-leave-out-source = left a paragraph of a source out
done-add-source = The source has been added to the library.
done-name-themes = Saved. Everybody sees the themes and their words.
done-remove-theme = The theme has been removed.
done-name-authors = Noted, for the chair’s table alone.
done-tag-theme = Noted, with your delegation’s name.
done-remove-source = The source has been taken out of the library. What was taken from it stays, with its origin.
done-leave-out-source = Noted in the record.
done-keep-version = The version has been kept.
done-keep-issued = The document as issued has been kept.
done-restore-version = The text reads as that version does.
done-issue-revision = The revision has been issued. What it does not reflect is listed to its sponsors.
done-put-forward-again = Put forward again. Everyone in the room sees it now.

## Themes
themes = Themes
themes-title = Themes and coverage
themes-none = No theme has been named yet.
themes-none-here = It speaks to none.
themes-and-words = Themes and their words
themes-what-words = The aspects that the group wants the text to cover. A paragraph or proposal speaks to a theme when one of its words stands in it, or when somebody says so by hand on its card. No theme changes a word of the text.
themes-who-names = The aspects that the group wants the text to cover, as the chair or a facilitator has named them. A paragraph or proposal speaks to a theme when one of its words stands in it, or when somebody says so by hand on its card.
themes-suggest = Begin with: { $names }
themes-suggest-more = Add: { $names }
theme-new = New theme
theme-edit = Edit
theme-edit-named = Edit “{ $theme }”
theme-remove = Remove…
theme-remove-named = Remove “{ $theme }”
theme-remove-means = { $count ->
    [0] “{ $theme }” leaves the table and the cards. The record keeps its words.
    [one] “{ $theme }” leaves the table and the cards, with what was said by hand of 1 paragraph or proposal. The record keeps its words.
   *[other] “{ $theme }” leaves the table and the cards, with what was said by hand of { $count } paragraphs and proposals. The record keeps its words.
 }
theme-remove-do = Remove the theme
theme-name = Name
theme-name-missing = Give the theme a name.
theme-words = Words
theme-words-hint = Words or phrases with commas between them, in any case. A star finds every word that begins so: child* finds child, children and childhood.
theme-words-bad = Not a word that can be looked for: { $words }. Use letters and figures, and a star only at the end, behind at least two letters.
theme-words-many = These are { $count } words, and a theme has at most { $max }. Take some out, or make two themes of it.
theme-no-words = It has no words: only what is said by hand speaks to it.
theme-save = Save
theme-by-words = its words: { $words }
theme-by-hand = by hand: { $who }, { $when }
theme-off-by-hand = taken off by hand: { $who }, { $when }
theme-not = not { $theme }
theme-take-off = Take off
theme-take-off-named = Take “{ $theme }” off
theme-put-back = Put back
theme-put-back-named = Put “{ $theme }” back
theme-add-to = Add a theme
theme-add-to-name = Add a theme by hand
coverage = Coverage
coverage-no-text = The draft has no paragraph yet.
coverage-by-words = its words say so
coverage-by-hand = said by hand
coverage-taken-off = taken off by hand
coverage-paragraph = Paragraph
coverage-paragraphs = Paragraphs that speak to it
coverage-proposals = Open proposals that do
mark-by-words = ○
mark-by-hand = ●
mark-taken-off = ✕
silent-on = { $count ->
    [one] The draft is silent on one theme
   *[other] The draft is silent on { $count } themes
 }
silent-none = At least one paragraph speaks to every theme.
silent-looking = Looking through the library…
silent-proposals = { $count ->
    [one] 1 open proposal speaks to it.
   *[other] { $count } open proposals speak to it.
 }
silent-library-not = { $count ->
    [one] The library is not: 1 paragraph.
   *[other] The library is not: { $count } paragraphs.
 }
silent-library-too = No paragraph of the library speaks to it either.
silent-more = There are more in the library.

## Comparison
compare = Compare
compare-with-now = Compare with now
compare-with-before = Compare with the one before
compare-before = Earlier text
compare-after = Later text
compare-now = The text as it stands
compare-pasted = A pasted text
compare-pasted-hint = It is compared here and kept nowhere.
compare-mode = View
compare-in-line = In line
compare-side-by-side = Side by side
compare-only-changes = Only what differs
compare-previous = Previous change
compare-next = Next change
compare-of = { $before } compared with { $after }
compare-same = The two texts are the same.
compare-counts = { $changed } changed, { $added } added, { $removed } removed, { $moved } moved
compare-unchanged = { $count ->
    [one] 1 paragraph is the same
   *[other] { $count } paragraphs are the same
}
compare-is-changed = changed
compare-is-added = added
compare-is-removed = removed
compare-moved = moved here from { $number }
compare-moved-changed = moved here from { $number } and changed
compare-moved-away = moved; it is { $number } now
compare-was = in the earlier text
compare-is = in the later text

## History
past = History
past-what = The text as it stood when something was put forward or decided. What people typed in between is not shown.
past-none = Nothing has been put forward or decided yet.
past-earlier = Earlier
past-later = Later
past-shape = What is shown
past-changes = What changed
past-clean = The text
past-rolling = With proposals
past-of = { $at } of { $all }
past-line = { $did }: { $about }
past-no-change = The text itself did not change.

## Issue a revision
revision-issue = Issue Rev.{ $number }…
revision-issue-do = Issue Rev.{ $number }
revision-means = The text as it stands, with the proposals that you choose written into it, becomes Rev.{ $number } and the base of the next round. All other open proposals are closed as not reflected; their sponsors find them listed and can put each forward again.
revision-source = What becomes the text
revision-source-room = The text in the room
revision-source-other = Another text, pasted or from a file
revision-other-means = The other text becomes Rev.{ $number } and the base of the next round. Words that both have stay as they are, with those who wrote them; nothing is written before you press. Proposals that it does not reflect are closed as not reflected; their sponsors find them listed and can put each forward again.
revision-text = The other text
revision-text-hint = As plain text. Square brackets that stand in the text stay; leave their signs out here.
revision-text-found = You have pasted this before; the device has kept it. It is forgotten when the revision is issued, or when you empty the field.
revision-text-unkept = This device does not keep the text: it is lost when the dialog is closed.
revision-differs = What the other text changes
revision-reflects = { $count ->
    [one] 1 open proposal. It is ticked where the text seems to reflect it.
   *[other] { $count } open proposals. Those that the text seems to reflect are ticked; look them over.
}
revision-reflects-counts = { $taken } will be noted as reflected, { $left } will be closed as not reflected.
reopen-orally = Go on from the text as orally revised
revision-none-open = No proposal is open.
revision-choose = { $count ->
    [one] 1 open proposal. Choose it to write it into the text.
   *[other] { $count } open proposals. Choose those that are written into the text.
}
revision-proposal = { $delegation }: { $what }, { $place }
revision-cannot = cannot be written into the text as things stand
revision-counts = { $taken } will be written into the text, { $left } will be closed as not reflected.
revision-note = Note, for the record
not-in = { $count ->
    [one] 1 of your proposals was left out
   *[other] { $count } of your proposals were left out
}
not-in-hint = They stay as they are, with their sponsors and threads.
not-in-version = not in { $version }
put-forward-again = Put forward again
do-put-forward-again = Put forward again

## Sponsors of the resolution
sponsors-title = Sponsors
sponsors-what = The States that bring the resolution forward, in the order in which they are printed.
sponsors-none = No State has signed yet.
sponsors-state = State
sponsors-as = Signed as
sponsor-main = Main sponsor
sponsor-co = Co-sponsor
sponsor-additional = Additional sponsor, after issue
sponsor-left = took its name off { $when }
sponsors-masthead = In the masthead
sponsors-additional = Additional sponsors: { $names }
sponsors-left = No longer sponsors: { $names }
sponsors-states-only = States sign for themselves, a member of a group too. This capacity cannot sign.
sponsor-on-main = Sign as main sponsor
sponsor-on-co = Sign as co-sponsor
sponsor-on-additional = Sign as additional sponsor
sponsor-off = Take our name off
sponsors-no-deadline = There is no deadline for signing.
sponsors-deadline = Deadline for signing
sponsors-deadline-at = One can sign, or take one’s name off, until { $newYork } New York ({ $own } your time).
sponsors-deadline-over = The time to sign ended at { $newYork } New York ({ $own } your time).
sponsors-set = Set the deadline
sponsors-clear = No deadline
record-sponsor = signed as a sponsor of the resolution
record-unsponsor = took its name off the resolution
record-sponsors-deadline = set the time for sponsors to sign
done-sponsor = Signed. Everyone in the room sees it now.
done-unsponsor = Your name has been taken off.
done-sponsors-deadline = The time for signing has been set.

## Oral revisions of the frozen text
oral-title = Oral revisions
oral-what = What is announced from the floor to be changed in the text as it was frozen. It is kept beside that text, which stays as it was, and counts when its author has certified it.
oral-none = Nothing has been announced yet.
oral-not-frozen = The text is open. What is announced from the floor goes into it.
oral-number = Oral revision { $number }
oral-waits = waits to be certified
oral-certified-chip = certified
oral-as-recorded = as recorded by the chair’s table
oral-announced = Announced { $when }.
oral-announced-by = Announced { $when } by { $person }.
oral-certified = Certified by its author { $when }.
oral-certified-by = Certified by its author { $when }: { $person }.
oral-certified-for = Certified by the chair’s table for its author { $when }.
oral-certified-for-by = Certified by the chair’s table for its author { $when }: { $person }.
oral-certify = Certify…
oral-certify-means = What is certified is signed by the server and stands with the frozen text from then on. It cannot be taken back; a further oral revision can change it.
oral-certify-own = We announced exactly these changes.
oral-certify-for = { $author } has signed a copy of exactly these changes, and the chair’s table has it.
oral-certify-tick = Tick that these are the changes first.
oral-certify-do = Certify
oral-discard = Discard…
oral-discard-means = It counts no more and its number is free for the next one. That it was announced and discarded stays in the record.
oral-discard-reason = Reason, for the record
oral-discard-do = Discard it
oral-text = { $count ->
    [one] The text as orally revised
   *[other] The text as orally revised, { $count } times
}
oral-prepare = Prepare oral revision { $number }
oral-prepare-what = Choose what is to be changed: the sentence is made at once. Collect several, look them over, and announce them together. They are about the text as it now stands, and so are the numbers in them.
oral-kind = What is changed
oral-kind-words = The words of a paragraph
oral-kind-new = A new paragraph
oral-kind-delete = A paragraph is deleted
oral-kind-move = A paragraph is moved
oral-kind-divide = A paragraph is divided
oral-kind-merge = A paragraph is merged with the next
oral-kind-footnote = A new footnote
oral-target = Paragraph
oral-target-words = Paragraph or footnote
oral-footnote-of = Footnote { $number }, in { $unit }
oral-new-kind = Kind of paragraph
oral-place = Where it goes
oral-place-start = At the beginning of the text
oral-place-after = After { $unit }
oral-place-in = First beneath { $unit }
oral-words = Its words, as they are to read
oral-words-hint = Change them here; what differs makes the sentence.
oral-words-notes = Change them here; what differs makes the sentence. “[footnote …]” is the mark of a footnote: leave it where it is, or take it out with its footnote.
oral-new-words = Words of the new paragraph
oral-divide-behind = Divide it after the words
oral-footnote-behind = Put it after the words
oral-footnote-words = Words of the footnote
oral-behind-hint = As few as are there only once.
oral-behind-not = These words are not in the paragraph, or more than once. Write more of them.
oral-mark-moved = The mark of a footnote cannot be put elsewhere. Leave it where it was, or take it out.
oral-said-none = The sentence stands here as soon as something is changed.
oral-add = Add to the oral revision
oral-add-anew = Add in place of the former one
oral-add-why = Change something first.
oral-collected-none = Nothing has been collected yet.
oral-collected = { $count ->
    [one] 1 change collected
   *[other] { $count } changes collected
}
oral-take-out = Take out
oral-take-out-of = Take out: { $sentence }
oral-would-read = How the text would read
oral-author = Announced by
oral-announce = Announce oral revision { $number }
oral-announce-why = Add a change first.
oral-outdated = You prepared changes of an earlier text
oral-outdated-means = Another oral revision has been certified since. These are still here to be copied; enter again what is wanted of them.
oral-outdated-drop = Discard them
banner-orally-revised = { $count ->
    [one] As orally revised
   *[other] As orally revised, { $count } times
}
banner-oral-waits = An oral revision waits to be certified
record-revise-orally = announced an oral revision
record-certify-oral = certified an oral revision
record-discard-oral = discarded an oral revision
done-revise-orally = Announced. Its author certifies it next.
done-certify-oral = Certified. It stands with the frozen text.
done-discard-oral = The oral revision has been discarded.

## The library
library = Sources
library-tab-sources = Sources
library-tab-search = Search
library-tab-derivations = Derivations
library-tab-destinations = Destinations
library-empty = The library is empty. Add the resolutions and papers that this draft is made from: then you can take paragraphs from them, and everybody sees where each came from.
source-add = Add a source
source-add-do = Add to the library
source-file-hint = A resolution (Akoma Ntoso, Word, plain text) is read into paragraphs. Any other file is kept as it is. You see which before it is added.
source-as-it-is = { $why } It can be added all the same: it is then kept as it is, for everybody to download, without paragraphs to take.
source-title = Title
source-title-missing = Write a title first.
source-symbol-hint = For example A/RES/64/293. It may be left out.
source-year = Year
source-year-wrong = Write the year with four figures, or leave it out.
source-reading-first = The file is still being read.
source-sending = Sending { $name }…
source-server-reads = The server reads { $name }…
source-stop = Stop
source-by = added by { $who }, { $when }
source-paragraphs = { $count ->
    [one] { $count } paragraph
   *[other] { $count } paragraphs
}
source-kept = Kept as it is: { $name }
source-read = Read
source-read-name = Read { $name }
source-file = Save the file
source-file-name = Save the file of { $name }
source-remove = Remove
source-remove-name = Remove { $name }
source-remove-means = Its file and its text are deleted for everybody. Its name, its symbol and its digest stay, and so do the paragraphs that were taken from it, but their words can no longer be compared with it.
source-remove-units = { $count ->
    [0] No paragraph of the draft comes from it.
    [one] { $count } paragraph of the draft comes from it.
   *[other] { $count } paragraphs of the draft come from it.
}
sources-gone = { $count ->
    [one] { $count } source was removed
   *[other] { $count } sources were removed
}
source-back = ← All sources
source-how = Tick paragraphs, or drag one by its handle into the text. By keyboard: arrows walk, Space ticks, Shift and the arrows tick on, Enter takes.
source-paragraphs-list = Paragraphs of the source
source-drag = Drag into the text
source-take = Take
source-take-name = Take { $name } { $place }
source-take-section = Take with all beneath it ({ $count })
source-take-chosen = { $count ->
    [one] Take { $count } paragraph { $place }
   *[other] Take { $count } paragraphs { $place }
}
source-choose-none = Choose none
source-alike = Like it elsewhere
take-after = after { $unit }
take-first = as the beginning
taken-in = { $count ->
    [one] { $count } paragraph is in the draft.
   *[other] { $count } paragraphs are in the draft.
}
taken-as-proposal = { $count ->
    [one] { $count } paragraph is prepared as your proposal. Nobody else sees it until you put it forward.
   *[other] { $count } paragraphs are prepared as your proposals. Nobody else sees them until you put them forward.
}
mark-all = in the draft
mark-some = { $share } % in the draft
mark-left-out = left out
leave-out = Leave out…
leave-out-name = Leave out { $name }
leave-out-change = Change the reason…
leave-out-why = Why is it left out? For the record and the table
leave-out-do = Leave out
leave-out-undo = Not left out after all
leave-out-same = That is the reason already given.
search-words = Words to look for
search-hint = In every source and in the draft: the same words, then nearly the same.
search-words-first = Write some words first.
search-do = Search
search-hits = Where it stands
search-count = { $count ->
    [one] In { $count } paragraph:
   *[other] In { $count } paragraphs:
}
search-none = Nobody said it: these words, or nearly these, stand in no source and nowhere else in the draft.
alike-count = { $count ->
    [one] { $count } paragraph is like it:
   *[other] { $count } paragraphs are like it, the nearest first:
}
alike-none = No other paragraph is like it.
hit-same = the same words
hit-nearly = nearly the same: { $share } %
hit-double = the same paragraph
hit-alike = { $share } % in common
hit-go = Go there
hit-read = Read there
hit-read-name = Read there: { $place }
hit-take-name = Take { $place }
place-of = { $text }, { $paragraph }
this-draft = This draft
origin = Origin
origin-taken = taken over
origin-altered = altered
origin-new = new
origin-gone = from a source that was removed
origin-difference = The difference
origin-alike = Like it elsewhere
where-said = Where was this said?
derivations-count = { $taken } taken over, { $altered } altered, { $fresh } new.
derivations-only = Only what comes from a source
derivations-none = Nothing in the draft comes from a source yet.
destinations-of = Source
destinations-filter = Which paragraphs
destinations-all = All
destinations-open = Those that went nowhere
destinations-went = Those that are in the draft
destinations-left-out = Those that were left out
destinations-count = Of { $all } paragraphs { $went } { $went ->
    [one] is
   *[other] are
} in the draft and { $left } { $left ->
    [one] was
   *[other] were
} left out.
destinations-none = None.
destination-went = in
destination-nowhere = nowhere
