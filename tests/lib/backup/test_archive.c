/*
 * A backup opens whole, for who it was sealed for, or not at all: every byte of
 * its header changed, bytes of the rest, each end cut, chunks moved between
 * places and files. And a second reader, after docs/backup.md alone.
 */
#include "backup/archive.h"

#include "backup/chunks.h"
#include "base/file.h"
#include "tests/check_main.h"
#include "tests/support/scarce.h"
#include "trust/seal.h"
#include "trust/slot.h"

#include <fcntl.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK     65536
#define CHUNK_ALL (CHUNK + 16)
#define BIG       (3 * CHUNK + 1000) /* bytes of the file in it */

static struct errtext err;
static char dir[64], path[128], bad[128];
static uint8_t big[BIG];
static struct credential *anna, *berta;
static struct bytes anna_sealed, berta_sealed;

static void
secret_of(const char *code, struct secret *out)
{
	char text[64];

	snprintf(text, sizeof(text), "passphrase of %s", code);
	ck_assert_int_eq(secret_typed(text, false, out, &err), ERR_OK);
}

static void
person(const char *code, struct bytes *sealed, struct credential **out)
{
	struct secret passphrase = { 0 };

	secret_of(code, &passphrase);
	ck_assert_int_eq(
	    credential_new(code, &passphrase, sealed, out, &err), ERR_OK);
	secret_wipe(&passphrase);
}

static void
head(struct header *out)
{
	*out = (struct header){ .kind = HEADER_CENTER, .made = 1764500000 };
	strcpy(out->owner, "GTGUA01");
	ck_assert_int_eq(
	    header_add(out, "AD0001", credential_public_of(anna)->slot,
		&anna_sealed, &err),
	    ERR_OK);
	ck_assert_int_eq(
	    header_add(out, "AP2003", credential_public_of(berta)->slot,
		&berta_sealed, &err),
	    ERR_OK);
}

static void
make(const char *to, size_t len)
{
	struct archive *a = NULL;
	struct header header;

	head(&header);
	ck_assert_int_eq(archive_begin(to, &header, &a, &err), ERR_OK);
	ck_assert_int_eq(
	    archive_add_bytes(a, "register.db", big, len, &err), ERR_OK);
	ck_assert_int_eq(
	    archive_add_bytes(a, "root.crt", "a root", 6, &err), ERR_OK);
	ck_assert_int_eq(
	    archive_add_file(a, "trust.xml", "/nowhere/x", &err), ERR_OK);
	ck_assert_msg(archive_finish(a, &err) == ERR_OK, "%s", err.text);
	archive_free(&a);
	header_clear(&header);
}

static void
setup(void)
{
	strcpy(dir, "/tmp/sello-archive-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/backup", dir);
	snprintf(bad, sizeof(bad), "%s/bad", dir);
	for (size_t i = 0; i < BIG; i++)
		big[i] = (uint8_t)(i * 7 + i / 251);
	person("AD0001", &anna_sealed, &anna);
	person("AP2003", &berta_sealed, &berta);
	make(path, BIG);
}

static void
teardown(void)
{
	credential_free(&anna);
	credential_free(&berta);
	bytes_free(&anna_sealed);
	bytes_free(&berta_sealed);
	snprintf(bad, sizeof(bad), "rm -rf '%s'", dir);
	ck_assert_int_eq(system(bad), 0);
}

/* All of it, as `code` opens it: how many files there were. */
static enum err
read_as(const char *from, const char *code, const char *word, unsigned *files)
{
	char name[ARCHIVE_NAME_SIZE];
	struct secret passphrase = { 0 };
	struct archive *a = NULL;
	struct bytes data = { 0 };
	bool more = true;
	uint64_t size;
	enum err rc;

	*files = 0;
	secret_of(word, &passphrase);
	if ((rc = archive_open(from, HEADER_CENTER, &a, &err)) == ERR_OK)
		rc = archive_unlock(a, code, &passphrase, &err);
	while (rc == ERR_OK &&
	    (rc = archive_next(a, name, &size, &more, &err)) == ERR_OK &&
	    more) {
		bytes_reset(&data);
		rc = archive_take_bytes(a, BIG, &data, &err);
		if (rc != ERR_OK)
			break;
		++*files;
		ck_assert_uint_eq(data.len, size);
		if (strcmp(name, "root.crt") == 0)
			ck_assert_mem_eq(data.at, "a root", 6);
		else
			ck_assert_mem_eq(data.at, big, size);
	}
	bytes_free(&data);
	archive_free(&a);
	secret_wipe(&passphrase);
	return rc;
}

