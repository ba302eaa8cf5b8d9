/*
 * taking.h - `sync` from the page: the command itself runs in a process of its
 * own, by its own rules and locks, while letters go on being judged; its words
 * are the page's. What it takes, this run sees at once (post_refresh()).
 */
#ifndef VERIFY_DESK_TAKING_H
#define VERIFY_DESK_TAKING_H

#include "base/bytes.h"
#include "base/err.h"

#include <stdbool.h>
#include <sys/types.h>

/* Start as {0}; the descriptor counts while it runs alone. */
struct taking {
	bool begun; /* one ran, or runs */
	bool running;
	pid_t process;
	int words;         /* where they come from */
	struct bytes said; /* by it, all of it */
	int64_t moment;    /* when it began, by clock_moment() */
	int status;        /* its exit, when it ended */
};

/*
 * taking_start - from a folder or address. ERR_EXISTS while another one runs;
 * ERR_DATA for no source; ERR_IO.
 */
enum err taking_start(struct taking *taking, const char *home,
    const char *source, struct errtext *err);

/* taking_listen - what it said meanwhile, and whether it ended: now and then. */
void taking_listen(struct taking *taking);

/* taking_add - append how it stands, and the places to take from that are
 * there now. */
void taking_add(struct bytes *out, struct taking *taking);

/* taking_end - end it, when it still runs; what it took is whole. */
void taking_end(struct taking *taking);

#endif
