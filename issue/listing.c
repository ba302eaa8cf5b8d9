/*
 * listing.c - listing.h.
 */
#include "issue/listing.h"

#include "base/clock.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/html.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/local.h"
#include "base/print.h"
#include "letter/date.h"

#include <openssl/crypto.h>

#include <stdio.h>
#include <string.h>

#define NAME_WHOLE 32 /* places that nearly every name fits into */
#define NAMES_SIZE (2 * LETTER_NAME_SIZE + 2)
#define WHICH_SIZE 64
#define COLUMN_MAX 8

/* One line's texts. Personal data: wiped. */
struct line {
	const struct listed *listed;
	char names[NAMES_SIZE];
	char which[WHICH_SIZE]; /* number of the letter, or "draft 12" */
	char draft[24], copies[12];
	/* as a spreadsheet reads a time, by the clock here; and its zone */
	char issued[LOCAL_SIZE], drafted[LOCAL_SIZE];
	const char *issued_zone, *drafted_zone;
	/* of both a list shows people the day alone, by the clock here */
	char issued_day[CLOCK_DATE_SIZE], drafted_day[CLOCK_DATE_SIZE];
	char codes[WARNINGS_CODES_SIZE];
	char problems[48]; /* the first code, and how many more */
};

/* --- the texts of a line ------------------------------------------------- */

/* Two codes would take the names' room; what each means is below the table. */
static void
take_problems(struct line *line)
{
	size_t more = 0, first = strcspn(line->codes, " ");

	for (const char *at = line->codes; *at != '\0'; at++)
		more += *at == ' ';
	if (more == 0)
		snprintf(line->problems, sizeof(line->problems), "%.40s",
		    line->codes);
	else
		snprintf(line->problems, sizeof(line->problems), "%.*s +%zu",
		    first < 32 ? (int)first : 32, line->codes, more);
}

/* "2026-11-29 06:00" for a cell; returns what follows: "CST (UTC-06:00)". */
static const char *
take_time(int64_t at, char out[LOCAL_SIZE])
{
	size_t time = CLOCK_DATE_SIZE - 1 + LOCAL_CLOCK_SIZE;

	local_format(at, out);
	if (strlen(out) <= time)
		return "";
	out[time] = '\0';
	return out + time + 1;
}

static void
take_line(struct line *line, const struct listed *listed)
{
	const struct letter *l = &listed->letter;

	*line = (struct line){ .listed = listed, .issued_zone = "" };
	snprintf(line->names, sizeof(line->names), "%s%s%s", l->surnames,
	    l->surnames[0] && l->given_names[0] ? ", " : "", l->given_names);
	snprintf(
	    line->draft, sizeof(line->draft), "%lld", (long long)listed->draft);
	if (listed->is_letter) {
		memcpy(line->which, listed->number, sizeof(listed->number));
		snprintf(
		    line->copies, sizeof(line->copies), "%d", listed->copies);
		line->issued_zone = take_time(listed->issued_at, line->issued);
		local_date(listed->issued_at, line->issued_day);
	} else
		snprintf(line->which, sizeof(line->which), _("draft %lld"),
		    (long long)listed->draft);
	line->drafted_zone = take_time(listed->drafted_at, line->drafted);
	local_date(listed->drafted_at, line->drafted_day);
	warnings_codes(warnings_of(listed->problems), line->codes);
	take_problems(line);
}

/* --- for people ---------------------------------------------------------- */