static enum err
reads(const char *from)
{
	unsigned files;

	return read_as(from, "AP2003", "AP2003", &files);
}

static void
load(const char *from, struct bytes *out)
{
	ck_assert_int_eq(file_read(from, 1 << 24, out, &err), ERR_OK);
}

static void
spoilt(const void *data, size_t len)
{
	ck_assert_int_eq(file_write(bad, 0600, data, len, &err), ERR_OK);
}

static size_t
header_size(const struct bytes *file)
{
	size_t len;

	ck_assert_int_eq(header_length(file->at, &len, &err), ERR_OK);
	return len;
}

/* --- who opens it --------------------------------------------------------- */

START_TEST(each_with_the_own_passphrase)
{
	struct stat st;
	unsigned files;

	ck_assert_int_eq(read_as(path, "AP2003", "AP2003", &files), ERR_OK);
	ck_assert_uint_eq(files, 2);
	ck_assert_int_eq(read_as(path, "AD0001", "AD0001", &files), ERR_OK);
	ck_assert_uint_eq(files, 2);
	ck_assert_int_eq(
	    read_as(path, "AP2003", "AD0001", &files), ERR_REFUSED);
	ck_assert_int_eq(
	    read_as(path, "AD0001", "AP2003", &files), ERR_REFUSED);
	ck_assert_int_eq(
	    read_as(path, "OF1007", "AP2003", &files), ERR_REFUSED);
	ck_assert_uint_eq(files, 0);
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_int_eq(st.st_mode & 0777, 0600);
}
END_TEST

/* A slot of the center's keys is none of a backup, nor the other way. */
START_TEST(no_slot_of_a_register)
{
	struct secret key = { 0 }, got = { 0 };
	struct bytes slot = { 0 }, file = { 0 };
	struct header header = { 0 };

	ck_assert_int_eq(slot_new_wrapping_key(&key, &err), ERR_OK);
	ck_assert_int_eq(slot_close(&key, "GTGUA01", "AP2003",
			     credential_public_of(berta)->slot, &slot, &err),
	    ERR_OK);
	load(path, &file);
	ck_assert_int_eq(
	    header_read(file.at, header_size(&file), &header, &err), ERR_OK);
	ck_assert_int_eq(slot_open(header_find(&header, "AP2003")->slot.at,
			     slot.len, "GTGUA01", berta, "AP2003", &got, &err),
	    ERR_REFUSED);
	ck_assert_int_eq(slot_open(slot.at, slot.len, "GTGUA01/backup", berta,
			     "AP2003", &got, &err),
	    ERR_REFUSED);
	header_clear(&header);
	bytes_free(&slot);
	bytes_free(&file);
	secret_wipe(&key);
}
END_TEST

/* Where the right passphrase was typed, nobody is told that it is wrong. */
START_TEST(damage_is_no_wrong_passphrase)
{
	struct header header = { 0 };
	struct bytes file = { 0 };
	const struct header_opener *o;
	uint8_t *at;

	load(path, &file);
	ck_assert_int_eq(
	    header_read(file.at, header_size(&file), &header, &err), ERR_OK);
	o = header_find(&header, "AP2003");
	at = memmem(file.at, file.len, o->sealed.at, o->sealed.len);
	at[40] ^= 1; /* her keys: no difference can be told */
	spoilt(file.at, file.len);
	ck_assert_int_eq(reads(bad), ERR_REFUSED);
	ck_assert_ptr_nonnull(strstr(err.text, "damaged"));
	at[40] ^= 1;
	at[1] = 63; /* ... the work they ask for */
	spoilt(file.at, file.len);
	ck_assert_int_eq(reads(bad), ERR_DATA);
	at[1] = o->sealed.at[1];
	at = memmem(file.at, file.len, o->slot.at, o->slot.len);
	at[40] ^= 1; /* the key of the content, behind hers */
	spoilt(file.at, file.len);
	ck_assert_int_eq(reads(bad), ERR_DATA);
	ck_assert_ptr_nonnull(strstr(err.text, "beginning of this backup"));
	header_clear(&header);
	bytes_free(&file);
}
END_TEST

