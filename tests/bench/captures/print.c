/*
 * print.c - print.h.
 */
/* the one way in OpenSSL 3.0 to say what chance is, and good for nothing but
 * pictures that are the same again */
#define OPENSSL_SUPPRESS_DEPRECATED

#include "tests/bench/captures/print.h"

#include "letter/field.h"
#include "letter/sign.h"
#include "letter/xml.h"
#include "packed/packed.h"
#include "sheet/sheet.h"
#include "tests/bench/captures/chance.h"
#include "tests/support/letters.h"
#include "trust/key.h"

#include <openssl/rand.h>
#include <poppler.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DPI 300.0

static void
must(enum err rc, const struct errtext *err)
{
	if (rc == ERR_OK)
		return;
	fprintf(stderr, "make-captures: %s\n", err->text);
	exit(EXIT_FAILURE);
}

/* --- who ------------------------------------------------------------------ */

static const char *const surnames[] = { "Ajanel", "Barrios", "Caal",
	"Castellanos", "Chub", "de la Cruz", "Escobedo", "Fuentes", "Gómez",
	"Hernández", "Ixcoy", "Jiménez", "López", "Mejía", "Núñez", "Ordóñez",
	"Pérez", "Quiñones", "Ramírez", "Sántiz", "Tzul", "Urízar", "Velásquez",
	"Xicará", "Zapeta" };
static const char *const given_names[] = { "Adela", "Benito", "Clara Inés",
	"Domingo", "Elvira", "Fabián", "Gaspar", "Hilda Lucía", "Ignacio",
	"Josefina", "Luis Ángel", "Marta", "Noé", "Olga Beatriz", "Pascual",
	"Rosenda", "Santos", "Telma", "Víctor Hugo", "Yolanda" };

#define ONE_OF(c, list) \
	list[chance_below(c, (unsigned)(sizeof(list) / sizeof(list[0])))]

static void
name_person(struct chance *c, struct letter *letter)
{
	snprintf(letter->surnames, LETTER_NAME_SIZE, "%s %s",
	    ONE_OF(c, surnames), ONE_OF(c, surnames));
	snprintf(letter->given_names, LETTER_NAME_SIZE, "%s",
	    ONE_OF(c, given_names));
}

/* How many: most letters have few; every fifth has a large family. */
static void
name_dependants(struct chance *c, struct letter *letter)
{
	bool large = chance_one_in(c, 5);
	size_t count = large ? 5 + chance_below(c, LETTER_DEPENDANT_MAX - 4)
			     : chance_below(c, 4);

	letter->dependant_count = count;
	for (size_t i = 0; i < count; i++) {
		struct dependant *d = &letter->dependant[i];

		snprintf(d->name, LETTER_NAME_SIZE, "%s %s %s %s",
		    ONE_OF(c, given_names), ONE_OF(c, given_names),
		    ONE_OF(c, surnames), ONE_OF(c, surnames));
		snprintf(d->birth_date, sizeof(d->birth_date),
		    "20%02u-%02u-1%u", chance_below(c, 20),
		    1 + chance_below(c, 12), chance_below(c, 10));
		strcpy(d->relationship, "CHILD");
	}
}

static void
make_letter(struct chance *c, struct letter *letter)
{
	size_t faults;

	do {
		support_letter(&c->state, letter);
		name_person(c, letter);
		name_dependants(c, letter);
		faults = letter_check(letter, NULL, 0);
	} while (faults > 0);
}

/* --- signing: chance from the seed ---------------------------------------- */

static struct chance signing;

static int
random_bytes(unsigned char *out, int len)
{
	for (int i = 0; i < len; i++)
		out[i] = (unsigned char)chance_below(&signing, 256);
	return 1;
}

static int
random_status(void)
{
	return 1;
}

static void
sign(uint64_t seed, unsigned number, const struct letter *letter,
    struct bytes *xml)
{
	static const RAND_METHOD from_seed = { .bytes = random_bytes,
		.pseudorand = random_bytes,
		.status = random_status };
	struct bytes plain = { 0 };
	struct errtext err = { 0 };
	EVP_PKEY *key = NULL;

	RAND_set_rand_method(&from_seed);
	signing = chance_of(seed, "key", 0);
	must(key_new_p256(&key, &err), &err);
	signing = chance_of(seed, "signature", number);
	must(xml_write(letter, &plain), &err);
	must(sign_document(&dsig_letter, plain.at, plain.len, letter->number,
		 key, xml, &err),
	    &err);
	RAND_set_rand_method(NULL);
	EVP_PKEY_free(key);
	bytes_free(&plain);
}

