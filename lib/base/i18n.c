/*
 * i18n.c - GNU gettext without generated locales: i18n.h.
 *
 * glibc looks messages up by the variable LANGUAGE in every locale but "C".
 * "C.UTF-8" is built into it since Debian 7, so with that locale and
 * LANGUAGE set, every language works on every machine. Numbers stay as in
 * "C", because formats depend on them.
 *
 * Each language is a text domain of its own, and the catalogues of all stand in
 * one folder, which LANGUAGE names like a language: the domain sello-fr has its
 * one catalogue there, in French. So any thread asks for any language by
 * gettext's own means, and nothing is switched.
 */
#include "base/i18n.h"

#include "base/file.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const i18n_languages[I18N_LANGUAGE_COUNT] = { "es", "en", "fr",
	"pt", "ht" };

static const char *const domains[I18N_LANGUAGE_COUNT] = { "sello-es",
	"sello-en", "sello-fr", "sello-pt", "sello-ht" };

/* of locale/sello/LC_MESSAGES/sello-fr.mo: a language that nobody else has */
#define CATALOGUES "sello"

#define NO_LANGUAGE I18N_LANGUAGE_COUNT
#define ENGLISH     1

/* The only changing state of the room: the process has one language. */
static struct {
	size_t language; /* of i18n_languages */
} state = { .language = ENGLISH };

/* Of i18n_languages, or NO_LANGUAGE; len: of its name. */
static size_t
find_language(const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < I18N_LANGUAGE_COUNT; i++)
		if (strlen(i18n_languages[i]) == len &&
		    memcmp(i18n_languages[i], name, len) == 0)
			break;
	return i;
}

/* From "es_GT.UTF-8:en" the first that we have, or NO_LANGUAGE. */
static size_t
first_known(const char *list)
{
	size_t found = NO_LANGUAGE;

	while (found == NO_LANGUAGE && *list != '\0') {
		found = find_language(list, strcspn(list, "_-.@:"));
		list += strcspn(list, ":");
		list += *list == ':';
	}
	return found;
}

static size_t
users_language(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	const char *value = getenv("LANGUAGE");
	size_t found = value != NULL ? first_known(value) : NO_LANGUAGE;
	size_t i;

	if (found != NO_LANGUAGE)
		return found;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		value = getenv(names[i]);
		if (value == NULL || *value == '\0')
			continue;
		found = first_known(value);
		return found != NO_LANGUAGE ? found : ENGLISH;
	}
	return ENGLISH;
}

void
i18n_catalogues(const char *folder)
{
	for (size_t i = 0; i < I18N_LANGUAGE_COUNT; i++) {
		bindtextdomain(domains[i], folder);
		bind_textdomain_codeset(domains[i], "UTF-8");
	}
}

static void
find_catalogues(void)
{
	static const char *const installed[] = { SELLO_PREFIX "/share/locale",
		"/usr/share/locale" };
	char *beside = file_beside_program("locale");
	const char *dir = beside;

	if (dir == NULL)
		dir = file_is_dir(installed[0]) ? installed[0] : installed[1];
	i18n_catalogues(dir);
	free(beside);
}

/* This one, for the C library and programs that are started, and the folder of
 * our catalogues: a second language would speak where they lack this one. */
static void
take(size_t language)
{
	char list[32];

	snprintf(
	    list, sizeof(list), "%s:" CATALOGUES, i18n_languages[language]);
	setenv("LANGUAGE", list, 1);
	state.language = language;
}

void
i18n_init(void)
{
	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		setlocale(LC_ALL, "");
	setlocale(LC_NUMERIC, "C");
	find_catalogues();
	take(users_language());
}

bool
i18n_set(const char *lang)
{
	size_t found = find_language(lang, strlen(lang));

	if (found == NO_LANGUAGE)
		return false;
	take(found);
	return true;
}

bool
i18n_is_language(const char *lang)
{
	return find_language(lang, strlen(lang)) != NO_LANGUAGE;
}

const char *
i18n_language(void)
{
	return i18n_languages[state.language];
}

const char *
i18n_in(const char *lang, const char *msgid)
{
	size_t language = find_language(lang, strlen(lang));

	return language != NO_LANGUAGE ? dgettext(domains[language], msgid)
				       : msgid;
}

const char *
i18n_count_in(
    const char *lang, const char *one, const char *many, unsigned long n)
{
	size_t language = find_language(lang, strlen(lang));

	if (language == NO_LANGUAGE)
		return n == 1 ? one : many;
	return dngettext(domains[language], one, many, n);
}

const char *
i18n_here(const char *msgid)
{
	return dgettext(domains[state.language], msgid);
}

const char *
i18n_count_here(const char *one, const char *many, unsigned long n)
{
	return dngettext(domains[state.language], one, many, n);
}
