/* What the core says, for a page that has no options: http/words.h. */
#include "http/words.h"

#include "tests/check_main.h"

#include <string.h>

static const struct {
	const char *core, *page;
} texts[] = {
	{ "", "" },
	{ "nothing to leave out", "nothing to leave out" },
	{ "stand by it (--second)", "stand by it" },
	{ "a (--second), and b (--confirm-date)", "a, and b" },
	{ "Change it (sello-issue passphrase --as X --second CODE).",
	    "Change it." },
	{ "make one today (sello-issue backup).", "make one today." },
	{ "none yet; take one (sello-verify sync)", "none yet; take one" },
	{ "what posts export (--presentations FILE).", "what posts export." },
	{ "look (sello-verify recover --clock)",
	    "look (sello-verify recover --clock)" },
	{ "take it (sello-issue trust).", "take it (sello-issue trust)." },
	{ "two run: sello-issue recover --from COPY",
	    "two run: sello-issue recover --from COPY" },
	{ "Refused: somebody (AP2003), times: 1.",
	    "Refused: somebody (AP2003), times: 1." },
	{ "(--x) first", " first" },
	{ "a dash -- in words (so -- so)", "a dash -- in words (so -- so)" },
	{ "open (--second", "open (--second" },
	{ "two (a) (--b) (c)", "two (a) (c)" },
	{ "rename (or give --ignore-column NAME for each)", "rename" },
};

START_TEST(leaves_out)
{
	char text[128];

	strcpy(text, texts[_i].core);
	ck_assert_str_eq(words_of_page(text), texts[_i].page);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("words");
	TCase *t = tcase_create("words");

	tcase_add_loop_test(
	    t, leaves_out, 0, (int)(sizeof(texts) / sizeof(texts[0])));
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
