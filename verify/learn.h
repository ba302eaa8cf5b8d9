/*
 * learn.h - a post learns: what sync and import share. One at a time, for
 * whoever learns holds the lock.
 */
#ifndef VERIFY_LEARN_H
#define VERIFY_LEARN_H

struct cli;
struct post;
struct sync_event;
struct sync_listener;

/*
 * learn_open - the post, and the lock that keeps others from learning at the
 * same time.
 *
 *   post, lock  out: learn_close() releases both
 *
 * 0, or the exit status with the message already printed: also where nothing
 * can be written, for what cannot be kept is not taken.
 */
int learn_open(struct cli *cli, struct post **post, int *lock);

/* learn_close - the end, and the exit status: the listener's, or EX_IOERR when
 * something could not be written meanwhile. */
int learn_close(struct cli *cli, struct post **post, int lock,
    const struct sync_listener *listener);

/* learn_print - one event as text or as a line of JSON, for a listener whose
 * ctx is the struct cli. */
void learn_print(void *ctx, const struct sync_event *event);

#endif
