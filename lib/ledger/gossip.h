/*
 * gossip.h - what one post tells other posts and auditors: a C2SP signed note
 * by the post's report key (Ed25519, type 0x01), at most NOTE_MAX bytes, with
 * letters shown there and the signed heads of logs it has.
 *
 *   sello-report/v1 ORIGIN TIME                 RRP-ES/post/ES-GTGUA/1
 *   seen NUMBER DIGEST ISSUEDAT DAY FLAGS KEYID SIG     any number
 *   head BASE64                                 any number, a whole checkpoint
 *
 *   — ORIGIN ...
 *
 * DIGEST and SIG (r | s) are Base64url. FLAGS is - or letters in this order: e
 * addressed to another consulate, m the ID did not match. KEYID and SIG are
 * both - where the post did not keep them. Never a name. docs/log.md,
 * section 7.
 *
 * A report proves that its post says so, no more; with KEYID and SIG anyone
 * checks that the center's key signed NUMBER and DIGEST (ledger/shown.h). Heads
 * in it count by the log's own signature, whoever brought them.
 */
#ifndef LEDGER_GOSSIP_H
#define LEDGER_GOSSIP_H

#include "log/checkpoint.h"
#include "trust/list.h"

/* One letter shown on one day. */
struct gossip_shown {
	char number[LETTER_NUMBER_SIZE];
	uint8_t digest[32];
	int64_t issued_at;
	int64_t day;                       /* since 1970-01-01, UTC */
	bool elsewhere;                    /* addressed to another consulate */
	bool mismatch;                     /* the ID did not match */
	char key_name[DSIG_KEY_NAME_SIZE]; /* "": not known, */
	uint8_t signature[DSIG_SIGNATURE_SIZE]; /* nor this */
};

/* --- writing ---------------------------------------------------------- */

/* gossip_begin, gossip_add_shown, gossip_add_head - append to a text (check
 * text->failed). gossip_add_head: a checkpoint as checkpoint_open() takes
 * it, with our cosignature in it. */
void gossip_begin(const char *origin, int64_t at, struct bytes *text);
void gossip_add_shown(const struct gossip_shown *shown, struct bytes *text);
void gossip_add_head(const void *note, size_t len, struct bytes *text);

/*
 * gossip_sign - append the signed note to out. ERR_LIMIT when it would be
 * larger than NOTE_MAX: leave something out. ERR_CONFIG when key is not
 * post's; ERR_MEMORY.
 */
enum err gossip_sign(const struct bytes *text, const struct vkey *post,
    EVP_PKEY *key, struct bytes *out, struct errtext *err);

/* --- reading ----------------------------------------------------------- */

enum gossip_standing {
	GOSSIP_LISTED,   /* signed by an active post of the list */
	GOSSIP_UNLISTED, /* the list does not name it */
	GOSSIP_REVOKED,  /* signed by one that the list revoked */
};

struct gossip {
	char origin[VKEY_NAME_MAX + 1];
	int64_t at;
	enum gossip_standing standing;
	const struct trust_post *post; /* borrowed from list; NULL: unlisted */
	size_t shown, heads;           /* lines */
};

/* Who gets the lines, in order; what it returns stops the reading. */
struct gossip_visitor {
	/* only of a listed post: the word of others counts for nothing */
	enum err (*shown)(
	    void *ctx, const struct gossip_shown *shown, struct errtext *err);
	/* a note still to be judged by checkpoint_open() */
	enum err (*head)(
	    void *ctx, const void *note, size_t len, struct errtext *err);
	void *ctx;
};

/*
 * gossip_is - do the bytes begin as a report does? For telling it from a
 * bare checkpoint.
 */
bool gossip_is(const void *bytes, size_t len);

/*
 * gossip_read - verify, then hand the lines on. The whole is checked before
 * the first line is given.
 *
 *   list     names the posts
 *   visitor  either function may be NULL
 *   out      written on ERR_OK
 *
 * Returns ERR_OK (also for an unlisted post: see standing), ERR_DATA (not a
 * report, or a line out of form), ERR_VERSION (a later form), ERR_LIMIT,
 * ERR_SIGNATURE (a listed post's, proven wrong), ERR_MEMORY, and what the
 * visitor returns.
 */
enum err gossip_read(const void *bytes, size_t len,
    const struct trust_list *list, const struct gossip_visitor *visitor,
    struct gossip *out, struct errtext *err);

/*
 * gossip_first_shown - the first letter of a report, whoever signed it: no more
 * than what the center's own signature in it proves (ledger/shown.h). False:
 * not a report in form, or one without a letter.
 */
bool gossip_first_shown(
    const void *bytes, size_t len, struct gossip_shown *out);

#endif
