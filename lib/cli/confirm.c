/*
 * confirm.c - confirm.h.
 */
#include "cli/confirm.h"

#include "base/clock.h"
#include "base/local.h"
#include "base/policy.h"
#include "base/print.h"
#include "base/utf8.h"

#include <string.h>
#include <unistd.h>

bool
confirm_is_jump(int64_t now, int64_t newest)
{
	return newest != 0 && now - newest > POLICY_ASK;
}

static int64_t
day_of(int64_t at)
{
	return at >= 0 ? at / CLOCK_DAY : (at - CLOCK_DAY + 1) / CLOCK_DAY;
}

/* The answer to what was asked on out. The whole line is read, or its rest
 * would answer the next question; where the typing ends instead, the cursor
 * does not stay behind the question. */
static bool
read_line(FILE *in, FILE *out, char *line, size_t size)
{
	int c;

	print_flush(out);
	if (fgets(line, (int)size, in) == NULL) {
		if (isatty(fileno(in)))
			print_to(out, "\n");
		return false;
	}
	if (strchr(line, '\n') == NULL && strlen(line) + 1 == size) {
		line[0] = '\0';
		while ((c = getc(in)) != EOF && c != '\n')
			;
	}
	return true;
}

static bool
is_date(const char *said)
{
	int64_t day;

	return clock_parse_date(said, &day);
}

/* False where the typing has ended; "" then. */
static bool
ask_once(const char *today, char *line, size_t size)
{
	bool more;

	print_to(stderr,
	    _("This computer's clock says that today is %s. Look at a "
	      "calendar. If that is right, type this date: "),
	    today);
	if (!(more = read_line(stdin, stderr, line, size)))
		line[0] = '\0';
	line[strcspn(line, "\n")] = '\0';
	return more;
}

/* What is no date is a slip, and asked once more. "" when nothing comes. */
static void
ask(const char *why, const char *today, char *line, size_t size)
{
	print_to(stderr, "%s\n", why);
	if (ask_once(today, line, size) && !is_date(line))
		(void)ask_once(today, line, size);
}

/* A calendar on the wall has the day here; lines and lists have UTC's, which
 * scripts may give. */
bool
confirm_is_today(const char *said, int64_t now)
{
	char today[CLOCK_DATE_SIZE], utc[CLOCK_DATE_SIZE] = "?";

	local_date(now, today);
	clock_format_date(day_of(now), utc);
	return is_date(said) &&
	    (strcmp(said, today) == 0 || strcmp(said, utc) == 0);
}

enum err
confirm_date(
    const struct cli *cli, int64_t now, const char *why, struct errtext *err)
{
	const char *said = cli_value(cli, "confirm-date");
	char today[CLOCK_DATE_SIZE], line[64];

	local_date(now, today);
	if (said == NULL && isatty(STDIN_FILENO) && isatty(STDERR_FILENO)) {
		ask(why, today, line, sizeof(line));
		said = line;
	}
	/* a slip, or nothing, is no other date: it suspects no clock */
	if (said == NULL || said[0] == '\0')
		return err_set(err, ERR_CONFIG,
		    _("%s Nothing was done. Look at a calendar; if today is "
		      "%s, add --confirm-date %s"),
		    why, today, today);
	if (!is_date(said))
		return err_set(err, ERR_CONFIG,
		    _("that is no date as it is asked for. Nothing was done. "
		      "Look at a calendar; if today is that day, write it as "
		      "%s%s: year, month, day"),
		    said != line ? "--confirm-date " : "", today);
	if (confirm_is_today(said, now))
		return ERR_OK;
	return err_set(err, ERR_CONFIG,
	    _("the date given is %.20s, but this computer's clock says %s: "
	      "this computer's clock is suspected. Nothing was done; set the "
	      "clock right"),
	    said, today);
}

