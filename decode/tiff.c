/*
 * tiff.c - libtiff's own conversion to RGBA knows every layout (strips, tiles,
 * planes, palettes, inks, 1 to 16 bits, white as 0 or 1), so it is used for
 * all, a band of rows at a time.
 */
#include "decode/tiff.h"

#include "decode/rows.h"

#include <stdlib.h>
#include <string.h>
#include <tiffio.h>

#define ROOM (176u << 20) /* bytes for all that one page takes */
#define BAND (4u << 20)   /* pixels that are made gray at once */

/*
 * The file, as libtiff reads it. A hundred pages, and a thousand values of each, may
 * say that they are the same 30 MiB, so what is read is counted: a file that has
 * each of its bytes once is read three times at most.
 */
struct source {
	const struct bytes *file;
	uint64_t at;
	uint64_t left; /* bytes that may still be read */
};

static tmsize_t
read_some(thandle_t handle, void *to, tmsize_t len)
{
	struct source *source = handle;
	uint64_t size = source->file->len, want = len < 0 ? 0 : (uint64_t)len;

	if (source->at >= size)
		return 0;
	if (want > size - source->at)
		want = size - source->at;
	if (want > source->left) {
		source->left = 0;
		return 0;
	}
	source->left -= want;
	memcpy(to, source->file->at + source->at, want);
	source->at += want;
	return (tmsize_t)want;
}

static tmsize_t
write_nothing(thandle_t handle, void *from, tmsize_t len)
{
	(void)handle;
	(void)from;
	(void)len;
	return 0;
}

static toff_t
seek(thandle_t handle, toff_t offset, int whence)
{
	struct source *source = handle;

	if (whence == SEEK_CUR)
		offset += source->at;
	else if (whence == SEEK_END)
		offset += source->file->len;
	source->at = offset;
	return offset;
}

static int
keep_open(thandle_t handle)
{
	(void)handle;
	return 0;
}

static toff_t
size_of(thandle_t handle)
{
	const struct source *source = handle;

	return source->file->len;
}

static TIFF *
open_tiff(struct source *source)
{
	TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
	TIFF *tiff = NULL;

	TIFFSetErrorHandler(NULL);
	TIFFSetWarningHandler(NULL);
	if (options != NULL) {
		TIFFOpenOptionsSetMaxSingleMemAlloc(options, TIFF_STRIP_MAX);
		/* "m": the file stays where it is, and is read in pieces */
		tiff = TIFFClientOpenExt("input", "rm", source, read_some,
		    write_nothing, seek, keep_open, size_of, NULL, NULL,
		    options);
		TIFFOpenOptionsFree(options);
	}
	return tiff;
}

/* --- one page ------------------------------------------------------------- */

/* On white paper; what libtiff gives is multiplied with its opacity already. */
static uint8_t
shade_of(uint32_t color)
{
	uint32_t shade = (TIFFGetR(color) * 77 + TIFFGetG(color) * 150 +
			     TIFFGetB(color) * 29) >>
	    8;

	shade += 255 - TIFFGetA(color);
	return (uint8_t)(shade > 255 ? 255 : shade);
}

static uint16_t
turned(TIFF *tiff)
{
	uint16_t orientation = ORIENTATION_TOPLEFT;

	TIFFGetFieldDefaulted(tiff, TIFFTAG_ORIENTATION, &orientation);
	return orientation;
}

/* A fax of 204 x 98 dots an inch is twice as high on paper. */
static bool
make_square(TIFF *tiff, struct gray *picture)
{
	float across = 0, down = 0;
	struct gray wide = { 0 };

	if (TIFFGetField(tiff, TIFFTAG_XRESOLUTION, &across) != 1 ||
	    TIFFGetField(tiff, TIFFTAG_YRESOLUTION, &down) != 1 ||
	    !(across > 0) || !(down > 0) ||
	    (across < 1.5f * down && down < 1.5f * across))
		return true;
	if (!gray_double(picture, across < down, &wide))
		return gray_fits(picture->width, (uint64_t)picture->height * 2)
		    ? false
		    : true;
	gray_free(picture);
	*picture = wide;
	return true;
}

