/*
 * entry_rules.h - what the fields of a log line may hold, kind by kind:
 * inside the log room only. Forms of single values, one table of kinds, and
 * what fields say about one another.
 */
#ifndef LOG_ENTRY_RULES_H
#define LOG_ENTRY_RULES_H

#include "log/entry.h"

/* In the order of the line. */
enum entry_field {
	ENTRY_VERSION,
	ENTRY_INDEX,
	ENTRY_TIME,
	ENTRY_KIND,
	ENTRY_NUMBER,
	ENTRY_REF,
	ENTRY_DIGEST,
	ENTRY_KEYID,
	ENTRY_SIG,
	ENTRY_DRAFT,
	ENTRY_PSIG,
	ENTRY_OFFICER,
	ENTRY_APPROVER,
	ENTRY_REASON,
};
#define ENTRY_FIELD_COUNT 14

/* entry_field_name - as docs/log.md and messages call it. */
const char *entry_field_name(enum entry_field field);

/*
 * entry_decimal - digits alone, no leading zero, at most TREE_SIZE_MAX;
 * false for anything else.
 */
bool entry_decimal(const char *text, uint64_t *out);

/*
 * entry_follows_rules - may a line hold this? False: bad is the first field
 * that breaks a rule. The texts of e are terminated and hold no space.
 */
bool entry_follows_rules(const struct log_entry *e, enum entry_field *bad);

#endif
