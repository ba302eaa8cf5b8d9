/*
 * test_corpus.c - every input that tests/fuzz/corpus keeps, through its target; and
 * mutants of each by the target's own mutator. libFuzzer is not needed: what changes
 * bytes stands here, and is always the same.
 */
#include "tests/fuzz/mutate.h"

#include "backup/header.h"
#include "base/file.h"
#include "decode/image.h"
#include "log/note.h"
#include "packed/packed.h"
#include "tests/check_main.h"
#include "tests/sanitized.h"
#include "tests/support/letters.h"
#include "trust/cert.h"
#include "trust/key.h"

#include <dirent.h>
#include <glob.h>
#include <signal.h>
#include <unistd.h>

#define CORPUS  "tests/fuzz/corpus/"
#define MUTANTS OF_MANY(4) /* of an input */
#define SIZE    65536

typedef int run_fn(const uint8_t *data, size_t len);
typedef size_t mutate_fn(uint8_t *data, size_t len, size_t max, unsigned seed);

/* Each target under its own name: the Makefile compiles it so. */
#define TARGET(name) run_fn run_fuzz_##name
#define MUTATED(name) \
	TARGET(name); \
	mutate_fn mutate_fuzz_##name
TARGET(answer);
TARGET(archive);
TARGET(backup);
TARGET(calendar);
MUTATED(cert);
TARGET(claims);
MUTATED(decode);
MUTATED(entry);
TARGET(folder);
MUTATED(gossip);
TARGET(grid);
TARGET(history);
TARGET(http);
TARGET(intake);
MUTATED(key);
MUTATED(letter);
MUTATED(list);
MUTATED(log);
MUTATED(note);
MUTATED(packed);
TARGET(program);
MUTATED(typed);
TARGET(unpack);
MUTATED(unseal);
#undef TARGET
#undef MUTATED

#define TARGET(name)                                 \
	{                                            \
		"fuzz_" #name, run_fuzz_##name, NULL \
	}
#define MUTATED(name)                                              \
	{                                                          \
		"fuzz_" #name, run_fuzz_##name, mutate_fuzz_##name \
	}
static const struct target {
	const char *name;
	run_fn *run;
	mutate_fn *mutate;
} targets[] = {
	TARGET(answer),
	TARGET(archive),
	TARGET(backup),
	TARGET(calendar),
	MUTATED(cert),
	TARGET(claims),
	MUTATED(decode),
	MUTATED(entry),
	TARGET(folder),
	MUTATED(gossip),
	TARGET(grid),
	TARGET(history),
	TARGET(http),
	TARGET(intake),
	MUTATED(key),
	MUTATED(letter),
	MUTATED(list),
	MUTATED(log),
	MUTATED(note),
	MUTATED(packed),
	TARGET(program),
	MUTATED(typed),
	TARGET(unpack),
	MUTATED(unseal),
};
#define TARGET_COUNT ((int)(sizeof(targets) / sizeof(targets[0])))

static uint64_t state;
static char path[600]; /* of the input under way */

/* A target says with abort() that something is wrong: with which input? */
static void
name_input(int signal)
{
	(void)signal;
	(void)!write(STDERR_FILENO, path, strlen(path));
	(void)!write(STDERR_FILENO, "\n", 1);
}

/* In libFuzzer's place: a byte of the part becomes another. */
size_t
LLVMFuzzerMutate(uint8_t *data, size_t len, size_t max)
{
	if (len == 0 && max > 0)
		data[len++] = 0;
	if (len > 0)
		data[support_random(&state) % len] =
		    (uint8_t)support_random(&state);
	return len;
}

static void
run_mutants(const struct target *t, const struct bytes *input)
{
	static uint8_t data[SIZE];
	size_t len = input->len < SIZE ? input->len : SIZE;

	for (unsigned seed = 0; t->mutate != NULL && seed < MUTANTS; seed++) {
		memcpy(data, input->at, len);
		t->run(data, t->mutate(data, len, SIZE, seed * 5 + 1));
	}
}

