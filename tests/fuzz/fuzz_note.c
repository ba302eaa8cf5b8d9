/*
 * Any bytes as a signed head and as a bundle: a head that opens has one form,
 * a bundle is taken apart to its last byte or not at all.
 */
#include "ledger/head.h"
#include "log/checkpoint.h"
#include "log/tile.h"
#include "tests/fuzz/mutate.h"

#include <stdlib.h>
#include <string.h>

#define NAME "RRP-ES/log/GTGUA01/1"

size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t len, size_t max, unsigned seed)
{
	return mutate_note(NAME, data, len, max, seed);
}

static void
fuzz_text(const struct note *note)
{
	struct checkpoint head;
	struct bytes again = { 0 };

	if (checkpoint_parse(note->text, note->len, &head, NULL) != ERR_OK)
		return;
	if (checkpoint_format(&head, &again, NULL) != ERR_OK ||
	    again.len != note->len ||
	    memcmp(again.at, note->text, again.len) != 0)
		abort();
	bytes_free(&again);
}

static void
fuzz_note(const uint8_t *data, size_t len)
{
	/* of a private key that was thrown away; not zeros, a point of small
	 * order under which anybody can sign */
	struct vkey key = { .name = NAME,
		.key = { 0x8a, 0x6a, 0x57, 0x7a, 0x52, 0x2e, 0x06, 0xb0, 0x2e,
		    0xcb, 0x72, 0x61, 0xdd, 0x57, 0x00, 0xde, 0xa3, 0x9a, 0x62,
		    0xb5, 0xb0, 0xc0, 0x92, 0x48, 0x5a, 0x02, 0xca, 0xf4, 0x24,
		    0x40, 0x99, 0x9f } };
	struct note note;
	int64_t time;
	size_t i;

	if (note_parse(data, len, &note, NULL) != ERR_OK)
		return;
	if (note.count == 0 || note.len + 2 > len)
		abort();
	fuzz_text(&note);
	/* as if each signature were of a key we know */
	for (i = 0; i < note.count; i++) {
		memcpy(key.id, note.signature[i].id, sizeof(key.id));
		key.type = VKEY_ED25519;
		if (note_verify(&note, &key, NULL) == ERR_OK)
			abort();
		key.type = VKEY_COSIGNATURE;
		if (checkpoint_cosigned(&note, &key, &time, NULL) == ERR_OK)
			abort();
	}
}

static void
fuzz_bundle(const uint8_t *data, size_t len)
{
	struct tree_hash leaf[TILE_WIDTH];
	struct reader r = { data, len }, entry;
	struct bytes again = { 0 };
	unsigned count = 0;

	while (count < TILE_WIDTH && bundle_next(&r, &entry)) {
		if (!bundle_add(entry.at, entry.left, &again))
			abort();
		count++;
	}
	if (bundle_hashes(data, len, count, leaf) != (r.left == 0) ||
	    (again.len > 0 && memcmp(again.at, data, again.len) != 0))
		abort();
	tile_hashes(data, len, leaf);
	bytes_free(&again);
}

/* What opens was signed, and every other way to open it says so. */
static void
fuzz_open(const uint8_t *data, size_t len)
{
	struct trust_log log = { .generation = 1 };
	struct trust_center center = {
		.code = "GTGUA01", .log_count = 1, .logs = &log
	};
	const struct trust_list list = {
		.program = "RRP-ES", .center_count = 1, .centers = &center
	};
	struct checkpoint checkpoint;
	struct note note;
	struct head head;
	int64_t at;
	bool open;

	mutate_note_key(NAME, &log.log);
	open = checkpoint_open(data, len, &log.log, &checkpoint, &note, NULL) ==
	    ERR_OK;
	if (open &&
	    (note_verify(&note, &log.log, NULL) != ERR_OK ||
		strcmp(checkpoint.origin, NAME) != 0 ||
		head_peek(NULL, data, len, &head, NULL) != ERR_OK))
		abort();
	if (open != (head_open(&list, data, len, &head, NULL) == ERR_OK))
		abort();
	if (open && head_date(&head, &at, NULL) == ERR_OK)
		abort(); /* nobody cosigned it: that key is all zeros */
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	fuzz_note(data, len);
	fuzz_open(data, len);
	fuzz_bundle(data, len);
	return 0;
}
