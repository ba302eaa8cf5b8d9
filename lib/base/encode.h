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

/* Each _encode appends text to out (check out->failed). */
void hex_encode(const uint8_t *in, size_t len, struct bytes *out);
/* RFC 4648 section 6, upper case, without padding */
void base32_encode(const uint8_t *in, size_t len, struct bytes *out);
/* RFC 4648 section 4, with padding, one line */
void base64_encode(const uint8_t *in, size_t len, struct bytes *out);
/* RFC 4648 section 5, without padding */
void base64url_encode(const uint8_t *in, size_t len, struct bytes *out);

/*
 * Each _decode takes len characters and appends bytes to out. False, with
 * out as before, for any character outside the alphabet, a wrong length,
 * missing or extra padding, or unused bits that are not zero; or without
 * memory, and then out->failed is set.
 */
bool hex_decode(const char *in, size_t len, struct bytes *out);
bool base32_decode(const char *in, size_t len, struct bytes *out);
bool base64_decode(const char *in, size_t len, struct bytes *out);
bool base64url_decode(const char *in, size_t len, struct bytes *out);

/* The same into an array of exactly out_len bytes. */
bool hex_decode_exact(const char *in, size_t len, uint8_t *out, size_t out_len);
bool base64_decode_exact(
    const char *in, size_t len, uint8_t *out, size_t out_len);
bool base64url_decode_exact(
    const char *in, size_t len, uint8_t *out, size_t out_len);

#endif
