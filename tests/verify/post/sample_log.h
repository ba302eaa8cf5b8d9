/*
 * sample_log.h - a post, a center with a log, and syncing one with the other,
 * for the tests of this room.
 */
#ifndef TESTS_VERIFY_POST_SAMPLE_LOG_H
#define TESTS_VERIFY_POST_SAMPLE_LOG_H

#include "tests/support/chronicle.h"
#include "tests/verify/post/sample_post.h"
#include "verify/post/sync.h"

#define PUB "pub"

/* Where a log has nothing but letters behind the lines that it begins with:
 * its size with so many letters, and the letter of a line. */
#define SIZE(letters) (CHRONICLE_FOUND + (uint64_t)(letters))
#define LETTER(line)  ((unsigned)((line) + 1 - CHRONICLE_FOUND))

struct sample_log {
	struct sample_post sample;
	struct chronicle log;    /* generation 1 */
	struct sample_list list; /* of the newest list; sequence and all */
	struct trust_log row[2];
	int64_t begin; /* when the log begins: two days ago */
	/* of the newest sync */
	int status;
	unsigned events, logs, letters; /* of any kind, of these kinds */
	enum outcome outcome;           /* of the newest log */
	uint64_t added, size;
	int64_t as_of;
	char text[LOG_TEXT_SIZE];
	char proof[LOG_TEXT_SIZE]; /* the last sentence about manipulation */
};

static inline void
sample_log_event(void *ctx, const struct sync_event *e)
{
	struct sample_log *s = ctx;

	s->events++;
	s->letters += e->kind == SYNC_PRESENTATION;
	if (e->kind == SYNC_LOG) {
		s->logs++;
		s->outcome = e->outcome;
		s->added = e->log != NULL ? e->log->added : 0;
		s->size = e->log != NULL ? e->log->size : 0;
		s->as_of = e->log != NULL ? e->log->as_of : 0;
	}
	snprintf(s->text, sizeof(s->text), "%s", e->text);
	if (e->outcome == OUTCOME_MANIPULATED)
		snprintf(s->proof, sizeof(s->proof), "%s", e->text);
}

/* A list that names the log, in PUB; what else it says is in s->list. */
static inline void
sample_log_list(struct sample_log *s, const char *pub)
{
	s->list.sequence++;
	s->list.issued_at = s->sample.now - 60 + (int64_t)s->list.sequence;
	s->list.logs = s->row;
	sample_publish(&s->sample, pub, s->list);
}

static inline int
sample_log_sync_at(struct sample_log *s, const char *pub, int64_t now)
{
	struct sync_listener listener = { sample_log_event, s, 0 };

	s->events = s->logs = s->letters = 0;
	s->text[0] = '\0';
	sync_source(s->sample.post, pub, now, &listener);
	sync_recheck(s->sample.post, now, &listener);
	return s->status = listener.status;
}

static inline int
sample_log_sync(struct sample_log *s, const char *pub)
{
	return sample_log_sync_at(s, pub, s->sample.now);
}

/* Sync must end so; what it said otherwise is shown. */
#define SYNC(s, pub, want)                                                    \
	do {                                                                  \
		int sync_got = sample_log_sync(s, pub);                       \
		ck_assert_msg(sync_got == (want), "%d, not %d: %s", sync_got, \
		    want, (s)->text);                                         \
	} while (0)

static inline void
sample_log_new(struct sample_log *s)
{
	memset(s, 0, sizeof(*s));
	sample_post_new(&s->sample, false);
	s->begin = s->sample.now - 2 * CLOCK_DAY;
	chronicle_new(&s->log, "GTGUA01", 1, s->sample.key);
	chronicle_trust_log(&s->log, false, &s->row[0]);
	s->list.log_count = 1;
	sample_log_list(s, PUB);
}

static inline void
sample_log_free(struct sample_log *s)
{
	chronicle_free(&s->log);
	sample_post_free(&s->sample);
}

/* Grow the log by letters at its beginning, publish it as of a minute ago. */
static inline void
sample_log_publish(struct sample_log *s, const char *pub, uint64_t size)
{
	chronicle_grow(&s->log, s->begin,
	    s->log.size < CHRONICLE_FOUND ? 1 : LETTER(s->log.size), size);
	chronicle_publish(&s->log, pub, size, s->sample.now - 60);
}

/* The post is closed and opened again, as another command would. */
static inline void
sample_log_reopen(struct sample_log *s)
{
	struct errtext err = { 0 };

	post_free(&s->sample.post);
	ck_assert_msg(
	    post_open("post", &s->sample.post, &err) == ERR_OK, "%s", err.text);
}

static inline const struct post_log *
sample_log_row(const struct sample_log *s, unsigned generation)
{
	return post_logs_find(&s->sample.post->logs, "GTGUA01", generation);
}

#endif
