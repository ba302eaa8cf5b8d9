/*
 * bench_sign.c - what a letter costs until it may leave, without its files:
 * signed, in the register, in the log, the head signed, durable, the guard
 * written. Against what that needs at least: one durable commit of a row of
 * the same size, one overwrite with fdatasync, and the four signatures that a
 * letter has: P-256 by drafter, approver and center, Ed25519 for the head. (The
 * drafter's was made before; ours is verified instead.) In batches 100 rows a
 * commit, with three signatures each.
 *
 *   bench_sign HOME APPROVER PASSPHRASE-FILE one N
 *   bench_sign HOME APPROVER PASSPHRASE-FILE batch N
 *   bench_sign HOME APPROVER PASSPHRASE-FILE fill LINES
 *   bench_sign HOME APPROVER PASSPHRASE-FILE publish PUB N
 *
 * one and batch take pending drafts, in turns with the peer. fill adds LINES
 * lines to the log, which say nothing of any letter, to see whether its
 * length matters. publish adds a line and publishes, N times.
 */
#include "base/clock.h"
#include "base/secret.h"
#include "issue/center/act.h"
#include "issue/center/approve.h"
#include "issue/center/keyring.h"
#include "issue/center/login.h"
#include "issue/center/publication.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static void
die(const char *what, const struct errtext *err)
{
	fprintf(stderr, "bench_sign: %s: %s\n", what, err ? err->text : "");
	exit(EXIT_FAILURE);
}

