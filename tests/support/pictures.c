/*
 * pictures.c - pictures.h.
 */
#include "tests/support/pictures.h"

#include "sheet/symbol.h"
#include "tests/support/run.h"

#include <check.h>
#include <string.h>

const char picture_code[] =
    "SELLOGJTR7KMJN2LS3DG4CUY3IHNW2ODT7J2GSNXRYD2F5FXYJ6ULSNG3UUROCUBB54"
    "HQJ6BBB4H6B6XK4LWPY4KMQ33SP4UMY34C26D32K23JRGF44UVY6BJZ43IZPVRLRTFP"
    "XAJB2FKLLQIHE57D6I43EFUT2F6LZD3QEER6J4KUMS3QP3TNDQIHV43PCZ235VLB247"
    "DYJYE3TVKOIYSYAZN5U47OX2LMFMGBLK2VC6QVT3E4TWUTPCQE6PSVJ5COJIQUSKJUI2";

void
picture_put(const char *path, const char *text, int pixels)
{
	static struct symbol symbol;
	struct bytes png = { 0 };

	ck_assert_int_eq(symbol_make(text, &symbol, NULL), ERR_OK);
	ck_assert_int_eq(symbol_png(&symbol, pixels, &png, NULL), ERR_OK);
	run_put(path, png.at, png.len);
	bytes_free(&png);
}

enum err
picture_scan(const char *path, struct scan_result *out)
{
	struct bytes file = { 0 };
	struct errtext err = { 0 };
	enum err rc;

	run_get(path, &file);
	rc = scan_bytes(file.at, file.len, out, &err);
	ck_assert_msg(rc == ERR_OK || err.text[0] != '\0', "no words");
	bytes_free(&file);
	return rc;
}

bool
picture_has(const struct scan_result *r, const char *text)
{
	size_t i;

	for (i = 0; i < r->count; i++)
		if (r->item[i].data.len == strlen(text) &&
		    memcmp(r->item[i].data.at, text, strlen(text)) == 0)
			return true;
	return false;
}
