/*
 * findings.h - what an audit found, as pieces of the page: each finding with
 * the hooks of docs/pages.md, its evidence to open, in the command line's
 * words. What strangers wrote stands there as text.
 */
#ifndef AUDIT_DESK_FINDINGS_H
#define AUDIT_DESK_FINDINGS_H

#include "audit/audit.h"
#include "base/bytes.h"

/*
 * Each appends for the whole audit:
 *
 * findings_add_summary    the verdict, how many of each severity, what was
 *                         audited
 * findings_add_unchecked  what could not be, and what was not checked
 * findings_add_all        the others, kind after kind
 * findings_add_centers    options of a select: centers that have findings
 * findings_add_kinds      the same of the codes that there are
 * findings_add_json       {"findings":[...]}, the objects of check --json
 */
void findings_add_summary(struct bytes *out, const struct audit *audit);
void findings_add_unchecked(struct bytes *out, const struct audit *audit);
void findings_add_all(struct bytes *out, const struct audit *audit);
void findings_add_centers(struct bytes *out, const struct audit *audit);
void findings_add_kinds(struct bytes *out, const struct audit *audit);
void findings_add_json(struct bytes *out, const struct audit *audit);

#endif