enum err
confirm_jump(const struct cli *cli, int64_t now, int64_t newest,
    const char *bearer, struct errtext *err)
{
	char here[LOCAL_SIZE] = "?", last[LOCAL_SIZE] = "?";
	struct errtext why = { 0 };

	if (!confirm_is_jump(now, newest) && !cli_has(cli, "confirm-date"))
		return ERR_OK;
	local_format(now, here);
	local_format(newest, last);
	err_set(&why, ERR_CONFIG,
	    _("This computer's clock says %s, but the newest signed date is "
	      "%s (%s): this computer's clock is suspected, it may run "
	      "ahead."),
	    here, last, bearer);
	return confirm_date(cli, now, why.text, err);
}

/* --- yes and no ---------------------------------------------------------- */

/* TRANSLATORS: what people may type for yes, then for no: the letter that the
 * question shows first, then words, separated by spaces. y, n and q (stop) are
 * always understood, so no letter here may be one of these with another
 * meaning. */
static const char *const words[] = { N_("y yes"), N_("n no"), "q" };

static bool
is_among(const char *list, const char *word, size_t len)
{
	size_t one;

	for (; *list != '\0'; list += one + strspn(list + one, " ")) {
		one = strcspn(list, " ");
		if (one > 0 && utf8_is_same_word(list, one, word, len))
			return true;
	}
	return false;
}

static enum confirm_answer
answer_of(const char *line)
{
	const char *word = line + strspn(line, " \t");
	size_t len = strlen(word);

	while (len > 0 && strchr(" \t\r\n", word[len - 1]) != NULL)
		len--;
	for (int i = CONFIRM_YES; i < CONFIRM_UNCLEAR; i++)
		if (is_among(words[i], word, len))
			return (enum confirm_answer)i;
	for (int i = CONFIRM_YES; i < CONFIRM_UNCLEAR; i++)
		if (is_among(_(words[i]), word, len))
			return (enum confirm_answer)i;
	return CONFIRM_UNCLEAR;
}

void
confirm_letter(enum confirm_answer answer, char out[CONFIRM_LETTER_SIZE])
{
	const char *list = answer < CONFIRM_UNCLEAR ? _(words[answer]) : "";

	snprintf(
	    out, CONFIRM_LETTER_SIZE, "%.*s", (int)strcspn(list, " "), list);
}

enum confirm_answer
confirm_ask(FILE *in, FILE *out, const char *question, bool stop)
{
	char yes[CONFIRM_LETTER_SIZE], no[CONFIRM_LETTER_SIZE], line[64];
	enum confirm_answer answer;

	confirm_letter(CONFIRM_YES, yes);
	confirm_letter(CONFIRM_NO, no);
	print_to(out, "%s [%s/%s%s] ", question, yes, no, stop ? "/q" : "");
	if (!read_line(in, out, line, sizeof(line)))
		return CONFIRM_STOP;
	answer = answer_of(line);
	return answer == CONFIRM_STOP && !stop ? CONFIRM_UNCLEAR : answer;
}

static bool
has_person(void)
{
	return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

/* Neither yes nor no is asked again; the end of what is typed is no. */
static bool
is_yes(const char *question)
{
	enum confirm_answer answer = CONFIRM_UNCLEAR;

	while (answer == CONFIRM_UNCLEAR)
		answer = confirm_ask(stdin, stderr, question, false);
	return answer == CONFIRM_YES;
}

enum err
confirm_yes(const struct cli *cli, const char *question, struct errtext *err)
{
	if (cli_has(cli, "yes"))
		return ERR_OK;
	if (!has_person())
		return err_set(err, ERR_USAGE,
		    _("%s Nobody can answer here: add --yes if the answer is "
		      "yes"),
		    question);
	if (is_yes(question))
		return ERR_OK;
	return err_set(err, ERR_REFUSED, _("Nothing was done."));
}

bool
confirm_is_asked(const struct cli *cli)
{
	return !cli_has(cli, "yes") && has_person();
}

enum err
confirm_person(const struct cli *cli, const char *question, struct errtext *err)
{
	return confirm_is_asked(cli) ? confirm_yes(cli, question, err) : ERR_OK;
}
