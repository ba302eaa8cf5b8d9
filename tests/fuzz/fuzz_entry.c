/* Any bytes as a line of the log: what is read is written as the same bytes. */
#include "log/entry.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

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
	bytes_free(&again);
	return 0;
}