START_TEST(kept_and_named)
{
	struct archive *a = NULL;
	struct header header;

	head(&header);
	ck_assert_int_eq(archive_begin(path, &header, &a, &err), ERR_EXISTS);
	ck_assert_int_eq(archive_begin(bad, &header, &a, &err), ERR_OK);
	ck_assert_int_eq(
	    archive_add_bytes(a, "../x", "x", 1, &err), ERR_CONFIG);
	archive_free(&a); /* never finished */
	snprintf(bad, sizeof(bad), "%s/bad.part", dir);
	ck_assert(!file_exists(bad));
	header_clear(&header);
	ck_assert_int_eq(archive_open(path, HEADER_POST, &a, &err), ERR_DATA);
	ck_assert_ptr_nonnull(strstr(err.text, "sello-issue restore"));
	ck_assert_int_eq(archive_open(dir, HEADER_POST, &a, &err), ERR_DATA);
	ck_assert_int_eq(
	    archive_open("/nowhere", HEADER_POST, &a, &err), ERR_NOT_FOUND);
}
END_TEST

/* What no restore takes is in no backup. */
START_TEST(files_beside_have_a_limit)
{
	struct archive *a = NULL;
	struct header header;
	char side[160];

	snprintf(side, sizeof(side), "%s/side", dir);
	ck_assert_int_eq(file_write(side, 0600, "x", 1, &err), ERR_OK);
	head(&header);
	ck_assert_int_eq(archive_begin(bad, &header, &a, &err), ERR_OK);
	ck_assert_int_eq(truncate(side, ARCHIVE_BESIDE_MAX), 0);
	ck_assert_int_eq(archive_add_file(a, "trust.xml", side, &err), ERR_OK);
	ck_assert_int_eq(truncate(side, ARCHIVE_BESIDE_MAX + 1), 0);
	ck_assert_int_eq(
	    archive_add_file(a, "request.csr", side, &err), ERR_LIMIT);
	archive_free(&a);
	header_clear(&header);
}
END_TEST

/* --- damage --------------------------------------------------------------- */

/* Each byte of the header, one bit of it; then a newer form. */
START_TEST(a_byte_of_the_header)
{
	struct bytes file = { 0 };
	size_t len;

	load(path, &file);
	len = header_size(&file);
	for (size_t i = 0; i < len; i++) {
		file.at[i] ^= (uint8_t)(1 << i % 8);
		spoilt(file.at, file.len);
		file.at[i] ^= (uint8_t)(1 << i % 8);
		ck_assert_msg(reads(bad) != ERR_OK, "byte %zu", i);
		ck_assert_msg(!err_is_inside(reads(bad)), "byte %zu", i);
	}
	file.at[14] = '2';
	spoilt(file.at, file.len);
	ck_assert_int_eq(reads(bad), ERR_VERSION);
	bytes_free(&file);
}
END_TEST

START_TEST(a_byte_of_the_content)
{
	struct bytes file = { 0 };
	size_t from;

	load(path, &file);
	from = header_size(&file);
	for (size_t i = 0; i < 200; i++) {
		size_t at = from + (file.len - from - 1) * i / 199;

		file.at[at] ^= (uint8_t)(1 << i % 8);
		spoilt(file.at, file.len);
		file.at[at] ^= (uint8_t)(1 << i % 8);
		ck_assert_msg(reads(bad) == ERR_DATA, "byte %zu", at);
	}
	bytes_free(&file);
}
END_TEST

