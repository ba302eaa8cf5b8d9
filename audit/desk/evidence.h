/*
 * evidence.h - what a finding rests on, to be opened on the page: its place,
 * the folder that was read, the signed head, and the line itself.
 */
#ifndef AUDIT_DESK_EVIDENCE_H
#define AUDIT_DESK_EVIDENCE_H

#include "audit/audit.h"
#include "base/bytes.h"

/* evidence_add - append a finding's. Its line is asked for by itself. */
void evidence_add(struct bytes *out, const struct audit *audit,
    const struct finding *finding);

/*
 * evidence_line - append a line of a log from the folder that was read, proven
 * against the signed head that was read. No line holds personal data.
 * ERR_NOT_FOUND: the audit read no such log, it has no such line, or the folder is
 * gone; ERR_DATA: what is there now does not fit the head; ERR_IO, ...
 */
enum err evidence_line(struct bytes *out, const struct audit *audit,
    const char *center, unsigned generation, uint64_t index,
    struct errtext *err);

/* evidence_add_logs - append a table of the logs that were read, with their
 * heads. */
void evidence_add_logs(struct bytes *out, const struct audit *audit);

/* evidence_add_given - append what the audit was given to read. */
void evidence_add_given(struct bytes *out, const struct audit *audit);

#endif
