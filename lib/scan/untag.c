/*
 * untag.c - untag.h.
 */
#include "scan/untag.h"

/* The next tag or hard space, into what is before it and what is behind; false
 * where none is. What is never closed is a tag, too. */
static bool
split(struct reader *r, struct reader *before)
{
	static const char space[] = "&nbsp;";
	struct reader part;

	*before = (struct reader){ r->at, 0 };
	while (r->left > 0) {
		if (reader_skip_text(r, space))
			return true;
		if (r->at[0] == '<') {
			if (!reader_until(r, '>', &part))
				r->left = 0;
			else
				reader_take(r, 1, &part);
			return true;
		}
		reader_take(r, 1, &part);
		before->left++;
	}
	return false;
}

void
untag(struct reader page, struct bytes *out)
{
	struct reader words;

	while (split(&page, &words)) {
		bytes_add(out, words.at, words.left);
		bytes_add_text(out, " ");
	}
	bytes_add(out, words.at, words.left);
}
