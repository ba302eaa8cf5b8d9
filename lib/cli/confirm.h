/*
 * confirm.h - a date that jumps is confirmed by a person before anything is
 * signed with it. One signature by a clock that runs ahead keeps a center, a
 * root and all posts busy for months, so a date that is more than POLICY_ASK
 * after the newest signed one is shown and must be typed.
 *
 * And the questions of yes and no. Each language answers in its own words; y,
 * n and q are always understood.
 */
#ifndef CLI_CONFIRM_H
#define CLI_CONFIRM_H

#include "base/i18n.h"
#include "cli/cli.h"

#include <stdio.h>

/* The option of every command that may ask. */
#define CONFIRM_OPTION                                                \
	{                                                             \
		"confirm-date", "YYYY-MM-DD",                         \
		    N_("today's date, where it must be typed"), false \
	}

/* confirm_is_jump - is `now` more than POLICY_ASK after `newest`? 0, nothing
 * signed yet: never. */
bool confirm_is_jump(int64_t now, int64_t newest);

/*
 * confirm_date - let a person say that this computer's date is right.
 *
 *   why  translated: why it is asked, sentences
 *
 * --confirm-date answers; without it a terminal is asked, once more after what
 * is no date. ERR_OK when what
 * was said is the day of `now`, here or in UTC; ERR_CONFIG (exit 78) for
 * anything else, or with nobody to ask: the text then has why, the date and
 * the option.
 */
enum err confirm_date(
    const struct cli *cli, int64_t now, const char *why, struct errtext *err);

/* confirm_is_today - is this the day of `now`, here or in UTC? False for what
 * is no date, too. */
bool confirm_is_today(const char *said, int64_t now);

/*
 * confirm_jump - confirm_date() when it is a jump, or --confirm-date was
 * given, which must always be right.
 *
 *   newest  newest signed time, 0: none
 *   bearer  translated, what bears it: "the trust list"
 */
enum err confirm_jump(const struct cli *cli, int64_t now, int64_t newest,
    const char *bearer, struct errtext *err);

enum confirm_answer {
	CONFIRM_YES,
	CONFIRM_NO,
	CONFIRM_STOP, /* q */
	CONFIRM_UNCLEAR,
};

/*
 * confirm_ask - write the question and the letters that answer it, read a
 * line.
 *
 *   stop  q is offered, too
 *
 * CONFIRM_STOP also at the end of input.
 */
enum confirm_answer confirm_ask(
    FILE *in, FILE *out, const char *question, bool stop);

/* The option of every command that has a question of yes or no. */
#define CONFIRM_YES_OPTION                                             \
	{                                                              \
		"yes", NULL, N_("do not ask before it is done"), false \
	}

#define CONFIRM_LETTER_SIZE 16
/* confirm_letter - what is shown for an answer: "y", or the screen's own. */
void confirm_letter(enum confirm_answer answer, char out[CONFIRM_LETTER_SIZE]);

/*
 * confirm_yes - let a person answer a question that is asked on stderr, asked
 * again for anything but yes or no. With --yes among the command's options and
 * given it is not asked.
 *
 *   question  translated, with its question mark
 *
 * ERR_OK for y; ERR_REFUSED for n, or nothing more to read; ERR_USAGE with
 * nobody to ask.
 */
enum err confirm_yes(
    const struct cli *cli, const char *question, struct errtext *err);

/* confirm_is_asked - will confirm_person() ask? Then what the question is
 * about is shown first. */
bool confirm_is_asked(const struct cli *cli);

/*
 * confirm_person - the same for what a script has always done unasked: without
 * a terminal the answer is yes.
 */
enum err confirm_person(
    const struct cli *cli, const char *question, struct errtext *err);

#endif