/* --- on paper ------------------------------------------------------------- */

static struct sheet_options
options_of(struct chance *c)
{
	struct sheet_options o = { .copy = 1 };

	o.paper = chance_one_in(c, 3) ? PAPER_A4 : PAPER_LETTER;
	o.labels.program_name = "Programa de Rutas Regulares";
	o.labels.center_name = "Centro de Selección de Quetzaltenango";
	o.labels.hotline = "+50200000000";
	o.labels.consulate_name = "Consulado General";
	o.labels_es = o.labels;
	return o;
}

static struct photo
photo_of(cairo_surface_t *surface)
{
	struct photo page = photo_new(cairo_image_surface_get_width(surface),
	    cairo_image_surface_get_height(surface));
	const uint8_t *from = cairo_image_surface_get_data(surface);
	int stride = cairo_image_surface_get_stride(surface);

	for (int y = 0; y < page.height; y++)
		for (int x = 0; x < page.width; x++) {
			/* all ink of a sheet is black: one color tells */
			uint8_t green = from[y * stride + 4 * x + 1];

			*photo_pixel(&page, x, y) = (float)green / 255;
		}
	return page;
}

static struct photo
draw(const struct bytes *pdf)
{
	GBytes *bytes = g_bytes_new_static(pdf->at, pdf->len);
	PopplerDocument *document =
	    poppler_document_new_from_bytes(bytes, NULL, NULL);
	PopplerPage *page = poppler_document_get_page(document, 0);
	cairo_surface_t *surface;
	struct photo out;
	double width, height;
	cairo_t *cr;

	poppler_page_get_size(page, &width, &height);
	surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24,
	    (int)(width * DPI / 72 + .5), (int)(height * DPI / 72 + .5));
	cr = cairo_create(surface);
	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_paint(cr);
	cairo_scale(cr, DPI / 72, DPI / 72);
	poppler_page_render_for_printing(page, cr);
	cairo_surface_flush(surface);
	out = photo_of(surface);
	cairo_destroy(cr);
	cairo_surface_destroy(surface);
	g_object_unref(page);
	g_object_unref(document);
	g_bytes_unref(bytes);
	return out;
}

/* Does the code begin at this dot? Looks at the middles of modules. */
static bool
begins_at(const struct print *p, int left, int top)
{
	int n = p->symbol.width;

	for (int i = 0; i < n * n; i++) {
		int x = left + i % n * PRINT_MODULE + PRINT_MODULE / 2;
		int y = top + i / n * PRINT_MODULE + PRINT_MODULE / 2;
		bool black = *photo_pixel(&p->page, x, y) < .5f;

		if (black != (p->symbol.module[i] != 0))
			return false;
	}
	return *photo_pixel(&p->page, left, top) < .5f &&
	    *photo_pixel(&p->page, left - 1, top) > .5f &&
	    *photo_pixel(&p->page, left, top - 1) > .5f;
}

static void
find_code(struct print *p)
{
	int side = p->symbol.width * PRINT_MODULE;

	for (p->code_y = p->page.height / 2; p->code_y + side < p->page.height;
	     p->code_y++)
		for (p->code_x = 1; p->code_x + side < p->page.width;
		     p->code_x++)
			if (begins_at(p, p->code_x, p->code_y))
				return;
	fprintf(stderr, "make-captures: no code on the page\n");
	exit(EXIT_FAILURE);
}

void
print_letter(uint64_t seed, unsigned number, struct print *out)
{
	struct chance c = chance_of(seed, "letter", number);
	struct sheet_options options = options_of(&c);
	struct bytes xml = { 0 }, pdf = { 0 };
	struct errtext err = { 0 };
	struct letter letter;

	*out = (struct print){ 0 };
	make_letter(&c, &letter);
	sign(seed, number, &letter, &xml);
	must(packed_encode(xml.at, xml.len, &out->text, NULL, &err), &err);
	must(symbol_make((const char *)out->text.at, &out->symbol, &err), &err);
	must(
	    sheet_pdf(&letter, &out->symbol, &xml, &options, &pdf, &err), &err);
	out->page = draw(&pdf);
	find_code(out);
	bytes_free(&xml);
	bytes_free(&pdf);
}

void
print_free(struct print *print)
{
	bytes_free(&print->text);
	photo_free(&print->page);
}
