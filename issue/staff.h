/*
 * staff.h - changing the staff: the rules of four eyes for `officer add` and
 * `officer remove`, below the command line.
 *
 * Until the first letter the founding administrator acts alone, by the slot
 * that init gave them. From then on an approver stands beside an
 * administrator: the approver's slot opens the key that attests the row.
 *
 * Each change is a line of the log; one that could not be signed at the time
 * is entered before the next line (issue/logbook.h).
 */
#ifndef ISSUE_STAFF_H
#define ISSUE_STAFF_H

#include "issue/center.h"
#include "issue/keyring.h"

/* Who acts, with the opened keys. */
struct staff_act {
	struct center *center;
	const struct person *admin;  /* logged in, administrator */
	const struct person *second; /* logged in, approver; or NULL */
	struct keyring ring; /* staff_begin() opens, staff_end() wipes */
	int64_t now;
	int64_t confirmed; /* as of struct logbook_act */
};

/*
 * staff_begin - open the keys by the second person's slot, or by the founding
 * administrator's own. ERR_REFUSED, with an event, when an approver is needed.
 */
enum err staff_begin(struct staff_act *act, struct errtext *err);
void staff_end(struct staff_act *act);

/*
 * staff_add - a new person, with a slot if they are an approver.
 * ERR_EXISTS for a code that was ever used, ERR_DATA for a malformed one.
 */
enum err staff_add(struct staff_act *act, const char *code, enum role role,
    const struct secret *passphrase, struct errtext *err);

/*
 * staff_remove - end a person's part; a new wrapping key for those who stay.
 *
 *   rekey_due  out: the person could open the center's keys and may have
 *              copied them
 *
 * ERR_NOT_FOUND; ERR_DATA when removed before; ERR_REFUSED for those who act:
 * so the last administrator and the last approver always stay.
 */
enum err staff_remove(struct staff_act *act, const char *code, bool *rekey_due,
    struct errtext *err);

#endif