/* At every border of a chunk, and beside it; empty, and with bytes behind. */
START_TEST(cut_short)
{
	struct bytes file = { 0 };
	size_t from, told = 0;

	load(path, &file);
	from = header_size(&file);
	for (size_t i = 0; i < 24; i++) {
		size_t keep = from + i / 6 * CHUNK_ALL + i % 6 - 3;

		ck_assert_uint_lt(keep, file.len);
		spoilt(file.at, keep);
		ck_assert_msg(reads(bad) == ERR_DATA, "%zu bytes", keep);
		told += strstr(err.text, "cut short") != NULL;
	}
	/* three borders between chunks, and where a tag would not fit */
	ck_assert_uint_ge(told, 3);
	for (size_t keep = 0; keep < from; keep += 7) {
		spoilt(file.at, keep);
		ck_assert_msg(reads(bad) == ERR_DATA, "%zu bytes", keep);
	}
	bytes_add(&file, "more", 4);
	spoilt(file.at, file.len);
	ck_assert_int_eq(reads(bad), ERR_DATA);
	bytes_free(&file);
}
END_TEST

/* Chunks of the same file in another order, one left out, one twice. */
START_TEST(other_chunks)
{
	static const int order[][4] = { { 1, 0, 2, 3 }, { 0, 2, 1, 3 },
		{ 0, 1, 1, 3 }, { 1, 2, 3, -1 }, { 0, 1, 3, -1 },
		{ 3, -1, -1, -1 } };
	struct bytes file = { 0 }, mixed = { 0 };
	size_t from;

	load(path, &file);
	from = header_size(&file);
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		bytes_reset(&mixed);
		bytes_add(&mixed, file.at, from);
		for (size_t k = 0; k < 4 && order[i][k] >= 0; k++) {
			size_t at = from + (size_t)order[i][k] * CHUNK_ALL;

			bytes_add(&mixed, file.at + at,
			    file.len - at < CHUNK_ALL ? file.len - at
						      : CHUNK_ALL);
		}
		spoilt(mixed.at, mixed.len);
		ck_assert_msg(reads(bad) == ERR_DATA, "order %zu", i);
	}
	bytes_free(&mixed);
	bytes_free(&file);
}
END_TEST

/* The beginning of one backup and the end of another, at each border; the
 * header of one before the content of the other. */
START_TEST(two_spliced)
{
	struct bytes file = { 0 }, other = { 0 }, mixed = { 0 };
	char second[128];
	size_t from;

	snprintf(second, sizeof(second), "%s/second", dir);
	make(second, BIG);
	load(path, &file);
	load(second, &other);
	from = header_size(&file);
	ck_assert_uint_eq(file.len, other.len);
	for (size_t i = 0; i < 4; i++) {
		size_t at = from + i * CHUNK_ALL;

		bytes_reset(&mixed);
		bytes_add(&mixed, file.at, at);
		bytes_add(&mixed, other.at + at, other.len - at);
		spoilt(mixed.at, mixed.len);
		ck_assert_msg(reads(bad) == ERR_DATA, "chunk %zu", i);
	}
	bytes_free(&mixed);
	bytes_free(&other);
	bytes_free(&file);
}
END_TEST

/* Texts that end at a border, or hold nothing much. */
START_TEST(sizes)
{
	static const size_t around[] = { 0, 1, CHUNK - 46, CHUNK - 45,
		CHUNK - 44, CHUNK - 43, CHUNK - 42, CHUNK, 2 * CHUNK - 45,
		2 * CHUNK - 44, 2 * CHUNK - 43 };
	struct bytes file = { 0 };
	struct stat st;
	unsigned full = 0;
	size_t from;

	load(path, &file);
	from = header_size(&file);
	bytes_free(&file);
	for (size_t i = 0; i < sizeof(around) / sizeof(around[0]); i++) {
		unlink(bad);
		make(bad, around[i]);
		ck_assert_msg(
		    reads(bad) == ERR_OK, "%zu: %s", around[i], err.text);
		ck_assert_int_eq(stat(bad, &st), 0);
		full += ((size_t)st.st_size - from) % CHUNK_ALL == 0;
	}
	ck_assert_uint_eq(full, 2);
}
END_TEST

