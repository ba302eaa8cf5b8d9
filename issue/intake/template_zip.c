/*
 * template_zip.c - template_zip.h.
 */
#include "issue/intake/template_zip.h"

#include <zip.h>

#include <string.h>

#define MIMETYPE "application/vnd.oasis.opendocument.spreadsheet"
#define XML      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

static const char manifest[] =
    XML "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:"
	"xmlns:manifest:1.0\" manifest:version=\"1.2\">"
	"<manifest:file-entry manifest:full-path=\"/\" "
	"manifest:version=\"1.2\" manifest:media-type=\"" MIMETYPE "\"/>"
	"<manifest:file-entry manifest:full-path=\"content.xml\" "
	"manifest:media-type=\"text/xml\"/></manifest:manifest>\n";

/* The same bytes on each day: 1980-01-01, where a zip's time begins. */
static bool
add_file(zip_t *zip, const char *name, const void *data, size_t len, int method)
{
	zip_source_t *source = zip_source_buffer(zip, data, len, 0);
	zip_int64_t at;

	if (source == NULL)
		return false;
	at = zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8);
	if (at < 0) {
		zip_source_free(source);
		return false;
	}
	return zip_set_file_compression(zip, (zip_uint64_t)at, method, 0) ==
	    0 &&
	    zip_file_set_dostime(zip, (zip_uint64_t)at, 0, 1 << 5 | 1, 0) == 0;
}

/* What the closed archive left in its source. */
static bool
read_bytes(zip_source_t *source, struct bytes *out)
{
	zip_stat_t stat;
	uint8_t *room;
	bool good;

	if (zip_source_stat(source, &stat) != 0 || zip_source_open(source) != 0)
		return false;
	room = bytes_reserve(out, stat.size);
	good = room != NULL &&
	    zip_source_read(source, room, stat.size) == (zip_int64_t)stat.size;
	zip_source_close(source);
	if (good)
		out->len += stat.size;
	return good;
}

/* mimetype first and not compressed, so that its type stands at byte 38
 * (ODF 1.2, part 3, 3.3). */
bool
template_zip(const struct bytes *content, struct bytes *out)
{
	zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_t *zip;
	bool good = false;

	if (source == NULL)
		return false;
	zip = zip_open_from_source(source, ZIP_TRUNCATE, NULL);
	if (zip == NULL) {
		zip_source_free(source);
		return false;
	}
	zip_source_keep(source); /* the archive's, and ours to read */
	if (add_file(
		zip, "mimetype", MIMETYPE, strlen(MIMETYPE), ZIP_CM_STORE) &&
	    add_file(zip, "content.xml", content->at, content->len,
		ZIP_CM_DEFLATE) &&
	    add_file(zip, "META-INF/manifest.xml", manifest, strlen(manifest),
		ZIP_CM_DEFLATE))
		good = zip_close(zip) == 0;
	if (good)
		good = read_bytes(source, out);
	else
		zip_discard(zip);
	zip_source_free(source);
	return good;
}
