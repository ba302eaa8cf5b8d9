/*
 * state.h - what the audit before this one accepted: a folder with the trust
 * list and one signed head a log, CENTER-GENERATION.checkpoint. No format of
 * its own: each file proves itself.
 */
#ifndef AUDIT_STATE_H
#define AUDIT_STATE_H

#include "audit/audit.h"

/*
 * state_read - add the heads of the state to the seen ones. One that cannot be
 * read or is no head of its log becomes a finding. ERR_OK, ERR_MEMORY.
 */
enum err state_read(struct audit *audit, struct errtext *err);

#endif
