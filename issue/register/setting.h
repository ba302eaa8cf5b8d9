/*
 * setting.h - the register's settings, a text a name, and their sum, by which a
 * change from outside is noticed (store/sums.h).
 *
 * Errors, where nothing else is said, as in issue/register/register.h.
 */
#ifndef ISSUE_REGISTER_SETTING_H
#define ISSUE_REGISTER_SETTING_H

#include "base/bytes.h"
#include "issue/register/register.h"

/* register_setting - a named text; "" when there is none. */
enum err register_setting(struct registry *reg, const char *name,
    struct bytes *out, struct errtext *err);
/* register_settings_fit - is the table what its sum says (store/sums.h)? */
enum err register_settings_fit(
    struct registry *reg, bool *fit, struct errtext *err);

/*
 * register_settle - two persons go on with a register whose settings or heads
 * of others were changed, or from which a log that ended was taken away: what
 * is believed of them is taken for good, within a transaction. Heads that do
 * not fit are forgotten, and so is what says that a guard need not be there, or
 * is in a place where it is not.
 */
enum err register_settle(struct registry *reg, struct errtext *err);
/* register_set_setting - NULL removes it. */
enum err register_set_setting(struct registry *reg, const char *name,
    const char *value, struct errtext *err);

#endif
