/*
 * Any bytes as a line of the log: what is read is written as the same bytes, and
 * what the center signed is the line and nothing else.
 */
#include "ledger/line.h"
#include "log/entry.h"
#include "tests/fuzz/mutate.h"

#include <stdlib.h>
#include <string.h>

size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t len, size_t max, unsigned seed)
{
	return mutate_line(data, len, max, seed);
}

/* One bit of what a line says, or of who says it: signed no more. */
static void
check_signed(struct log_entry entry)
{
	if (line_verify(&entry, mutate_key(), NULL) != ERR_OK)
		return;
	if (entry_is_letter(&entry))
		entry.digest[0] ^= 1;
	else
		entry.time ^= 1;
	if (line_verify(&entry, mutate_key(), NULL) == ERR_OK)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct bytes again = { 0 };
	struct log_entry entry;
	uint32_t value;

	if (entry_parse(data, len, &entry, NULL) != ERR_OK)
		return 0;
	if (entry_format(&entry, &again, NULL) != ERR_OK || again.len != len ||
	    memcmp(again.at, data, len) != 0)
		abort();
	bytes_reset(&again);
	if ((entry_act_text(&entry, &again, NULL) == ERR_OK) ==
	    entry_is_letter(&entry))
		abort();
	entry_reason_value(&entry, &value);
	entry_ref_value(&entry);
	check_signed(entry);
	bytes_free(&again);
	return 0;
}