/* --- made while memory lacks ---------------------------------------------- */

/* A small one; false: it was not made, and nothing of it stayed. */
static bool
made_with_little(void)
{
	struct archive *a = NULL;
	struct header header;
	enum err rc;

	head(&header);
	if ((rc = archive_begin(bad, &header, &a, &err)) == ERR_OK &&
	    (rc = archive_add_bytes(a, "root.crt", "a root", 6, &err)) ==
		ERR_OK)
		rc = archive_finish(a, &err);
	archive_free(&a);
	header_clear(&header);
	ck_assert(file_exists(bad) == (rc == ERR_OK));
	return rc == ERR_OK;
}

/* Each allocation of OpenSSL fails once: what says that it was made, opens. */
START_TEST(what_was_made_opens)
{
	char part[160];
	bool lacked = true;
	unsigned long n;
	unsigned refused = 0;

	snprintf(part, sizeof(part), "%s.part", bad);
	for (n = 1; lacked; n++) {
		bool made;

		ERR_clear_error();
		scarce_begin(n);
		made = made_with_little();
		lacked = scarce_end();
		ck_assert(!file_exists(part));
		if (made)
			ck_assert_msg(reads(bad) == ERR_OK,
			    "allocation %lu: %s", n, err.text);
		refused += !made;
		unlink(bad);
	}
	ck_assert_uint_gt(refused, 20);
}
END_TEST

/* --- sealed by somebody who has the public keys ----------------------------- */

