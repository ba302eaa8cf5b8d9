/*
 * program.c - reading program.ini: program.h.
 */
#include "keys/program.h"

#include "base/array.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/ini.h"
#include "letter/code.h"
#include "letter/pattern.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE_MAX_BYTES 190

struct parse {
	int line;          /* of the line last taken, from 1 */
	int section_line;  /* of the section last begun */
	bool section_used; /* it has had a key */
	char section[LINE_MAX_BYTES + 1];
	struct trust_list *list;
	size_t consulate_cap, pathway_cap; /* of its arrays */
	enum err rc;
	struct errtext *err;
};

static int
wrong(struct parse *p, int line, enum err rc, const char *what)
{
	if (p->rc == ERR_OK) /* the first is the one to mend */
		p->rc = err_set(p->err, rc, _("line %d: %s"), line, what);
	return 0;
}

static int
no_memory(struct parse *p)
{
	return wrong(p, p->line, ERR_MEMORY, _("out of memory"));
}

/* --- lines ---------------------------------------------------------------- */

static void
check_section_used(struct parse *p)
{
	if (p->section_line > 0 && !p->section_used)
		wrong(p, p->section_line, ERR_DATA,
		    _("this section has nothing in it"));
}

/* Of what was taken, all fits into LINE_MAX_BYTES. */
static const char *
text_of(const struct reader *part, char out[LINE_MAX_BYTES + 1])
{
	memcpy(out, part->at, part->left);
	out[part->left] = '\0';
	return out;
}

/* --- rows ----------------------------------------------------------------- */

static int
set_text(struct parse *p, char *to, size_t size, const char *value)
{
	struct reader text = { (const uint8_t *)value, strlen(value) };
	char plain[LINE_MAX_BYTES + 1];

	plain_unquote(&text);
	snprintf(plain, sizeof(plain), "%.*s", (int)text.left,
	    (const char *)text.at);
	if (to[0] != '\0')
		return wrong(p, p->line, ERR_DATA, _("given twice"));
	if (!cert_text_is_fit(plain, CERT_TEXT_MAX) || strlen(plain) >= size)
		return wrong(p, p->line, ERR_DATA,
		    _("not a name of 1 to 128 characters in UTF-8, without "
		      "control characters or double spaces"));
	memcpy(to, plain, strlen(plain) + 1);
	return 1;
}

static int
on_program(struct parse *p, const char *name, const char *value)
{
	struct trust_list *list = p->list;

	if (strcmp(name, "name") == 0)
		return set_text(p, list->name, sizeof(list->name), value);
	if (strcmp(name, "emblem") == 0)
		return set_text(p, list->emblem, sizeof(list->emblem), value);
	return wrong(p, p->line, ERR_DATA,
	    _("unknown key; [program] has name = and emblem ="));
}

/* The row of this section, which may have several keys. */
static struct trust_consulate *
consulate_row(struct parse *p, const char *code)
{
	struct trust_list *list = p->list;
	struct trust_consulate *row;
	size_t i;

	for (i = 0; i < list->consulate_count; i++)
		if (strcmp(list->consulates[i].code, code) == 0)
			return &list->consulates[i];
	if (!ARRAY_ROOM(
		list->consulates, list->consulate_count, p->consulate_cap)) {
		no_memory(p);
		return NULL;
	}
	row = &list->consulates[list->consulate_count++];
	*row = (struct trust_consulate){ 0 };
	memcpy(row->code, code, sizeof(row->code));
	return row;
}

static int
on_consulate(
    struct parse *p, const char *code, const char *name, const char *value)
{
	struct trust_consulate *row;

	if (!pattern_fits("AA-AALLL", code))
		return wrong(p, p->section_line, ERR_DATA,
		    _("a consulate's code is its country, a hyphen and its "
		      "UN/LOCODE, for example ES-GTGUA"));
	if (strcmp(name, "name") != 0 && strcmp(name, "address") != 0)
		return wrong(p, p->line, ERR_DATA,
		    _("unknown key; [consulate] has name = and address ="));
	if ((row = consulate_row(p, code)) == NULL)
		return 0;
	if (strcmp(name, "address") == 0)
		return set_text(p, row->address, sizeof(row->address), value);
	return set_text(p, row->name, sizeof(row->name), value);
}

static int
language_of(const char *name)
{
	int i;

	for (i = 0; i < I18N_LANGUAGE_COUNT; i++)
		if (strcmp(i18n_languages[i], name) == 0)
			return i;
	return -1;
}

