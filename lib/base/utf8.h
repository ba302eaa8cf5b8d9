/*
 * utf8.h - UTF-8 (RFC 3629) without surprises, on GNU libunistring.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/bytes.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * utf8_next - take one character from the front of r. False, r unmoved, at
 * the end or at bytes that are not UTF-8 (overlong, surrogate, too large).
 */
bool utf8_next(struct reader *r, uint32_t *character);

/* utf8_is_valid - are len bytes well-formed UTF-8? Empty text is. */
bool utf8_is_valid(const void *text, size_t len);

/* utf8_length - characters in valid UTF-8. */
size_t utf8_length(const char *text);

/* utf8_add - append a character; a number that is none makes out fail. */
void utf8_add(struct bytes *out, uint32_t character);

/*
 * utf8_nfc - append the Unicode Normalization Form C of len bytes to out.
 * ERR_DATA when they are not UTF-8, ERR_MEMORY.
 */
enum err utf8_nfc(const void *text, size_t len, struct bytes *out);
/* utf8_is_nfc - is this UTF-8 in Normalization Form C? False without memory. */
bool utf8_is_nfc(const void *text, size_t len);

/* utf8_is_same_word - two texts that differ in case and composition at most. */
bool utf8_is_same_word(
    const char *a, size_t a_len, const char *b, size_t b_len);

/*
 * utf8_fold - append what counts when people's words are compared: letters
 * and digits, small, without accents ("Fecha de nac. *" is "fechadenac").
 * With words, what stands between them becomes one space. Text that is not
 * UTF-8 folds to nothing.
 */
void utf8_fold(const char *text, size_t len, bool words, struct bytes *out);

/*
 * utf8_name - "U+0430 CYRILLIC SMALL LETTER A" (Unicode's own name), or
 * "U+0001" for a character without one. out: size bytes, always terminated.
 */
void utf8_name(uint32_t character, char *out, size_t size);

/* utf8_is_space - a space of any width (General_Category Zs). */
bool utf8_is_space(uint32_t character);

/* utf8_is_letter - a letter, mark or digit of any script. */
bool utf8_is_letter(uint32_t character);

/*
 * utf8_paints - does this character move, hide or turn what stands beside
 * it? Control characters (C0, DEL, C1), format characters (bidi, zero width,
 * tags, the byte order mark), line and paragraph separators, what is
 * invisible by rule, and what has no agreed look (private use).
 */
bool utf8_paints(uint32_t character);

/*
 * utf8_print_safe - append text for a terminal: what utf8_paints() and
 * invalid bytes become "?", so that input cannot paint screens. Programs
 * print by base/print.h, which does this to every text.
 */
void utf8_print_safe(const void *text, size_t len, struct bytes *out);

#endif
