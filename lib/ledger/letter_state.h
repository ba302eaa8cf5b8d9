/*
 * letter_state.h - what a center's lines together say of one letter.
 */
#ifndef LEDGER_LETTER_STATE_H
#define LEDGER_LETTER_STATE_H

#include "ledger/deed.h"

#include <stdbool.h>
#include <stdint.h>

enum history_state {
	HISTORY_LIVE,
	HISTORY_SUPERSEDED,
	HISTORY_WITHDRAWN,
	HISTORY_FRAUD,
	/* its line is void: the root had removed a person who signed it */
	HISTORY_VOID,
};

/* One letter, as its lines have it. */
struct history_letter {
	unsigned generation; /* of its own line */
	uint64_t index;
	int64_t issued_at;
	uint8_t digest[32];
	uint8_t commitment[32];
	uint8_t deed[DEED_SIZE];
	enum history_state state; /* the worst that became of it */
	bool superseded;          /* a newer one replaced it, whatever else */
	uint32_t copies;          /* 1: the original alone */
};

#endif
