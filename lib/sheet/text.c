#include "sheet/text.h"

#include "sheet/fonts.h"

#include <openssl/crypto.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const struct type {
	const char *family;
	PangoWeight weight;
	double size;
} types[TEXT_STYLE_COUNT] = {
	[TEXT_PROGRAM] = { "DejaVu Serif", PANGO_WEIGHT_BOLD, 13 },
	[TEXT_CENTER] = { "DejaVu Serif", PANGO_WEIGHT_NORMAL, 9.5 },
	[TEXT_TITLE] = { "DejaVu Serif", PANGO_WEIGHT_BOLD, 16 },
	[TEXT_SUBTITLE] = { "DejaVu Serif", PANGO_WEIGHT_NORMAL, 11 },
	[TEXT_BODY] = { "DejaVu Serif", PANGO_WEIGHT_NORMAL, 10 },
	[TEXT_NOTICE_HEAD] = { "DejaVu Sans", PANGO_WEIGHT_BOLD, 11 },
	[TEXT_NOTICE] = { "DejaVu Sans", PANGO_WEIGHT_NORMAL, 9 },
	[TEXT_SECTION] = { "DejaVu Serif", PANGO_WEIGHT_BOLD, 10 },
	[TEXT_LABEL] = { "DejaVu Sans", PANGO_WEIGHT_NORMAL, 9 },
	[TEXT_VALUE] = { "DejaVu Sans", PANGO_WEIGHT_NORMAL, 10 },
	[TEXT_NAME] = { "DejaVu Sans", PANGO_WEIGHT_BOLD, 10.5 },
	[TEXT_NUMBER] = { "DejaVu Sans Mono", PANGO_WEIGHT_NORMAL, 12 },
	[TEXT_MARK] = { "DejaVu Sans", PANGO_WEIGHT_BOLD, 10 },
	[TEXT_BANNER] = { "DejaVu Sans", PANGO_WEIGHT_BOLD, 9 },
	[TEXT_SMALL] = { "DejaVu Sans", PANGO_WEIGHT_NORMAL, 9 },
	[TEXT_WATERMARK] = { "DejaVu Sans", PANGO_WEIGHT_BOLD, 44 },
};

/* hhea.ascent of all DejaVu faces, in 1/2048 em */
#define ASCENT (1901.0 / 2048)

double
text_ascent(enum text_style style)
{
	return types[style].size * ASCENT;
}

PangoFontDescription *
text_font(enum text_style style)
{
	PangoFontDescription *desc = pango_font_description_new();

	pango_font_description_set_family_static(desc, types[style].family);
	pango_font_description_set_weight(desc, types[style].weight);
	pango_font_description_set_absolute_size(
	    desc, types[style].size * PANGO_SCALE);
	return desc;
}

void
pen_init(
    struct pen *pen, cairo_t *cr, struct sheet_fonts *fonts, const char *lang)
{
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_matrix_t matrix;

	/* paper has no pixels to fit: measures must not depend on any */
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	pen->cr = cr;
	pen->fonts = fonts;
	pen->lang = lang;
	cairo_get_matrix(cr, &matrix);
	pen->scale = (int)(matrix.xx * PANGO_SCALE);
	pen->context = fonts_context(fonts);
	pango_cairo_context_set_font_options(pen->context, options);
	pango_cairo_update_context(cr, pen->context);
	pango_context_set_round_glyph_positions(pen->context, FALSE);
	/* else taken from the locale of whoever prints */
	pango_context_set_language(
	    pen->context, pango_language_from_string(lang));
	cairo_font_options_destroy(options);
}

void
pen_clear(struct pen *pen)
{
	if (pen->context != NULL)
		g_object_unref(pen->context);
	pen->context = NULL;
}

/* No hyphen that is not in the name, and every letter on its own: ligatures
 * hurt reading by machine. */
static PangoAttrList *
plain_setting(void)
{
	PangoAttrList *list = pango_attr_list_new();

	pango_attr_list_insert(list, pango_attr_insert_hyphens_new(FALSE));
	pango_attr_list_insert(
	    list, pango_attr_font_features_new("liga 0, clig 0, dlig 0"));
	return list;
}

static bool
is_sign(char c)
{
	return c == *SPANISH_SIGN || c == *SMALL_SIGN;
}

