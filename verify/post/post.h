/*
 * post.h - the home of one post (a consulate's counter): what it was set up
 * with, the newest good trust list, and a small database of its own.
 *
 *   root.crt      the program's root certificate; written last by init
 *   post.txt      "ES-GTGUA/1", one line
 *   cosigner.key, report.key   the post's own keys, 0600
 *   request.txt   what the root custodian needs to list this post
 *   trust.xml     the newest good trust list
 *   evidence/     lists and heads of logs that contradict others, letters that
 *                 are in no log (number and signature)
 *   backup.key    what backups are sealed for (verify/post/post_backup.h)
 *   post.db       letters shown here (never a name), the highest clock
 *   logs.db       verified copies of the centers' logs (verify/post/logs.h)
 *
 * A home on a read-only disk still checks letters by what it knows: then
 * nothing is recorded, and store_problem says so.
 */
#ifndef VERIFY_POST_POST_H
#define VERIFY_POST_POST_H

#include "store/store.h"
#include "trust/list.h"
#include "verify/post/logs.h"

#include <sys/stat.h>

#define POST_NUMBER_MAX    99
#define POST_CLOCK_REWRITE 60 /* seconds between two clock marks on disk */

/* Files that other programs change while this one runs. */
enum post_file {
	POST_ROOT,
	POST_LIST,
	POST_STORE,
	POST_LOGS,
	POST_LOGS_NEW, /* its write-ahead log */
	POST_FILE_COUNT,
};

/* Which bytes a file had: all 0 when there was none. */
struct post_stamp {
	dev_t device;
	ino_t inode;
	off_t size;
	struct timespec changed;
};

/* How much of one log this post had, as post_log_amount() counts it:
 * verify/post/records.h. */
struct post_record {
	uint8_t owner[POST_LOG_OWNER];
	int64_t taken;   /* by the copy after the last sync */
	int64_t lost;    /* by one that was given up; 0: none, or made good */
	int64_t lost_at; /* own clock, then */
};

/* A presentation that this run kept. */
struct post_own {
	int64_t id;     /* of its row */
	int64_t moment; /* by clock_moment() */
};

struct post {
	char *home;
	char name[32];     /* "ES-GTGUA/1" */
	char consulate[9]; /* "ES-GTGUA" */
	X509 *root;
	struct root_info info;
	struct trust_list *list; /* NULL: none, list_problem may say why */
	struct errtext list_problem;
	struct store *store; /* NULL: cannot be used, store_problem */
	struct errtext store_problem;
	bool store_read_only; /* store is there, store_problem says why */
	bool store_lost;      /* it held knowledge that a verdict would need */
	enum err store_why;   /* of store_problem, when there is no store */
	struct post_record *record; /* one a log: verify/post/records.h */
	size_t record_count, record_cap;
	struct errtext unwritten; /* why a file of the home was not written */
	int64_t mark;             /* highest clock this post has seen */
	struct post_own *own;     /* presentations kept by this run */
	size_t own_count, own_cap;
	struct post_logs logs;
	/* as they were when they were read: verify/post/post_refresh.c */
	struct post_stamp stamp[POST_FILE_COUNT];
	unsigned renewed; /* how often what is known was read again */
	/* loaded when first needed: verify/post/post_keys.h */
	EVP_PKEY *cosigner_key;
	struct vkey cosigner;
};

/* What `init` is asked for. */
struct post_setup {
	const char *root_path;
	const char *fingerprint; /* expected, in hex; NULL: not compared */
	const char *consulate;
	int number; /* 1..POST_NUMBER_MAX */
};

/*
 * post_init - make a home. Everything is checked before anything is written.
 * ERR_EXISTS when the home is one already; ERR_DATA for a bad consulate,
 * certificate or fingerprint; ERR_NOT_FOUND, ERR_IO, ERR_MEMORY.
 */
enum err post_init(
    const char *home, const struct post_setup *setup, struct errtext *err);

/*
 * post_open - ERR_CONFIG when there is no home, ERR_DATA when it is damaged.
 * A missing or damaged list or database is no error: see above.
 */
enum err post_open(const char *home, struct post **out, struct errtext *err);
/* post_free - takes NULL. */
void post_free(struct post **post);

/* post_no_list - why post->list is NULL, in words: what is wrong with the one
 * that is there, or yet, that there was none so far. */
void post_no_list(
    const struct post *post, const char *yet, struct errtext *out);
/* post_list_unusable - is there one, which could not be read or is not good? */
bool post_list_unusable(const struct post *post);

/*
 * post_refresh - see what sync and others changed since: root certificate,
 * list, database, copies of logs. Some file stamps when nothing did. A list
 * that can no longer be used is none, and list_problem says why; only a lower
 * sequence than the one at hand is left alone, as sync would. Ends every
 * borrowing from post->list and post->logs.
 */
void post_refresh(struct post *post);

/* post_read_trust - root certificate and list, at start and again: inside
 * post*.c. ERR_OK also without a list. */
enum err post_read_trust(struct post *post, struct errtext *err);

/* post_stamps - take the stamps of all files: before they are read. */
void post_stamps(
    const struct post *post, struct post_stamp out[POST_FILE_COUNT]);

/* post_newest_seen - newest time that this post has proof of; 0: none. */
int64_t post_newest_seen(const struct post *post);

/* post_mark - remember the clock when it is a minute past the last mark; never
 * a later time than the list's end. */
void post_mark(struct post *post, int64_t now);

/* post_path - "home/name", malloc'ed; NULL without memory. */
char *post_path(const struct post *post, const char *name);

#endif
