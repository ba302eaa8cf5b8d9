/*
 * i18n.h - the user's language, through GNU gettext.
 *
 * Message ids are plain English sentences. Catalogues are found beside the
 * program (build/locale) or installed; they work without any locale being
 * generated on the machine, because old PCs often have none.
 */
#ifndef BASE_I18N_H
#define BASE_I18N_H

#include <libintl.h>
#include <stdbool.h>

/* By gettext's names, but in the language of i18n_set(). */
#define _(text)  i18n_here(text)
#define N_(text) (text) /* marked for translation, translated where used */
#undef ngettext
#define ngettext(one, many, n) i18n_count_here(one, many, n)

/* The languages of letters and screens, in the order of docs/letter.md. */
#define I18N_LANGUAGE_COUNT 5
extern const char
    *const i18n_languages[I18N_LANGUAGE_COUNT]; /* es en fr pt ht */

/* i18n_here, i18n_count_here - in the screen's language, by any thread. */
const char *i18n_here(const char *msgid) __attribute__((format_arg(1)));
const char *i18n_count_here(const char *one, const char *many, unsigned long n)
    __attribute__((format_arg(1), format_arg(2)));

/* i18n_init - find catalogues, take the language of LANG and friends. It and
 * i18n_set() change the environment: before there are threads. */
void i18n_init(void);

/* i18n_catalogues - look for them there, FOLDER/es/LC_MESSAGES/sello-es.mo,
 * and not where i18n_init() found some: for tests with texts of their own. */
void i18n_catalogues(const char *folder);

/* i18n_set - switch the screen language; false for an unknown one. */
bool i18n_set(const char *lang);

/* i18n_is_language - is it one of ours? */
bool i18n_is_language(const char *lang);

/* i18n_language - the language in force ("en" where none was chosen). */
const char *i18n_language(void);

/*
 * i18n_in - one message in a given language, whatever the screen's is: for
 * the printed letter. By any thread; the result is msgid itself, or lives as
 * long as the program.
 */
const char *i18n_in(const char *lang, const char *msgid);

/* i18n_count_in - the form for n of a message, in a given language. */
const char *i18n_count_in(
    const char *lang, const char *one, const char *many, unsigned long n);

#endif