static struct trust_pathway *
pathway_row(struct parse *p, const char *code)
{
	struct trust_list *list = p->list;
	struct trust_pathway *row;
	size_t i;

	for (i = 0; i < list->pathway_count; i++)
		if (strcmp(list->pathways[i].code, code) == 0)
			return &list->pathways[i];
	if (!ARRAY_ROOM(list->pathways, list->pathway_count, p->pathway_cap)) {
		no_memory(p);
		return NULL;
	}
	row = &list->pathways[list->pathway_count++];
	*row = (struct trust_pathway){ 0 };
	memcpy(row->code, code, sizeof(row->code));
	return row;
}

static int
on_pathway(
    struct parse *p, const char *code, const char *name, const char *value)
{
	struct trust_pathway *row;
	int i = language_of(name);

	if (!pattern_fits("AAA", code))
		return wrong(p, p->section_line, ERR_DATA,
		    _("a pathway's code is three letters A-Z"));
	if (code_find(code_pathway, code) != NULL)
		return wrong(p, p->section_line, ERR_DATA,
		    _("this pathway is built in and cannot be changed; choose "
		      "another code"));
	if (i < 0)
		return wrong(p, p->line, ERR_DATA,
		    _("unknown key; [pathway] has es = en = fr = pt = ht ="));
	if ((row = pathway_row(p, code)) == NULL)
		return 0;
	return set_text(p, row->label[i], sizeof(row->label[i]), value);
}

static const char *
after(const char *text, const char *prefix)
{
	size_t len = strlen(prefix);

	return strncmp(text, prefix, len) == 0 ? text + len : NULL;
}

static int
on_key(struct parse *p, const char *name, const char *value)
{
	const char *section = p->section, *code;

	p->section_used = true;
	if (strcmp(section, "program") == 0)
		return on_program(p, name, value);
	if ((code = after(section, "consulate ")) != NULL)
		return on_consulate(p, code, name, value);
	if ((code = after(section, "pathway ")) != NULL)
		return on_pathway(p, code, name, value);
	return wrong(p, p->section_line > 0 ? p->section_line : p->line,
	    ERR_DATA,
	    _("unknown section; there are [program], [consulate CODE] and "
	      "[pathway CODE]"));
}

static void
begin_section(struct parse *p, const struct ini_line *line)
{
	check_section_used(p);
	p->section_line = p->line;
	p->section_used = false;
	text_of(&line->name, p->section);
}

static void
parse_line(struct parse *p, const struct ini_line *line)
{
	char name[LINE_MAX_BYTES + 1], value[LINE_MAX_BYTES + 1];

	p->line = (int)line->number;
	if (line->whole.left > LINE_MAX_BYTES)
		wrong(p, p->line, ERR_LIMIT, _("longer than 190 bytes"));
	else if (memchr(line->whole.at, '\0', line->whole.left) != NULL)
		wrong(p, p->line, ERR_DATA, _("a NUL byte"));
	else if (line->kind == INI_SECTION)
		begin_section(p, line);
	else if (line->kind == INI_KEY)
		on_key(p, text_of(&line->name, name),
		    text_of(&line->value, value));
	else
		wrong(p, p->line, ERR_DATA,
		    _("neither [section], key = value nor a comment"));
}

/* --- the whole ------------------------------------------------------------ */

/* An address alone names nobody. */
static void
check_names(struct parse *p)
{
	size_t i;

	for (i = 0; i < p->list->consulate_count; i++)
		if (p->list->consulates[i].name[0] == '\0')
			wrong(p, p->line, ERR_DATA,
			    _("a consulate has an address and no name"));
}

static int
by_code(const void *a, const void *b)
{
	return strcmp(a, b); /* rows begin with their code */
}

static void
sort(struct trust_list *list)
{
	if (list->consulate_count > 0)
		qsort(list->consulates, list->consulate_count,
		    sizeof(list->consulates[0]), by_code);
	if (list->pathway_count > 0)
		qsort(list->pathways, list->pathway_count,
		    sizeof(list->pathways[0]), by_code);
}

enum err
program_parse(
    const void *text, size_t len, struct trust_list **out, struct errtext *err)
{
	struct plain plain = plain_begin(text, len);
	struct parse p = { .err = err };
	struct ini_line line;

	if (len > PROGRAM_FILE_MAX)
		return err_set(err, ERR_LIMIT, _("too long"));
	if ((p.list = calloc(1, sizeof(*p.list))) == NULL)
		return err_memory(err);
	while (p.rc == ERR_OK && ini_next(&plain, &line))
		parse_line(&p, &line);
	check_section_used(&p);
	check_names(&p);
	if (p.rc == ERR_OK) {
		sort(p.list);
		*out = p.list;
		p.list = NULL;
	}
	trust_free(&p.list);
	return p.rc;
}
