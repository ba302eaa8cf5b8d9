/*
 * proofs.h - the proofs of manipulation that stand at this post, for status:
 * two lists under one number, letters that a center's key signed outside its
 * log. (What is proven against a log as a whole, or against lines of it, stands
 * with the log: log_status.h.)
 */
#ifndef VERIFY_PROOFS_H
#define VERIFY_PROOFS_H

#include "base/json.h"
#include "cli/cli.h"
#include "verify/judge.h"
#include "verify/post/unlogged.h"

struct proofs {
	bool list_good;     /* no other list is known under its number */
	bool lines_refused; /* of some log: log_refused.h */
	bool lines_known, letters_known;
	struct unlogged_list letters;
};

/* proofs_find - look, and warn of what cannot be looked at. proofs_clear() it.
 */
void proofs_find(
    struct cli *cli, struct post *post, int64_t now, struct proofs *out);
void proofs_clear(struct proofs *proofs);

/*
 * proofs_keep - what this result proves against a center's key stays, also
 * where no visit is recorded: it is not about who was here. (Two letters under
 * one number prove nothing alone: numbers may be given again after a loss.)
 *
 *   said  out: where it is now, or that it is not kept; untouched where
 *         nothing is proven
 */
void proofs_keep(const struct judge *judge, const struct judged *judged,
    struct errtext *said);

/* proofs_stand - should somebody act? Not for what the root has settled. */
bool proofs_stand(const struct proofs *proofs);

/* proofs_print - the letters, in words; nothing when there are none. */
void proofs_print(const struct proofs *proofs, const struct post *post);

/* proofs_add_json - "listDisputed", "unlogged": an object each letter. */
void proofs_add_json(json_t *line, const struct proofs *proofs);

#endif