static void
measure(TIFF *tiff, struct gray *picture)
{
	uint32_t sides[2] = { 0 };
	float across = 0, down = 0;
	uint16_t unit = RESUNIT_INCH;
	double times;

	TIFFGetFieldDefaulted(tiff, TIFFTAG_RESOLUTIONUNIT, &unit);
	if (unit == RESUNIT_NONE ||
	    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &sides[0]) != 1 ||
	    TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &sides[1]) != 1 ||
	    TIFFGetField(tiff, TIFFTAG_XRESOLUTION, &across) != 1 ||
	    TIFFGetField(tiff, TIFFTAG_YRESOLUTION, &down) != 1)
		return;
	times = unit == RESUNIT_CENTIMETER ? 100 : 1 / .0254;
	gray_measure(picture, sides,
	    (double[2]){ (double)across * times, (double)down * times });
}

/* Bytes of a strip or tile as libtiff unpacks it; with planes, of all that it wants
 * of them, which is four. */
static uint64_t
strip_size(TIFF *tiff)
{
	uint64_t size =
	    TIFFIsTiled(tiff) ? TIFFTileSize64(tiff) : TIFFStripSize64(tiff);
	uint16_t planes = PLANARCONFIG_CONTIG, samples = 1;

	TIFFGetFieldDefaulted(tiff, TIFFTAG_PLANARCONFIG, &planes);
	TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &samples);
	if (planes == PLANARCONFIG_SEPARATE)
		size *= samples < 4 ? samples : 4;
	return size;
}

/* ... and all of them. A tile may be a thousand times as wide as the picture, and a
 * pixel may have 65,535 samples. */
static bool
unpacks(TIFF *tiff)
{
	uint64_t size = strip_size(tiff);
	uint64_t count = TIFFIsTiled(tiff) ? TIFFNumberOfTiles(tiff)
					   : TIFFNumberOfStrips(tiff);
	uint16_t planes = PLANARCONFIG_CONTIG, samples = 1;

	TIFFGetFieldDefaulted(tiff, TIFFTAG_PLANARCONFIG, &planes);
	TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &samples);
	if (planes == PLANARCONFIG_SEPARATE && samples > 0)
		count /= samples;
	return size <= TIFF_STRIP_MAX &&
	    (size == 0 || count <= GRAY_RAW_MAX / size);
}

/*
 * How many rows are made gray at once: whole strips, so that none is unpacked
 * twice, or, of strips that are too large for that, what there is room for.
 */
static uint32_t
band_rows(TIFF *tiff, uint32_t width, uint32_t height)
{
	uint32_t strip = 0, rows = BAND / width;
	uint64_t taken = strip_size(tiff) +
	    (uint64_t)width * height / gray_shrink(width, height);
	uint64_t room = (ROOM - taken) / sizeof(uint32_t) / width;

	if (TIFFIsTiled(tiff))
		TIFFGetField(tiff, TIFFTAG_TILELENGTH, &strip);
	else
		TIFFGetFieldDefaulted(tiff, TIFFTAG_ROWSPERSTRIP, &strip);
	if (strip == 0 || strip > height)
		strip = height;
	rows = rows < strip ? strip : rows - rows % strip;
	/* colors that several rows share are not cut apart */
	return rows <= room ? rows : (uint32_t)(room - room % 16);
}

/* Damaged rows give what could be read: faxes have some. */
static bool
read_rows(
    TIFFRGBAImage *image, uint32_t band, uint32_t *colors, struct rows *rows)
{
	uint32_t width = image->width, height = image->height, x, y;

	for (y = 0; y < height; y++) {
		uint8_t *to = rows_next(rows);
		const uint32_t *from = colors + (size_t)(y % band) * width;

		image->row_offset = (int)y;
		if (y % band == 0 &&
		    !TIFFRGBAImageGet(image, colors, width,
			height - y < band ? height - y : band))
			return false;
		for (x = 0; x < width; x++)
			to[x] = shade_of(from[x]);
		rows_put(rows);
	}
	return true;
}