static void
set_small(PangoAttrList *setting, size_t from, size_t to)
{
	PangoAttribute *size = pango_attr_size_new_absolute(
	    (int)(types[TEXT_SMALL].size * PANGO_SCALE));

	size->start_index = (guint)from;
	size->end_index = (guint)to;
	pango_attr_list_insert(setting, size);
}

/* The text without the signs where a language, or small print, begins, which
 * is set so; g_free(). */
static char *
without_signs(const char *text, PangoAttrList *setting)
{
	char *copy = g_malloc(strlen(text) + 1), *to = copy;
	const char *small = NULL;

	for (; *text != '\0'; text++) {
		if (!is_sign(*text))
			*to++ = *text;
		if (*text != *SMALL_SIGN)
			continue;
		if (small != NULL)
			set_small(setting, (size_t)(small - copy),
			    (size_t)(to - copy));
		small = small == NULL ? to : NULL;
	}
	*to = '\0';
	return copy;
}

/* width 0: one line */
static PangoLayout *
set_text(struct pen *pen, enum text_style style, double width, const char *text)
{
	PangoLayout *layout = pango_layout_new(pen->context);
	PangoFontDescription *desc = text_font(style);
	PangoAttrList *setting = plain_setting();
	char *plain = without_signs(text, setting);

	pango_layout_set_font_description(layout, desc);
	pango_layout_set_attributes(layout, setting);
	pango_layout_set_auto_dir(layout, FALSE);
	pango_layout_set_text(layout, plain, -1);
	if (width > 0) {
		pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
		pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	}
	pango_attr_list_unref(setting);
	pango_font_description_free(desc);
	g_free(plain);
	return layout;
}

/* As set_text() would set it. */
static struct text_size
measure(struct pen *pen, enum text_style style, double width, const char *text)
{
	char *set = g_strdup_printf("%d %d %d %s %s", (int)style,
	    width > 0 ? (int)(width * PANGO_SCALE) : 0, pen->scale, pen->lang,
	    text);
	bool known;
	struct text_size *size = fonts_measured(pen->fonts, set, &known);
	PangoLayout *layout;

	if (!known) {
		layout = set_text(pen, style, width, text);
		pango_layout_get_size(layout, &size->width, &size->height);
		g_object_unref(layout);
	}
	OPENSSL_cleanse(set, strlen(set)); /* a letter's, perhaps */
	g_free(set);
	return *size;
}

double
pen_height(
    struct pen *pen, enum text_style style, double width, const char *text)
{
	if (text[0] == '\0')
		return 0;
	return (double)measure(pen, style, width, text).height / PANGO_SCALE;
}

double
pen_width(struct pen *pen, enum text_style style, const char *text)
{
	return (double)measure(pen, style, 0, text).width / PANGO_SCALE;
}

static bool
says_something(const struct mark *mark)
{
	return mark->lang != NULL || mark->alt[0] != '\0' ||
	    mark->attributes[0] != '\0';
}

struct mark *
pen_begin(struct pen *pen, const char *tag)
{
	struct marks *marks = &pen->marks;

	if (says_something(&marks->mark[marks->count]) &&
	    marks->count + 1 < MARK_MAX)
		marks->count++;
	marks->mark[marks->count] =
	    (struct mark){ .element = marks->element_count++ };
	cairo_tag_begin(pen->cr, tag, NULL);
	return &marks->mark[marks->count];
}

void
pen_end(struct pen *pen, const char *tag)
{
	cairo_tag_end(pen->cr, tag);
}

/*
 * Text that is being drawn. Where it changes its language it is cut: only an
 * element has a language, and Cairo draws only what has no further element
 * inside, so each part becomes a Span.
 */
struct setting {
	struct pen *pen;
	enum text_style style;
	const char *left; /* not drawn yet, with its signs */
	int at;           /* the same place in the plain text */
	bool parts;       /* in more than one language? */
	bool spanish, open;
	bool small; /* print */
};

static void
begin_part(struct setting *s)
{
	if (!s->parts)
		return;
	pen_begin(s->pen, "Span")->lang = s->spanish ? "es" : NULL;
	s->open = true;
}

static void
end_part(struct setting *s)
{
	if (s->open)
		pen_end(s->pen, "Span");
	s->open = false;
}

