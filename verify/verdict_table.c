/*
 * verdict_table.c - verdicts and reasons of verdict.h, in words for officers:
 * no technical ones, and what to do next.
 */
#include "verify/verdict.h"

#include "base/i18n.h"

const struct verdict_row verdict_table[4] = {
	{ VERDICT_VALID, "valid", N_("AUTHENTIC AND VALID"), "[OK]", 0 },
	{ VERDICT_ATTENTION, "attention", N_("AUTHENTIC, ATTENTION"), "/!\\",
	    1 },
	{ VERDICT_UNCHECKED, "unchecked", N_("COULD NOT BE CHECKED"), "[?]",
	    2 },
	{ VERDICT_NOT_AUTHENTIC, "not-authentic", N_("NOT AUTHENTIC"), "[X]",
	    3 },
};

/* Verdict and kind. */
#define NO     VERDICT_NOT_AUTHENTIC, REASON_PLAIN
#define GRAY   VERDICT_UNCHECKED, REASON_PLAIN
#define AMBER  VERDICT_ATTENTION, REASON_PLAIN
#define OLD    VERDICT_UNCHECKED, REASON_OLD
#define AGEING VERDICT_ATTENTION, REASON_OLD
#define OVER   VERDICT_ATTENTION, REASON_OVER

/* What to do is often the same. */
#define CALL_CENTER                                                         \
	N_("Stay calm: the holder is often the victim. Call the center at " \
	   "the number shown here, not at a number on the paper.")

