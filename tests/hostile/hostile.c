#include "tests/hostile/hostile.h"

#include "base/encode.h"
#include "base/file.h"
#include "letter/dsig_template.h"
#include "letter/sign.h"

#include <ctype.h>
#include <openssl/sha.h>
#include <stdlib.h>
#include <string.h>

void
hostile_must(bool good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "make-hostile: %s\n", what);
	exit(1);
}

/* --- files --------------------------------------------------------------- */

void
hostile_name(const struct hostile *h, const char *what, const char *ext,
    char *out, size_t size)
{
	size_t n = (size_t)snprintf(out, size, "%05zu-", h->count);

	for (; *what != '\0' && n < 60; what++)
		out[n++] = isalnum((unsigned char)*what)
		    ? (char)tolower((unsigned char)*what)
		    : '-';
	snprintf(out + n, size - n, ".%s", ext);
}

/* Thousands, of no worth: not as base/file.h writes a file, to the disk. */
static void
write_file(const char *path, const void *data, size_t len)
{
	FILE *f = fopen(path, "w");

	hostile_must(f != NULL, path);
	hostile_must(fwrite(data, 1, len, f) == len, path);
	hostile_must(fclose(f) == 0, path);
}

static void
change_group(struct hostile *h, const char *group)
{
	char path[512];

	hostile_end(h);
	h->group = group;
	snprintf(path, sizeof(path), "%s/%s", h->dir, group);
	file_mkdir(path, 0755, NULL);
	snprintf(path, sizeof(path), "%s/%s.expected", h->dir, group);
	h->expected = fopen(path, "a");
	hostile_must(h->expected != NULL, path);
}

void
hostile_end(struct hostile *h)
{
	if (h->expected != NULL)
		hostile_must(fclose(h->expected) == 0, h->group);
	h->expected = NULL;
}

void
hostile_put(struct hostile *h, const char *group, const char *what,
    const char *ext, const void *data, size_t len, const char *want)
{
	char name[128], path[512];

	h->count++;
	if (h->group == NULL || strcmp(h->group, group) != 0)
		change_group(h, group);
	hostile_name(h, what, ext, name, sizeof(name));
	snprintf(path, sizeof(path), "%s/%s/%s", h->dir, group, name);
	write_file(path, data, len);
	fprintf(h->expected, "%s\t%s\n", name, want);
}

/* --- texts --------------------------------------------------------------- */

void
hostile_replace(const struct bytes *data, const char *find, size_t len,
    const char *put, struct bytes *out)
{
	const uint8_t *at = memmem(data->at, data->len, find, len);
	size_t before;

	hostile_must(at != NULL, find);
	before = (size_t)(at - data->at);
	bytes_add(out, data->at, before);
	bytes_add_text(out, put);
	bytes_add(out, at + len, data->len - before - len);
}

void
hostile_swap(const struct bytes *text, const char *find, const char *put,
    struct bytes *out)
{
	hostile_replace(text, find, strlen(find), put, out);
}

void
hostile_sign(const char *before, size_t before_len, const char *after,
    const char *id, EVP_PKEY *key, const char *name, struct bytes *out)
{
	uint8_t digest[DSIG_DIGEST_SIZE], raw[DSIG_SIGNATURE_SIZE];
	struct bytes text = { 0 }, info = { 0 };

	bytes_add(&text, before, before_len);
	bytes_add_text(&text, after);
	SHA256(text.at, text.len, digest);
	bytes_addf(&info, DSIG_INFO_BEFORE_ID "%s" DSIG_INFO_AFTER_ID, id);
	base64_encode(digest, sizeof(digest), &info);
	bytes_add_text(&info, DSIG_INFO_END);
	bytes_reset(&text);
	bytes_addf(&text, DSIG_INFO_START "%s", (char *)info.at);
	hostile_must(
	    sign_raw(key, text.at, text.len, raw, NULL) == ERR_OK, "signature");
	bytes_add(out, before, before_len);
	bytes_addf(out, DSIG_START "%s" DSIG_BEFORE_VALUE, (char *)info.at);
	base64_encode(raw, sizeof(raw), out);
	bytes_addf(out, DSIG_AFTER_VALUE "%s" DSIG_END "%s", name, after);
	bytes_free(&text);
	bytes_free(&info);
}

void
hostile_thief(const struct hostile *h, const struct sheep *of,
    const char *fields, size_t len, struct bytes *out)
{
	struct bytes before = { 0 };

	bytes_add_text(
	    &before, "<ReferralLetter xmlns=\"urn:sello:letter:1\">");
	bytes_add(&before, fields, len);
	hostile_sign((char *)before.at, before.len, "</ReferralLetter>",
	    of->letter.number, of == &h->far ? h->second->key : h->center->key,
	    of->key_name, out);
	bytes_free(&before);
}
