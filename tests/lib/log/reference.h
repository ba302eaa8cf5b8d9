/*
 * reference.h - the reference leaves of Certificate Transparency and the roots of
 * the first 0 to 8 of them, as its own tests publish them (tests/vectors/README.md:
 * testonly/constants.go).
 */
#ifndef TESTS_LIB_LOG_REFERENCE_H
#define TESTS_LIB_LOG_REFERENCE_H

#include "log/tree.h"
#include "tests/support/decoded.h"

#include <check.h>
#include <string.h>

#define REFERENCE_LEAVES 8

static const char *const reference_leaves[REFERENCE_LEAVES] = { "", "00", "10",
	"2021", "3031", "40414243", "5051525354555657",
	"606162636465666768696a6b6c6d6e6f" };

static const char *const reference_roots[REFERENCE_LEAVES + 1] = {
	"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
	"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
	"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
	"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
	"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
	"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
	"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
	"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
	"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
};

static inline void
reference_hash_from(const char *hex, struct tree_hash *out)
{
	ck_assert(hex_decode_exact(hex, strlen(hex), out->at, TREE_HASH_SIZE));
}

/* The caller frees it. */
static inline struct bytes
reference_entry(uint64_t i)
{
	struct bytes entry = { 0 };

	bytes_add_text(&entry, "");
	ck_assert(hex_decode(
	    reference_leaves[i], strlen(reference_leaves[i]), &entry));
	return entry;
}

static inline void
reference_leaf(uint64_t i, struct tree_hash *out)
{
	struct bytes entry = reference_entry(i);

	tree_leaf(entry.at, entry.len, out);
	bytes_free(&entry);
}

#endif
