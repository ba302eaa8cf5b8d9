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
#include "letter/sign.h"
#include "tests/support/realm.h"

#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define START   INT64_C(1767625200) /* 2026-01-05T15:00:00Z, 9:00 there */
#define BATCH   4096                /* letters signed at a time */
#define THREADS 64
#define A_DAY   1400 /* letters; at 17 s each, 9:00 to 15:37 */

struct share {
	struct log_entry *entry;
	size_t count;
	EVP_PKEY *key;
};

static void *
sign_share(void *arg)
{
	const struct share *s = arg;
	struct bytes info = { 0 };
	size_t i;

	for (i = 0; i < s->count; i++) {
		bytes_reset(&info);
		dsig_signed_info(s->entry[i].number, s->entry[i].digest, &info);
		if (sign_raw(s->key, info.at, info.len, s->entry[i].signature,
			NULL) != ERR_OK)
			abort();
	}
	bytes_free(&info);
	return NULL;
}

static void
sign_all(struct log_entry *entry, size_t count, EVP_PKEY *key, size_t threads)
{
	struct share share[THREADS];
	pthread_t thread[THREADS];
	size_t each = (count + threads - 1) / threads, from = 0, n = 0;

	for (; from < count; from += each, n++) {
		share[n] = (struct share){ entry + from,
			from + each < count ? each : count - from, key };
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
	memcpy(e->key_name, s->log->key_name, sizeof(e->key_name));
	strcpy(e->officer, drafters[s->letter % 3]);
	strcpy(e->approver, approvers[s->letter / 7 % 3]);
	snprintf(e->reason, sizeof(e->reason), "V%u",
	    (unsigned)(31 + s->letter * 7 % 200));
	s->letter++;
}

/* What happens beside letters: every 50th is printed again, every 100th
 * withdrawn, and the day is closed. */
static void
add_letter(struct state *s, struct log_entry *e, uint64_t number, uint64_t size)
{
	struct chronicle *c = s->log;
	int year = clock_year(e->time);
	unsigned sequence = (unsigned)strtoul(e->number + 13, NULL, 10);

	if (c->size >= size)
		return;
	e->index = c->size;
	chronicle_add_signed(c, e);
	if (number % 100 == 49 && c->size < size)
		chronicle_reprint(c, e->time + 1, year, sequence, 2);
	if (number % 100 == 99 && c->size < size)
		chronicle_withdraw(c, e->time + 1, year, sequence, "WITHDRAWN");
	if (number % A_DAY == A_DAY - 1 && c->size < size)
		chronicle_close(c, e->time + 60);
}

static void
write_log(struct chronicle *c, uint64_t size, size_t threads)
{
	static const char *const staff[][2] = { { "AD0001", "ADMIN" },
		{ "OF1007", "DRAFTER" }, { "OF1008", "DRAFTER" },
		{ "OF1009", "DRAFTER" }, { "AP2003", "APPROVER" },
		{ "AP2004", "APPROVER" }, { "AP2005", "APPROVER" } };
	struct state s = { .log = c };
	struct log_entry *entry = calloc(BATCH, sizeof(*entry));
	uint64_t number = 0;
	size_t i;

	if (entry == NULL)
		abort();
	chronicle_open(c, START - 60);
	for (i = 0; i < sizeof(staff) / sizeof(staff[0]); i++)
		if (c->size < size)
			chronicle_staff(
			    c, START - 60, staff[i][0], staff[i][1]);
	while (c->size < size) {
		for (i = 0; i < BATCH; i++)
			next_letter(&s, &entry[i]);
		sign_all(entry, BATCH, c->key, threads);
		for (i = 0; i < BATCH; i++)
			add_letter(&s, &entry[i], number++, size);
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