const struct reason_row reason_table[REASON_COUNT] = {
	{ F_SIGNATURE, "F-SIGNATURE", NO,
	    N_("The letter was changed, or the center did not make it."),
	    CALL_CENTER },
	{ F_REVOKED, "F-REVOKED", NO,
	    N_("The letter was withdrawn for fraud, or made with a stolen key "
	       "or by a removed person."),
	    CALL_CENTER },
	{ F_KEY, "F-KEY", NO,
	    N_("The letter was made with a key that the center was not "
	       "allowed to use for it."),
	    CALL_CENTER },
	{ F_UNLOGGED, "F-UNLOGGED", NO,
	    N_("The center's log of all letters does not have this "
	       "one."),
	    CALL_CENTER },
	{ F_MISMATCH, "F-MISMATCH", NO,
	    N_("Two different letters with the same number are in this "
	       "document."),
	    CALL_CENTER },
	{ U_UNREADABLE, "U-UNREADABLE", GRAY, N_("No code could be read."),
	    N_("Clean and flatten the paper, use more light, and scan again. "
	       "Page 2 of a letter has no code: scan its first page. If it "
	       "fails again, call the center.") },
	{ U_FOREIGN, "U-FOREIGN", GRAY,
	    N_("This is not a referral letter of this kind."),
	    N_("Check that you scanned the code of the letter. Do not accept "
	       "another code in its place.") },
	{ U_GARBLED, "U-GARBLED", GRAY,
	    N_("The code arrived incomplete or with wrong characters."),
	    N_("Scan again. If it fails again, check the scanner's keyboard "
	       "language, or use a photo of the code.") },
	{ U_PROFILE, "U-PROFILE", GRAY,
	    N_("The letter is not in the form that centers produce."),
	    N_("Ask for the original paper or file, and check that one.") },
	{ U_VERSION, "U-VERSION", GRAY,
	    N_("This seems to be a letter of a newer version, which this "
	       "program cannot read."),
	    N_("Update this program, then check again.") },
	{ U_ISSUER, "U-ISSUER", GRAY,
	    N_("This post does not know who made the letter."),
	    N_("Update the trust list, then check again.") },
	{ U_REVOKED, "U-REVOKED", GRAY,
	    N_("The center's key was stolen later. This post cannot tell "
	       "whether the letter was made before."),
	    N_("Call the center at the number shown here, and ask for a new "
	       "letter.") },
	{ U_LOG_GAP, "U-LOG-GAP", GRAY,
	    N_("The center lost its log of the days when the letter "
	       "was made."),
	    N_("Call the center at the number shown here, and ask for a new "
	       "letter.") },
	{ U_LIST_STALE, "U-LIST-STALE", OLD,
	    N_("This post has no trust list, or what it has is too "
	       "old."),
	    N_("Update the trust list, then check again.") },
	{ U_CLOCK, "U-CLOCK", GRAY,
	    N_("This computer's clock does not fit another date that this "
	       "post knows."),
	    N_("Look at a calendar. If this computer's date is "
	       "wrong, set it; if it is right, update the trust "
	       "list and the logs. Then check again.") },
	{ U_SELFTEST, "U-SELFTEST", GRAY,
	    N_("This computer cannot check now: for damage, or want of memory "
	       "or disk."),
	    N_("Say nothing about the letter. Look what is wrong and "
	       "what to do (sello-verify status), or call your support.") },
	{ U_SIZE, "U-SIZE", GRAY,
	    N_("The file or the typed line is too large for a letter."),
	    N_("Use the original file, or a smaller photo of the code.") },
	{ U_INPUT, "U-INPUT", GRAY, N_("The file cannot be opened."),
	    N_("Check the name of the file and who may read it.") },
	{ U_REGISTER, "U-REGISTER", GRAY,
	    N_("A typed number alone proves nothing about a letter."),
	    N_("Scan the code of the letter. Without it, call the center.") },
	{ R_NOTYET, "R-NOTYET", AMBER, N_("The letter is not valid yet."),
	    N_("Tell the holder the first day on which it is valid.") },
	{ R_EXPIRED, "R-EXPIRED", OVER, N_("The letter is no longer valid."),
	    N_("Send the holder to the center for a new letter.") },
	{ R_SUPERSEDED, "R-SUPERSEDED", OVER,
	    N_("The center replaced this letter by a newer one."),
	    N_("Ask for the newer letter.") },
	{ R_WITHDRAWN, "R-WITHDRAWN", OVER,
	    N_("The center withdrew this letter."),
	    N_("Do not act on it. Send the holder to the center.") },
	{ R_PRESENTED, "R-PRESENTED", AMBER,
	    N_("This letter was shown before."),
	    N_("Ask why. A second visit is normal; check the ID with care.") },
	{ R_CONSULATE, "R-CONSULATE", AMBER,
	    N_("The letter is addressed to another consulate."),
	    N_("Follow your rules for letters to other posts.") },
	{ R_MINOR, "R-MINOR", AMBER, N_("The holder is under 18."),
	    N_("Follow your rules for minors first.") },
	{ R_DECLARED, "R-DECLARED", AMBER,
	    N_("The center saw no identity document. The names are as the "
	       "holder said them."),
	    N_("Establish the person's identity by other means.") },
	{ R_MIXED, "R-MIXED", AMBER,
	    N_("The printed code and the attached file are different "
	       "letters."),
	    N_("Ask which of the two the holder brings. Compare the paper and "
	       "the ID with that one.") },
	{ R_KEY_REVOKED, "R-KEY-REVOKED", AMBER,
	    N_("The center's key was stolen later. This letter is older, and "
	       "good."),
	    N_("Go on as usual, and check the ID with care.") },
	{ R_KEY_RETIRED, "R-KEY-RETIRED", AMBER,
	    N_("The center's key was replaced before the letter was made. "
	       "The center may not have known yet."),
	    N_("Update the logs, then check again. Go on as usual, "
	       "and check the ID with care.") },
	{ R_CLOCK, "R-CLOCK", AMBER,
	    N_("The center's clock was wrong when the letter was made. The "
	       "center has put this right."),
	    N_("Do not rely on the letter's dates alone. Check the ID with "
	       "care.") },
	{ R_LIST_AGEING, "R-LIST-AGEING", AGEING,
	    N_("This post's lists should be updated."),
	    N_("Go on, and update the trust list soon.") },
	{ R_LOG_PENDING, "R-LOG-PENDING", AMBER,
	    N_("This post's copy of the center's log is older than "
	       "the letter."),
	    N_("Update the logs when you can. Go on as usual.") },
	{ R_LOG_CONFLICT, "R-LOG-CONFLICT", AMBER,
	    N_("The center's log contradicts itself."),
	    N_("Tell the root custodian, and call the center before you "
	       "act on the letter.") },
	{ T_TRAINING, "T-TRAINING", AMBER,
	    N_("TRAINING. This is an exercise, not a real letter."),
	    N_("Never act on it.") },
};
