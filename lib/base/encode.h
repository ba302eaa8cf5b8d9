/*
 * encode.h - hexadecimal, Base32 and Base64 (RFC 4648), strict: one text for
 * one run of bytes, unused bits zero, no white space. Hexadecimal is lower
 * case, Base32 upper case.
 */
#ifndef BASE_ENCODE_H
#define BASE_ENCODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bytes;
/*
 * fingerprint_text - 32 bytes (SHA-256, or a key) as people read them aloud and
 * compare them: sixteen groups of four hexadecimal digits. JSON and files have
 * hex_encode().
 */
#define FINGERPRINT_SIZE 80 /* with NUL */
void fingerprint_text(const uint8_t hash[32], char out[FINGERPRINT_SIZE]);

/*
 * Each appends text to out (check out->failed):
 *
 * hex_encode        RFC 4648 section 8, but lower case
 * base32_encode     section 6, upper case, without padding
 * base64_encode     section 4, with padding, one line
 * base64url_encode  section 5, without padding
 */
void hex_encode(const uint8_t *in, size_t len, struct bytes *out);
void base32_encode(const uint8_t *in, size_t len, struct bytes *out);
void base64_encode(const uint8_t *in, size_t len, struct bytes *out);
void base64url_encode(const uint8_t *in, size_t len, struct bytes *out);

/*
 * base32_decode, base64_decode - each takes len characters and appends bytes to
 * out. False, with out as before, for any character outside the alphabet, a
 * wrong length, missing or extra padding, or unused bits that are not zero; or
 * without memory, and then out->failed is set.
 */
bool base32_decode(const char *in, size_t len, struct bytes *out);
bool base64_decode(const char *in, size_t len, struct bytes *out);

/* hex_decode_exact, base64_decode_exact, base64url_decode_exact - the same into
 * an array of exactly out_len bytes, which is untouched on false. */
bool hex_decode_exact(const char *in, size_t len, uint8_t *out, size_t out_len);
bool base64_decode_exact(
    const char *in, size_t len, uint8_t *out, size_t out_len);
bool base64url_decode_exact(
    const char *in, size_t len, uint8_t *out, size_t out_len);

#endif
