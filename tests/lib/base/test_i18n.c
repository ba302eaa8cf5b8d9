#include "base/i18n.h"

#include "tests/check_main.h"
#include "tests/support/run.h"

#include <errno.h>
#include <locale.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))

/* What the variables say, NULL: not set; and what comes of it. */
static const struct {
	const char *language, *lc_all, *lc_messages, *lang, *want;
} users[] = {
	{ NULL, NULL, NULL, NULL, "en" },
	{ NULL, NULL, NULL, "es_GT.UTF-8", "es" },
	{ NULL, NULL, NULL, "fr", "fr" },
	{ NULL, NULL, NULL, "pt_BR", "pt" },
	{ NULL, NULL, NULL, "ht_HT@x", "ht" },
	{ NULL, NULL, NULL, "fr-CA", "fr" },
	{ NULL, NULL, NULL, "C", "en" },
	{ NULL, NULL, NULL, "POSIX", "en" },
	{ NULL, NULL, NULL, "de_DE.UTF-8", "en" },
	{ NULL, NULL, NULL, "est_EE", "en" },
	{ NULL, NULL, NULL, "e", "en" },
	{ NULL, NULL, NULL, "", "en" },
	{ NULL, NULL, "fr_FR", "es_ES", "fr" },
	{ NULL, "pt_PT", "fr_FR", "es_ES", "pt" },
	{ NULL, "", "", "es_ES", "es" },
	{ NULL, "C", NULL, "es_ES", "en" },
	{ "ht", "pt_PT", "fr_FR", "es_ES", "ht" },
	{ "de:es:fr", NULL, NULL, "pt_PT", "es" },
	{ "de:it", NULL, NULL, "pt_PT", "pt" },
	{ "", NULL, NULL, "pt_PT", "pt" },
	{ "es_GT:en", "C", NULL, NULL, "es" },
};

static void
set(const char *name, const char *value)
{
	if (value == NULL)
		unsetenv(name);
	else
		setenv(name, value, 1);
}

START_TEST(takes_the_users_language)
{
	set("LANGUAGE", users[_i].language);
	set("LC_ALL", users[_i].lc_all);
	set("LC_MESSAGES", users[_i].lc_messages);
	set("LANG", users[_i].lang);
	i18n_init();
	ck_assert_str_eq(i18n_language(), users[_i].want);
}
END_TEST

START_TEST(knows_five_languages)
{
	const char *want[] = { "es", "en", "fr", "pt", "ht" };
	const char *const other[] = { "", "e", "esp", "de", "ES", "es_GT" };

	for (size_t i = 0; i < I18N_LANGUAGE_COUNT; i++) {
		ck_assert_str_eq(i18n_languages[i], want[i]);
		ck_assert(i18n_set(want[i]));
		ck_assert_str_eq(i18n_language(), want[i]);
	}
	for (size_t i = 0; i < sizeof(other) / sizeof(other[0]); i++) {
		ck_assert(!i18n_set(other[i]));
		ck_assert_str_eq(i18n_language(), "ht");
	}
}
END_TEST

/* Catalogues of our own: "Good morning, test" in two languages. */
static void
catalogue(const char *lang, const char *text)
{
	char command[512];

	snprintf(command, sizeof(command),
	    "mkdir -p loc/sello/LC_MESSAGES && printf 'msgid \"\"\\nmsgstr "
	    "\"Content-Type: text/plain; charset=UTF-8\\\\n\"\\n\\nmsgid "
	    "\"Good morning, test\"\\nmsgstr \"%s\"\\n' | "
	    "msgfmt -o loc/sello/LC_MESSAGES/sello-%s.mo -",
	    text, lang);
	ck_assert_int_eq(run(command, NULL), 0);
}

static void
set_up(void)
{
	char path[4096];

	run_folder();
	catalogue("es",
	    "Buenos d\xc3\xad"
	    "as");
	catalogue("fr", "Bonjour");
	set("LANGUAGE", NULL);
	set("LC_ALL", "C");
	i18n_init();
	ck_assert_ptr_nonnull(getcwd(path, sizeof(path) - 4));
	strcat(path, "/loc");
	i18n_catalogues(path);
}

START_TEST(switches_while_running)
{
	for (int round = 0; round < 3; round++) {
		ck_assert(i18n_set("es"));
		ck_assert_str_eq(_("Good morning, test"),
		    "Buenos d\xc3\xad"
		    "as");
		ck_assert(i18n_set("fr"));
		ck_assert_str_eq(_("Good morning, test"), "Bonjour");
		ck_assert(i18n_set("en"));
		ck_assert_str_eq(_("Good morning, test"), "Good morning, test");
		/* no catalogue: the message itself */
		ck_assert(i18n_set("ht"));
		ck_assert_str_eq(_("Good morning, test"), "Good morning, test");
	}
}
END_TEST

