/*
 * fonts.c - loading the fonts: fonts.h.
 */
#include "sheet/fonts.h"

#include "base/i18n.h"
#include "base/print.h"
#include "base/sha256.h"
#include "sheet/text.h"

#include <errno.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#define FONT_DIR "/usr/share/fonts/truetype/dejavu/"

/* A text that was measured, by its SHA-256. */
struct measured {
	uint8_t digest[SHA256_SIZE];
	struct text_size size;
};
#define MEASURED_COUNT 1024 /* a later one takes the place of an older */

struct sheet_fonts {
	FcConfig *config;
	PangoFontMap *map;
	struct measured measured[MEASURED_COUNT];
	struct sheet_fonts *next; /* of those that nobody uses */
};

/* The only files the sheet is set in: what fonts are installed besides, and
 * how fontconfig is set up, changes no letter. */
static const char *const font_files[] = {
	FONT_DIR "DejaVuSans.ttf",
	FONT_DIR "DejaVuSans-Bold.ttf",
	FONT_DIR "DejaVuSansMono.ttf",
	FONT_DIR "DejaVuSerif.ttf",
	FONT_DIR "DejaVuSerif-Bold.ttf",
};
#define FONT_FILE_COUNT (sizeof(font_files) / sizeof(font_files[0]))

/* Pango never fails to find a font, it takes another one. */
static bool
is_ours(struct sheet_fonts *fonts, PangoContext *context, enum text_style style)
{
	PangoFontDescription *want = text_font(style), *got = NULL;
	PangoFont *font = pango_font_map_load_font(fonts->map, context, want);
	bool ours = false;

	if (font != NULL) {
		got = pango_font_describe(font);
		ours = strcmp(pango_font_description_get_family(got),
			   pango_font_description_get_family(want)) == 0 &&
		    pango_font_description_get_weight(got) ==
			pango_font_description_get_weight(want);
		pango_font_description_free(got);
		g_object_unref(font);
	}
	pango_font_description_free(want);
	return ours;
}

static enum err
unusable(struct errtext *err)
{
	return err_set(err, ERR_CONFIG,
	    _("The fonts of the printed letter cannot be used. Install the "
	      "package fonts-dejavu-core again."));
}

static enum err
check_fonts(struct sheet_fonts *fonts, struct errtext *err)
{
	PangoContext *context = fonts_context(fonts);
	int style;
	bool ours = true;

	for (style = 0; ours && style < TEXT_STYLE_COUNT; style++)
		ours = is_ours(fonts, context, (enum text_style)style);
	g_object_unref(context);
	return ours ? ERR_OK : unusable(err);
}

/* Fontconfig does not say why. */
static enum err
not_loaded(const char *file, struct errtext *err)
{
	if (access(file, F_OK) == 0 || errno != ENOENT)
		return unusable(err);
	return err_set(err, ERR_CONFIG,
	    _("%s: this font of the printed letter is missing. "
	      "Install the package fonts-dejavu-core."),
	    file);
}

static enum err
load_files(FcConfig *config, struct errtext *err)
{
	size_t i;

	for (i = 0; i < FONT_FILE_COUNT; i++)
		if (!FcConfigAppFontAddFile(
			config, (const FcChar8 *)font_files[i]))
			return not_loaded(font_files[i], err);
	return ERR_OK;
}

/*
 * GLib, on which Pango stands, ends a process that gets no memory, by a signal.
 * Ended it must be, but as by any other lack of memory. What it draws stands in
 * the register already.
 */
static void
end_without_memory(
    const char *domain, GLogLevelFlags level, const char *text, gpointer arg)
{
	if ((level & G_LOG_FLAG_FATAL) != 0 && text != NULL &&
	    strstr(text, "failed to allocate") != NULL) {
		print_to(stderr, "%s: %s\n", program_invocation_short_name,
		    _("out of memory"));
		_exit(EX_SOFTWARE);
	}
	g_log_default_handler(domain, level, text, arg);
}

static enum err
load(struct sheet_fonts *fonts, struct errtext *err)
{
	enum err rc;

	g_log_set_default_handler(end_without_memory, NULL);
	if ((fonts->config = FcConfigCreate()) == NULL)
		return ERR_MEMORY;
	if ((rc = load_files(fonts->config, err)) != ERR_OK)
		return rc;
	fonts->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
	pango_fc_font_map_set_config(
	    PANGO_FC_FONT_MAP(fonts->map), fonts->config);
	pango_cairo_font_map_set_resolution(
	    PANGO_CAIRO_FONT_MAP(fonts->map), 72);
	return check_fonts(fonts, err);
}

static void
drop(struct sheet_fonts *fonts)
{
	if (fonts->map != NULL)
		g_object_unref(fonts->map);
	if (fonts->config != NULL)
		FcConfigDestroy(fonts->config);
	free(fonts);
}

/*
 * Pango 1.50 loses 28 KB with each font map that is made and freed, and
 * loading takes as long as a letter: what was loaded waits here for the next
 * one who wants it. There are as many as were ever used at once. They are of
 * no thread in particular, but of one at a time.
 */
static struct {
	pthread_mutex_t lock;
	struct sheet_fonts *first;
} idle = { .lock = PTHREAD_MUTEX_INITIALIZER };

static struct sheet_fonts *
take_idle(void)
{
	struct sheet_fonts *fonts;

	pthread_mutex_lock(&idle.lock);
	if ((fonts = idle.first) != NULL)
		idle.first = fonts->next;
	pthread_mutex_unlock(&idle.lock);
	return fonts;
}

enum err
sheet_fonts_new(struct sheet_fonts **out, struct errtext *err)
{
	struct sheet_fonts *fonts = take_idle();
	enum err rc;

	if (fonts == NULL) {
		if ((fonts = calloc(1, sizeof(*fonts))) == NULL)
			return err_memory(err);
		if ((rc = load(fonts, err)) != ERR_OK) {
			drop(fonts);
			return rc;
		}
	}
	*out = fonts;
	return ERR_OK;
}

void
sheet_fonts_free(struct sheet_fonts **fonts)
{
	if (*fonts == NULL)
		return;
	pthread_mutex_lock(&idle.lock);
	(*fonts)->next = idle.first;
	idle.first = *fonts;
	pthread_mutex_unlock(&idle.lock);
	*fonts = NULL;
}

PangoContext *
fonts_context(const struct sheet_fonts *fonts)
{
	return pango_font_map_create_context(fonts->map);
}

struct text_size *
fonts_measured(struct sheet_fonts *fonts, const char *set, bool *known)
{
	uint8_t digest[SHA256_SIZE];
	struct measured *place;

	sha256(set, strlen(set), digest);
	place = &fonts->measured[(digest[0] << 8 | digest[1]) % MEASURED_COUNT];
	*known = memcmp(place->digest, digest, sizeof(digest)) == 0;
	memcpy(place->digest, digest, sizeof(digest));
	return &place->size;
}
