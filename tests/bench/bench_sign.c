/*
 * bench_sign.c - what signing one letter into the register costs, without its
 * files, against one raw P-256 signature and one durable commit of a row of
 * the same size; and whether the register's size matters.
 *
 *   bench_sign HOME APPROVER PASSPHRASE-FILE N fill
 *
 * HOME has pending drafts. N are signed one by one, in turns with the peer.
 * With `fill` as last argument all that remain are then signed in batches.
 */
#include "base/clock.h"
#include "base/secret.h"
#include "issue/approve.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

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

/* ---- the peer: a signature and a commit --------------------------------- */

static sqlite3 *
peer_open(const char *home)
{
	sqlite3 *db;
	char path[4096];

	snprintf(path, sizeof(path), "%s/peer.db", home);
	if (sqlite3_open(path, &db) != SQLITE_OK ||
	    sqlite3_exec(db,
		"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
		"CREATE TABLE IF NOT EXISTS row (number TEXT PRIMARY KEY, "
		"xml BLOB) STRICT",
		NULL, NULL, NULL) != SQLITE_OK)
		die("peer database", NULL);
	return db;
}

static double
peer_one(sqlite3 *db, EVP_PKEY *key, size_t i)
{
	static const uint8_t row[2300], hash[32];
	uint8_t sig[80];
	char number[32];
	size_t len = sizeof(sig);
	sqlite3_stmt *stmt;
	EVP_PKEY_CTX *ctx;
	double start = micros();

	ctx = EVP_PKEY_CTX_new(key, NULL);
	if (EVP_PKEY_sign_init(ctx) != 1 ||
	    EVP_PKEY_sign(ctx, sig, &len, hash, sizeof(hash)) != 1)
		die("raw sign", NULL);
	EVP_PKEY_CTX_free(ctx);
	snprintf(number, sizeof(number), "%lld-%zu", (long long)micros(), i);
	sqlite3_prepare_v2(
	    db, "INSERT INTO row VALUES (?1, ?2)", -1, &stmt, NULL);
	sqlite3_bind_text(stmt, 1, number, -1, SQLITE_STATIC);
	sqlite3_bind_blob(stmt, 2, row, sizeof(row), SQLITE_STATIC);
	if (sqlite3_step(stmt) != SQLITE_DONE)
		die("peer insert", NULL);
	sqlite3_finalize(stmt);
	return micros() - start;
}

/* ---- ours ---------------------------------------------------------------- */

static double
ours_one(const struct approval *approval, struct pick *pick)
{
	struct errtext err = { 0 };
	double start = micros();

	if (approve_sign(approval, pick, 1, &err) != ERR_OK)
		die("approve_sign", &err);
	if (pick->number[0] == '\0')
		die("a draft was refused", NULL);
	return micros() - start;
}

static void
one_by_one(const struct approval *approval, struct pick *picks, size_t n)
{
	sqlite3 *db = peer_open(approval->center->home);
	double *ours = calloc(n, sizeof(*ours));
	double *peer = calloc(n, sizeof(*peer));
	double *ratio = calloc(n, sizeof(*ratio));

	if (!ours || !peer || !ratio)
		die("memory", NULL);
	for (size_t i = 0; i < n; i++) {
		ours[i] = ours_one(approval, &picks[i]);
		peer[i] = peer_one(db, approval->ring->sign, i);
		ratio[i] = ours[i] / peer[i];
	}
	printf("%8.0f %8.0f %6.2f\n", median(ours, n), median(peer, n),
	    median(ratio, n));
	sqlite3_close(db);
	free(ours);
	free(peer);
	free(ratio);
}

static void
fill(const struct approval *approval, struct pick *picks, size_t n)
{
	struct errtext err = { 0 };
	double start = micros();

	for (size_t at = 0; at < n; at += APPROVE_BATCH) {
		size_t part = n - at < APPROVE_BATCH ? n - at : APPROVE_BATCH;

		if (approve_sign(approval, picks + at, part, &err) != ERR_OK)
			die("approve_sign", &err);
	}
	if (n > 0)
		fprintf(stderr, "%zu letters in batches of %d: %.0f a second\n",
		    n, APPROVE_BATCH, (double)n / (micros() - start) * 1e6);
}

int
main(int argc, char **argv)
{
	struct errtext err = { 0 };
	struct center *center = NULL;
	struct person person = { 0 };
	struct keyring ring = { 0 };
	struct secret passphrase = { 0 };
	struct picks picks = { 0 };
	struct approval approval = { 0 };
	size_t n;

	if (argc < 5)
		die("usage: bench_sign HOME APPROVER PASSFILE N [fill]", NULL);
	secret_init();
	n = (size_t)strtoul(argv[4], NULL, 10);
	if (secret_passphrase(argv[3], "", 0, &passphrase, &err) != ERR_OK ||
	    center_open(argv[1], true, &center, &err) != ERR_OK ||
	    people_login(center, argv[2], &passphrase, ROLE_ANY, &person,
		&err) != ERR_OK ||
	    keyring_open(center, &person, &ring, &err) != ERR_OK ||
	    approve_add_all(&picks, center, argv[2], &err) != ERR_OK)
		die("setting up", &err);
	if (picks.count < n)
		die("not enough drafts", NULL);
	for (size_t i = 0; i < picks.count; i++)
		strcpy(picks.at[i].reason, "B1");
	approval.center = center;
	approval.approver = argv[2];
	approval.second = "";
	approval.ring = &ring;
	approval.paper = PAPER_LETTER;
	one_by_one(&approval, picks.at, n);
	if (argc > 5)
		fill(&approval, picks.at + n, picks.count - n);
	approve_clear(&picks);
	keyring_close(&ring);
	people_clear(&person);
	secret_wipe(&passphrase);
	center_close(&center);
	return 0;
}
