/*
 * elsewhere.h - where the signature log is besides here, in the register: heads
 * that others brought back, and folders it was published to. Sets and gets;
 * what they prove is issue/center/rollback.h's.
 *
 *   log_seen  heads brought back that this log must lead to: from posts
 *   log_place folders it was published to, newest last
 *
 * Errors, where nothing else is said, as in issue/register/register.h.
 */
#ifndef ISSUE_REGISTER_ELSEWHERE_H
#define ISSUE_REGISTER_ELSEWHERE_H

#include "issue/register/register.h"
#include "log/tree.h"

/* A seen head: signed here, brought back by somebody who saw it. */
struct log_seen {
	unsigned generation;
	uint64_t size;
	struct tree_hash root;
};

/* register_log_seen_add - remember a head brought back; `source` is shown to
 * staff (a post's name). Twice is once. */
enum err register_log_seen_add(struct registry *reg,
    const struct log_seen *seen, const char *source, int64_t at,
    struct errtext *err);
/* register_log_seen_each - all of them, by generation and size. What each()
 * returns stops; ERR_DATA for a row out of form. */
enum err register_log_seen_each(struct registry *reg,
    enum err (*each)(void *arg, const struct log_seen *seen, const char *source,
	struct errtext *err),
    void *arg, struct errtext *err);

/* register_log_published - remember a folder (its absolute path). */
enum err register_log_published(
    struct registry *reg, const char *path, int64_t at, struct errtext *err);
/* register_log_is_place - was this folder remembered? */
enum err register_log_is_place(
    struct registry *reg, const char *path, bool *known, struct errtext *err);
/* register_log_place_each - the folders, newest first. */
enum err register_log_place_each(struct registry *reg,
    enum err (*each)(void *arg, const char *path, struct errtext *err),
    void *arg, struct errtext *err);

#endif
