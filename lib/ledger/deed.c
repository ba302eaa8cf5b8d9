/*
 * deed.c - deed.h.
 */
#include "ledger/deed.h"

#include "base/clock.h"
#include "base/sha256.h"

#include <string.h>

/* None of the four has white space in it. */
static enum err
deed_of(const char *time, const char *officer, const char *approver,
    const char *before, uint8_t out[DEED_SIZE], struct errtext *err)
{
	struct bytes text = { 0 };
	uint8_t sum[SHA256_SIZE];
	enum err rc = ERR_OK;

	bytes_addf(&text, "%s %s %s %s\n", time, officer, approver, before);
	if (text.failed)
		rc = err_memory(err);
	else {
		sha256(text.at, text.len, sum);
		memcpy(out, sum, DEED_SIZE);
	}
	bytes_free(&text);
	return rc;
}

enum err
deed_of_line(
    const struct log_entry *entry, uint8_t out[DEED_SIZE], struct errtext *err)
{
	char time[CLOCK_INSTANT_SIZE] = "";

	clock_format(entry->time, time);
	return deed_of(
	    time, entry->officer, entry->approver, entry->ref, out, err);
}

enum err
deed_of_letter(
    const struct letter *letter, uint8_t out[DEED_SIZE], struct errtext *err)
{
	return deed_of(letter->issued_at, letter->officer, letter->approver,
	    letter->supersedes, out, err);
}
