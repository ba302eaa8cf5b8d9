/*
 * program_emblem.c - an emblem from the custodian's own drawing: program.h.
 *
 * Three kinds of file are taken: the emblem as the list carries it
 * (letter/emblem.h), a PNG of black and white (keys/emblem_png.h), and an SVG
 * whose shapes are all <path>, filled, without transform: what drawing programs
 * write for "convert to paths, one layer". The commands M L H V C Z, absolute
 * or relative, are brought to the list's M L C Z; everything else is refused by
 * name.
 */
#include "base/file.h"
#include "base/i18n.h"
#include "keys/emblem_png.h"
#include "keys/program.h"

#include <ctype.h>
#include <libgen.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DRAWING_MAX 65536
/* Of one number. As many as a drawing has room for still add up to less than
 * what put_number() writes. */
#define NUMBER_MAX 1e6
#define WORD_SIZE  17 /* of what is refused by name */

/* Where the pen is, and what it has drawn. */
struct drawing {
	struct bytes out;
	double left, top, width, height; /* viewBox */
	double x, y, start_x, start_y;
	bool open; /* a shape that is not closed yet */
};

static void
skip_space(const char **at)
{
	*at += strspn(*at, " \t\r\n,");
}

static bool
parse_number(const char **at, double *out)
{
	char *end;

	skip_space(at);
	if (strspn(*at, "+-.0123456789") == 0)
		return false; /* strtod() knows "nan", "inf" and more */
	*out = strtod(*at, &end);
	if (end == *at || !(fabs(*out) <= NUMBER_MAX)) /* nor is NaN */
		return false;
	*at = end;
	return true;
}

/* A place, with at most two decimals and no zeros at the end: NUMBER_MAX keeps
 * it shorter than the text. */
static void
put_number(struct drawing *d, double value)
{
	char text[32];
	size_t len;

	if (fabs(value) < .005)
		value = 0;
	len = (size_t)snprintf(text, sizeof(text), "%.2f", value);
	while (text[len - 1] == '0')
		text[--len] = '\0';
	if (text[len - 1] == '.')
		text[--len] = '\0';
	bytes_addf(&d->out, " %s", text);
}

static void
put_point(struct drawing *d, double x, double y)
{
	put_number(d, x - d->left);
	put_number(d, y - d->top);
}

static void
close_shape(struct drawing *d)
{
	if (d->open)
		bytes_add_text(&d->out, " Z");
	d->open = false;
	d->x = d->start_x;
	d->y = d->start_y;
}

/* One command with its numbers, which become absolute. */
static void
draw(struct drawing *d, char command, double n[6])
{
	bool relative = islower((unsigned char)command);
	int i, count = tolower((unsigned char)command) == 'c' ? 6 : 2;

	command = (char)toupper((unsigned char)command);
	if (command == 'V' || command == 'H') {
		n[1] = command == 'V' ? n[0] : relative ? 0 : d->y;
		if (command == 'V')
			n[0] = relative ? 0 : d->x;
		command = 'L';
	}
	for (i = 0; relative && i < count; i++)
		n[i] += i % 2 ? d->y : d->x;
	if (command == 'M') {
		close_shape(d);
		d->start_x = n[0];
		d->start_y = n[1];
	} else if (!d->open) { /* drawing goes on behind a Z */
		bytes_add_text(&d->out, " M");
		put_point(d, d->start_x, d->start_y);
	}
	d->open = true;
	bytes_addf(&d->out, " %c", command);
	for (i = 0; i < count; i += 2)
		put_point(d, n[i], n[i + 1]);
	d->x = n[count - 2];
	d->y = n[count - 1];
}

static int
count_of(char command)
{
	switch (toupper((unsigned char)command)) {
	case 'M':
	case 'L':
		return 2;
	case 'H':
	case 'V':
		return 1;
	case 'C':
		return 6;
	}
	return 0;
}

/* Path data to its end; what follows a command's numbers without a command is
 * the same once more, and a line behind M. False: *text is what it cannot be.
 */
static bool
draw_path(struct drawing *d, const char **text)
{
	const char *at = *text;
	double n[6] = { 0 };
	char command = 0;
	int i, count = 0;

	for (skip_space(&at); *at != '\0'; skip_space(&at)) {
		*text = at;
		if (isalpha((unsigned char)*at)) {
			command = *at++;
			if (command == 'Z' || command == 'z') {
				close_shape(d);
				command = 0;
				continue;
			}
			count = count_of(command);
		}
		if (command == 0 || count == 0)
			return false;
		for (i = 0; i < count; i++) {
			skip_space(&at);
			*text = at;
			if (!parse_number(&at, &n[i]))
				return false;
		}
		draw(d, command, n);
		if (command == 'M' || command == 'm')
			command = command == 'M' ? 'L' : 'l';
	}
	close_shape(d);
	return true;
}

