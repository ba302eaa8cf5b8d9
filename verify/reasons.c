/*
 * reasons.c - reasons.h.
 */
#include "verify/reasons.h"

#include "base/i18n.h"

#include <string.h>
#include <unicase.h>
#include <unistr.h>

/* --- what is known -------------------------------------------------------- */

const char *
reasons_state(enum history_state state)
{
	switch (state) {
	case HISTORY_LIVE:
		return N_("It was neither withdrawn nor replaced.");
	case HISTORY_SUPERSEDED:
		return N_("The center replaced it by a newer letter.");
	case HISTORY_WITHDRAWN:
		return N_("The center withdrew it.");
	case HISTORY_FRAUD:
		return N_("The center withdrew it for fraud.");
	case HISTORY_VOID:
		return N_("It is void: a person signed it whom the root "
			  "custodian had removed, or who did not stand.");
	}
	return "";
}

static const char *
revoked(const struct judgement *j)
{
	if (j->log.letter == HISTORY_FRAUD || j->log.letter == HISTORY_VOID)
		return reasons_state(j->log.letter);
	if (j->key != NULL && j->key->status == KEY_REVOKED)
		return N_("The letter was made with a stolen key: the root "
			  "custodian revoked it.");
	return NULL;
}

static const char *
unlogged(const struct judgement *j)
{
	if (j->log.contradicted)
		return N_("The center's log says something else of this letter "
			  "than the letter does.");
	if (j->log.other_digest)
		return N_("The center's log has another letter under this "
			  "number.");
	return NULL;
}

static bool
is_list_old(const struct judgement *j)
{
	return j->list == NULL || j->now > j->list->not_after;
}

static const char *
stale(const struct judgement *j)
{
	if (j->list_unusable)
		return N_("This post's trust list cannot be used.");
	if (j->list == NULL)
		return N_("This post has no trust list yet.");
	if (is_list_old(j))
		return N_("This post's trust list is too old.");
	if (j->log.none_long)
		return N_("This post has never taken the center's log.");
	return N_("This post's copy of the center's log is too old.");
}

const char *
reasons_means(const struct judged *judged, enum reason reason)
{
	const struct judgement *j = &judged->judgement;
	const char *known = NULL;

	if (reason == F_REVOKED)
		known = revoked(j);
	else if (reason == F_UNLOGGED)
		known = unlogged(j);
	else if (reason == U_LIST_STALE)
		known = stale(j);
	return known != NULL ? known : reason_table[reason].sentence;
}

static bool
has(const struct judged *judged, enum reason reason)
{
	size_t i;

	for (i = 0; i < judged->result.count; i++)
		if (judged->result.reason[i] == reason)
			return true;
	return false;
}

const char *
reasons_next(const struct judged *judged, enum reason reason)
{
	if (reason == U_LIST_STALE && !is_list_old(&judged->judgement))
		return N_("Take the center's newest log (sello-verify "
			  "sync), then check again.");
	/* a date in doubt is nothing to send people home with */
	if (reason == R_NOTYET && has(judged, U_CLOCK))
		return N_("Settle the date first: until then tell the holder "
			  "no day.");
	return reason_table[reason].next;
}

/* --- what the detail says ------------------------------------------------- */

bool
reasons_is_told(const struct judged *judged, enum reason reason)
{
	return judged->told && judged->detail.text[0] != '\0' &&
	    (reason == U_UNREADABLE || reason == U_FOREIGN ||
		reason == U_GARBLED || reason == U_SIZE || reason == U_INPUT);
}

/* What reading a file says begins with its name, which was said already. */
static const char *
without_source(const struct judged *judged)
{
	const char *text = judged->detail.text;
	size_t len = strlen(judged->source);

	return strncmp(text, judged->source, len) == 0 &&
		strncmp(text + len, ": ", 2) == 0
	    ? text + len + 2
	    : text;
}

static void
add_capital(const char **text, struct bytes *out)
{
	uint8_t capital[8];
	ucs4_t c;
	int len = u8_strmbtouc(&c, (const uint8_t *)*text), made;

	if (len <= 0)
		return;
	made = u8_uctomb(capital, uc_toupper(c), sizeof(capital));
	if (made > 0)
		bytes_add(out, capital, (size_t)made);
	*text += len;
}

void
reasons_detail(const struct judged *judged, struct bytes *out)
{
	const char *text = without_source(judged);
	size_t len = strlen(text);
	bool ends = len == 0 || strchr(".?!:*", text[len - 1]) != NULL;

	add_capital(&text, out);
	bytes_add_text(out, text);
	/* what is to be typed is copied: nothing sticks to it */
	if (!ends && strstr(text, ": sello-") == NULL)
		bytes_add_byte(out, '.');
	bytes_add_byte(out, '\0');
	out->len -= out->len > 0;
}
