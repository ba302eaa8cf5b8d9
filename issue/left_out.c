/*
 * left_out.c - left_out.h.
 */
#include "issue/left_out.h"

#include "base/bytes.h"
#include "base/i18n.h"

/* "4, 7, 12, ..." */
static void
join_ids(const struct left_out *left, struct bytes *out)
{
	for (size_t i = 0; i < left->count && i < APPROVE_NAMED; i++)
		bytes_addf(
		    out, "%s%lld", i > 0 ? ", " : "", (long long)left->id[i]);
	bytes_add_text(out, left->count > APPROVE_NAMED ? ", ..." : "");
}

void
left_out_tell(const struct cli *cli, const struct picks *picks)
{
	const struct left_out *twice = &picks->duplicates;
	const struct left_out *again = &picks->again;
	const struct left_out *old = &picks->old;
	const struct left_out *orphaned = &picks->orphaned;
	struct bytes ids[4] = { 0 };

	join_ids(twice, &ids[0]);
	join_ids(again, &ids[1]);
	join_ids(old, &ids[2]);
	join_ids(orphaned, &ids[3]);
	if (twice->count > 0)
		cli_warn(cli,
		    ngettext("%zu draft looks like a person who has one "
			     "already and was left out: %s. Compare the two "
			     "(sello-issue show), then name or discard it",
			"%zu drafts look like a person who has one already "
			"and were left out: %s. Compare them (sello-issue "
			"show), then name or discard them",
			twice->count),
		    twice->count, (const char *)ids[0].at);
	if (again->count > 0)
		cli_warn(cli,
		    ngettext("%zu draft must be signed again by its drafter "
			     "and was left out: %s (sello-issue draft "
			     "--again)",
			"%zu drafts must be signed again by their drafters "
			"and were left out: %s (sello-issue draft --again)",
			again->count),
		    again->count, (const char *)ids[1].at);
	if (old->count > 0)
		cli_warn(cli,
		    ngettext("%zu draft was left out: %s. Its drafter signed "
			     "it with the key of before and has another one "
			     "now; nobody changed it. Discard it "
			     "(sello-issue discard) and enter it again",
			"%zu drafts were left out: %s. Their drafters signed "
			"them with the key of before and have another one "
			"now; nobody changed them. Discard them "
			"(sello-issue discard) and enter them again",
			old->count),
		    old->count, (const char *)ids[2].at);
	if (orphaned->count > 0)
		cli_warn(cli,
		    ngettext("%zu draft was left out: %s. Its drafter drafts "
			     "here no more. Discard it (sello-issue discard) "
			     "and let another drafter enter it again",
			"%zu drafts were left out: %s. Their drafters draft "
			"here no more. Discard them (sello-issue discard) and "
			"let another drafter enter them again",
			orphaned->count),
		    orphaned->count, (const char *)ids[3].at);
	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
		bytes_free(&ids[i]);
}