/* A text that no program of ours makes, in a backup that opens. */
static void
seal_text(const uint8_t *text, size_t len)
{
	struct bytes top = { 0 };
	struct secret drawn = { 0 }, key = { 0 };
	struct chunks out = { .name = bad, .key = &key };
	struct header header;

	head(&header);
	ck_assert_int_eq(header_write(&header, &top, &drawn, &err), ERR_OK);
	ck_assert_int_eq(
	    header_content(&drawn, top.at, top.len, &key, &err), ERR_OK);
	out.fd = open(bad, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	ck_assert(file_write_all(out.fd, top.at, top.len));
	ck_assert_int_eq(chunks_write(&out, text, len, &err), ERR_OK);
	ck_assert_int_eq(chunks_end(&out, &err), ERR_OK);
	close(out.fd);
	chunks_clear(&out);
	secret_wipe(&drawn);
	secret_wipe(&key);
	bytes_free(&top);
	header_clear(&header);
}

static const struct {
	const char *what, *text;
	size_t len;
	enum err want;
} texts[] = {
	{ "nothing", "", 0, ERR_DATA },
	{ "no file", "\0", 1, ERR_OK },
	{ "no end",
	    "\x08root.crt\0\0\0\0\0\0\0\x06"
	    "a root",
	    23, ERR_DATA },
	{ "more behind the end", "\0\0", 2, ERR_DATA },
	{ "a size beyond the file",
	    "\x08root.crt\0\0\0\x7f\0\0\0\x06"
	    "a root\0",
	    24, ERR_DATA },
	{ "the largest size",
	    "\x08root.crt\xff\xff\xff\xff\xff\xff\xff\xff"
	    "a root\0",
	    24, ERR_DATA },
	{ "a name without an end", "\x08root", 5, ERR_DATA },
	{ "a name too long",
	    "\xff"
	    "aaaaaaaa",
	    9, ERR_VERSION },
	{ "a folder above", "\x04../x\0\0\0\0\0\0\0\0\0", 14, ERR_VERSION },
	{ "a folder above, below",
	    "\x06"
	    "a/../x\0\0\0\0\0\0\0\0\0",
	    16, ERR_VERSION },
	{ "from the root", "\x02/x\0\0\0\0\0\0\0\0\0", 12, ERR_VERSION },
	{ "hidden", "\x02.x\0\0\0\0\0\0\0\0\0", 12, ERR_VERSION },
	{ "an empty part",
	    "\x04"
	    "a//x\0\0\0\0\0\0\0\0\0",
	    14, ERR_VERSION },
	{ "a NUL in the name",
	    "\x03"
	    "a\0x\0\0\0\0\0\0\0\0\0",
	    13, ERR_VERSION },
	{ "a line feed",
	    "\x03"
	    "a\nx\0\0\0\0\0\0\0\0\0",
	    13, ERR_VERSION },
};

static enum err
walk(void)
{
	struct secret passphrase = { 0 };
	struct archive *a = NULL;
	char name[ARCHIVE_NAME_SIZE];
	bool more = true;
	uint64_t size;
	enum err rc;

	secret_of("AP2003", &passphrase);
	rc = archive_open(bad, HEADER_CENTER, &a, &err);
	if (rc == ERR_OK)
		rc = archive_unlock(a, "AP2003", &passphrase, &err);
	while (rc == ERR_OK && more)
		rc = archive_next(a, name, &size, &more, &err);
	archive_free(&a);
	secret_wipe(&passphrase);
	return rc;
}

START_TEST(a_text_of_others)
{
	enum err rc;

	seal_text((const uint8_t *)texts[_i].text, texts[_i].len);
	rc = walk();
	ck_assert_msg(rc == texts[_i].want, "%s: %s: %s", texts[_i].what,
	    err_name(rc), err.text);
}
END_TEST

/* The end of the files at the end of a chunk that is not the last. */
START_TEST(a_chunk_behind_the_end)
{
	static uint8_t text[CHUNK + 10];
	const size_t size = CHUNK - 18;

	memcpy(text, "\x08root.crt", 9);
	text[15] = (uint8_t)(size >> 8);
	text[16] = (uint8_t)size;
	seal_text(text, CHUNK);
	ck_assert_int_eq(walk(), ERR_OK);
	seal_text(text, sizeof(text));
	ck_assert_int_eq(walk(), ERR_DATA);
}
END_TEST

/* --- a stick that fails ---------------------------------------------------- */

/* What is on the disk is another byte than was written, or less. */
START_TEST(read_back)
{
	for (int i = 0; i < 3; i++) {
		struct archive *a = NULL;
		struct header header;
		char part[160];
		int fd;

		head(&header);
		unlink(bad);
		ck_assert_int_eq(archive_begin(bad, &header, &a, &err), ERR_OK);
		ck_assert_int_eq(
		    archive_add_bytes(a, "register.db", big, BIG, &err),
		    ERR_OK);
		snprintf(part, sizeof(part), "%s.part", bad);
		fd = open(part, O_RDWR);
		/* a byte of the header, of the first chunk, nothing */
		if (i < 2)
			ck_assert_int_eq(
			    pwrite(fd, "\x7e", 1, i == 0 ? 20 : 5000), 1);
		close(fd);
		ck_assert_int_eq(
		    archive_finish(a, &err), i < 2 ? ERR_IO : ERR_OK);
		archive_free(&a);
		header_clear(&header);
		ck_assert_int_eq(file_exists(bad), i == 2);
		ck_assert(!file_exists(part));
	}
}
END_TEST

/* --- docs/backup.md, read a second time ------------------------------------ */

static uint64_t
number(const uint8_t **at, size_t bytes)
{
	uint64_t value = 0;

	while (bytes-- > 0)
		value = value << 8 | *(*at)++;
	return value;
}

static void
hkdf(const uint8_t key[32], const uint8_t salt[32], uint8_t out[32])
{
	static const char info[] = "sello-backup/v1 content\n";
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, NULL);
	size_t len = 32;

	ck_assert_int_eq(EVP_PKEY_derive_init(ctx), 1);
	EVP_PKEY_CTX_set_hkdf_md(ctx, EVP_sha256());
	EVP_PKEY_CTX_set1_hkdf_key(ctx, key, 32);
	EVP_PKEY_CTX_set1_hkdf_salt(ctx, salt, 32);
	EVP_PKEY_CTX_add1_hkdf_info(ctx, (const uint8_t *)info, 24);
	ck_assert_int_eq(EVP_PKEY_derive(ctx, out, &len), 1);
	EVP_PKEY_CTX_free(ctx);
}

