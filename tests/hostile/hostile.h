/*
 * hostile.h - files that strangers might hand in, made here and each with what
 * must be said of it. make_hostile.c writes them all; tests/cli/hostile.sh has
 * the programs judge them.
 *
 * The world they lie about: the center GTGUA01 has issued letters 1 and 2,
 * GTGUA02 its letter 1; all are in the logs, and a later line follows, so what
 * a thief signs with a center's key is F-UNLOGGED. Nobody in it is real, and
 * the keys are made up each time.
 */
#ifndef TESTS_HOSTILE_HOSTILE_H
#define TESTS_HOSTILE_HOSTILE_H

#include "letter/letter.h"
#include "tests/support/realm.h"

#include <stdio.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* One letter, and its parts as texts. */
struct sheep {
	struct letter letter;
	struct bytes file;   /* signed */
	struct bytes code;   /* packed */
	struct bytes fields; /* between the root's tags, without Signature */
	struct bytes block;  /* the Signature */
	char key_name[9];
};

struct hostile {
	const char *dir;
	struct realm realm;
	struct realm_center *center, *second;
	EVP_PKEY *stranger; /* a key that nobody certified */
	char stranger_name[9];
	int64_t now;
	struct sheep one, two, far; /* far: of the second center */
	size_t count;
	const char *group; /* of the last case, and its list */
	FILE *expected;
};

/*
 * hostile_put - a case: DIR/GROUP/NNNN-WHAT.EXT, and a line in
 * DIR/GROUP.expected. What goes in a file's name is put in small letters.
 *
 *   want  the first reason that it must get, "" for none (valid); of several
 *         things in it, the first of each with a ";" between. "A|B": any of
 *         these; "*": whatever, as long as nobody is taken for the center
 */
void hostile_put(struct hostile *h, const char *group, const char *what,
    const char *ext, const void *data, size_t len, const char *want);

/* hostile_end - after the last one. */
void hostile_end(struct hostile *h);

/* hostile_swap - the text with the first `find` replaced; without one it
 * ends the program: a case that is none is a fault. */
void hostile_swap(const struct bytes *text, const char *find, const char *put,
    struct bytes *out);

/* hostile_replace - the same of bytes, NUL or not. */
void hostile_replace(const struct bytes *data, const char *find, size_t len,
    const char *put, struct bytes *out);

/* hostile_name - the name of the case that was put last. */
void hostile_name(const struct hostile *h, const char *what, const char *ext,
    char *out, size_t size);

/*
 * hostile_sign - before, a Signature over before and after, and after.
 *
 *   name  the KeyName, which may lie
 */
void hostile_sign(const char *before, size_t before_len, const char *after,
    const char *id, EVP_PKEY *key, const char *name, struct bytes *out);

/* hostile_thief - the fields as a whole document, signed by that center's key;
 * the Id is the sheep's number. */
void hostile_thief(const struct hostile *h, const struct sheep *of,
    const char *fields, size_t len, struct bytes *out);

/* hostile_must - or the program ends with these words. */
void hostile_must(bool good, const char *what);

/* The groups, a file each. */
void hostile_xml_values(struct hostile *h);
void hostile_xml_wrap(struct hostile *h);
void hostile_xml_signature(struct hostile *h);
void hostile_xml_forms(struct hostile *h);
void hostile_xml_types(struct hostile *h);
void hostile_packed(struct hostile *h);
void hostile_pictures(struct hostile *h);
void hostile_tiffs(struct hostile *h);
void hostile_bombs(struct hostile *h);
void hostile_pdf(struct hostile *h);
void hostile_publications(struct hostile *h);
void hostile_tables(struct hostile *h);

#endif