START_TEST(one_message_in_another_language)
{
	static const char msgid[] = "Good morning, test";
	const char *spanish;

	ck_assert(i18n_set("fr"));
	spanish = i18n_in("es", msgid);
	ck_assert_str_eq(spanish,
	    "Buenos d\xc3\xad"
	    "as");
	ck_assert_str_eq(i18n_language(), "fr");
	ck_assert_str_eq(_("Good morning, test"), "Bonjour");
	ck_assert_str_eq(i18n_in("fr", "Good morning, test"), "Bonjour");
	ck_assert_ptr_eq(i18n_in("pt", msgid), msgid);
	ck_assert_ptr_eq(i18n_in("es", "Good morning, test"), spanish);
	ck_assert_str_eq(
	    i18n_in("xx", "Good morning, test"), "Good morning, test");
}
END_TEST

START_TEST(many_messages_do_not_mix)
{
	char msgid[32];

	for (int round = 0; round < 2; round++)
		for (int i = 0; i < 2000; i++) {
			snprintf(msgid, sizeof(msgid), "message %d", i);
			ck_assert_str_eq(i18n_in("es", msgid), msgid);
		}
	ck_assert_str_eq(i18n_in("fr", "Good morning, test"), "Bonjour");
}
END_TEST

/* Programs that are started speak the same language. */
START_TEST(is_handed_on)
{
	ck_assert(i18n_set("fr"));
	ck_assert_str_eq(getenv("LANGUAGE"), "fr:sello");
	i18n_init();
	ck_assert_str_eq(i18n_language(), "fr");
}
END_TEST

/* The C library has no catalogue for either, and must not take another of the
 * five instead. */
START_TEST(the_system_speaks_no_third_language)
{
	ck_assert(i18n_set("en"));
	ck_assert_str_eq(strerror(ENOENT), "No such file or directory");
	ck_assert(i18n_set("ht"));
	ck_assert_str_eq(strerror(ENOENT), "No such file or directory");
}
END_TEST

#define MANY 20000

/* How often another thread asked in vain for Spanish. */
static void *
ask_in_spanish(void *arg)
{
	size_t *wrong = arg;

	for (int i = 0; i < MANY; i++)
		*wrong += strcmp(i18n_count_in("es", "Good morning, test",
				     "Good mornings", 1),
			      "Buenos d\xc3\xad"
			      "as") != 0;
	return NULL;
}

START_TEST(threads_keep_to_their_languages)
{
	size_t wrong[2] = { 0 }, here = 0;
	pthread_t thread[2];
	size_t i;

	ck_assert(i18n_set("fr"));
	for (i = 0; i < 2; i++)
		ck_assert_int_eq(
		    pthread_create(&thread[i], NULL, ask_in_spanish, &wrong[i]),
		    0);
	for (i = 0; i < MANY; i++)
		here += strcmp(_("Good morning, test"), "Bonjour") != 0;
	for (i = 0; i < 2; i++)
		pthread_join(thread[i], NULL);
	ck_assert_uint_eq(here, 0);
	ck_assert_uint_eq(wrong[0], 0);
	ck_assert_uint_eq(wrong[1], 0);
}
END_TEST

/* Formats of files depend on it: a decimal comma would break them. */
START_TEST(numbers_keep_their_point)
{
	char text[16];

	for (size_t i = 0; i < I18N_LANGUAGE_COUNT; i++) {
		ck_assert(i18n_set(i18n_languages[i]));
		snprintf(text, sizeof(text), "%.2f", 0.25);
		ck_assert_str_eq(text, "0.25");
		ck_assert_str_eq(setlocale(LC_NUMERIC, NULL), "C");
	}
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("i18n");
	TCase *t = tcase_create("choice");

	tcase_add_loop_test(t, takes_the_users_language, 0, COUNT(users));
	tcase_add_test(t, knows_five_languages);
	suite_add_tcase(s, t);
	t = tcase_create("catalogues");
	tcase_add_checked_fixture(t, set_up, run_leave);
	tcase_add_test(t, switches_while_running);
	tcase_add_test(t, one_message_in_another_language);
	tcase_add_test(t, many_messages_do_not_mix);
	tcase_add_test(t, is_handed_on);
	tcase_add_test(t, the_system_speaks_no_third_language);
	tcase_add_test(t, threads_keep_to_their_languages);
	tcase_add_test(t, numbers_keep_their_point);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