/* clang-format off: each table as it stands on the screen */
static const struct table_column columns[][COLUMN_MAX] = {
	[LISTING_LETTERS] = {
		{ N_("Letter"), false, 0, 0 },
		{ N_("State"), false, 0, 0 },
		{ N_("Issued"), false, 1, 0 },
		{ N_("Copies"), true, 2, 0 },
		{ N_("Born"), false, 0, 0 },
		{ N_("Name"), false, 0, NAME_WHOLE },
	},
	[LISTING_DRAFTS] = {
		{ N_("Draft"), true, 0, 0 },
		{ N_("State"), false, 0, 0 },
		{ N_("Drafted"), false, 1, 0 },
		{ N_("By"), false, 2, 0 },
		{ N_("Born"), false, 0, 0 },
		{ N_("Name"), false, 0, NAME_WHOLE },
		{ N_("Row"), false, 3, 0 },
		{ N_("Problems"), false, 0, 0 },
	},
	[LISTING_FOUND] = {
		{ N_("Letter or draft"), false, 0, 0 },
		{ N_("State"), false, 0, 0 },
		{ N_("Issued"), false, 1, 0 },
		{ N_("Born"), false, 0, 0 },
		{ N_("Name"), false, 0, NAME_WHOLE },
	},
	[LISTING_ENDING] = {
		{ N_("Letter"), false, 0, 0 },
		{ N_("Valid until"), false, 0, 0 },
		{ N_("Consulate"), false, 1, 0 },
		{ N_("Born"), false, 0, 0 },
		{ N_("Name"), false, 0, NAME_WHOLE },
	},
	[LISTING_APPOINTMENTS] = {
		{ N_("Appointment"), false, 0, 0 },
		{ N_("Letter"), false, 0, 0 },
		{ N_("Consulate"), false, 1, 0 },
		{ N_("Born"), false, 0, 0 },
		{ N_("Name"), false, 0, NAME_WHOLE },
	},
};
/* clang-format on */

/* What people see of a line, in the order of `columns`. */
static void
take_cells(const struct listing *listing, const struct line *line,
    const char *cells[COLUMN_MAX])
{
	const struct letter *l = &line->listed->letter;
	const char *state = _(line->listed->state);
	const char *born = date_shown(i18n_language(), l->birth_date);
	const char *const texts[][COLUMN_MAX] = {
		[LISTING_LETTERS] = { line->which, state, line->issued_day,
		    line->copies, born, line->names },
		[LISTING_DRAFTS] = { line->draft, state, line->drafted_day,
		    line->listed->officer, born, line->names, line->listed->row,
		    line->problems },
		[LISTING_FOUND] = { line->which, state, line->issued_day, born,
		    line->names },
		[LISTING_ENDING] = { line->which, l->valid_until, l->consulate,
		    born, line->names },
		[LISTING_APPOINTMENTS] = { l->appointment_date, line->which,
		    l->consulate, born, line->names },
	};

	memcpy(cells, texts[listing->kind], sizeof(texts[0]));
}

static void
table_line(struct listing *listing, const struct line *line)
{
	const char *cells[COLUMN_MAX];

	if (listing->kind == LISTING_DRAFTS)
		listing->warnings |= warnings_of(line->listed->problems);
	take_cells(listing, line, cells);
	table_row(&listing->table, cells);
}

/* A code of a draft's problems, and what it means. */
static void
print_meanings(warnings_set warnings)
{
	for (int code = 0; code < PROBLEM_CODE_COUNT; code++)
		if ((warnings & WARNINGS_BIT(code)) != 0)
			print("%s: %s\n", problem_name((enum problem_code)code),
			    warnings_meaning((enum problem_code)code));
}

/* The titles in the screen's language; they outlive the printing. */
static bool
print_table(const struct listing *listing)
{
	struct table_column translated[COLUMN_MAX];
	struct table table = listing->table;

	for (size_t i = 0; i < table.column_count; i++) {
		translated[i] = table.column[i];
		translated[i].title = _(translated[i].title);
	}
	table.column = translated;
	if (!table_print(&table, stdout, table_width()))
		return false;
	print_meanings(listing->warnings);
	return true;
}

/* --- for programs -------------------------------------------------------- */

/* NULL for what is not there. */
static const char *
or_null(const char *text)
{
	return text[0] != '\0' ? text : NULL;
}

