/*
 * finding_table.c - all findings and what they mean: finding.h.
 */
#include "audit/finding.h"

#include "base/i18n.h"

#define PROOF    SEVERITY_PROOF
#define QUESTION SEVERITY_QUESTION
#define NOTE     SEVERITY_NOTE

#define KEEP_COPIES                                                       \
	N_("Keep all copies and this report unchanged. Tell the program " \
	   "root, not the center.")
#define ASK_CENTER N_("Ask the head of the center, and write the answer down.")
#define NO_HONEST_CAUSE                                                    \
	N_("None is known: no Sello program writes this, and damage to a " \
	   "file would not pass the checks before it.")

const struct finding_row finding_table[FINDING_COUNT] = {
	{ FINDING_LIST_FORK, "A-LIST-FORK", PROOF,
	    N_("The root signed two different trust lists under one sequence."),
	    N_("The root was restored from a backup and signed the next list "
	       "again."),
	    N_("Keep both lists. Ask the root custodian to publish a list with "
	       "a higher sequence and to say what happened.") },
	{ FINDING_FORK, "A-FORK", PROOF,
	    N_("The center's log key signed two logs that contradict each "
	       "other: lines were removed, changed or exchanged after they "
	       "had been signed."),
	    N_("A computer of the center was restored from a backup and went "
	       "on writing although the program refuses to: somebody removed "
	       "the guard."),
	    KEEP_COPIES },
	{ FINDING_ROLLBACK, "A-ROLLBACK", PROOF,
	    N_("The center signed a shorter log after a longer one: it went "
	       "back behind what it had signed."),
	    N_("A backup was restored without `recover`. The lines are "
	       "missing all the same."),
	    KEEP_COPIES },
	{ FINDING_LINE, "A-LINE", PROOF,
	    N_("A line under the signed head is not of the form of a line: "
	       "somebody who holds the log key wrote it with another "
	       "program."),
	    NO_HONEST_CAUSE, KEEP_COPIES },
	{ FINDING_SIGNATURE, "A-SIGNATURE", PROOF,
	    N_("A line under the signed head carries a signature that its key "
	       "did not make: the line was changed, or invented without the "
	       "signing key."),
	    NO_HONEST_CAUSE, KEEP_COPIES },
	{ FINDING_PSIG, "A-PERSON-SIGNATURE", PROOF,
	    N_("The center's key signed a line that a person named in it did "
	       "not sign with the key they had then: who holds the center's "
	       "keys wrote it without that person."),
	    NO_HONEST_CAUSE, KEEP_COPIES },
	{ FINDING_KEY_CENTER, "A-KEY-CENTER", PROOF,
	    N_("A line of this center is signed with the key of another "
	       "one."),
	    NO_HONEST_CAUSE, KEEP_COPIES },
	{ FINDING_INDEX, "A-INDEX", PROOF,
	    N_("A line does not stand at the place it names: lines were "
	       "removed, added or exchanged before the head was signed."),
	    NO_HONEST_CAUSE, KEEP_COPIES },
	{ FINDING_TIME, "A-TIME", PROOF,
	    N_("A line is dated before the line before it, and no line says "
	       "that a clock was put right."),
	    N_("None: a center whose clock was set back signs nothing but "
	       "what two persons enter with `recover --clock`."),
	    KEEP_COPIES },
	{ FINDING_NUMBER, "A-NUMBER", PROOF,
	    N_("A letter's number is not one of this center, or its check "
	       "character is wrong."),
	    NO_HONEST_CAUSE, KEEP_COPIES },
	{ FINDING_SEQUENCE, "A-SEQUENCE", PROOF,
	    N_("A letter number was left out or given twice."),
	    N_("None: numbers are taken together with the line, so a crash "
	       "leaves no gap."),
	    KEEP_COPIES },
	{ FINDING_UNKNOWN, "A-UNKNOWN", PROOF,
	    N_("A line is about a letter that was never entered."),
	    NO_HONEST_CAUSE, KEEP_COPIES },
	{ FINDING_STATE, "A-STATE", PROOF,
	    N_("A dead letter was replaced, printed or withdrawn again."),
	    NO_HONEST_CAUSE, KEEP_COPIES },
	{ FINDING_COPY, "A-COPY", PROOF,
	    N_("Printed copies were counted out of order: a copy is not in "
	       "the log."),
	    NO_HONEST_CAUSE, KEEP_COPIES },
	{ FINDING_DRAFT, "A-DRAFT", PROOF,
	    N_("One draft became two letters: what its drafter signed once was "
	       "used again."),
	    NO_HONEST_CAUSE, KEEP_COPIES },
	{ FINDING_FOUNDING, "A-FOUNDING", PROOF,
	    N_("The log does not begin with the persons whom the "
	       "root heard."),
	    NO_HONEST_CAUSE, KEEP_COPIES },
	{ FINDING_PERSON, "A-PERSON", PROOF,
	    N_("The center's keys signed a line that adds a person who is "
	       "on the roster already, or removes one who is not, or gives "
	       "them a key."),
	    NO_HONEST_CAUSE, KEEP_COPIES },
	{ FINDING_STRANGER, "A-STRANGER", PROOF,
	    N_("The center's keys signed a line in which somebody acts who "
	       "was never on the roster."),
	    NO_HONEST_CAUSE, KEEP_COPIES },
	{ FINDING_REMOVED, "A-REMOVED", PROOF,
	    N_("The center's keys signed a line in which a person "
	       "acts who is not on the roster any more: with an old "
	       "copy of the center's disk, and a program that does "
	       "not refuse. Whether that person signed it is not "
	       "said."),
	    NO_HONEST_CAUSE, KEEP_COPIES },
	{ FINDING_ROLE, "A-ROLE", PROOF,
	    N_("The center's keys signed a line in which a person does "
	       "what their role does not allow, or acts with a key that an "
	       "administrator gave them, which is only for being changed. "
	       "Whether that person signed it is not said."),
	    NO_HONEST_CAUSE, KEEP_COPIES },
	{ FINDING_ALONE, "A-ALONE", PROOF,
	    N_("The center's keys signed a line of one person where two "
	       "must act: it changes the staff or a key."),
	    NO_HONEST_CAUSE, KEEP_COPIES },
	{ FINDING_PERSON_KEY, "A-PERSON-KEY", PROOF,
	    N_("The center's keys signed a line that gives a person a key "
	       "that somebody had before, or the center's own."),
	    NO_HONEST_CAUSE, KEEP_COPIES },
	{ FINDING_UNLOGGED, "A-UNLOGGED", PROOF,
	    N_("A letter with a good signature is not in the log, although "
	       "the log has another one under its number, or its year has "
	       "ended below it, or its own signed date lies before the end of "
	       "the log; or its drafter signed another draft than this: the "
	       "signing key was used outside the center's "
	       "program. This is what a stolen or copied key looks like."),
	    N_("None is known. The signature alone proves it, whoever brought "
	       "the letter."),
	    N_("Keep the letter's file, or ask the post for it. Tell the root "
	       "custodian at once: the key must be revoked.") },
	{ FINDING_UNPROVEN, "A-UNPROVEN", QUESTION,
	    N_("A post says that it saw a letter that the log does not have. "
	       "Nothing signed by the center proves that the log should have "
	       "it."),
	    N_("The letter was not published yet, a record of the post is "
	       "wrong, or somebody copied the post's key."),
	    N_("Ask the post for the letter's file, and run the audit again "
	       "with --letter and a newer copy of the log.") },
	{ FINDING_BEHIND, "A-BEHIND", QUESTION,
	    N_("Somebody has a later signed head of this log than the copies "
	       "given here."),
	    N_("An old copy of the folder, or the center has not published "
	       "since."),
	    N_("Get a new copy and run the audit again. If the center does "
	       "not have a longer one, its log was rolled back.") },
	{ FINDING_LIST_BEHIND, "A-LIST-BEHIND", QUESTION,
	    N_("The trust list given is older than one seen before."),
	    N_("An old copy of the folder."),
	    N_("Get the newest list from the root custodian.") },
	{ FINDING_CLOSED, "A-CLOSED", QUESTION,
	    N_("The log goes on past the end that the root set for it. The "
	       "lines behind the end are not believed and were not checked."),
	    N_("The center wrote before the list that closes the log reached "
	       "it."),
	    N_("Ask the head of the center. If the lines are honest, the root "
	       "custodian closes the log again with a later head: `sello-keys "
	       "log close`.") },
	{ FINDING_BACKDATED, "A-BACKDATED", QUESTION,
	    N_("Lines are dated before a moment at which, by the center's own "
	       "signed time, the log was shorter and did not have them."),
	    N_("The center's clock ran ahead and was corrected."),
	    N_("Ask when the clock was corrected. Compare the letters with "
	       "the paper files.") },
	{ FINDING_KEY_PERIOD, "A-KEY-PERIOD", QUESTION,
	    N_("Letters are dated outside the period of the key that signed "
	       "them."),
	    N_("A clock that was wrong, on a computer that was set up "
	       "newly."),
	    ASK_CENTER },
	{ FINDING_KEY_RETIRED, "A-KEY-RETIRED", QUESTION,
	    N_("Lines are dated after their key was retired. Posts ask for "
	       "care with such letters (R-KEY-RETIRED)."),
	    N_("The list that retires the key reached the center late."),
	    ASK_CENTER },
	{ FINDING_KEY_REVOKED, "A-KEY-REVOKED", QUESTION,
	    N_("Lines are dated after the moment from which their key counts "
	       "as stolen. They may be the thief's."),
	    N_("The center worked on before the theft was known."),
	    N_("Compare each of these letters with the paper file; issue the "
	       "good ones again with a new key.") },
	{ FINDING_VOID, "A-VOID", QUESTION,
	    N_("A person signed whom the root had removed by then, or who "
	       "did not stand: the line does nothing, and posts refuse "
	       "its letter."),
	    N_("The center worked on before it heard of the removal."),
	    N_("Compare each of these letters with the paper file; issue the "
	       "good ones again.") },
	{ FINDING_RENUMBERED, "A-RENUMBERED", QUESTION,
	    N_("A new log does not go on where the log before it ended: its "
	       "numbers, or letters that it speaks of. Numbers may have been "
	       "given twice."),
	    N_("The center lost its disk and its backup and began anew, or it "
	       "had signed more before it heard that the log was closed."),
	    N_("Ask the root custodian why the new log was opened.") },
	{ FINDING_LOST, "A-LOST", QUESTION,
	    N_("The center says that it lost lines: letters may have been "
	       "issued that the log does not have."),
	    N_("A disk failed before what was on it had been published."),
	    N_("Ask for the paper files of that time, and let the center "
	       "issue missing letters again.") },
	{ FINDING_LOST_LETTER, "A-LOST-LETTER", QUESTION,
	    N_("A letter was shown that is not in the log, from a time of "
	       "which the center says that lines were lost."),
	    N_("The letter was among the lost lines."),
	    N_("Look for its paper file. If there is none, treat it as a "
	       "letter that was never entered.") },
	{ FINDING_CLOCK_LETTERS, "A-CLOCK-LETTERS", QUESTION,
	    N_("Letters were dated by a clock that the center put right "
	       "later: two persons say that their dates are wrong."),
	    N_("A computer whose clock had been set wrongly, and letters "
	       "signed before anybody noticed."),
	    N_("Compare the letters with the paper files: when were these "
	       "people there? Ask both persons when the clock was wrong.") },
	{ FINDING_MANY_POSTS, "A-MANY-POSTS", QUESTION,
	    N_("One letter was shown at three or more posts: copies may be "
	       "sold."),
	    N_("A family that was sent from one consulate to the next."),
	    N_("Ask the posts whether the identity document matched.") },
	{ FINDING_MISMATCH, "A-MISMATCH", QUESTION,
	    N_("A post saw a good letter with an identity document that did "
	       "not match."),
	    N_("A spelling that differs between letter and document."),
	    N_("Ask the post what differed.") },
	{ FINDING_PAIR, "A-PAIR", QUESTION,
	    N_("Two persons work only with each other: every letter of the "
	       "one was approved by the other, who approves nothing else."),
	    N_("They share a shift or an office."),
	    N_("Pull a sample of their letters against the paper files; ask "
	       "for changing pairs.") },
	{ FINDING_FAST, "A-FAST", QUESTION,
	    N_("Letters were approved one by one in under 30 seconds each: "
	       "too fast to look at an identity document."),
	    N_("The approver had looked at the papers before opening the "
	       "draft."),
	    N_("Ask how approval is done; pull a sample.") },
	{ FINDING_HOURS, "A-HOURS", QUESTION,
	    N_("Letters were issued outside the opening hours of the "
	       "center."),
	    N_("A long day, or hours in the calendar that are out of date."),
	    ASK_CENTER },
	{ FINDING_HOLIDAY, "A-HOLIDAY", QUESTION,
	    N_("Letters were issued on a holiday."),
	    N_("A selection week that went on over the holiday."), ASK_CENTER },
	{ FINDING_OUTLIER, "A-OUTLIER", QUESTION,
	    N_("A person's count is far from that of the others (robust z "
	       "over 3.5)."),
	    N_("Another task, a longer presence, a harder desk."), ASK_CENTER },
	{ FINDING_REPRINTS, "A-REPRINTS", QUESTION,
	    N_("One letter was printed unusually often."),
	    N_("A printer that jammed."), ASK_CENTER },
	{ FINDING_TWO_POSTS, "A-TWO-POSTS", NOTE,
	    N_("A letter was shown at two posts."),
	    N_("Second visits are normal."),
	    N_("Nothing, unless it repeats.") },
	{ FINDING_ELSEWHERE, "A-ELSEWHERE", NOTE,
	    N_("A letter was shown at another consulate than it is "
	       "addressed to."),
	    N_("The person moved, or was sent there."),
	    N_("Nothing, unless it repeats.") },
	{ FINDING_PENDING, "A-PENDING", NOTE,
	    N_("Letters were shown that are newer than the log at hand: "
	       "nothing can be said about them yet."),
	    N_("The log was published before they were issued."),
	    N_("Run the audit again with a newer copy.") },
	{ FINDING_RESTORE, "A-RESTORE", NOTE,
	    N_("The center restored its log with `recover`; no line is "
	       "missing."),
	    N_("A computer was repaired."), N_("Nothing.") },
	{ FINDING_CLOCK_RIGHT, "A-CLOCK-RIGHT", NOTE,
	    N_("The center put its clock right with `recover --clock`; times "
	       "run on from there."),
	    N_("A computer whose clock ran ahead."),
	    N_("Nothing, unless it repeats.") },
	{ FINDING_UNREAD, "A-UNREAD", NOTE,
	    N_("A person signs with a key whose fingerprint the root never "
	       "heard: two persons of the center vouched for it, nobody "
	       "else."),
	    N_("People join and change passphrases; the root hears of it only "
	       "when a new request is certified."),
	    N_("Ask the person to read the fingerprint aloud, and compare it "
	       "with the report.") },
	{ FINDING_SAME_MINUTE, "A-SAME-MINUTE", NOTE,
	    N_("Two persons' keys were always changed within the same minute: "
	       "perhaps they are one person with two names."),
	    N_("Two colleagues who change their passphrases together and "
	       "witness for each other."),
	    N_("Meet both at the center, on the same day.") },
	{ FINDING_DAY_OPEN, "A-DAY-OPEN", NOTE,
	    N_("Days with letters were not closed."),
	    N_("It was forgotten, or the day is not over."),
	    N_("Remind the center: a closed day is one that nobody can add to "
	       "unseen.") },
	{ FINDING_CLOCK, "A-CLOCK", NOTE,
	    N_("Two posts saw lines that, by the posts' clocks, were dated in "
	       "the future: the center's clock ran ahead."),
	    N_("A clock that was never set."), N_("Have the clock set.") },
	{ FINDING_LIST_OLD, "A-LIST-OLD", NOTE,
	    N_("The trust list is past its date: newer revocations may be "
	       "missing."),
	    N_("An old copy of the folder."),
	    N_("Get the newest list from the root custodian.") },
	{ FINDING_UNCHECKED, "A-UNCHECKED", NOTE,
	    N_("This could not be checked. It says nothing for or against "
	       "anybody."),
	    N_("A damaged stick, a copy that was cut off, an older program."),
	    N_("Get a new copy and run the audit again.") },
	{ FINDING_SCOPE, "A-NOT-CHECKED", NOTE,
	    N_("This was not part of the audit."),
	    N_("It was not asked for, or what it needs was not given."),
	    N_("Decide whether it is needed.") },
};