/* As the rows stand in the file. */
static enum err
read_bands(TIFF *tiff, TIFFRGBAImage *image, struct gray *out)
{
	uint32_t band = band_rows(tiff, image->width, image->height);
	uint32_t *colors =
	    malloc((size_t)band * image->width * sizeof(*colors));
	struct rows rows = { 0 };
	enum err rc = ERR_MEMORY;

	image->req_orientation = turned(tiff);
	if (colors != NULL &&
	    rows_begin(&rows, image->width, image->height, out))
		rc = read_rows(image, band, colors, &rows) ? ERR_OK
							   : ERR_UNREADABLE;
	rows_end(&rows);
	free(colors);
	if (rc != ERR_OK)
		gray_free(out);
	return rc;
}

static enum err
read_picture(TIFF *tiff, struct gray *out)
{
	uint32_t width = 0, height = 0;
	TIFFRGBAImage image;
	char why[1024]; /* libtiff writes up to so much */
	enum err rc;

	if (TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width) != 1 ||
	    TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height) != 1)
		return ERR_UNREADABLE;
	if (!gray_fits(width, height) || !unpacks(tiff))
		return ERR_LIMIT;
	if (!TIFFRGBAImageOK(tiff, why) ||
	    !TIFFRGBAImageBegin(&image, tiff, 0, why))
		return ERR_UNREADABLE;
	rc = read_bands(tiff, &image, out);
	TIFFRGBAImageEnd(&image);
	return rc;
}

/* The same as it stands on paper. */
static enum err
read_upright(TIFF *tiff, struct gray *out)
{
	const struct source *source = TIFFClientdata(tiff);
	struct gray picture = { 0 };
	enum err rc = read_picture(tiff, &picture);

	/* libtiff only knows that something is missing */
	if (source->left == 0)
		rc = ERR_LIMIT;
	if (rc == ERR_OK && !make_square(tiff, &picture))
		rc = ERR_MEMORY;
	if (rc == ERR_OK) {
		measure(tiff, &picture);
		if (!gray_turn(&picture, turned(tiff), out))
			rc = ERR_MEMORY;
	}
	gray_free(&picture);
	return rc;
}

/* --- all of them ---------------------------------------------------------- */

static int
count_pages(TIFF *tiff)
{
	int64_t count = TIFFNumberOfDirectories(tiff);

	return count > SCAN_PAGE_MAX ? SCAN_PAGE_MAX : (int)count;
}

static bool
search_pages(TIFF *tiff, struct paged *paged)
{
	int count = count_pages(tiff), i;
	struct gray picture = { 0 };
	bool said = true;
	enum err rc = read_upright(tiff, &picture);

	if (count <= 1 && rc != ERR_OK) {
		found_bad(paged->found, rc);
		return true;
	}
	paged_begin(paged, count);
	for (i = 0; i < count && i < TIFF_PAGE_MAX && said; i++) {
		if (i > 0)
			rc = TIFFReadDirectory(tiff)
			    ? read_upright(tiff, &picture)
			    : ERR_UNREADABLE;
		said = paged_picture(paged, i + 1, rc, &picture);
	}
	return said;
}

bool
tiff_search(const struct bytes *file, struct paged *paged)
{
	struct source source = { .file = file, .left = TIFF_READ_MAX };
	TIFF *tiff = open_tiff(&source);
	bool said = true;

	if (tiff == NULL)
		found_bad(paged->found, ERR_UNREADABLE);
	else {
		said = search_pages(tiff, paged);
		TIFFClose(tiff);
	}
	return said;
}
