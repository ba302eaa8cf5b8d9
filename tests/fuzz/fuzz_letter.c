/*
 * Any bytes as a letter, by two ways: the bytes first, as the programs read
 * (letter/dsig.h), and libxml2's tree (tests/support/oracle.h). What the tree finds
 * signed the bytes do; of what the bytes find signed, which need not be XML, the
 * tree accepts all that is a letter. And libxml2's fields (letter/xml.h) are those
 * that are found without a parser (packed/plain.h).
 */
#include "letter/dsig_template.h"
#include "letter/field.h"
#include "letter/xml.h"
#include "packed/plain.h"
#include "tests/fuzz/mutate.h"
#include "tests/support/oracle.h"
#include "trust/authenticate.h"

#include <stdlib.h>
#include <string.h>

#define ROOT_CLOSE "</" LETTER_ROOT ">"

size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t len, size_t max, unsigned seed)
{
	return mutate_signed(&dsig_letter, data, len, max, seed);
}

/* A list of one center with one key; look-ups without an index. */
static const struct trust_list *
list_of_one(void)
{
	static struct trust_key key;
	static struct trust_center center = {
		.code = "GTGUA01", .key_count = 1, .keys = &key
	};
	static const struct trust_list list = {
		.program = "RRP-ES", .center_count = 1, .centers = &center
	};

	if (key.key == NULL) {
		key.key = mutate_key();
		if (dsig_key_name(key.key, key.key_name) != ERR_OK)
			abort();
	}
	return &list;
}

/* Is it a letter, for the parser and without it? */
static bool
is_letter(const struct dsig *sig)
{
	struct letter parsed, plain;
	struct problem problem;
	struct bytes document = { 0 };
	bool read = xml_read(sig->xml, sig->len, &parsed, NULL) == ERR_OK;
	bool found;

	bytes_add(&document, sig->xml, sig->start);
	bytes_add_text(&document, ROOT_CLOSE);
	found = packed_plain_read(document.at, document.len, &plain) &&
	    letter_check(&plain, &problem, 1) == 0 &&
	    strcmp(plain.number, sig->id) == 0;
	if (read != found ||
	    (read && memcmp(&parsed, &plain, sizeof(plain)) != 0))
		abort();
	bytes_free(&document);
	return read;
}

static void
check_scan(const struct dsig *sig)
{
	struct bytes info = { 0 };

	if (sig->end > sig->len || sig->start >= sig->end ||
	    strlen(sig->id) > DSIG_ID_MAX)
		abort();
	dsig_signed_info(sig->id, sig->digest, &info);
	bytes_free(&info);
}

static size_t
count_of(const uint8_t *data, size_t len, const char *text)
{
	struct reader rest = { data, len };
	size_t count = 0;

	for (; rest.left > 0; rest.at++, rest.left--)
		count += rest.left >= strlen(text) &&
		    memcmp(rest.at, text, strlen(text)) == 0;
	return count;
}

/*
 * Does something outside of the Signature, which has 13 elements and names their
 * namespace twice, look like a part of one? The bytes refuse that unread, whatever
 * it is there. For the tree it may be a word of a text, or a prefix that nobody
 * declared; neither is in a letter.
 */
static bool
names_signatures(const uint8_t *data, size_t len)
{
	return count_of(data, len, DSIG_NAMESPACE) > 2 ||
	    count_of(data, len, "<ds:") > 13;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct authentic authentic;
	struct dsig sig;
	bool by_bytes = false, by_tree, letter = false;
	enum err rc;

	if (dsig_scan(&dsig_letter, data, len, &sig, NULL) == ERR_OK) {
		check_scan(&sig);
		by_bytes = dsig_verify(&sig, mutate_key(), NULL) == ERR_OK;
	}
	by_tree = len <= dsig_letter.max &&
	    oracle_accepts(data, len, dsig_letter.root, dsig_letter.namespace,
		mutate_key());
	if (by_bytes)
		letter = is_letter(&sig);
	if ((by_tree && !by_bytes && !names_signatures(data, len)) ||
	    (letter && !by_tree))
		abort();
	/* the key's name is not signed */
	letter = letter &&
	    strcmp(sig.key_name, list_of_one()->centers->keys->key_name) == 0;
	rc = authenticate_letter(data, len, list_of_one(), &authentic, NULL);
	if ((rc == ERR_OK) != letter)
		abort();
	return 0;
}
