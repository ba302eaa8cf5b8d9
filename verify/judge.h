/*
 * judge.h - from one input to its results: everything that is in a file, each
 * with a verdict. Prints nothing; what is found is handed to a function.
 */
#ifndef VERIFY_JUDGE_H
#define VERIFY_JUDGE_H

#include "ledger/letter_state.h"
#include "scan/scan.h"
#include "verify/post/copy_shown.h"
#include "verify/post/post.h"
#include "verify/post/presentation.h"
#include "verify/post/reports.h"
#include "verify/verdict.h"

enum judged_carrier {
	JUDGED_NONE, /* nothing was found, or it could not be read */
	JUDGED_XML,
	JUDGED_PACKED,
	JUDGED_NUMBER, /* typed by hand */
};

/* One result. Lives until the function that got it returns. */
struct judged {
	const char *source; /* borrowed, as given */
	enum judged_carrier carrier;
	size_t page, last_page; /* of a PDF, from 1; 0: none */
	size_t line;    /* of a text with several codes, from 1; 0: none */
	size_t ignored; /* codes beside it that are not ours */
	size_t ignored_files; /* attached to it or beside it, not ours */
	struct judgement judgement;
	struct verdict_result result;
	struct authentic letter;
	/* from authenticated bytes, or as typed for JUDGED_NUMBER; or "" */
	char number[LETTER_NUMBER_SIZE];
	/* the center whose key the letter names, when the list has it */
	const struct trust_center *center;
	char key_name[DSIG_KEY_NAME_SIZE];
	struct bytes xml; /* the signed file, canonical; when authentic */
	/* what was shown before could not be looked up: self-test */
	bool look_failed;
	bool shown_here, shown_elsewhere; /* when judgement.presented */
	bool mismatch; /* here, once: of another person than the ID document */
	int64_t presented_at; /* the first time here; 0: not known */
	bool read_again;      /* the same visit goes on: recorded already */
	int64_t visit; /* as it is recorded, for presentation_answer(); 0: it
			* is not */
	struct copy_shown elsewhere; /* the first time elsewhere */
	/* what the log has under a typed number */
	bool entered;
	struct history_letter entry;
	struct errtext detail; /* what exactly failed, or "" */
	/* the detail says what it is and what to do: better than the input's
	 * reason, which must fit everything */
	bool told;
	const char *is; /* what the file is when it is no letter, or NULL */
	bool further; /* pages behind a letter's first one: they have no code */
	struct errtext proof; /* against a typed number, or "" */
	enum scan_hint hint;  /* why nothing could be read, where known */
	/* why a letter that was to be recorded was not; ERR_OK: it was, or was
	 * not to be */
	enum err unrecorded;
	struct errtext unrecorded_why;
};

/* How to judge. Borrowed members. The post is refreshed before each input
 * (verify/post/post.h): what was synced a moment ago counts. */
struct judge {
	struct post *post;
	int64_t now; /* the clock, or --at */
	bool at_given;
	bool selftest_failed;
	enum presented_when presented; /* which presentations count */
	int64_t moment;                /* of this reading, by clock_moment() */
	bool record;        /* letters that may be shown, as they are judged */
	const char *answer; /* kept with them; NULL: not asked */
	void (*tell)(const struct judged *judged, void *arg);
	void *arg;
};

/* judge_presentation - what a post may keep of an authentic letter, shown
 * now: no name. Borrows nothing but the answer. */
struct presentation judge_presentation(
    const struct judge *judge, const struct judged *judged);

/* judge_begin - the next input comes now: a session lasts all day. For judges
 * without --at. */
void judge_begin(struct judge *judge);

/*
 * judge_bytes - a whole file of any type; tell() is called at least once: for
 * attached files, then page by page, from top to bottom. Neighboring pages of
 * which only the same is to be said, that no letter was read, are one result
 * with page < last_page. Of a mail or a zip only the letters in it are told, or
 * that there is none; source is CONTAINER/NAME then.
 */
void judge_bytes(const struct judge *judge, const char *source,
    const uint8_t *data, size_t len);

/*
 * judge_scanned - what the caller found in a picture: a camera's, say. As
 * judge_bytes(), but where nothing was found (ERR_OK with no items) tell() is
 * not called.
 */
void judge_scanned(const struct judge *judge, const char *source,
    const struct scan_result *found);

/* judge_typed - what a scanner or a person typed at a counter: a text with codes
 * (packed/find.h), or the number that is printed beside one. tell() is called for
 * each code, once where there is none. */
void judge_typed(const struct judge *judge, const char *source,
    const char *text, size_t len);

/* judge_too_long - more was typed than any code has. */
void judge_too_long(const struct judge *judge, const char *source);

/* judge_line - the text of one code; tell() is called once. */
void judge_line(const struct judge *judge, const char *source, const char *text,
    size_t len);

/* judge_number - a typed number in canonical form: never more than grey. */
void judge_number(
    const struct judge *judge, const char *source, const char *number);

/* judge_failure - an input that could not be read at all. judge_told - and the
 * detail says what to do instead. */
void judge_failure(const struct judge *judge, const char *source, enum err why,
    const struct errtext *detail);
void judge_told(const struct judge *judge, const char *source, enum err why,
    const struct errtext *detail);

/* judge_is_mismatch - are letters recorded with the answer that the identity
 * document is another person's? */
bool judge_is_mismatch(const struct judge *judge);

#endif
