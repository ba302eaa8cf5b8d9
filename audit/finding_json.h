/*
 * finding_json.h - a finding for programs; the keys are a contract
 * (docs/audit.md). The same for the command line and for pages.
 */
#ifndef AUDIT_FINDING_JSON_H
#define AUDIT_FINDING_JSON_H

#include "audit/finding.h"
#include "base/json.h"

/* finding_json - a new object, its texts in the language in force; NULL without
 * memory. */
json_t *finding_json(const struct finding *finding);

#endif
