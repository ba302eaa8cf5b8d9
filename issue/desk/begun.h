/*
 * begun.h - what somebody has begun at the staff desk and not finished: a form
 * half typed, the letter that it corrects, a file of people that is being
 * mended. It waits for that person alone, in this program's memory, through a
 * lock, a page loaded anew and a browser that ended; on no disk and in no
 * browser. Wiped when it is saved, thrown away, when the person signs out (but
 * rows set aside), or when the program ends.
 */
#ifndef ISSUE_DESK_BEGUN_H
#define ISSUE_DESK_BEGUN_H

#include "base/bytes.h"
#include "base/secret.h"
#include "issue/intake/intake.h"
#include "letter/letter.h"
#include "letter/number.h"
#include "trust/person.h"

#define BEGUN_FORM_MAX ((size_t)32 << 10) /* bytes of a form half typed */

struct begun {
	struct begun *next;
	char code[PERSON_CODE_SIZE]; /* whose it is */
	struct secret form;          /* CSV of one row; {0}: nothing is typed */
	char supersedes[LETTER_NUMBER_SIZE];
	char file[256];
	struct bytes text, aside;
	enum date_order dates; /* of the file, as somebody chose */
	bool mended;           /* the file is not any more what was brought */
	bool aside_kept;       /* the browser has it as a file */
};

/* begun_of - this person's, made if there is none; NULL: no memory. It stays
 * where it is until begun_drop(). */
struct begun *begun_of(struct begun **all, const char *code);

/* begun_is_any - does anything wait? */
bool begun_is_any(const struct begun *begun);

/* begun_anybody - of anybody? */
bool begun_anybody(const struct begun *all);

/* begun_is_work - has somebody typed what would be lost? */
bool begun_is_work(const struct begun *begun);

/* begun_keep_form - in place of what was kept; an empty text keeps nothing.
 * ERR_LIMIT: over BEGUN_FORM_MAX; ERR_MEMORY. Then nothing is kept. */
enum err begun_keep_form(
    struct begun *begun, const struct bytes *form, struct errtext *err);

/* begun_end_form - saved or thrown away, with what it corrects. */
void begun_end_form(struct begun *begun);

/* begun_end_file - the same of the file; rows set aside stay. */
void begun_end_file(struct begun *begun);

/* begun_leave - this person signs out: as begun_drop(), but rows that were set
 * aside and are in no file yet still wait. */
void begun_leave(struct begun **all, const char *code);

/* begun_drop - all of this person's; begun_drop_all - everybody's. Wiped. */
void begun_drop(struct begun **all, const char *code);
void begun_drop_all(struct begun **all);

#endif