/* Past the signs here: on to the next part, if any text is in it. */
static void
pass_signs(struct setting *s)
{
	bool other = false; /* language */

	for (; is_sign(*s->left); s->left++) {
		if (*s->left == *SMALL_SIGN) {
			s->small = !s->small;
			continue;
		}
		s->spanish = !s->spanish;
		other = true;
	}
	if (!other)
		return;
	end_part(s);
	if (*s->left != '\0')
		begin_part(s);
}

/*
 * A piece of a line, set anew: Pango leaves out the space at which it broke
 * the line, Cairo then hides it in a marked span of its own, and readers of
 * tagged PDF (poppler 22) end the paragraph there. Set on its own the line
 * keeps the space.
 */
static void
show_piece(struct setting *s, const char *text, int length, double x, double y)
{
	const char *sign = s->small ? SMALL_SIGN : "";
	char *copy = g_strdup_printf("%s%.*s%s%s", sign, length, text,
	    text[length] == '\n' ? " " : "", sign);
	PangoLayout *layout = set_text(s->pen, s->style, 0, copy);

	cairo_move_to(s->pen->cr, x, y);
	pango_cairo_show_layout_line(
	    s->pen->cr, pango_layout_get_line_readonly(layout, 0));
	g_object_unref(layout);
	g_free(copy);
}

static void
show_line(struct setting *s, const char *text, PangoLayoutLine *line, double x,
    double y)
{
	int end = line->start_index + line->length, from, offset;

	do {
		pass_signs(s);
		for (from = s->at; s->at < end && !is_sign(*s->left); s->at++)
			s->left++;
		pango_layout_line_index_to_x(line, from, FALSE, &offset);
		if (s->at > from)
			show_piece(s, text + from, s->at - from,
			    x + (double)offset / PANGO_SCALE, y);
	} while (s->at < end);
	if (text[end] == '\n') {
		pass_signs(s);
		s->left++;
		s->at++;
	}
}

static void
show_lines(struct setting *s, PangoLayout *layout, double x, double y,
    double width, enum text_align align)
{
	PangoLayoutIter *iter = pango_layout_get_iter(layout);
	const char *text = pango_layout_get_text(layout);
	PangoRectangle box;
	double slack;

	do {
		pango_layout_iter_get_line_extents(iter, NULL, &box);
		slack = width - (double)box.width / PANGO_SCALE;
		if (align == TEXT_LEFT)
			slack = 0;
		else if (align == TEXT_CENTERED)
			slack /= 2;
		show_line(s, text, pango_layout_iter_get_line_readonly(iter),
		    x + slack,
		    y +
			(double)pango_layout_iter_get_baseline(iter) /
			    PANGO_SCALE);
	} while (pango_layout_iter_next_line(iter));
	pango_layout_iter_free(iter);
}

static double
draw_text(struct pen *pen, enum text_style style, bool tagged, double x,
    double y, double width, enum text_align align, const char *text)
{
	PangoLayout *layout = set_text(pen, style, width, text);
	struct setting s = { .pen = pen,
		.style = style,
		.left = text,
		.parts = tagged && strstr(text, SPANISH_SIGN) != NULL };
	int w, h;

	pango_layout_get_size(layout, &w, &h);
	if (*text != *SPANISH_SIGN)
		begin_part(&s);
	show_lines(&s, layout, x, y, width, align);
	end_part(&s);
	g_object_unref(layout);
	return (double)h / PANGO_SCALE;
}

double
pen_text_marked(struct pen *pen, const struct mark *mark, enum text_style style,
    const char *tag, double x, double y, double width, enum text_align align,
    const char *text)
{
	struct mark *own;
	double height;

	if (text[0] == '\0')
		return 0;
	if (tag != NULL) {
		own = pen_begin(pen, tag);
		own->lang = mark->lang;
		memcpy(
		    own->attributes, mark->attributes, sizeof(own->attributes));
	}
	height = draw_text(pen, style, tag != NULL, x, y, width, align, text);
	if (tag != NULL)
		pen_end(pen, tag);
	return height;
}

double
pen_text(struct pen *pen, enum text_style style, const char *tag, double x,
    double y, double width, enum text_align align, const char *text)
{
	static const struct mark nothing;

	return pen_text_marked(
	    pen, &nothing, style, tag, x, y, width, align, text);
}