static int
run_folder(const struct target *t, const char *folder)
{
	struct bytes input = { 0 };
	struct dirent *entry;
	int count = 0;
	DIR *dir = opendir(folder);

	ck_assert_msg(dir != NULL, "%s: no seeds", folder);
	while ((entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		ck_assert_int_eq(file_read(path, SIZE, &input, NULL), ERR_OK);
		t->run(input.at, input.len);
		run_mutants(t, &input);
		bytes_free(&input);
		count++;
	}
	closedir(dir);
	return count;
}

START_TEST(replays)
{
	const struct target *t = &targets[_i];
	char folder[100];

	signal(SIGABRT, name_input);
	snprintf(folder, sizeof(folder), CORPUS "%s", t->name);
	ck_assert_int_gt(run_folder(t, folder), 0);
}
END_TEST

START_TEST(no_target_is_forgotten)
{
	glob_t files = { 0 };

	ck_assert_int_eq(glob("tests/fuzz/fuzz_*.c", 0, NULL, &files), 0);
	ck_assert_int_eq((int)files.gl_pathc, TARGET_COUNT);
	globfree(&files);
}
END_TEST

/* --- the mutators: what they make gets behind the checks -------------------- */

#define TRIED 64

static size_t
mutant_of(const char *name, mutate_fn *mutate, unsigned seed, uint8_t *data)
{
	struct bytes input = { 0 };
	size_t len;

	snprintf(path, sizeof(path), CORPUS "%s", name);
	ck_assert_int_eq(file_read(path, SIZE, &input, NULL), ERR_OK);
	memcpy(data, input.at, len = input.len);
	bytes_free(&input);
	return mutate(data, len, SIZE, seed);
}

static bool
letter_is_signed(const uint8_t *data, size_t len)
{
	struct dsig sig;

	return dsig_scan(&dsig_letter, data, len, &sig, NULL) == ERR_OK &&
	    dsig_verify(&sig, mutate_key(), NULL) == ERR_OK;
}

static bool
code_is_whole(const uint8_t *data, size_t len)
{
	struct bytes xml = { 0 };
	enum err rc = packed_decode((const char *)data, len, &xml, NULL, NULL);

	bytes_free(&xml);
	return rc != ERR_GARBLED && rc != ERR_FOREIGN;
}

static bool
note_is_signed(const uint8_t *data, size_t len)
{
	struct vkey key;
	struct note note;

	mutate_note_key("RRP-ES/log/GTGUA01/1", &key);
	return note_parse(data, len, &note, NULL) == ERR_OK &&
	    note_verify(&note, &key, NULL) == ERR_OK;
}

static bool
request_is_signed(const uint8_t *data, size_t len)
{
	struct trust_roster roster = { 0 };
	struct center_info info;
	EVP_PKEY *key = NULL;
	enum err rc =
	    request_read_center(data, len, &info, &roster, &key, NULL);

	trust_roster_free(&roster);
	EVP_PKEY_free(key);
	return rc != ERR_SIGNATURE;
}

static bool
key_opens(const uint8_t *data, size_t len)
{
	char name[] = "/tmp/sello-corpus-XXXXXX";
	int fd = mkstemp(name);
	EVP_PKEY *key = NULL;
	enum err rc;

	ck_assert(file_write_all(fd, data, len));
	rc = key_load(name, mutate_passphrase(), &key, NULL);
	EVP_PKEY_free(key);
	close(fd);
	unlink(name);
	return rc == ERR_OK;
}

static bool
header_opens(const uint8_t *data, size_t len)
{
	struct header header = { 0 };
	struct secret content = { 0 };
	bool opens = header_read(data, len, &header, NULL) == ERR_OK &&
	    header_open(&header, data, len, header.opener[0].code,
		mutate_passphrase(), &content, NULL) == ERR_OK;

	secret_wipe(&content);
	header_clear(&header);
	return opens;
}

/* Where each chunk has its checksum, libpng reads them all up to the end. */
static bool
picture_is_whole(const uint8_t *data, size_t len)
{
	struct bytes file = { 0 };
	struct gray picture = { 0 };
	bool whole;
	enum err rc;

	bytes_add(&file, data, len);
	rc = image_read(MAGIC_PNG, &file, &picture);
	whole = rc == ERR_OK && !picture.is_cut;
	gray_free(&picture);
	bytes_free(&file);
	return whole;
}

static const struct {
	const char *seed;
	mutate_fn *mutate;
	bool (*gets_in)(const uint8_t *data, size_t len);
	int least; /* of TRIED: a changed byte may break the form */
} mutators[] = {
	{ "fuzz_letter/letter", mutate_fuzz_letter, letter_is_signed, 32 },
	{ "fuzz_packed/fields", mutate_fuzz_packed, code_is_whole, 48 },
	{ "fuzz_packed/deflated", mutate_fuzz_packed, code_is_whole, 48 },
	{ "fuzz_note/head", mutate_fuzz_note, note_is_signed, 12 },
	{ "fuzz_cert/request", mutate_fuzz_cert, request_is_signed, 24 },
	{ "fuzz_key/p256", mutate_fuzz_key, key_opens, 24 },
	{ "fuzz_decode/inks-256", mutate_fuzz_decode, picture_is_whole, 40 },
	{ "fuzz_unseal/post", mutate_fuzz_unseal, header_opens, 24 },
};

START_TEST(mutants_get_behind_the_checks)
{
	static uint8_t data[SIZE];
	int in = 0;

	state = 0; /* whatever was replayed before */
	for (unsigned seed = 0; seed < TRIED; seed++) {
		size_t len = mutant_of(
		    mutators[_i].seed, mutators[_i].mutate, seed, data);

		in += mutators[_i].gets_in(data, len);
	}
	ck_assert_int_ge(in, mutators[_i].least);
	ck_assert_int_lt(in, TRIED); /* the checks are tried, too */
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("corpus");
	TCase *t = tcase_create("corpus");

	tcase_add_loop_test(t, replays, 0, TARGET_COUNT);
	tcase_add_test(t, no_target_is_forgotten);
	tcase_add_loop_test(t, mutants_get_behind_the_checks, 0,
	    (int)(sizeof(mutators) / sizeof(mutators[0])));
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
