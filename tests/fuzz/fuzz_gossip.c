/*
 * Any bytes as a report of a post: what is read of one that nobody listed is
 * heads only, and each is at most as large as a head may be.
 */
#include "ledger/gossip.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static enum err
never(void *ctx, const struct gossip_shown *seen, struct errtext *err)
{
	(void)ctx;
	(void)seen;
	(void)err;
	abort(); /* no key of ours signed it */
}

static enum err
look_at(void *ctx, const void *note, size_t len, struct errtext *err)
{
	struct checkpoint head;
	struct note parsed;
	size_t *count = ctx;

	if (len > CHECKPOINT_MAX)
		abort();
	if (note_parse(note, len, &parsed, err) == ERR_OK)
		(void)checkpoint_parse(parsed.text, parsed.len, &head, err);
	(*count)++;
	return ERR_OK;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct trust_post post = { .name = "ES-GTGUA/1",
		.report = { .name = "RRP-ES/post/ES-GTGUA/1",
		    .type = VKEY_ED25519,
		    .id = { 2, 2, 2, 2 },
		    .key = { 0x8a, 0x6a, 0x57, 0x7a, 0x52, 0x2e, 0x06, 0xb0,
			0x2e, 0xcb, 0x72, 0x61, 0xdd, 0x57, 0x00, 0xde, 0xa3,
			0x9a, 0x62, 0xb5, 0xb0, 0xc0, 0x92, 0x48, 0x5a, 0x02,
			0xca, 0xf4, 0x24, 0x40, 0x99, 0x9f } } };
	const struct trust_list list = { .posts = &post, .post_count = 1 };
	size_t count = 0;
	const struct gossip_visitor visitor = { never, look_at, &count };
	struct gossip report;

	(void)gossip_is(data, len);
	if (gossip_read(data, len, &list, &visitor, &report, NULL) == ERR_OK &&
	    (count != report.heads || report.standing != GOSSIP_UNLISTED))
		abort();
	return 0;
}
