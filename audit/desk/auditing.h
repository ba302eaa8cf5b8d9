/*
 * auditing.h - audits behind the page: run by a thread of their own while the
 * page says how far it is. A finding's text is made in the language in force,
 * so another language is another audit of the same sources; each is kept until
 * "check again". No HTTP here. All functions are for one thread, the page's.
 *
 * While one runs, the language in force stays its own (i18n.h has one for the
 * whole program): auditing_language() says in which a page can be written.
 */
#ifndef AUDIT_DESK_AUDITING_H
#define AUDIT_DESK_AUDITING_H

#include "audit/audit.h"
#include "base/i18n.h"

#include <pthread.h>

/* One audit that ended. */
struct audited {
	bool done;
	enum err rc; /* of audit_run(); else there is no audit */
	struct errtext err;
	struct audit audit;
	struct errtext unkept; /* why the state could not be written, or "" */
};

struct auditing {
	struct audit_options options; /* what audits borrow */
	struct audited by_language[I18N_LANGUAGE_COUNT];
	bool keep; /* the next run brings the state up to date */
	/* one that runs */
	bool running;
	pthread_t thread;
	struct audited *into;
	pthread_mutex_t lock; /* over what follows */
	pthread_cond_t changed;
	bool ended, stop;
	struct audit_step step; /* center: */
	char center[LETTER_CENTER_SIZE];
};

/*
 * auditing_open - make ready; nothing runs yet. What the options borrow must
 * live until auditing_close(), which also ends an audit that runs. Before there
 * are other threads. ERR_INTERNAL, and as audit_ready().
 */
enum err auditing_open(const struct audit_options *options,
    struct auditing *out, struct errtext *err);
void auditing_close(struct auditing *auditing);

/*
 * auditing_language - put the language in force that a page for `wanted` is to
 * be written in: that one, or while an audit runs, that audit's.
 */
void auditing_language(struct auditing *auditing, const char *wanted);

/*
 * auditing_look - the audit in the language in force; begun when there is none.
 * One that ends in a moment is waited for. NULL: it runs.
 */
const struct audited *auditing_look(struct auditing *auditing);

/* auditing_again - forget all; the next look begins anew, at this moment.
 * False, nothing done: one runs. */
bool auditing_again(struct auditing *auditing);

/* auditing_step - how far the one that runs is; false: none runs. center is ""
 * until a log is read, and lives until the next call. */
bool auditing_step(struct auditing *auditing, struct audit_step *out);

#endif