static void
json_head(
    json_t *object, const struct listing *listing, const struct listed *listed)
{
	if (listed->is_letter) {
		json_set_text(object, "letterNumber", listed->number);
		json_set_text(object, "state", listed->state);
		json_set_time(object, "issuedAt", listed->issued_at);
		json_object_set_new(
		    object, "copies", json_integer(listed->copies));
		return;
	}
	json_object_set_new(object, "draft", json_integer(listed->draft));
	json_set_text(object, "row", listed->row);
	json_set_text(object, "officer", listed->officer);
	json_set_text(object, "state", listed->state);
	if (listing->kind == LISTING_FOUND)
		json_set_text(object, "issuedAt", NULL);
}

static void
print_json(const struct listing *listing, const struct listed *listed,
    const char *match)
{
	const struct letter *l = &listed->letter;
	json_t *object = json_object();

	json_head(object, listing, listed);
	json_set_text(object, "surnames", or_null(l->surnames));
	json_set_text(object, "givenNames", or_null(l->given_names));
	json_set_text(object, "birthDate", or_null(l->birth_date));
	json_set_text(object, "consulate", or_null(l->consulate));
	json_set_text(object, "validUntil", or_null(l->valid_until));
	json_set_text(object, "appointmentDate", or_null(l->appointment_date));
	if (!listed->is_letter) {
		json_t *problems = json_loads(listed->problems, 0, NULL);

		json_object_set_new(
		    object, "problems", problems ? problems : json_array());
	} else
		json_set_text(object, "officer", listed->officer);
	if (match != NULL)
		json_set_text(object, "match", match);
	json_line(object);
}

/* --- for a page ---------------------------------------------------------- */

static void
page_head(struct listing *listing)
{
	const struct table *table = &listing->table;

	bytes_add_text(&listing->text, "<table id=\"list\"><thead><tr>");
	for (size_t i = 0; i < table->column_count; i++)
		html_element(&listing->text, "th", _(table->column[i].title));
	bytes_add_text(&listing->text, "</tr></thead><tbody>\n");
}

static void
page_line(struct listing *listing, const struct line *line)
{
	struct bytes *out = &listing->text;
	const char *cells[COLUMN_MAX];

	take_cells(listing, line, cells);
	bytes_add_text(out, "<tr");
	html_attribute(out, "data-listed",
	    line->listed->is_letter ? line->listed->number : line->draft);
	bytes_add_text(out, ">");
	for (size_t i = 0; i < listing->table.column_count; i++) {
		bytes_add_text(out, "<td>");
		html_stranger(out, cells[i]);
		bytes_add_text(out, "</td>");
	}
	bytes_add_text(out, "</tr>\n");
}

/* --- for a spreadsheet --------------------------------------------------- */

static void
csv_line(struct bytes *out, const char *const *cells, size_t count)
{
	for (size_t i = 0; i < count; i++)
		csv_add_cell(out, cells[i], i == 0);
	bytes_add_text(out, "\r\n");
}

static void
csv_head(struct bytes *out)
{
	static const char *const keys[] = { "letterNumber", "draft", "state",
		"surnames", "givenNames", "birthDate", "consulate",
		"appointmentDate", "validUntil", "issuedAt", "draftedAt",
		"officer", "approver", "copies", "row", "problems",
		"issuedZone", "draftedZone" };

	bytes_add_text(out, "\xef\xbb\xbf"); /* for Excel: this is UTF-8 */
	csv_line(out, keys, sizeof(keys) / sizeof(keys[0]));
}

static void
csv_row(struct bytes *out, const struct line *line)
{
	const struct listed *listed = line->listed;
	const struct letter *l = &listed->letter;
	/* in the order of csv_head() */
	const char *const cells[] = { listed->number, line->draft,
		listed->state, l->surnames, l->given_names, l->birth_date,
		l->consulate, l->appointment_date, l->valid_until, line->issued,
		line->drafted, listed->officer, listed->approver, line->copies,
		listed->row, line->codes, line->issued_zone,
		line->drafted_zone };

	csv_line(out, cells, sizeof(cells) / sizeof(cells[0]));
}

