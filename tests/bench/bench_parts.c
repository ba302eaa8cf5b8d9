/*
 * bench_parts.c - where the time of one approved letter goes, part by part.
 *
 *   bench-parts ROOT.crt TRUST.xml LETTER.xml
 */
#include "base/file.h"
#include "base/i18n.h"
#include "letter/sign.h"
#include "letter/xml.h"
#include "packed/packed.h"
#include "scan/decoder.h"
#include "sheet/sheet.h"
#include "trust/authenticate.h"
#include "trust/key.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define TIMES 40

struct work {
	struct letter letter;
	struct bytes xml, plain, text, png;
	struct symbol symbol;
	struct sheet_options options;
	EVP_PKEY *key;
	struct decoder *decoder;
};

static void
die(const char *what, const struct errtext *err)
{
	fprintf(stderr, "bench-parts: %s: %s\n", what, err ? err->text : "");
	exit(EXIT_FAILURE);
}

static double
millis(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void
must(enum err rc, const char *what)
{
	if (rc != ERR_OK)
		die(what, NULL);
}

static void
part_crypto(struct work *w)
{
	struct bytes out = { 0 };

	must(sign_document(&dsig_letter, w->plain.at, w->plain.len,
		 w->letter.number, w->key, &out, NULL),
	    "sign");
	bytes_free(&out);
}

static void
part_symbol(struct work *w)
{
	bytes_reset(&w->text);
	bytes_reset(&w->png);
	must(
	    packed_encode(w->xml.at, w->xml.len, &w->text, NULL, NULL), "pack");
	must(symbol_make((const char *)w->text.at, &w->symbol, NULL), "symbol");
	must(symbol_png(&w->symbol, 9, &w->png, NULL), "png");
}

static void
part_sheet(struct work *w)
{
	struct bytes pdf = { 0 };

	must(
	    sheet_pdf(&w->letter, &w->symbol, &w->xml, &w->options, &pdf, NULL),
	    "sheet");
	bytes_free(&pdf);
}

/* As issue/center/readback.h does. */
static void
part_read(struct work *w)
{
	struct decoder_question question = { 0 };
	struct scan_result found = { 0 };
	struct bytes raw = { 0 };

	must(symbol_png_raw(&w->png, &raw, NULL), "pixels");
	must(decoder_ask(w->decoder, raw.at, raw.len, &question, NULL), "ask");
	must(decoder_answer(&question, &found, NULL), "read back");
	bytes_free(&raw);
	scan_clear(&found);
}

static void
part_read_alone(struct work *w)
{
	struct scan_result found = { 0 };

	must(scan_bytes(w->png.at, w->png.len, &found, NULL), "read");
	scan_clear(&found);
}

static const struct {
	const char *name;
	void (*run)(struct work *w);
} parts[] = {
	{ "XML-DSig, own check included (crypto)", part_crypto },
	{ "packed form, QR symbol, PNG", part_symbol },
	{ "sheet: Pango, Cairo, qpdf", part_sheet },
	{ "code read back from its pixels", part_read },
	{ "(the picture as a post reads it, alone)", part_read_alone },
};

int
main(int argc, char **argv)
{
	static struct work w;
	struct errtext err = { 0 };
	struct bytes trust = { 0 };
	struct trust_list *list = NULL;
	X509 *root = NULL;

	if (argc != 4)
		die("usage: bench-parts ROOT.crt TRUST.xml LETTER.xml", NULL);
	i18n_init();
	if (cert_load(argv[1], &root, &err) != ERR_OK ||
	    file_read(argv[2], TRUST_XML_MAX, &trust, &err) != ERR_OK ||
	    trust_read(trust.at, trust.len, root, &list, &err) != ERR_OK ||
	    file_read(argv[3], LETTER_XML_MAX, &w.xml, &err) != ERR_OK ||
	    xml_read(w.xml.at, w.xml.len, &w.letter, &err) != ERR_OK ||
	    xml_write(&w.letter, &w.plain) != ERR_OK ||
	    sheet_fonts_new(&w.options.fonts, &err) != ERR_OK ||
	    decoder_new(&w.decoder, &err) != ERR_OK ||
	    key_new_p256(&w.key, &err) != ERR_OK)
		die("setting up", &err);
	w.options.copy = 1;
	authenticate_labels(
	    list, &w.letter, w.letter.language, &w.options.labels);
	authenticate_labels(list, &w.letter, "es", &w.options.labels_es);
	part_symbol(&w);
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		double start = millis();

		for (int n = 0; n < TIMES; n++)
			parts[i].run(&w);
		printf("  %-42s %7.2f ms a letter\n", parts[i].name,
		    (millis() - start) / TIMES);
	}
	decoder_free(&w.decoder);
	return 0;
}
