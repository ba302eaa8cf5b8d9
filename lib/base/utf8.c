/*
 * utf8.c - UTF-8, Normalization Form C and character names: utf8.h.
 */
#include "base/utf8.h"

#include <unicase.h>
#include <unictype.h>
#include <uniname.h>
#include <uninorm.h>
#include <unistr.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool
utf8_next(struct reader *r, uint32_t *character)
{
	struct reader part;
	ucs4_t found;
	int len;

	if (r->left == 0)
		return false;
	if (r->at[0] < 0x80) {
		*character = r->at[0];
		return reader_take(r, 1, &part);
	}
	len = u8_mbtoucr(&found, r->at, r->left);
	if (len <= 0)
		return false;
	*character = found;
	return reader_take(r, (size_t)len, &part);
}

bool
utf8_is_valid(const void *text, size_t len)
{
	return len == 0 || u8_check(text, len) == NULL;
}

size_t
utf8_length(const char *text)
{
	return u8_mbsnlen((const uint8_t *)text, strlen(text));
}

void
utf8_add(struct bytes *out, uint32_t character)
{
	uint8_t made[6];
	int len = u8_uctomb(made, character, sizeof(made));

	/* not a character: a mistake of the caller's, never of the input */
	if (len < 0)
		out->failed = true;
	else
		bytes_add(out, made, (size_t)len);
}

/*
 * All characters below U+0300 are in Form C whatever stands beside them
 * (NFC_Quick_Check=Yes, combining class 0), and lead bytes up to 0xCB make
 * only those: nearly every name takes this way.
 */
static bool
is_plainly_nfc(const uint8_t *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (text[i] >= 0xcc)
			return false;
	return true;
}

enum err
utf8_nfc(const void *text, size_t len, struct bytes *out)
{
	uint8_t *made;
	size_t made_len;

	if (!utf8_is_valid(text, len))
		return ERR_DATA;
	if (is_plainly_nfc(text, len)) {
		bytes_add(out, text, len);
		return out->failed ? ERR_MEMORY : ERR_OK;
	}
	made = u8_normalize(UNINORM_NFC, text, len, NULL, &made_len);
	if (made == NULL)
		return ERR_MEMORY;
	bytes_add(out, made, made_len);
	explicit_bzero(made, made_len); /* it may be a passphrase */
	free(made);
	return out->failed ? ERR_MEMORY : ERR_OK;
}

bool
utf8_is_nfc(const void *text, size_t len)
{
	struct bytes made = { 0 };
	bool same;

	if (is_plainly_nfc(text, len))
		return utf8_is_valid(text, len);
	same = utf8_nfc(text, len, &made) == ERR_OK && made.len == len &&
	    memcmp(made.at, text, len) == 0;
	bytes_free(&made);
	return same;
}

bool
utf8_is_same_word(const char *a, size_t a_len, const char *b, size_t b_len)
{
	int order;

	return utf8_is_valid(a, a_len) && utf8_is_valid(b, b_len) &&
	    u8_casecmp((const uint8_t *)a, a_len, (const uint8_t *)b, b_len,
		NULL, UNINORM_NFC, &order) == 0 &&
	    order == 0;
}

void
utf8_fold(const char *text, size_t len, bool words, struct bytes *out)
{
	size_t plain_len = 0, start = out->len;
	uint8_t *plain = NULL;
	struct reader r = { 0 };
	bool between = false;
	uint32_t c;

	bytes_add_text(out, ""); /* a text, even when nothing comes */
	if (utf8_is_valid(text, len))
		plain = u8_normalize(
		    UNINORM_NFKD, (const uint8_t *)text, len, NULL, &plain_len);
	if (plain != NULL)
		r = (struct reader){ plain, plain_len };
	while (utf8_next(&r, &c)) {
		if (uc_is_general_category(c, UC_MARK))
			continue;
		if (!uc_is_general_category(c, UC_LETTER) &&
		    !uc_is_general_category(c, UC_NUMBER)) {
			between = true;
			continue;
		}
		if (between && words && out->len > start)
			bytes_add_byte(out, ' ');
		between = false;
		utf8_add(out, uc_tolower(c));
	}
	/* a name, perhaps, or a passphrase */
	if (plain != NULL)
		explicit_bzero(plain, plain_len);
	free(plain);
}

void
utf8_name(uint32_t character, char *out, size_t size)
{
	char name[UNINAME_MAX];

	if (unicode_character_name(character, name) != NULL)
		snprintf(out, size, "U+%04X %s", (unsigned)character, name);
	else
		snprintf(out, size, "U+%04X", (unsigned)character);
}

bool
utf8_is_space(uint32_t character)
{
	return uc_is_general_category(character, UC_SPACE_SEPARATOR);
}

bool
utf8_is_letter(uint32_t character)
{
	return uc_is_general_category_withtable(character,
	    UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M | UC_CATEGORY_MASK_N);
}

bool
utf8_paints(uint32_t character)
{
	if (character < 0x80) /* nearly all there is */
		return character < 0x20 || character == 0x7f;
	return uc_is_general_category_withtable(character,
		   UC_CATEGORY_MASK_Cc | UC_CATEGORY_MASK_Cf |
		       UC_CATEGORY_MASK_Zl | UC_CATEGORY_MASK_Zp |
		       UC_CATEGORY_MASK_Co) ||
	    uc_is_property_default_ignorable_code_point(character) ||
	    uc_is_property_not_a_character(character);
}

void
utf8_print_safe(const void *text, size_t len, struct bytes *out)
{
	struct reader r = { text, len };
	struct reader skipped;
	uint32_t character;

	while (r.left > 0) {
		if (!utf8_next(&r, &character)) {
			reader_take(&r, 1, &skipped);
			bytes_add_byte(out, '?');
		} else if (utf8_paints(character))
			bytes_add_byte(out, '?');
		else
			utf8_add(out, character);
	}
}
