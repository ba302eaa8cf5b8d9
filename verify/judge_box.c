/*
 * judge_box.c - judge_box.h. All files are read first, then judged, so that each
 * letter can say how many others beside it gave none.
 */
#include "verify/judge_box.h"

#include "base/file.h"
#include "base/i18n.h"
#include "scan/format.h"
#include "verify/judge_document.h"
#include "verify/judge_letter.h"

#include <stdlib.h>
#include <string.h>

/* A file of it, as it was read. */
struct content {
	char *source; /* CONTAINER/NAME */
	struct scan_result found;
	bool letter;
};

struct contents {
	const struct judge *judge;
	const char *source;
	struct box *box;
	struct content at[BOX_FILE_MAX];
	size_t letters; /* files with some */
	size_t pages;   /* looked at */
	size_t vain;    /* scan_result.vain of all */
	/* the file that says most of why there is no letter, or NULL */
	const char *why_name;
	struct errtext why;
	enum scan_hint hint;
};

/* A picture that shows a code tells more than a file of a kind that is not
 * read, and that more than a picture of something else. */
static int
worth(enum scan_hint hint)
{
	switch (hint) {
	case HINT_TOO_SMALL:
	case HINT_BLURRED:
	case HINT_DARK:
	case HINT_GLARE:
	case HINT_CUT_OFF:
	case HINT_DAMAGED:
		return 2;
	case HINT_FORMAT:
		return 1;
	case HINT_NONE:
	case HINT_NO_CODE:
		break;
	}
	return 0;
}

static void
keep_why(struct contents *c, const char *name, enum scan_hint hint,
    const struct errtext *why)
{
	if (worth(hint) <= worth(c->hint))
		return;
	c->hint = hint;
	c->why_name = name;
	c->why = *why;
}

static enum err
read_file(struct contents *c, size_t i)
{
	const struct box_file *file = &c->box->file[i];
	struct content *content = &c->at[i];
	struct errtext why = { 0 };
	enum err rc;

	if (c->pages >= BOX_PAGE_MAX || c->vain > SCAN_VAIN_MAX) {
		c->box->is_cut = true;
		return ERR_OK;
	}
	content->source = file_join(c->source, file->name);
	if (content->source == NULL)
		return ERR_MEMORY;
	rc = scan_bytes(file->data.at, file->data.len, &content->found, &why);
	c->pages += content->found.looked > 0 ? content->found.looked : 1;
	c->vain += content->found.vain;
	if (rc == ERR_OK)
		rc = judge_has_letter(
		    c->judge, &content->found, &content->letter);
	else
		keep_why(c, file->name, content->found.hint, &why);
	c->letters += content->letter;
	c->box->is_cut |= content->found.is_cut && !content->letter;
	/* there is no decoder: no file will be read */
	return rc == ERR_CONFIG || rc == ERR_MEMORY || rc == ERR_IO ? rc
								    : ERR_OK;
}

static const char *
more_in_it(void)
{
	return _("There is more in it than is looked at: check its files one "
		 "by one.");
}

static void
add_sentence(struct errtext *text, const char *sentence)
{
	const struct errtext before = *text;

	err_set(text, ERR_UNREADABLE, "%s. %s", before.text, sentence);
}

/* A letter may also be where nobody looked. */
static void
say_nothing_there(const struct contents *c, struct errtext *text)
{
	struct errtext why = { 0 };
	const char *what = _("there is no letter in this folder that can be "
			     "read");

	if (c->box->type == MAGIC_MAIL)
		what = _("there is no letter in this e-mail that can be read; "
			 "ask for the PDF or a picture as its attachment, or "
			 "for the paper");
	else if (c->box->type == MAGIC_ZIP)
		what = _("there is no letter in this archive that can be read; "
			 "ask for the PDF, a picture or the paper");
	err_set(text, ERR_UNREADABLE, "%s", what);
	if (c->why_name != NULL) {
		why = c->why;
		err_prefix(&why, "%s", c->why_name);
		add_sentence(text, why.text);
	} else if (c->box->is_locked) {
		format_blame("archive-locked", &why);
		err_prefix(&why, "%s", c->source);
		add_sentence(text, why.text);
	}
	if (c->box->is_cut)
		add_sentence(text, more_in_it());
}

static void
give_nothing(const struct contents *c)
{
	struct judged judged = { .source = c->source,
		.told = true,
		.hint = c->why_name != NULL ? c->hint : HINT_FORMAT };

	judged.judgement.input = ERR_UNREADABLE;
	say_nothing_there(c, &judged.detail);
	judge_give(c->judge, &judged);
}

static void
give_letters(struct contents *c)
{
	struct within within = { .ignored_files = c->box->count - c->letters };
	size_t i;

	for (i = 0; i < c->box->count; i++)
		if (c->at[i].letter)
			judge_document(c->judge, c->at[i].source,
			    &c->at[i].found, NULL, &within);
	free(within.key);
}

static void
give_cut(const struct contents *c)
{
	struct errtext why = { 0 };

	err_set(&why, ERR_LIMIT, "%s", more_in_it());
	judge_told(c->judge, c->source, ERR_LIMIT, &why);
}

static void
free_contents(struct contents *c)
{
	size_t i;

	for (i = 0; i < c->box->count; i++) {
		free(c->at[i].source);
		scan_clear(&c->at[i].found);
	}
	free(c);
}

void
judge_box(const struct judge *judge, const char *source, struct box *box)
{
	struct contents *c = calloc(1, sizeof(*c));
	enum err rc = c != NULL ? ERR_OK : ERR_MEMORY;
	size_t i;

	if (c == NULL) {
		judge_failure(judge, source, rc, NULL);
		return;
	}
	c->judge = judge;
	c->source = source;
	c->box = box;
	for (i = 0; i < box->count && rc == ERR_OK; i++)
		rc = read_file(c, i);
	post_refresh(judge->post);
	if (rc != ERR_OK)
		judge_failure(judge, source, rc, NULL);
	else if (c->letters == 0)
		give_nothing(c);
	else
		give_letters(c);
	if (rc == ERR_OK && c->letters > 0 && box->is_cut)
		give_cut(c);
	free_contents(c);
}

/* One that could not be opened says why. */
static void
judge_opened(const struct judge *judge, const char *source, enum err rc,
    struct box *box, const struct errtext *why)
{
	struct judged judged = { .source = source,
		.told = true,
		.hint = HINT_FORMAT,
		.detail = *why };

	if (rc == ERR_OK)
		judge_box(judge, source, box);
	else if (rc == ERR_UNREADABLE) {
		post_refresh(judge->post);
		judged.judgement.input = rc;
		judge_give(judge, &judged);
	} else
		judge_failure(judge, source, rc, why);
	box_clear(box);
}

void
judge_packed(const struct judge *judge, const char *source, const uint8_t *data,
    size_t len)
{
	struct box box = { 0 };
	struct errtext why = { 0 };
	enum err rc = box_open(data, len, &box, &why);

	judge_opened(judge, source, rc, &box, &why);
}

void
judge_folder(const struct judge *judge, const char *path)
{
	struct box box = { 0 };
	struct errtext why = { 0 };
	enum err rc = box_open_folder(path, &box, &why);

	judge_opened(judge, path, rc, &box, &why);
}
