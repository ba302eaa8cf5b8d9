/*
 * i18n.c - GNU gettext without generated locales: i18n.h.
 *
 * glibc looks messages up by the variable LANGUAGE in every locale but "C".
 * "C.UTF-8" is built into it since Debian 7, so with that locale and
 * LANGUAGE set, every language works on every machine. Numbers stay as in
 * "C", because formats depend on them.
 */
#include "base/i18n.h"

#include "base/file.h"

#include <locale.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* gettext's own: a change makes it look at LANGUAGE again */
extern int _nl_msg_cat_cntr;

#define DOMAIN  "sello"
#define BUCKETS 256

const char *const i18n_languages[I18N_LANGUAGE_COUNT] = { "es", "en", "fr",
	"pt", "ht" };

/* One looked-up message; never freed, see i18n_in(). */
struct entry {
	struct entry *next;
	const char *language; /* of i18n_languages */
	const char *text;
	char msgid[];
};

/* The only changing state of the room: the process has one language. */
static struct {
	const char *language; /* of i18n_languages */
	/* LANGUAGE is another one while it is held, and what follows grows */
	pthread_mutex_t lock;
	struct entry *seen[BUCKETS];
} state = { .language = "en", .lock = PTHREAD_MUTEX_INITIALIZER };

/* The language's own entry in i18n_languages; len: of its name. */
static const char *
find_language(const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < I18N_LANGUAGE_COUNT; i++)
		if (strlen(i18n_languages[i]) == len &&
		    memcmp(i18n_languages[i], name, len) == 0)
			return i18n_languages[i];
	return NULL;
}

/* From "es_GT.UTF-8:en" the first that we have, NULL if none. */
static const char *
first_known(const char *list)
{
	const char *found = NULL;

	while (found == NULL && *list != '\0') {
		found = find_language(list, strcspn(list, "_-.@:"));
		list += strcspn(list, ":");
		list += *list == ':';
	}
	return found;
}

static const char *
users_language(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	const char *value = getenv("LANGUAGE");
	const char *found = value != NULL ? first_known(value) : NULL;
	size_t i;

	if (found != NULL)
		return found;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		value = getenv(names[i]);
		if (value == NULL || *value == '\0')
			continue;
		found = first_known(value);
		return found != NULL ? found : "en";
	}
	return "en";
}

static void
bind_catalogues(void)
{
	static const char *const installed[] = { SELLO_PREFIX "/share/locale",
		"/usr/share/locale" };
	char *beside = file_beside_program("locale");
	const char *dir = beside;

	if (dir == NULL)
		dir = file_is_dir(installed[0]) ? installed[0] : installed[1];
	bindtextdomain(DOMAIN, dir);
	bind_textdomain_codeset(DOMAIN, "UTF-8");
	textdomain(DOMAIN);
	free(beside);
}

static void
switch_to(const char *language)
{
	setenv("LANGUAGE", language, 1);
	++_nl_msg_cat_cntr;
}

void
i18n_init(void)
{
	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		setlocale(LC_ALL, "");
	setlocale(LC_NUMERIC, "C");
	bind_catalogues();
	state.language = find_language(users_language(), 2);
	switch_to(state.language);
}

bool
i18n_set(const char *lang)
{
	const char *found = find_language(lang, strlen(lang));

	if (found == NULL)
		return false;
	state.language = found;
	switch_to(found);
	return true;
}

const char *
i18n_language(void)
{
	return state.language;
}

static size_t
bucket_of(const char *text)
{
	uint32_t hash = 2166136261u; /* FNV-1a */

	for (; *text != '\0'; text++)
		hash = (hash ^ (uint8_t)*text) * 16777619u;
	return hash % BUCKETS;
}

static const char *
look_up(const char *language, const char *msgid)
{
	const char *text;

	switch_to(language);
	text = gettext(msgid);
	switch_to(state.language);
	return text;
}

static const char *
text_in(const char *language, const char *msgid)
{
	size_t bucket = bucket_of(msgid);
	size_t size = strlen(msgid) + 1;
	struct entry *entry;

	for (entry = state.seen[bucket]; entry != NULL; entry = entry->next)
		if (entry->language == language &&
		    strcmp(entry->msgid, msgid) == 0)
			return entry->text;
	if ((entry = malloc(sizeof(*entry) + size)) == NULL)
		return look_up(language, msgid);
	memcpy(entry->msgid, msgid, size);
	entry->language = language;
	/* our copy, which gettext hands back when there is no translation */
	entry->text = look_up(language, entry->msgid);
	entry->next = state.seen[bucket];
	state.seen[bucket] = entry;
	return entry->text;
}

const char *
i18n_in(const char *lang, const char *msgid)
{
	const char *language = find_language(lang, strlen(lang));
	const char *text = msgid;

	if (language == NULL)
		return msgid;
	pthread_mutex_lock(&state.lock);
	text = text_in(language, msgid);
	pthread_mutex_unlock(&state.lock);
	return text;
}

const char *
i18n_count_in(
    const char *lang, const char *one, const char *many, unsigned long n)
{
	const char *language = find_language(lang, strlen(lang));
	const char *text;

	if (language == NULL)
		return n == 1 ? one : many;
	pthread_mutex_lock(&state.lock);
	switch_to(language);
	text = dngettext(NULL, one, many, n);
	switch_to(state.language);
	pthread_mutex_unlock(&state.lock);
	return text;
}

const char *
i18n_here(const char *msgid)
{
	const char *text;

	pthread_mutex_lock(&state.lock);
	text = gettext(msgid);
	pthread_mutex_unlock(&state.lock);
	return text;
}

const char *
i18n_count_here(const char *one, const char *many, unsigned long n)
{
	const char *text;

	pthread_mutex_lock(&state.lock);
	text = dngettext(NULL, one, many, n);
	pthread_mutex_unlock(&state.lock);
	return text;
}
