#include "letter/commitment.h"

#include "letter/field.h"
#include "letter/xml.h"

#include "tests/check_main.h"
#include "tests/lib/letter/sample.h"
#include "tests/support/letters.h"

#include <libxml/c14n.h>
#include <libxml/parser.h>
#include <openssl/sha.h>
#include <string.h>

/* --- an independent way: libxml2 takes the elements out of the letter --- */

static bool
is_left_out(const xmlNode *node)
{
	static const char *const names[] = { "LetterNumber", "IssuedAt",
		"Approver", "Signature" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp((const char *)node->name, names[i]) == 0)
			return true;
	return false;
}

static void
take_out(xmlNode *node)
{
	while (node != NULL) {
		xmlNode *next = node->next;

		take_out(node->children);
		if (node->type == XML_ELEMENT_NODE && is_left_out(node)) {
			xmlUnlinkNode(node);
			xmlFreeNode(node);
		}
		node = next;
	}
}

static void
by_tree(const void *xml, size_t len, uint8_t out[LETTER_COMMITMENT_SIZE])
{
	xmlDoc *doc = xmlReadMemory(xml, (int)len, NULL, "UTF-8", 0);
	xmlChar *text = NULL;
	struct bytes all = { 0 };
	int n;

	ck_assert_ptr_nonnull(doc);
	take_out(xmlDocGetRootElement(doc));
	n = xmlC14NDocDumpMemory(
	    doc, NULL, XML_C14N_EXCLUSIVE_1_0, NULL, 0, &text);
	ck_assert_int_gt(n, 0);
	bytes_add_text(&all, "sello-draft/v2\n");
	bytes_add(&all, text, (size_t)n);
	SHA256(all.at, all.len, out);
	bytes_free(&all);
	xmlFree(text);
	xmlFreeDoc(doc);
}

START_TEST(is_the_letter_without_what_comes_later)
{
	struct letter letter;
	struct bytes signed_xml;
	uint8_t want[LETTER_COMMITMENT_SIZE], got[LETTER_COMMITMENT_SIZE];

	sample_letter(&letter);
	signed_xml = sample_sign(sample_unsigned, letter.number);
	by_tree(signed_xml.at, signed_xml.len, want);
	ck_assert_int_eq(letter_commitment(&letter, got, NULL), ERR_OK);
	ck_assert_mem_eq(got, want, sizeof(want));
	bytes_free(&signed_xml);
}
END_TEST

START_TEST(is_that_of_any_letter)
{
	uint64_t seed = 9;

	for (int i = 0; i < 500; i++) {
		uint8_t want[LETTER_COMMITMENT_SIZE];
		uint8_t got[LETTER_COMMITMENT_SIZE];
		struct letter letter;
		struct bytes xml = { 0 };

		support_letter(&seed, &letter);
		ck_assert_int_eq(xml_write(&letter, &xml), ERR_OK);
		by_tree(xml.at, xml.len, want);
		ck_assert_int_eq(letter_commitment(&letter, got, NULL), ERR_OK);
		ck_assert_mem_eq(got, want, sizeof(want));
		bytes_free(&xml);
	}
}
END_TEST

/* --- what counts, and what does not -------------------------------------- */

static bool
comes_later(const struct field *field)
{
	return field->id == FIELD_LETTER_NUMBER ||
	    field->id == FIELD_ISSUED_AT || field->id == FIELD_APPROVER;
}

/* each text field, emptied */
START_TEST(each_field_counts_but_three)
{
	const struct field *field = &field_table[_i];
	struct letter letter;
	uint8_t whole[LETTER_COMMITMENT_SIZE], less[LETTER_COMMITMENT_SIZE];

	sample_letter(&letter);
	if (field->size == 0 || field_get(field, &letter)[0] == '\0')
		return;
	ck_assert_int_eq(letter_commitment(&letter, whole, NULL), ERR_OK);
	field_set(field, &letter, "", 0);
	ck_assert_int_eq(letter_commitment(&letter, less, NULL), ERR_OK);
	ck_assert_msg(
	    (memcmp(whole, less, sizeof(whole)) == 0) == comes_later(field),
	    "%s", field->element);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("commitment");
	TCase *t = tcase_create("commitment");

	tcase_add_test(t, is_the_letter_without_what_comes_later);
	tcase_add_test(t, is_that_of_any_letter);
	tcase_add_loop_test(t, each_field_counts_but_three, 0, FIELD_COUNT);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
