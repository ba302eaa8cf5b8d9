#include "letter/labels.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/zone.h"
#include "letter/code.h"
#include "letter/date.h"
#include "letter/hotline.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Who speaks: one language, or the letter's and then Spanish. */
struct voice {
	const char *lang[2];
	const struct letter_labels *labels[2];
	int count;
};

/* Text that fills up and then stays as it is. */
struct text {
	char *at;
	size_t len, size;
};

__attribute__((format(printf, 2, 3))) static void
add(struct text *t, const char *fmt, ...)
{
	va_list args;
	size_t room = t->size - t->len;
	int n;

	if (room <= 1)
		return;
	va_start(args, fmt);
	n = vsnprintf(t->at + t->len, room, fmt, args);
	va_end(args);
	if (n < 0)
		return;
	if ((size_t)n < room) {
		t->len += (size_t)n;
		return;
	}
	/* full: drop what was left of a character of several bytes */
	t->len = t->size - 1;
	while (t->len > 0 && ((unsigned char)t->at[t->len - 1] & 0xC0) == 0x80)
		t->len--;
	if (t->len > 0 && ((unsigned char)t->at[t->len - 1] & 0xC0) == 0xC0)
		t->len--;
	t->at[t->len] = '\0';
	t->size = t->len + 1;
}

/* The label that belongs to a code, in the voice's i-th language. */
static const char *
code_label(
    const struct voice *v, int i, const struct field *field, const char *code)
{
	const struct letter_labels *labels = v->labels[i];
	const struct code *row;
	const char *msgid = NULL;

	switch (field->kind) {
	case KIND_CODE:
		row = code_find(field->codes, code);
		msgid = row != NULL ? row->label : NULL;
		break;
	case KIND_COUNTRY:
	case KIND_COUNTRIES:
		msgid = nationality_label(code);
		break;
	case KIND_CONSULATE:
		return labels != NULL ? labels->consulate_name : NULL;
	case KIND_TEXT:
		return labels != NULL && field->id == FIELD_PROGRAM
		    ? labels->program_name
		    : NULL;
	case KIND_PATHWAY:
		if (labels != NULL && labels->pathway != NULL)
			return labels->pathway;
		row = code_find(code_pathway, code);
		msgid = row != NULL ? row->label : NULL;
		break;
	case KIND_LETTER_NUMBER:
	case KIND_NAME:
	case KIND_INSTANT:
	case KIND_DATE:
	case KIND_BIRTH_DATE:
	case KIND_TRUE:
	case KIND_SALT:
	case KIND_DEPENDANTS:
		break;
	}
	return msgid != NULL ? i18n_in(v->lang[i], msgid) : NULL;
}

static void
add_code(struct text *t, const struct voice *v, const struct field *field,
    const char *code)
{
	const char *first = code_label(v, 0, field, code);
	const char *second =
	    v->count > 1 ? code_label(v, 1, field, code) : NULL;

	if (first == NULL) {
		first = second;
		second = NULL;
	}
	if (second != NULL && strcmp(first, second) == 0)
		second = NULL;
	add(t, "%s", code);
	if (first != NULL && second != NULL)
		add(t, " (%s / " SPANISH_SIGN "%s" SPANISH_SIGN ")", first,
		    second);
	else if (first != NULL)
		add(t, " (%s)", first);
}

/* "VEN;ITA", each with its label */
static void
add_codes(struct text *t, const struct voice *v, const struct field *field,
    const char *codes)
{
	char code[LETTER_CENTER_SIZE];
	size_t len;

	while (*codes != '\0') {
		len = strcspn(codes, ";");
		snprintf(code, sizeof(code), "%.*s", (int)len, codes);
		add_code(t, v, field, code);
		codes += len;
		if (*codes == ';') {
			add(t, ", ");
			codes++;
		}
	}
}

static void
add_date(struct text *t, const char *lang, const char *date)
{
	char words[64];

	date_local_text(lang, date, words, sizeof(words));
	if (strcmp(words, date) == 0 || strcmp(date, "unknown") == 0)
		add(t, "%s", words);
	else
		add(t, "%s (%s)", words, date);
}

