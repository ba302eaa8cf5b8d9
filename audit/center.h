/*
 * center.h - the audit of one center: each of its logs from line 0 to the
 * newest head, in one pass. The reader proves lines by the head, other
 * threads check their signatures (ledger/pool.h), and rules, heads seen
 * elsewhere, counts and sample are taken along.
 */
#ifndef AUDIT_CENTER_H
#define AUDIT_CENTER_H

#include "audit/audit.h"

/*
 * center_audit - findings, seen heads and sample go to audit, the counts to out
 * (center_clear() it, also after an error). ERR_OK, also for logs that could
 * not be read; ERR_MEMORY.
 */
enum err center_audit(struct audit *audit, const struct trust_center *center,
    const struct sources *sources, struct audit_center *out,
    struct errtext *err);

void center_clear(struct audit_center *center);

#endif
