/*
 * Any bytes as a report of a post. Of one that the list names, and that signed it,
 * the lines say again what the text says; of any other what is read is heads only.
 */
#include "ledger/gossip.h"
#include "tests/fuzz/mutate.h"

#include <stdlib.h>
#include <string.h>

#define NAME "RRP-ES/post/ES-GTGUA/1"

struct told {
	struct bytes text; /* the report, written again */
	size_t shown, heads;
};

size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t len, size_t max, unsigned seed)
{
	return mutate_note(NAME, data, len, max, seed);
}

static enum err
take_shown(void *ctx, const struct gossip_shown *shown, struct errtext *err)
{
	struct told *told = ctx;

	(void)err;
	gossip_add_shown(shown, &told->text);
	told->shown++;
	return ERR_OK;
}

static enum err
take_head(void *ctx, const void *note, size_t len, struct errtext *err)
{
	struct told *told = ctx;
	struct checkpoint head;
	struct note parsed;

	if (len > CHECKPOINT_MAX)
		abort();
	if (note_parse(note, len, &parsed, err) == ERR_OK)
		(void)checkpoint_parse(parsed.text, parsed.len, &head, err);
	gossip_add_head(note, len, &told->text);
	told->heads++;
	return ERR_OK;
}

/* Letters and heads may stand in any order, and one of either kind is told when it
 * is read: the same lines, in the same order. */
static void
check_listed(const uint8_t *data, size_t len, const struct gossip *report,
    const struct bytes *lines)
{
	struct bytes text = { 0 };
	struct note note;

	if (report->post == NULL ||
	    note_parse(data, len, &note, NULL) != ERR_OK ||
	    note_verify(&note, &report->post->report, NULL) != ERR_OK)
		abort();
	gossip_begin(report->origin, report->at, &text);
	bytes_add(&text, lines->at, lines->len);
	if (memcmp(text.at, data, text.len) != 0 || data[text.len] != '\n')
		abort();
	bytes_free(&text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct trust_post post = { .name = "ES-GTGUA/1" };
	const struct trust_list list = {
		.program = "RRP-ES", .posts = &post, .post_count = 1
	};
	struct told told = { 0 };
	const struct gossip_visitor visitor = { take_shown, take_head, &told };
	struct gossip_shown first;
	struct gossip report;
	bool is = gossip_is(data, len);

	mutate_note_key(NAME, &post.report);
	if (gossip_read(data, len, &list, &visitor, &report, NULL) == ERR_OK) {
		if (!is || told.heads != report.heads)
			abort();
		if (report.standing != GOSSIP_LISTED
			? told.shown > 0
			: told.shown != report.shown)
			abort();
		if (report.standing == GOSSIP_LISTED)
			check_listed(data, len, &report, &told.text);
		if (gossip_first_shown(data, len, &first) != (report.shown > 0))
			abort();
	}
	bytes_free(&told.text);
	return 0;
}
