/*
 * confirm.c - confirm.h.
 */
#include "base/confirm.h"

#include "base/clock.h"
#include "base/print.h"

#include <string.h>
#include <unistd.h>

bool
confirm_is_jump(int64_t now, int64_t newest)
{
	return newest != 0 && now - newest > CLOCK_ASK;
}

static int64_t
day_of(int64_t at)
{
	return at >= 0 ? at / CLOCK_DAY : (at - CLOCK_DAY + 1) / CLOCK_DAY;
}

/* "" when nothing comes. */
static void
ask(const char *why, const char *today, char *line, size_t size)
{
	print_to(stderr, "%s\n", why);
	print_to(stderr,
	    _("This computer's clock says that today is %s (UTC). Look at a "
	      "calendar. If that is right, type this date: "),
	    today);
	fflush(stderr);
	if (fgets(line, (int)size, stdin) == NULL)
		line[0] = '\0';
	line[strcspn(line, "\n")] = '\0';
}

enum err
confirm_date(
    const struct cli *cli, int64_t now, const char *why, struct errtext *err)
{
	const char *said = cli_value(cli, "confirm-date");
	char today[CLOCK_DATE_SIZE] = "?", line[64];

	clock_format_date(day_of(now), today);
	if (said == NULL && isatty(STDIN_FILENO) && isatty(STDERR_FILENO)) {
		ask(why, today, line, sizeof(line));
		said = line;
	}
	if (said == NULL)
		return err_set(err, ERR_CONFIG,
		    _("%s Nothing was done. Look at a calendar; if today is "
		      "%s (UTC), add --confirm-date %s"),
		    why, today, today);
	if (strcmp(said, today) == 0)
		return ERR_OK;
	return err_set(err, ERR_CONFIG,
	    _("the date given is %.20s, but this computer's clock says %s "
	      "(UTC): this computer's clock is suspected. Nothing was done; "
	      "set the clock right"),
	    said, today);
}

enum err
confirm_jump(const struct cli *cli, int64_t now, int64_t newest,
    const char *bearer, struct errtext *err)
{
	char here[CLOCK_INSTANT_SIZE] = "?", last[CLOCK_INSTANT_SIZE] = "?";
	struct errtext why = { 0 };

	if (!confirm_is_jump(now, newest) && !cli_has(cli, "confirm-date"))
		return ERR_OK;
	clock_format(now, here);
	clock_format(newest, last);
	err_set(&why, ERR_CONFIG,
	    _("This computer's clock says %s, but the newest signed date is "
	      "%s (%s): this computer's clock is suspected, it may run "
	      "ahead."),
	    here, last, bearer);
	return confirm_date(cli, now, why.text, err);
}

/* Neither y nor n is asked again; the end of what is typed is no. */
static bool
is_yes(const char *question)
{
	char line[64];

	for (;;) {
		print_to(stderr, "%s [y/n] ", question);
		fflush(stderr);
		if (fgets(line, sizeof(line), stdin) == NULL ||
		    strcmp(line, "n\n") == 0)
			return false;
		if (strcmp(line, "y\n") == 0)
			return true;
	}
}

enum err
confirm_yes(const struct cli *cli, const char *question, struct errtext *err)
{
	if (cli_has(cli, "yes"))
		return ERR_OK;
	if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO))
		return err_set(err, ERR_USAGE,
		    _("%s Nobody can answer here: add --yes if the answer is "
		      "yes"),
		    question);
	if (is_yes(question))
		return ERR_OK;
	return err_set(err, ERR_REFUSED, _("Nothing was done."));
}
