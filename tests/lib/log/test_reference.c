/*
 * test_reference.c - the reference tree of Certificate Transparency, published by
 * log/publish.h and read by log/read.h: from each of its sizes to each later one,
 * against the roots that are published for it.
 */
#include "log/checkpoint.h"
#include "log/folder.h"
#include "log/publish.h"
#include "log/read.h"

#include "tests/check_main.h"
#include "tests/lib/log/reference.h"
#include "tests/lib/log/signer.h"
#include "tests/support/run.h"

static char pub[] = "log";

static enum err
give_hashes(void *ctx, unsigned level, uint64_t first, unsigned count,
    struct tree_hash *out, struct errtext *err)
{
	(void)ctx;
	(void)err;
	ck_assert_uint_eq(level, 0);
	for (unsigned i = 0; i < count; i++)
		reference_leaf(first + i, &out[i]);
	return ERR_OK;
}

static enum err
give_entries(void *ctx, uint64_t first, unsigned count, struct bytes *out,
    struct errtext *err)
{
	(void)ctx;
	(void)err;
	for (unsigned i = 0; i < count; i++) {
		struct bytes entry = reference_entry(first + i);

		ck_assert(bundle_add(entry.at, entry.len, out));
		bytes_free(&entry);
	}
	return ERR_OK;
}

static enum err
take_entry(void *ctx, uint64_t index, const void *entry, size_t len,
    const struct tree_hash *leaf, struct errtext *err)
{
	struct bytes want = reference_entry(index);
	struct tree_hash hash;
	uint64_t *next = ctx;

	(void)err;
	ck_assert_uint_eq(index, (*next)++);
	ck_assert_uint_eq(len, want.len);
	ck_assert(len == 0 || memcmp(entry, want.at, len) == 0);
	reference_leaf(index, &hash);
	ck_assert(tree_hash_equal(leaf, &hash));
	bytes_free(&want);
	return ERR_OK;
}

/* A folder whose head has the root that is published for this size. */
static void
publish(uint64_t size, const struct signer *log)
{
	const struct log_reader reader = { give_hashes, give_entries, NULL };
	struct checkpoint head = { .origin = SIGNER_ORIGIN, .size = size };
	struct publish_report report;
	struct bytes note = { 0 };

	reference_hash_from(reference_roots[size], &head.root);
	ck_assert_int_eq(
	    checkpoint_sign(&head, &log->key, log->private, &note, NULL),
	    ERR_OK);
	ck_assert_int_eq(log_publish(&reader, note.at, note.len, &log->key, pub,
			     PUBLISH_NEW, &report, NULL),
	    ERR_OK);
	bytes_free(&note);
}

/* The last of the leaves that are known is another: a forked past. */
static enum err
read_from(uint64_t known, bool forked, const struct signer *log, uint64_t *next)
{
	const struct log_source source = { folder_fetch, pub };
	const struct log_visitor visitor = { take_entry, next };
	struct tree_range have = { 0 }, got;
	struct tree_hash root;
	struct checkpoint head;
	struct bytes note = { 0 };
	enum err rc;

	for (uint64_t i = 0; i < known; i++) {
		reference_leaf(i, &root);
		root.at[0] ^= forked && i + 1 == known;
		ck_assert(tree_range_append(&have, 0, &root));
	}
	if (forked)
		tree_range_root(&have, &root);
	else
		reference_hash_from(reference_roots[known], &root);
	*next = known;
	ck_assert_int_eq(
	    log_read_head(&source, &log->key, &note, &head, NULL, NULL),
	    ERR_OK);
	rc = log_read(
	    &source, &head, &have, &root, READ_ALL_TILES, &visitor, &got, NULL);
	if (rc == ERR_OK) {
		tree_range_root(&got, &root);
		ck_assert(tree_hash_equal(&root, &head.root));
	}
	bytes_free(&note);
	return rc;
}

START_TEST(each_size_leads_to_each_later_one)
{
	uint64_t size = (uint64_t)_i, known, next;
	struct signer log;

	run_folder();
	signer_make(&log, SIGNER_ORIGIN, VKEY_ED25519, 1);
	publish(size, &log);
	for (known = 0; known <= size; known++) {
		ck_assert_int_eq(read_from(known, false, &log, &next), ERR_OK);
		ck_assert_uint_eq(next, size);
		if (known == 0)
			continue;
		ck_assert_int_eq(
		    read_from(known, true, &log, &next), ERR_SIGNATURE);
		ck_assert_uint_eq(next, known);
	}
	signer_clear(&log);
	run_leave();
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("reference");
	TCase *t = tcase_create("reference");

	tcase_add_loop_test(
	    t, each_size_leads_to_each_later_one, 0, REFERENCE_LEAVES + 1);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
