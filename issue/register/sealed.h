/*
 * sealed.h - the rows of the center's sealed private keys, a name each, and of
 * the slots that persons open them with. What is in them, and who has a slot,
 * is issue/center/keyring.h's.
 *
 * Errors, where nothing else is said, as in issue/register/register.h.
 */
#ifndef ISSUE_REGISTER_SEALED_H
#define ISSUE_REGISTER_SEALED_H

#include "base/bytes.h"
#include "issue/register/register.h"

/* register_sealed - the sealed key of that name, added to out; ERR_CONFIG when
 * there is none. */
enum err register_sealed(struct registry *reg, const char *name,
    struct bytes *out, struct errtext *err);
/* register_set_sealed - in place of the one before; within a transaction. */
enum err register_set_sealed(struct registry *reg, const char *name,
    const struct bytes *sealed, struct errtext *err);
/* register_sealed_each - the names, in no order; what each() returns stops.
 * Nothing may be set or dropped meanwhile. */
enum err register_sealed_each(struct registry *reg,
    enum err (*each)(void *arg, const char *name, struct errtext *err),
    void *arg, struct errtext *err);
/* register_sealed_drop_others - all but these three; within a transaction. */
enum err register_sealed_drop_others(struct registry *reg, const char *sign,
    const char *log, const char *cosigner, struct errtext *err);

/* register_slot - a person's slot, added to out; nothing is when there is none,
 * or no such person. */
enum err register_slot(struct registry *reg, const char *code,
    struct bytes *out, struct errtext *err);
/* register_set_slot - in place of the one before; within a transaction. */
enum err register_set_slot(struct registry *reg, const char *code,
    const struct bytes *slot, struct errtext *err);
/* register_drop_slots - everybody's; within a transaction. */
enum err register_drop_slots(struct registry *reg, struct errtext *err);
/* register_drop_founding_slots - those of who founded the center, once somebody
 * else has one; within a transaction. */
enum err register_drop_founding_slots(
    struct registry *reg, struct errtext *err);

#endif
