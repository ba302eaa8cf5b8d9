/*
 * locks.c - locks.h.
 */
#include "scan/locks.h"

#include "base/bytes.h"
#include "scan/child.h"
#include "scan/helper.h"
#include "scan/protocol.h"

#include <stdlib.h>

#define ANSWER_MAX 256 /* bytes */

static enum err
parse(const struct bytes *answer, struct scan_locks *out, struct errtext *err)
{
	struct reader r = { answer->at, answer->len };

	out->calls =
	    reader_skip_text(&r, PROTOCOL_LOCK " " PROTOCOL_CALLS "\n");
	out->paths =
	    reader_skip_text(&r, PROTOCOL_LOCK " " PROTOCOL_PATHS "\n");
	out->opens = out->calls || child_may_be_unlocked();
	return reader_skip_text(&r, PROTOCOL_END "\n") && r.left == 0
	    ? ERR_OK
	    : helper_nonsense(err);
}

enum err
scan_locks(struct scan_locks *out, struct errtext *err)
{
	struct bytes answer = { 0 };
	char *program = NULL;
	enum err rc = helper_program(&program, err);

	*out = (struct scan_locks){ 0 };
	if (rc == ERR_OK)
		rc = helper_run(
		    program, PROTOCOL_LOCKS, NULL, 0, ANSWER_MAX, &answer, err);
	if (rc == ERR_OK)
		rc = parse(&answer, out, err);
	bytes_free(&answer);
	free(program);
	return rc;
}