/* "UTC-6", "UTC+5:30", "UTC" */
static void
add_offset(struct text *t, int offset)
{
	int minutes = abs(offset) / 60;

	add(t, "UTC");
	if (minutes > 0)
		add(t, "%c%d", offset < 0 ? '-' : '+', minutes / 60);
	if (minutes % 60 > 0)
		add(t, ":%02d", minutes % 60);
}

/* By the center's clock where its zone is known, and as it was signed: "23
 * November 2026, 12:00 UTC-6 (2026-11-23T18:00:00Z)" */
static void
add_instant(struct text *t, const struct voice *v, const char *instant)
{
	const char *zone = v->labels[0] != NULL ? v->labels[0]->timezone : NULL;
	char local[CLOCK_INSTANT_SIZE], date[11], words[64];
	int64_t at;
	int offset = 0;

	if (!clock_parse(instant, &at)) {
		add(t, "%s", instant);
		return;
	}
	if (zone == NULL || !zone_offset(zone, at, &offset) ||
	    !clock_format(at + offset, local)) {
		offset = 0;
		snprintf(local, sizeof(local), "%s", instant);
	}
	snprintf(date, sizeof(date), "%.10s", local);
	date_local_text(v->lang[0], date, words, sizeof(words));
	add(t, "%s, %.5s ", words, local + 11);
	add_offset(t, offset);
	add(t, " (%s)", instant);
}

static void
add_birth_date(struct text *t, const char *lang, const struct field *field,
    const void *record)
{
	const struct letter *letter = record;

	add_date(t, lang, field_get(field, record));
	if (field->id == FIELD_BIRTH_DATE &&
	    letter->birth_date_estimated[0] != '\0')
		add(t, " (%s)", i18n_in(lang, N_("estimated")));
}

static void
describe(const struct voice *v, const struct field *field, const void *record,
    struct text *t)
{
	const char *value = field_get(field, record);

	t->at[0] = '\0';
	if (value[0] == '\0')
		return;
	switch (field->kind) {
	case KIND_CODE:
	case KIND_COUNTRY:
	case KIND_CONSULATE:
	case KIND_PATHWAY:
	case KIND_TEXT:
		add_code(t, v, field, value);
		return;
	case KIND_COUNTRIES:
		add_codes(t, v, field, value);
		return;
	case KIND_DATE:
		add_date(t, v->lang[0], value);
		return;
	case KIND_BIRTH_DATE:
		add_birth_date(t, v->lang[0], field, record);
		return;
	case KIND_INSTANT:
		add_instant(t, v, value);
		return;
	case KIND_TRUE:
		add(t, "%s", i18n_in(v->lang[0], N_("yes")));
		return;
	case KIND_LETTER_NUMBER:
	case KIND_NAME:
	case KIND_SALT:
	case KIND_DEPENDANTS:
		add(t, "%s", value);
		return;
	}
}

void
labels_value(const char *lang, const struct field *field, const void *record,
    const struct letter_labels *labels, char *out, size_t size)
{
	const struct voice v = { { lang }, { labels }, 1 };
	struct text t = { out, 0, size };

	describe(&v, field, record, &t);
}

void
labels_value_bilingual(const char *lang, const struct field *field,
    const void *record, const struct letter_labels *labels,
    const struct letter_labels *labels_es, char *out, size_t size)
{
	const struct voice v = { { lang, "es" }, { labels, labels_es },
		strcmp(lang, "es") == 0 ? 1 : 2 };
	struct text t = { out, 0, size };

	describe(&v, field, record, &t);
}

const char *
labels_field(const char *lang, const struct field *field)
{
	return i18n_in(lang, field->label);
}

bool
labels_hotline(const char *hotline, char number[HOTLINE_SIZE])
{
	size_t len = strcspn(hotline, ";");

	snprintf(number, HOTLINE_SIZE, "%.*s", (int)len, hotline);
	return strcmp(hotline + len, HOTLINE_FREE) == 0;
}
