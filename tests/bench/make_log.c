/*
 * make_log.c - a synthetic publication of any size, every signature in it
 * good, for `make bench` and for trying things out.
 *
 *   make-log DIR LINES [CENTERS [THREADS]]
 *
 * Writes DIR/root.crt and DIR/pub with trust.xml and log/CENTER/1 of LINES
 * lines for each center: letters by three drafters and three approvers in
 * opening hours, a reprint or withdrawal now and then, days closed.
 */
#include "base/clock.h"
#include "tests/support/realm.h"

#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define START   INT64_C(1767625200) /* 2026-01-05T15:00:00Z, 9:00 there */
#define BATCH   4096                /* lines signed at a time */
#define AT_ONCE 4                   /* lines that one letter makes */
#define THREADS 64
#define A_DAY   1400 /* letters; at 17 s each, 9:00 to 15:37 */

struct share {
	struct chronicle *log;
	struct log_entry *entry;
	size_t count;
};

static void *
sign_share(void *arg)
{
	const struct share *s = arg;
	size_t i;

	for (i = 0; i < s->count; i++)
		chronicle_sign(s->log, &s->entry[i]);
	return NULL;
}

static void
sign_all(struct chronicle *log, struct log_entry *entry, size_t count,
    size_t threads)
{
	struct share share[THREADS];
	pthread_t thread[THREADS];
	size_t each = (count + threads - 1) / threads, from = 0, n = 0;

	for (; from < count; from += each, n++) {
		share[n] = (struct share){ log, entry + from,
			from + each < count ? each : count - from };
		if (pthread_create(&thread[n], NULL, sign_share, &share[n]) !=
		    0)
			abort();
	}
	while (n > 0)
		pthread_join(thread[--n], NULL);
}

/* Where the log stands. */
struct state {
	struct chronicle *log;
	uint64_t letter; /* letters so far */
	int year;
	unsigned sequence;
	int64_t time;
};

static void
next_letter(struct state *s, struct log_entry *e)
{
	static const char *const drafters[] = { "OF1007", "OF1008", "OF1009" };
	static const char *const approvers[] = { "AP2003", "AP2004", "AP2005" };
	uint64_t day = s->letter / A_DAY, n = s->letter % A_DAY;

	s->time = START + (int64_t)(day / 5 * 7 + day % 5) * CLOCK_DAY +
	    (int64_t)n * 17;
	if (clock_year(s->time) != s->year) {
		s->year = clock_year(s->time);
		s->sequence = 0;
	}
	*e = (struct log_entry){
		.time = s->time, .kind = ENTRY_ISSUE, .has_digest = true
	};
	chronicle_number(s->log, s->year, ++s->sequence, e->number);
	chronicle_digest(e->number, e->digest);
	strcpy(e->officer, drafters[s->letter % 3]);
	strcpy(e->approver, approvers[s->letter / 7 % 3]);
	snprintf(e->reason, sizeof(e->reason), "V%u",
	    (unsigned)(31 + s->letter * 7 % 200));
	s->letter++;
}

/* What an approver does alone. */
static void
next_act(const struct log_entry *letter, enum entry_kind kind, int64_t after,
    struct log_entry *e)
{
	*e = (struct log_entry){
		.time = letter->time + after, .kind = kind, .officer = "AP2003"
	};
	if (kind == ENTRY_CLOSE)
		return;
	memcpy(e->number, letter->number, sizeof(e->number));
	memcpy(e->digest, letter->digest, sizeof(e->digest));
	e->has_digest = true;
	if (kind == ENTRY_REPRINT)
		strcpy(e->ref, "2");
	else
		strcpy(e->reason, "WITHDRAWN");
}

/* A letter, and what happens beside it: every 50th is printed again, every
 * 100th withdrawn, and the day is closed. Returns how many lines, at most
 * AT_ONCE. */
static size_t
next_lines(struct state *s, struct log_entry *e)
{
	uint64_t number = s->letter;
	size_t n = 1;

	next_letter(s, e);
	if (number % 100 == 49)
		next_act(e, ENTRY_REPRINT, 1, &e[n++]);
	if (number % 100 == 99)
		next_act(e, ENTRY_WITHDRAW, 1, &e[n++]);
	if (number % A_DAY == A_DAY - 1)
		next_act(e, ENTRY_CLOSE, 60, &e[n++]);
	return n;
}

/* Who works there, beside those of chronicle_found(). */
static void
add_staff(struct chronicle *c, uint64_t size)
{
	static const char *const staff[][2] = { { "OF1008", "DRAFTER" },
		{ "OF1009", "DRAFTER" }, { "AP2004", "APPROVER" },
		{ "AP2005", "APPROVER" } };
	size_t i;

	chronicle_grow(
	    c, START - 60, 1, size < CHRONICLE_FOUND ? size : CHRONICLE_FOUND);
	for (i = 0; i < sizeof(staff) / sizeof(staff[0]); i++)
		if (c->size + 1 < size) /* two lines */
			chronicle_join(c, START - 60, staff[i][0], staff[i][1]);
}

static void
write_log(struct chronicle *c, uint64_t size, size_t threads)
{
	struct log_entry *entry = calloc(BATCH + AT_ONCE, sizeof(*entry));
	struct state s = { .log = c };
	size_t i, count;

	if (entry == NULL)
		abort();
	/* persons' keys are made when they are asked for: all, before threads
	 * ask */
	add_staff(c, size);
	while (c->size < size) {
		for (count = 0; count < BATCH;)
			count += next_lines(&s, &entry[count]);
		if (count > size - c->size)
			count = (size_t)(size - c->size);
		for (i = 0; i < count; i++)
			entry[i].index = c->size + i;
		sign_all(c, entry, count, threads);
		for (i = 0; i < count; i++)
			chronicle_add_signed(c, &entry[i]);
	}
	free(entry);
}

static void
make(const char *dir, uint64_t lines, size_t centers, size_t threads)
{
	static struct realm realm; /* large */
	char code[LETTER_CENTER_SIZE], path[300], pub[256];
	size_t i;

	snprintf(pub, sizeof(pub), "%s/pub", dir);
	realm_new(&realm, START - CLOCK_DAY);
	for (i = 0; i < centers; i++) {
		struct realm_center *c;

		snprintf(code, sizeof(code), "GTGUA%02u", (unsigned)i + 1);
		c = realm_add_center(&realm, code, "GTM");
		write_log(&c->log, lines, threads);
		chronicle_publish(
		    &c->log, pub, lines, START + 2000 * CLOCK_DAY);
	}
	realm_write_list(&realm, pub);
	snprintf(path, sizeof(path), "%s/root.crt", dir);
	realm_write_root(&realm, path);
	realm_free(&realm);
}

int
main(int argc, char **argv)
{
	uint64_t lines = argc > 2 ? strtoull(argv[2], NULL, 10) : 0;
	size_t centers = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
	size_t threads = argc > 4 ? strtoull(argv[4], NULL, 10)
				  : (size_t)sysconf(_SC_NPROCESSORS_ONLN);

	if (lines == 0 || centers == 0 || centers > REALM_CENTERS ||
	    threads == 0 || threads > THREADS) {
		fprintf(
		    stderr, "usage: make-log DIR LINES [CENTERS [THREADS]]\n");
		return 64;
	}
	make(argv[1], lines, centers, threads);
	return 0;
}
