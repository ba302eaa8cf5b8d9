/*
 * published.h - a log of memory (tests/lib/log/forest.h) with keys, its signed
 * heads, and publishing it into the current folder.
 */
#ifndef TESTS_LIB_LOG_PUBLISHED_H
#define TESTS_LIB_LOG_PUBLISHED_H

#include "log/checkpoint.h"
#include "log/folder.h"
#include "log/publish.h"
#include "log/read.h"
#include "tests/lib/log/forest.h"
#include "tests/lib/log/signer.h"

#define PUB "log"

struct published {
	struct forest forest;
	struct signer log;
	struct publish_report report;
	struct errtext err;
};

static inline void
published_make(struct published *p, uint64_t size, unsigned seed)
{
	memset(p, 0, sizeof(*p));
	forest_fill(&p->forest, size, seed);
	signer_make(&p->log, SIGNER_ORIGIN, VKEY_ED25519, 1);
}

static inline void
published_clear(struct published *p)
{
	forest_clear(&p->forest);
	signer_clear(&p->log);
}

/* The signed head of the first `size` entries. */
static inline void
published_head(const struct published *p, uint64_t size, struct bytes *note)
{
	struct checkpoint head = { .origin = SIGNER_ORIGIN, .size = size };

	forest_root(&p->forest, size, &head.root);
	bytes_reset(note);
	ck_assert_int_eq(
	    checkpoint_sign(&head, &p->log.key, p->log.private, note, NULL),
	    ERR_OK);
}

static inline enum err
published_put(
    struct published *p, uint64_t size, const char *dir, enum publish_mode mode)
{
	struct log_reader log = forest_log(&p->forest);
	struct bytes note = { 0 };
	enum err rc;

	published_head(p, size, &note);
	p->err.text[0] = '\0';
	rc = log_publish(&log, note.at, note.len, &p->log.key, dir, mode,
	    &p->report, &p->err);
	bytes_free(&note);
	return rc;
}

/* --- reading it again ------------------------------------------------ */

struct reading {
	struct published *published;
	struct checkpoint head;
	struct tree_range have;
	struct tree_hash have_root;
	uint64_t next;    /* index expected */
	uint64_t end;     /* read up to here; 0: all */
	unsigned fetched; /* files */
	const char *dir;
	struct errtext err;
};

static inline enum err
reading_fetch(void *ctx, const char *path, size_t max, struct bytes *out,
    struct errtext *err)
{
	struct reading *r = ctx;

	r->fetched++;
	return folder_fetch((void *)(uintptr_t)r->dir, path, max, out, err);
}

static inline enum err
reading_entry(void *ctx, uint64_t index, const void *entry, size_t len,
    const struct tree_hash *leaf, struct errtext *err)
{
	struct reading *r = ctx;
	char want[80];

	(void)err;
	FOREST_ASSERT(index == r->next);
	r->next++;
	FOREST_ASSERT(
	    len == forest_entry(r->published->forest.seed, index, want) &&
	    memcmp(entry, want, len) == 0);
	FOREST_ASSERT(
	    tree_hash_equal(leaf, &r->published->forest.level[0][index]));
	return ERR_OK;
}

/* Reads all that is new in r->dir; keeps what it learned on success. */
static inline enum err
reading_go(struct reading *r, enum read_mode mode)
{
	const struct log_source source = { reading_fetch, r };
	const struct log_visitor visitor = { reading_entry, r };
	struct bytes note = { 0 };
	struct tree_range range;
	enum err rc;

	r->fetched = 0;
	r->next = r->have.size;
	r->err.text[0] = '\0';
	rc = log_read_head(
	    &source, &r->published->log.key, &note, &r->head, NULL, &r->err);
	if (rc == ERR_OK)
		rc = log_read_to(&source, &r->head,
		    r->end != 0 ? r->end : r->head.size, &r->have,
		    &r->have_root, mode, &visitor, &range, &r->err);
	if (rc == ERR_OK) {
		ck_assert_uint_eq(r->next, range.size);
		ck_assert_uint_eq(
		    range.size, r->end != 0 ? r->end : r->head.size);
		r->have = range;
		tree_range_root(&range, &r->have_root);
		ck_assert(range.size < r->head.size ||
		    tree_hash_equal(&r->have_root, &r->head.root));
	}
	bytes_free(&note);
	return rc;
}

#endif
