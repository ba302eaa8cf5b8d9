/* What somebody who corrects a letter is told before the question. */
#include "issue/changes.h"

#include "letter/field.h"
#include "tests/check_main.h"

#include <stdlib.h>
#include <string.h>

static const struct letter whole = {
	.consulate = "ES-GTGUA",
	.surnames = "Xiloj Pérez",
	.given_names = "Marta",
	.birth_date = "1990-05-02",
	.document_type = "I",
	.document_country = "GTM",
	.document_number_tail = "4580",
	.appointment_date = "2026-12-19",
	.dependant_count = 3,
	.dependant = { { "Ana Xiloj", "2015-01-02", "CHILD" },
	    { "Eva Xiloj", "2017-03-04", "CHILD" },
	    { "Juan Pop", "1988-05-06", "SPOUSE" } },
};

/* Caller frees. */
static char *
changes(const struct letter *new)
{
	size_t len = 0;
	char *text = NULL;
	FILE *out = open_memstream(&text, &len);

	changes_print(out, NULL, &whole, new);
	fclose(out);
	return text;
}

static void
tells(const struct letter *new, const char *want)
{
	char *text = changes(new);

	ck_assert_str_eq(text, want);
	free(text);
}

START_TEST(says_that_nothing_changes)
{
	struct letter new = whole;

	/* an order is no difference, nor is what a row does not give */
	new.dependant[0] = whole.dependant[1];
	new.dependant[1] = whole.dependant[0];
	memcpy(new.salt, "AAAA", 5);
	memcpy(new.officer, "OF1007", 7);
	tells(&new, "Nothing changes: the row says what the letter says.\n");
}
END_TEST

START_TEST(says_old_and_new_of_what_differs)
{
	struct letter new = whole;

	memcpy(new.given_names, "Marta Ana", 10);
	memcpy(new.birth_date, "1990", 5);
	memcpy(new.birth_date_estimated, "true", 5);
	new.appointment_date[0] = '\0';
	memcpy(new.offer_reference, "GECCO-1", 8);
	tells(&new,
	    "Given names: Marta -> Marta Ana\n"
	    "Date of birth: 2 May 1990 (1990-05-02) -> 1990 (estimated)\n"
	    "Offer reference: (nothing) -> GECCO-1\n"
	    "Appointment date: 19 December 2026 (2026-12-19) -> (nothing)\n");
}
END_TEST

START_TEST(names_who_and_what_is_dropped)
{
	struct letter new = whole;

	new.document_type[0] = new.document_country[0] =
	    new.document_number_tail[0] = '\0';
	new.dependant_count = 0;
	tells(&new,
	    "Dependant dropped: Ana Xiloj, 2015-01-02, CHILD (Child)\n"
	    "Dependant dropped: Eva Xiloj, 2017-03-04, CHILD (Child)\n"
	    "Dependant dropped: Juan Pop, 1988-05-06, SPOUSE (Spouse)\n"
	    "3 dependants of 3 are dropped.\n"
	    "The document is dropped: I (National identity card), GTM 4580\n");
}
END_TEST

START_TEST(knows_dependants_who_were_mended)
{
	struct letter new = whole;

	memcpy(new.dependant[0].birth_date, "2016-01-02", 11);
	memcpy(new.dependant[1].name, "Eva Ana Xiloj", 14);
	new.dependant[2] =
	    (struct dependant){ "Luz Pop", "2020-01-01", "CHILD" };
	tells(&new,
	    "Dependant: Ana Xiloj, 2015-01-02, CHILD (Child) -> Ana Xiloj, "
	    "2016-01-02, CHILD (Child)\n"
	    "Dependant: Eva Xiloj, 2017-03-04, CHILD (Child) -> Eva Ana Xiloj, "
	    "2017-03-04, CHILD (Child)\n"
	    "Dependant added: Luz Pop, 2020-01-01, CHILD (Child)\n"
	    "Dependant dropped: Juan Pop, 1988-05-06, SPOUSE (Spouse)\n"
	    "1 dependant of 3 is dropped.\n");
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("changes");
	TCase *t = tcase_create("changes");

	tcase_add_test(t, says_that_nothing_changes);
	tcase_add_test(t, says_old_and_new_of_what_differs);
	tcase_add_test(t, names_who_and_what_is_dropped);
	tcase_add_test(t, knows_dependants_who_were_mended);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
