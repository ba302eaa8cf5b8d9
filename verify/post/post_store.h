/*
 * post_store.h - the post's database: one table of presentations, one of
 * what was known of each log, one of settings.
 */
#ifndef VERIFY_POST_POST_STORE_H
#define VERIFY_POST_POST_STORE_H

#include "verify/post/post.h"

/* What a row of `record` was written as. */
#define POST_RECORD_SUM "rowsum('record', owner, taken, lost, lost_at)"

/* post_store_create - make home/post.db; one that is there already stays. */
enum err post_store_create(const char *home, struct errtext *err);

/* post_store_file - the same database under any name; store_open(). */
enum err post_store_file(
    const char *path, bool create, struct store **out, struct errtext *err);

/* post_store_open - fill post->store and mark, or post->store_problem. */
void post_store_open(struct post *post);

/* post_store_refresh - the mark as another program may have set it. */
void post_store_refresh(struct post *post);

/* post_store_moved - is post.db another file than the one that is open? What
 * is written into that one is lost. */
bool post_store_moved(const struct post *post);

/* post_store_close - as before post_store_open(). */
void post_store_close(struct post *post);

/* post_store_set_record - what the copy of one log holds now, and what one that
 * is lost had: all of it, or nothing. It outlives a power cut at once, but
 * stands beside the file until post_store_write_back(). */
enum err post_store_set_record(
    struct post *post, const struct post_record *record, struct errtext *err);

/* post_store_write_back - what was counted stands in post.db itself from here
 * on, where one changed byte is told from the end of what was written. */
enum err post_store_write_back(struct post *post, struct errtext *err);

/* post_store_set_mark - the highest clock, whatever it was before. */
enum err post_store_set_mark(
    struct post *post, int64_t at, struct errtext *err);

/* post_store_time - a time that this post remembers by a name; 0: none, or it
 * cannot be read. post_store_set_time - whatever it was before. post_store_put_time
 * - the same of a database that no post has open. */
void post_store_time(struct post *post, const char *name, int64_t *out);
enum err post_store_set_time(
    struct post *post, const char *name, int64_t at, struct errtext *err);
enum err post_store_put_time(
    struct store *store, const char *name, int64_t at, struct errtext *err);

#endif