static double
micros(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

/* Of all threads: says something also where others work on the machine. */
static double
processor_micros(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
median(double *v, size_t n)
{
	qsort(v, n, sizeof(*v), by_value);
	return v[n / 2];
}

/* ---- the peer ----------------------------------------------------------- */

struct peer {
	sqlite3 *db;
	sqlite3_stmt *insert;
	int fd; /* overwritten like a guard */
	EVP_PKEY *sign, *log;
	size_t rows;
};

static void
peer_open(const char *home, const struct keyring *ring, struct peer *peer)
{
	char path[4096];

	*peer = (struct peer){ .sign = ring->sign, .log = ring->log };
	snprintf(path, sizeof(path), "%s/peer.db", home);
	if (sqlite3_open(path, &peer->db) != SQLITE_OK ||
	    sqlite3_exec(peer->db,
		"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
		"CREATE TABLE IF NOT EXISTS row (number TEXT PRIMARY KEY, "
		"xml BLOB) STRICT",
		NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(peer->db, "INSERT INTO row VALUES (?1, ?2)", -1,
		&peer->insert, NULL) != SQLITE_OK)
		die("peer database", NULL);
	snprintf(path, sizeof(path), "%s/peer.guard", home);
	peer->fd = open(path, O_RDWR | O_CREAT, 0600);
	if (peer->fd < 0 || ftruncate(peer->fd, 2048) != 0)
		die("peer file", NULL);
}

static void
peer_close(struct peer *peer)
{
	sqlite3_finalize(peer->insert);
	sqlite3_close(peer->db);
	close(peer->fd);
}

static void
peer_sign(EVP_PKEY *key)
{
	static const uint8_t hash[32];
	uint8_t sig[80];
	size_t len = sizeof(sig);
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(key, NULL);

	if (EVP_PKEY_sign_init(ctx) != 1 ||
	    EVP_PKEY_sign(ctx, sig, &len, hash, sizeof(hash)) != 1)
		die("raw sign", NULL);
	EVP_PKEY_CTX_free(ctx);
}

static void
peer_sign_log(EVP_PKEY *key)
{
	static const uint8_t text[100];
	uint8_t sig[64];
	size_t len = sizeof(sig);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();

	if (EVP_DigestSignInit(ctx, NULL, NULL, NULL, key) != 1 ||
	    EVP_DigestSign(ctx, sig, &len, text, sizeof(text)) != 1)
		die("raw sign", NULL);
	EVP_MD_CTX_free(ctx);
}

/* drafter, approver, center */
static void
peer_sign_letter(const struct peer *peer)
{
	for (int i = 0; i < 3; i++)
		peer_sign(peer->sign);
}

static void
peer_row(struct peer *peer)
{
	static const uint8_t row[2500]; /* a letter and its line */
	char number[48];

	snprintf(number, sizeof(number), "%.0f-%zu", micros(), peer->rows++);
	sqlite3_bind_text(peer->insert, 1, number, -1, SQLITE_TRANSIENT);
	sqlite3_bind_blob(peer->insert, 2, row, sizeof(row), SQLITE_STATIC);
	if (sqlite3_step(peer->insert) != SQLITE_DONE)
		die("peer insert", NULL);
	sqlite3_reset(peer->insert);
}

static double
peer_one(struct peer *peer)
{
	static const uint8_t slot[1024];
	double start = micros();

	peer_sign_letter(peer);
	peer_sign_log(peer->log);
	peer_row(peer);
	if (pwrite(peer->fd, slot, sizeof(slot), 0) != sizeof(slot) ||
	    fdatasync(peer->fd) != 0)
		die("peer overwrite", NULL);
	return micros() - start;
}

static double
peer_batch(struct peer *peer, size_t n)
{
	double start = micros();

	sqlite3_exec(peer->db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
	for (size_t i = 0; i < n; i++) {
		peer_sign_letter(peer);
		peer_row(peer);
	}
	if (sqlite3_exec(peer->db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
		die("peer commit", NULL);
	return micros() - start;
}

/* ---- ours --------------------------------------------------------------- */

static double
ours(const struct approval *approval, struct pick *picks, size_t n)
{
	struct errtext err = { 0 };
	double start = micros(), end;

	if (approve_sign(approval, picks, n, &err) != ERR_OK)
		die("approve_sign", &err);
	end = micros();
	for (size_t i = 0; i < n; i++)
		if (picks[i].number[0] == '\0')
			die("a draft was refused", NULL);
	return end - start;
}

/* `each` letters a commit, in turns with the peer. */
static void
compare(const struct approval *approval, size_t n, size_t each)
{
	size_t rounds = n / each;
	double *a = calloc(rounds, sizeof(*a)), *b = calloc(rounds, sizeof(*b));
	double *ratio = calloc(rounds, sizeof(*ratio));
	double cpu, own_cpu = 0, peer_cpu = 0;
	struct errtext err = { 0 };
	struct picks picks = { 0 };
	struct peer peer;

	if (!a || !b || !ratio)
		die("memory", NULL);
	if (approve_add_all(&picks, approval->act->center,
		approval->act->actor.code, &err) != ERR_OK)
		die("drafts", &err);
	if (picks.count < n)
		die("not enough drafts", NULL);
	for (size_t i = 0; i < n; i++)
		strcpy(picks.at[i].reason, "B1");
	peer_open(approval->act->center->home, &approval->act->ring, &peer);
	approve_expect(approval->act->center, n);
	for (size_t i = 0; i < rounds; i++) {
		cpu = processor_micros();
		a[i] = ours(approval, picks.at + i * each, each);
		own_cpu += processor_micros() - cpu;
		cpu = processor_micros();
		b[i] = each == 1 ? peer_one(&peer) : peer_batch(&peer, each);
		peer_cpu += processor_micros() - cpu;
		ratio[i] = a[i] / b[i];
	}
	printf("%8.0f %8.0f %6.2f   processor us of all: %.0f, peer %.0f\n",
	    median(a, rounds) / (double)each, median(b, rounds) / (double)each,
	    median(ratio, rounds), own_cpu / (double)n, peer_cpu / (double)n);
	peer_close(&peer);
	approve_clear(&picks);
	free(a);
	free(b);
	free(ratio);
}

/* ---- a long log
 * -------------------------------------------------------------- */

static void
enter(struct act *act, size_t lines)
{
	struct errtext err = { 0 };

	if (act_begin(act, act->now, &err) != ERR_OK)
		die("act_begin", &err);
	for (size_t i = 0; i < lines; i++) {
		struct log_entry entry = { .kind = ENTRY_CLOSE };

		if (logbook_add(act, &entry, &err) != ERR_OK)
			die("logbook_add", &err);
	}
	if (act_commit(act, &err) != ERR_OK)
		die("act_commit", &err);
}

/* ---- publishing
 * -------------------------------------------------------------- */

static void
bare_file(const char *dir, const char *name, size_t len)
{
	static const uint8_t data[256 * 514];
	char tmp[512], path[512];
	int fd, folder;

	snprintf(tmp, sizeof(tmp), "%s/%s.tmp", dir, name);
	snprintf(path, sizeof(path), "%s/%s", dir, name);
	fd = open(tmp, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	folder = open(dir, O_RDONLY | O_DIRECTORY);
	if (fd < 0 || folder < 0 || write(fd, data, len) != (ssize_t)len ||
	    fsync(fd) != 0 || rename(tmp, path) != 0 || fsync(folder) != 0)
		die("bare file", NULL);
	close(fd);
	close(folder);
}

static void
count_files(void *arg, const struct published *published)
{
	*(unsigned *)arg = published->report.files;
}

static void
publish(struct act *act, const char *pub, size_t n)
{
	double *a = calloc(n, sizeof(*a)), *b = calloc(n, sizeof(*b));
	double *ratio = calloc(n, sizeof(*ratio));
	struct errtext err = { 0 };
	unsigned files = 0;

	if (!a || !b || !ratio)
		die("memory", NULL);
	for (size_t i = 0; i < n; i++) {
		double start;

		enter(act, 1);
		start = micros();
		if (publication_write(act->center, pub, act->now, count_files,
			&files, &err) != ERR_OK)
			die("publication_write", &err);
		a[i] = micros() - start;
		/* half a bundle, half a tile, a head */
		start = micros();
		bare_file(pub, "bundle", 128 * 256);
		bare_file(pub, "tile", 128 * 32);
		bare_file(pub, "head", 360);
		b[i] = micros() - start;
		ratio[i] = a[i] / b[i];
	}
	printf("%8.0f %8.0f %6.2f  (%u files)\n", median(a, n), median(b, n),
	    median(ratio, n), files);
	free(a);
	free(b);
	free(ratio);
}

int
main(int argc, char **argv)
{
	struct errtext err = { 0 };
	struct secret passphrase = { 0 };
	struct act act = { .now = clock_now() };
	const struct approval approval = { .act = &act, .paper = PAPER_LETTER };
	size_t n;

	if (argc < 6)
		die("usage: bench_sign HOME APPROVER PASSFILE one|batch|fill N",
		    NULL);
	secret_init();
	n = (size_t)strtoul(argv[argc - 1], NULL, 10);
	if (secret_passphrase(argv[3], "", 0, &passphrase, &err) != ERR_OK ||
	    center_open(argv[1], true, &act.center, &err) != ERR_OK ||
	    people_login(act.center, argv[2], &passphrase, ROLE_ANY, &act.actor,
		&err) != ERR_OK ||
	    act_open(&act, &err) != ERR_OK)
		die("setting up", &err);
	if (strcmp(argv[4], "one") == 0)
		compare(&approval, n, 1);
	else if (strcmp(argv[4], "batch") == 0)
		compare(&approval, n, APPROVE_BATCH);
	else if (strcmp(argv[4], "fill") == 0)
		enter(&act, n);
	else if (strcmp(argv[4], "publish") == 0)
		publish(&act, argv[5], n);
	secret_wipe(&passphrase);
	act_close(&act);
	return 0;
}