static enum err
write_csv(struct listing *listing, const struct cli *cli, struct errtext *err)
{
	const char *path = cli_value(cli, "csv");
	const struct bytes *csv = &listing->text;
	enum err rc;

	if (csv->failed)
		return err_memory(err);
	if (cli_has(cli, "overwrite"))
		rc = file_write(path, 0600, csv->at, csv->len, err);
	else if ((rc = file_write_new(path, 0600, csv->at, csv->len, err)) ==
	    ERR_EXISTS)
		err_set(err, rc,
		    _("%s: there is such a file already and it was kept; "
		      "choose another name, or give --overwrite"),
		    path);
	return rc;
}

/* What was written, and what it is. */
static void
tell_csv(const struct listing *listing, const struct cli *cli)
{
	const char *path = cli_value(cli, "csv");
	json_t *object;

	if (!cli->json) {
		print(ngettext("%s: %zu line. It holds personal data: keep it "
			       "safe, and delete it when it was used.",
			  "%s: %zu lines. It holds personal data: keep it "
			  "safe, and delete it when it was used.",
			  listing->count),
		    path, listing->count);
		print("\n");
		return;
	}
	object = json_object();
	json_set_text(object, "file", path);
	json_object_set_new(
	    object, "lines", json_integer((json_int_t)listing->count));
	json_line(object);
}

/* --- the list ------------------------------------------------------------ */

int
listing_usage(const struct cli *cli)
{
	const char *path = cli_value(cli, "csv");

	if (path != NULL && (path[0] == '\0' || strcmp(path, "-") == 0))
		return cli_usage(cli,
		    _("--csv takes the name of a file; what is to go through a "
		      "pipe is better taken with --json"));
	return 0;
}

void
listing_begin(
    struct listing *listing, enum listing_form form, enum listing_kind kind)
{
	*listing = (struct listing){
		.kind = kind, .form = form, .table = { .column = columns[kind] }
	};
	while (listing->table.column_count <
		sizeof(columns[0]) / sizeof(columns[0][0]) &&
	    columns[kind][listing->table.column_count].title != NULL)
		listing->table.column_count++;
	if (form == LISTING_CSV)
		csv_head(&listing->text);
	else if (form == LISTING_PAGE)
		page_head(listing);
}

void
listing_start(
    struct listing *listing, const struct cli *cli, enum listing_kind kind)
{
	listing_begin(listing,
	    cli_has(cli, "csv") ? LISTING_CSV
		: cli->json     ? LISTING_JSON
				: LISTING_TABLE,
	    kind);
}

void
listing_add(
    struct listing *listing, const struct listed *listed, const char *match)
{
	struct line line;

	listing->count++;
	if (listing->form == LISTING_JSON) {
		print_json(listing, listed, match);
		return;
	}
	take_line(&line, listed);
	if (listing->form == LISTING_CSV)
		csv_row(&listing->text, &line);
	else if (listing->form == LISTING_PAGE)
		page_line(listing, &line);
	else
		table_line(listing, &line);
	OPENSSL_cleanse(&line, sizeof(line));
}

enum err
listing_end(struct listing *listing, const struct cli *cli, struct errtext *err)
{
	enum err rc = ERR_OK;

	if (listing->form == LISTING_CSV) {
		if ((rc = write_csv(listing, cli, err)) == ERR_OK)
			tell_csv(listing, cli);
	} else if (listing->form == LISTING_TABLE && !print_table(listing))
		rc = err_memory(err);
	listing_clear(listing);
	return rc;
}

void
listing_take(struct listing *listing, struct bytes *out)
{
	if (listing->form == LISTING_PAGE)
		bytes_add_text(&listing->text, "</tbody></table>\n");
	bytes_add(out, listing->text.at, listing->text.len);
	out->failed |= listing->text.failed;
	listing_clear(listing);
}

void
listing_clear(struct listing *listing)
{
	table_clear(&listing->table);
	bytes_wipe(&listing->text);
}
