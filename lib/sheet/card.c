/*
 * card.c - card.h. Sentences of a few words each, one thought a sentence, none
 * that promises what a center cannot keep. They are Spanish in the source: the
 * card is for being read in Spanish, whatever language the screen has.
 */
#include "sheet/card.h"

#include "base/i18n.h"
#include "letter/hotline.h"
#include "sheet/finish.h"
#include "sheet/surface.h"
#include "sheet/text.h"

#include <stdio.h>
#include <string.h>

/* what US Letter and A4 have in common, as of the sheet */
#define LEFT  MM(16)
#define TOP   MM(13)
#define WIDTH MM(178)
/* the sheet's styles are for reading to oneself; this is read standing */
#define SCALE 1.42
#define GAP   MM(2.2)

static const char title[] = "Tarjeta para leer en voz alta";
static const char reader[] =
    "Para quien entrega la carta. Lea despacio, una frase cada vez. Después de "
    "cada parte espere, deje que la traduzcan y pregunte: ¿Qué entendió usted? "
    "En español sencillo, para personas que hablan k'iche', q'eqchi' o "
    "wayuunaiki.";

static const struct part {
	const char *head, *text;
} parts[] = {
	{ "1. Qué es esta carta",
	    "Esta carta es para usted. La carta le pide a un consulado que le "
	    "atienda. El nombre del consulado está en la carta. El consulado "
	    "sabe por ella quién le envía. La carta no es un visado (una "
	    "visa). No es un documento de identidad. La carta no promete un "
	    "viaje. El consulado decide." },
	{ "2. La carta es gratis",
	    "La carta no cuesta nada. Nadie puede venderla. Nadie puede "
	    "cobrarle por ella, ni por entregarla. Nadie: ni aquí, ni en el "
	    "camino, ni en el consulado. Si se pierde, la copia también es "
	    "gratis." },
	{ "3. Cuide la carta",
	    "Guárdela seca y limpia. No escriba sobre el cuadro de puntos "
	    "negros. No la preste y no la venda. No mande fotos de la carta a "
	    "nadie. Si la pierde o se la roban, avise a este centro." },
	{ "4. En el consulado",
	    "Si tiene una cita, vaya ese día. Lleve la carta. Lleve también su "
	    "documento, el mismo que mostró aquí. Si la carta nombra a sus "
	    "hijos o a su familia, pregunte si deben ir con usted. En el "
	    "consulado leen el cuadro de puntos con un aparato. Después miran "
	    "su documento y le miran a usted. Si hay una duda, llaman a este "
	    "centro. Una duda no es culpa suya." },
	{ "5. Si alguien le pide dinero",
	    "No pague. No entregue la carta. No tiene que discutir. Llame a "
	    "este número y cuente qué pasó. Otra persona puede llamar por "
	    "usted. Su carta sigue valiendo lo mismo." },
};

static const char remember[] =
    "Recuerde tres cosas. La carta es gratis. La carta es solo suya. Si le "
    "piden dinero, no pague: llame.";

static double
put(struct pen *pen, enum text_style style, const char *tag, double y,
    const char *text)
{
	return y +
	    pen_text(pen, style, tag, LEFT / SCALE, y, WIDTH / SCALE, TEXT_LEFT,
		text);
}

static double
rule(struct pen *pen, double y)
{
	cairo_rectangle(pen->cr, LEFT / SCALE, y, WIDTH / SCALE, .6);
	cairo_fill(pen->cr);
	return y + GAP / 2;
}

/* The number is read digit by digit, so it stands alone and large. */
static double
put_number(struct pen *pen, double y, const struct card *card)
{
	char number[HOTLINE_SIZE];
	bool is_free = labels_hotline(card->hotline, number);

	y = put(pen, TEXT_NOTICE_HEAD, "P", y + GAP / 2, "El número es:");
	y = put(pen, TEXT_TITLE, "P", y,
	    number[0] != '\0' ? number : "____________________________");
	return is_free
	    ? put(pen, TEXT_VALUE, "P", y, "Llamar desde este país es gratis.")
	    : y;
}

static void
draw_page(struct pen *pen, const struct card *card)
{
	double y = TOP / SCALE;

	pen_begin(pen, "Document");
	y = put(pen, TEXT_CENTER, "P", y, card->center);
	y = put(pen, TEXT_TITLE, "H1", y, title) + GAP / 2;
	y = rule(pen, put(pen, TEXT_NOTICE, "P", y, reader) + GAP);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		y = put(pen, TEXT_NOTICE_HEAD, "H2", y + GAP, parts[i].head);
		y = put(pen, TEXT_VALUE, "P", y + GAP / 3, parts[i].text);
	}
	y = rule(pen, put_number(pen, y, card) + GAP);
	put(pen, TEXT_NOTICE_HEAD, "P", y + GAP / 2, remember);
	pen_end(pen, "Document");
}

static enum err
draw(const struct card *card, struct sheet_fonts *fonts, struct pen *pen,
    struct bytes *pdf)
{
	cairo_surface_t *surface = surface_new(card->paper, pdf);
	cairo_t *cr = cairo_create(surface);

	cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
	cairo_pdf_surface_set_metadata(
	    surface, CAIRO_PDF_METADATA_TITLE, title);
	cairo_pdf_surface_set_metadata(
	    surface, CAIRO_PDF_METADATA_CREATE_DATE, card->date);
	cairo_pdf_surface_set_metadata(
	    surface, CAIRO_PDF_METADATA_MOD_DATE, card->date);
	cairo_scale(cr, SCALE, SCALE);
	pen_init(pen, cr, fonts, "es");
	draw_page(pen, card);
	pen_clear(pen);
	return surface_end(surface, cr, pdf);
}

enum err
card_pdf(const struct card *card, struct bytes *out, struct errtext *err)
{
	struct sheet_meta meta = { title, "es", card->date, NULL, NULL };
	struct sheet_fonts *fonts = NULL;
	struct bytes pdf = { 0 };
	struct pen pen = { 0 };
	enum err rc;

	if ((rc = sheet_fonts_new(&fonts, err)) != ERR_OK)
		return rc;
	if ((rc = draw(card, fonts, &pen, &pdf)) == ERR_OK) {
		meta.marks = &pen.marks;
		rc = sheet_finish(&pdf, NULL, &meta, out, err);
	} else
		err_set(err, rc, _("The PDF could not be drawn. Try again."));
	sheet_fonts_free(&fonts);
	bytes_free(&pdf);
	return rc;
}
