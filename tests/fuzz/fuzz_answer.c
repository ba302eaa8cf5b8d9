/*
 * Any bytes as the answer of a taken-over sello-decode, and as a file that is
 * no picture. What is accepted keeps the promised limits.
 */
#include "scan/box.h"
#include "scan/helper.h"
#include "scan/magic.h"
#include "scan/protocol.h"
#include "tests/fuzz/mutate.h"

#include <stdlib.h>

static void
check(enum err rc, struct scan_result *found, size_t count_max)
{
	size_t i;

	if ((rc == ERR_OK) != (found->count > 0) || found->count > count_max)
		abort();
	for (i = 0; i < found->count; i++)
		if (found->item[i].data.len == 0)
			abort();
	scan_clear(found);
}

static void
check_box(const struct bytes *answer)
{
	struct box box = { 0 };
	size_t i;

	if (box_parse(answer, &box, NULL) != ERR_OK && box.count > 0)
		abort();
	if (box.count > BOX_FILE_MAX)
		abort();
	for (i = 0; i < box.count; i++)
		if (box.file[i].name[0] == '\0')
			abort();
	box_clear(&box);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct scan_result found = { 0 };
	struct bytes answer = { 0 };

	bytes_add(&answer, data, len);
	check(helper_parse(&answer, true, &found, NULL), &found, SCAN_ITEM_MAX);
	found.places = true;
	check(helper_parse(&answer, true, &found, NULL), &found, SCAN_ITEM_MAX);
	check(
	    helper_parse(&answer, false, &found, NULL), &found, SCAN_ITEM_MAX);
	check_box(&answer);
	if (!magic_is_decoded(magic_of(data, len)))
		check(
		    scan_bytes(data, len, &found, NULL), &found, SCAN_LINE_MAX);
	bytes_free(&answer);
	return 0;
}
