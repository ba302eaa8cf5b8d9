/*
 * suspect.c - suspect.h.
 */
#include "base/suspect.h"
#include "base/local.h"

#include "base/i18n.h"
#include "base/policy.h"

enum suspect
suspect_clock(int64_t now, int64_t other, int64_t witness)
{
	(void)other; /* that it is later is why anybody asks */
	if (witness > now + POLICY_SLACK)
		return SUSPECT_THIS;
	if (witness != 0 && now - witness <= POLICY_ALONE)
		return SUSPECT_OTHER;
	return SUSPECT_EITHER;
}

static const char *
reason(enum suspect suspect)
{
	switch (suspect) {
	case SUSPECT_THIS:
		return _("This computer's clock is suspected: another signed "
			 "date is later than it, too. Set it right.");
	case SUSPECT_OTHER:
		return _("The other clock is suspected, it ran ahead: this "
			 "computer's fits what was signed before.");
	case SUSPECT_EITHER:
		break;
	}
	return _("One of the two clocks is wrong: compare this computer's "
		 "date with a calendar first.");
}

enum err
suspect_set(struct errtext *err, enum err code, const char *what, int64_t other,
    int64_t now, int64_t witness)
{
	char there[LOCAL_SIZE] = "?", here[LOCAL_SIZE] = "?";

	local_format(other, there);
	local_format(now, here);
	return err_set(err, code,
	    _("%s is dated %s, but this computer's clock says %s. %s"), what,
	    there, here, reason(suspect_clock(now, other, witness)));
}
