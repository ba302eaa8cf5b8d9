/*
 * knowledge.h - what this post knows, how old that is and what letters would
 * get for it: for `status`, and always in view on a page.
 */
#ifndef VERIFY_KNOWLEDGE_H
#define VERIFY_KNOWLEDGE_H

#include "base/json.h"
#include "verify/post/post.h"
#include "verify/verdict.h"

/*
 * knowledge_reasons - what letters of some center would get, and nothing about
 * any one letter: the verdict function is asked.
 *
 *   selftest  is this program, and what it keeps, in order?
 */
void knowledge_reasons(
    struct post *post, int64_t now, bool selftest, struct verdict_result *out);

/* One line, borrowed. label: translated, "Trust list:"; "": it goes on with the
 * last one; NULL: a line without one, of a center's log. */
typedef void knowledge_take(void *ctx, const char *label, const char *text);

/* knowledge_each - post, list, logs, keys, clock, self-test, reader. */
void knowledge_each(struct post *post, int64_t now, bool selftest,
    knowledge_take *take, void *ctx);

/* knowledge_troubles - what cannot be used or kept now, without a label; nothing
 * when all is well. */
void knowledge_troubles(
    const struct post *post, knowledge_take *take, void *ctx);

/* knowledge_labels - all that knowledge_each() may give, to be translated, for
 * who writes in columns; NULL ends them. */
extern const char *const knowledge_labels[];

/* knowledge_logs_json - an object each log of the list. New reference. */
json_t *knowledge_logs_json(struct post *post, int64_t now);

#endif