/* The value of the next attribute of this name; text goes on behind it. */
static bool
parse_attribute(char **text, const char *name, char **value)
{
	char *at = strstr(*text, name), *end;
	size_t len = strlen(name);

	if (at == NULL || (at[len] != '"' && at[len] != '\'') ||
	    (end = strchr(at + len + 1, at[len])) == NULL)
		return false;
	*end = '\0';
	*value = at + len + 1;
	*text = end + 1;
	return true;
}

/* By the first word of what it may not be, which may be of any length. */
static enum err
refuse(const char *text, struct errtext *err)
{
	char word[WORD_SIZE];
	size_t i;

	for (i = 0; i < WORD_SIZE - 1 && isgraph((unsigned char)text[i]); i++)
		word[i] = text[i];
	word[i] = '\0';
	return err_set(err, ERR_DATA,
	    _("an emblem cannot have %s: only filled paths of M L H V C Z, "
	      "without transform; convert the drawing to paths"),
	    i > 0 ? word : "...");
}

/* Attributes stand behind a space, and nothing is drawn in a comment. */
static void
tidy(char *text)
{
	char *at, *end;

	for (at = text; *at != '\0'; at++)
		if (isspace((unsigned char)*at))
			*at = ' ';
	while ((at = strstr(text, "<!--")) != NULL) {
		end = strstr(at, "-->");
		memset(at, ' ', end != NULL ? (size_t)(end - at) : strlen(at));
	}
}

static enum err
draw_svg(struct drawing *d, char *text, struct errtext *err)
{
	static const char *const never[] = { "transform", "<image", "<text",
		"<use", "<circle", "<rect", "<ellipse", "<poly", "<line",
		"<clipPath", "<mask", "<pattern", "<marker", "<symbol",
		"fill:none", "fill=\"none\"", "fill='none'", "<!ENTITY" };
	const char *at;
	char *value;
	size_t i;

	tidy(text);
	for (i = 0; i < sizeof(never) / sizeof(never[0]); i++)
		if (strstr(text, never[i]) != NULL)
			return refuse(never[i], err);
	if (!parse_attribute(&text, " viewBox=", &value))
		return err_set(err, ERR_DATA,
		    _("the emblem's drawing does not say its size (viewBox)"));
	at = value;
	if (!parse_number(&at, &d->left) || !parse_number(&at, &d->top) ||
	    !parse_number(&at, &d->width) || !parse_number(&at, &d->height))
		return refuse("viewBox", err);
	bytes_addf(&d->out, "%.0f %.0f", ceil(d->width), ceil(d->height));
	while (parse_attribute(&text, " d=", &value)) {
		at = value;
		if (!draw_path(d, &at))
			return refuse(at, err);
	}
	return ERR_OK;
}

/* The text of the file to the list's form. */
static enum err
convert(struct bytes *text, char out[EMBLEM_SIZE], struct errtext *err)
{
	struct drawing d = { 0 };
	enum err rc = ERR_OK;

	bytes_add_byte(text, '\0');
	if (text->failed)
		return err_memory(err);
	if (emblem_is_png(text))
		rc = emblem_from_png(text, &d.out, err);
	else if (strchr((char *)text->at, '<') != NULL)
		rc = draw_svg(&d, (char *)text->at, err);
	else
		bytes_add(&d.out, text->at, strcspn((char *)text->at, "\r\n"));
	if (rc == ERR_OK && d.out.len > EMBLEM_MAX)
		rc = err_set(err, ERR_LIMIT,
		    _("the emblem is larger than 8 KiB; make a simpler "
		      "drawing"));
	else if (rc == ERR_OK) {
		if (d.out.len > 0)
			memcpy(out, d.out.at, d.out.len);
		out[d.out.len] = '\0';
		if (!emblem_is_good(out))
			rc = err_set(err, ERR_DATA,
			    _("this is not an emblem: at least one filled "
			      "path, all of it inside the drawing's size"));
	}
	bytes_free(&d.out);
	return rc;
}

enum err
program_emblem(
    const char *beside, struct trust_list *program, struct errtext *err)
{
	char *copy = NULL, *path = NULL;
	struct bytes text = { 0 };
	enum err rc;

	if (program->emblem[0] == '\0')
		return ERR_OK;
	copy = strdup(beside);
	path = copy == NULL ? NULL
	    : program->emblem[0] == '/'
	    ? strdup(program->emblem)
	    : file_join(dirname(copy), program->emblem);
	if (path == NULL)
		rc = err_memory(err);
	else if ((rc = file_read(path, DRAWING_MAX, &text, err)) == ERR_OK &&
	    (rc = convert(&text, program->emblem, err)) != ERR_OK)
		err_prefix(err, "%s", path);
	bytes_free(&text);
	free(path);
	free(copy);
	return rc;
}
