/*
 * lines.h - for every line of the logs, whose key signed it: on standard
 * output, while the audit reads them. Codes and keys, never a name.
 */
#ifndef AUDIT_LINES_H
#define AUDIT_LINES_H

#include "audit/audit.h"
#include "ledger/pool.h"

/* A line whose signatures were checked. */
struct lines_line {
	const char *center;
	unsigned generation;
	const struct pool_line *checked;
	const struct persons *persons; /* with the keys of those who signed */
};

/* lines_text, lines_json - an audit_options.line: print it; ctx is not used.
 * The keys of the JSON are those of sello-audit(1). */
void lines_text(void *ctx, const struct lines_line *line);
void lines_json(void *ctx, const struct lines_line *line);

#endif