static size_t
unseal(const uint8_t key[32], uint64_t n, bool last, const uint8_t *at,
    size_t len, uint8_t *out)
{
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	uint8_t nonce[12] = { 0 }, tag[16];
	int got;

	for (int i = 0; i < 8; i++)
		nonce[10 - i] = (uint8_t)(n >> 8 * i);
	nonce[11] = last;
	memcpy(tag, at + len - 16, 16);
	EVP_DecryptInit_ex(ctx, EVP_aes_256_gcm(), NULL, key, nonce);
	EVP_DecryptUpdate(ctx, out, &got, at, (int)len - 16);
	EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_GCM_SET_TAG, 16, tag);
	ck_assert_int_eq(EVP_DecryptFinal_ex(ctx, out + got, &got), 1);
	EVP_CIPHER_CTX_free(ctx);
	return len - 16;
}

START_TEST(as_the_page_says)
{
	static uint8_t text[BIG + 2 * CHUNK];
	struct secret drawn = { 0 };
	struct bytes file = { 0 };
	const uint8_t *at, *slot = NULL, *content;
	uint8_t key[32], salt[32];
	size_t len = 0, persons;

	load(path, &file);
	at = file.at;
	ck_assert_mem_eq(at, "sello-backup/v1\n", 16);
	at += 16;
	content = at + 2 + number(&at, 2);
	ck_assert_int_eq(*at++, 'C');
	ck_assert_uint_eq(number(&at, 8), 1764500000);
	ck_assert_int_eq(*at++, 7);
	ck_assert_mem_eq(at, "GTGUA01", 7);
	at += 7;
	for (persons = *at++ + 1u; persons > 0; persons--) {
		ck_assert_int_eq(*at, 6);
		ck_assert_mem_eq(at + 1, persons == 2 ? "AD0001" : "AP2003", 6);
		at += 7;
		ck_assert_int_eq(*at, 112);
		at += 113;
		ck_assert_int_eq(*at, 81);
		slot = at + 1;
		at += 82;
	}
	ck_assert_ptr_eq(at, content);
	ck_assert_int_eq(slot_open(slot, 81, "GTGUA01/backup", berta, "AP2003",
			     &drawn, &err),
	    ERR_OK);
	SHA256(file.at, (size_t)(content - file.at), salt);
	hkdf(drawn.at, salt, key);
	for (uint64_t n = 0; at < file.at + file.len; n++) {
		size_t left = (size_t)(file.at + file.len - at);
		size_t take = left < CHUNK_ALL ? left : CHUNK_ALL;

		len += unseal(key, n, left == take, at, take, text + len);
		at += take;
	}
	at = text;
	ck_assert_mem_eq(at, "\x0bregister.db", 12);
	at += 12;
	ck_assert_uint_eq(number(&at, 8), BIG);
	ck_assert_mem_eq(at, big, BIG);
	at += BIG;
	ck_assert_mem_eq(at,
	    "\x08root.crt\0\0\0\0\0\0\0\x06"
	    "a root\0",
	    24);
	ck_assert_ptr_eq(at + 24, text + len);
	secret_wipe(&drawn);
	bytes_free(&file);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("archive");
	TCase *tc = tcase_create("all");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, each_with_the_own_passphrase);
	tcase_add_test(tc, no_slot_of_a_register);
	tcase_add_test(tc, damage_is_no_wrong_passphrase);
	tcase_add_test(tc, kept_and_named);
	tcase_add_test(tc, files_beside_have_a_limit);
	tcase_add_test(tc, a_byte_of_the_header);
	tcase_add_test(tc, a_byte_of_the_content);
	tcase_add_test(tc, cut_short);
	tcase_add_test(tc, other_chunks);
	tcase_add_test(tc, two_spliced);
	tcase_add_test(tc, sizes);
	tcase_add_test(tc, what_was_made_opens);
	tcase_add_loop_test(
	    tc, a_text_of_others, 0, sizeof(texts) / sizeof(texts[0]));
	tcase_add_test(tc, a_chunk_behind_the_end);
	tcase_add_test(tc, read_back);
	tcase_add_test(tc, as_the_page_says);
	suite_add_tcase(s, tc);
	return s;
}

CHECK_MAIN(suite);
