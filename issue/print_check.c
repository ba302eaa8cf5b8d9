/*
 * print_check.c - print_check.h.
 */
#include "issue/print_check.h"

#include "base/i18n.h"
#include "packed/testpage.h"
#include "scan/scan.h"

#include <math.h>
#include <string.h>

/* What no printer and scanner do, in percent: the file's dots an inch are wrong. */
#define SCALE_MIN 50
#define SCALE_MAX 200

/* What a flat scan may be off, in millimeters (root of mean square). */
#define BENT_MM .7

#define CORNERS 4

/* The codes of one page of the scan. */
struct seen {
	const struct scan_place *place[TESTPAGE_CODES]; /* NULL: not read */
	size_t count;
};

/* --- which codes ------------------------------------------------------------ */

/* Which of the test page's codes it is; -1. */
static int
code_of(const struct scan_item *item)
{
	struct bytes text = { 0 };
	int found = -1;

	for (int i = 0; i < TESTPAGE_CODES && found < 0; i++) {
		bytes_reset(&text);
		testpage_text((uint8_t)i, &text);
		if (!text.failed && item->carrier == CARRIER_PACKED &&
		    item->data.len == text.len &&
		    memcmp(item->data.at, text.at, text.len) == 0)
			found = i;
	}
	bytes_free(&text);
	return found;
}

static struct seen
seen_on(const struct scan_result *found, size_t page)
{
	struct seen seen = { .count = 0 };

	for (size_t i = 0; i < found->count; i++) {
		const struct scan_item *item = &found->item[i];
		int code = item->page == page ? code_of(item) : -1;

		if (code < 0 || seen.place[code] != NULL)
			continue;
		seen.place[code] = &item->place;
		seen.count++;
	}
	return seen;
}

static struct seen
best_page(const struct scan_result *found)
{
	struct seen best = seen_on(found, 0), next;

	for (size_t page = 1; page <= found->page_count; page++) {
		next = seen_on(found, page);
		if (next.count > best.count)
			best = next;
	}
	return best;
}

/* --- how large -------------------------------------------------------------- */

/* Sums for the plane through values at places of the page; a corner each. */
struct plane {
	double n, x, y, xx, xy, yy;
	double v, vx, vy, vv;
};

/* A value is at + across x + down y; the rest squared, summed. */
struct slope {
	double across, down, rest;
};

static void
add(struct plane *p, double x, double y, double v)
{
	p->n++;
	p->x += x;
	p->y += y;
	p->xx += x * x;
	p->xy += x * y;
	p->yy += y * y;
	p->v += v;
	p->vx += v * x;
	p->vy += v * y;
	p->vv += v * v;
}

/* Least squares. The corners of one code are enough, so it always can be told. */
static struct slope
slope_of(const struct plane *p)
{
	double xx = p->xx - p->x * p->x / p->n, yy = p->yy - p->y * p->y / p->n;
	double xy = p->xy - p->x * p->y / p->n;
	double vx = p->vx - p->v * p->x / p->n, vy = p->vy - p->v * p->y / p->n;
	double vv = p->vv - p->v * p->v / p->n, det = xx * yy - xy * xy;
	struct slope s = { (vx * yy - vy * xy) / det, (vy * xx - vx * xy) / det,
		0 };

	s.rest = fmax(0, vv - s.across * vx - s.down * vy);
	return s;
}

/* In millimeters of the page as it is to be. */
static void
printed_at(int code, int corner, double *x, double *y)
{
	const struct testpage_code *c = &testpage_code[code];
	int side = TESTPAGE_MODULES * c->module;

	*x = (c->x + (corner == 1 || corner == 2 ? side : 0)) * TESTPAGE_DOT_MM;
	*y = (c->y + (corner >= 2 ? side : 0)) * TESTPAGE_DOT_MM;
}

/* In millimeters, or in pixels where these are not known. */
static double
seen_at(const struct scan_place *place, int corner, int axis)
{
	double side =
	    place->um[axis] > 0 ? place->um[axis] / 1e3 : place->side[axis];

	return place->corner[corner][axis] / 65536.0 * side;
}

static void
measure(const struct seen *seen, struct print_check *out)
{
	struct plane plane[2] = { { 0 } };
	struct slope right, below;
	const struct scan_place *any = NULL;
	double x, y, size;

	for (int code = 0; code < TESTPAGE_CODES; code++) {
		if (seen->place[code] == NULL)
			continue;
		any = seen->place[code];
		for (int corner = 0; corner < CORNERS; corner++) {
			printed_at(code, corner, &x, &y);
			add(&plane[0], x, y, seen_at(any, corner, 0));
			add(&plane[1], x, y, seen_at(any, corner, 1));
		}
	}
	right = slope_of(&plane[0]);
	below = slope_of(&plane[1]);
	/* of the page's own directions, however it lay on the glass */
	out->across = hypot(right.across, below.across);
	out->down = hypot(right.down, below.down);
	size = sqrt(out->across * out->down);
	out->scale = any->um[0] > 0 ? SCALE_KNOWN : SCALE_RATIO;
	if (!(size > 0) ||
	    sqrt((right.rest + below.rest) / plane[0].n) > BENT_MM * size)
		out->scale = SCALE_BENT;
	if (seen->count == 1)
		out->scale = SCALE_SHORT;
	for (int i = 0; i < 2 && any->um[0] > 0; i++)
		out->dots[i] = any->side[i] * 25.4e3 / any->um[i];
}

static bool
is_thinkable(double scale)
{
	return scale >= SCALE_MIN && scale <= SCALE_MAX;
}

static void
to_percent(struct print_check *out)
{
	double of;

	if (out->scale == SCALE_KNOWN &&
	    (!is_thinkable(out->across * 100) ||
		!is_thinkable(out->down * 100))) {
		out->scale = SCALE_RATIO;
		out->dots[0] = out->dots[1] = 0;
	}
	of = out->scale == SCALE_RATIO ? out->down : 1;
	out->across *= 100 / of;
	out->down *= 100 / of;
}

/* --- the answer ------------------------------------------------------------- */

static void
decide(const struct seen *seen, struct print_check *out)
{
	bool missing = false;

	for (int i = 0; i < TESTPAGE_CODES; i++) {
		out->read[i] = seen->place[i] != NULL;
		if (out->read[i]) {
			out->finest = i;
			out->gap = missing;
		}
		missing |= !out->read[i];
	}
	out->use = out->finest - 1;
	if (out->finest < TESTPAGE_AS_LETTERS)
		out->answer = PRINT_BAD;
	else if (out->finest == TESTPAGE_AS_LETTERS || out->gap)
		out->answer = PRINT_BARELY;
	else
		out->answer = PRINT_GOOD;
}

bool
print_check_has_scale(const struct print_check *check)
{
	return check->scale == SCALE_KNOWN || check->scale == SCALE_RATIO;
}

bool
print_check_is_scaled(const struct print_check *check)
{
	return print_check_has_scale(check) &&
	    (fabs(check->across - 100) >= PRINT_SCALE_OFF ||
		fabs(check->down - 100) >= PRINT_SCALE_OFF);
}

/* Why the reader saw no code, in words for this page and not for a letter. */
static enum err
say_unread(enum scan_hint hint, struct errtext *err)
{
	if (hint == HINT_NO_CODE)
		return err_set(err, ERR_UNREADABLE,
		    _("no code is seen here; give a scan of the test page that "
		      "sello-issue proof prints"));
	if (hint != HINT_NONE && hint != HINT_FORMAT)
		err_prefix(err, "%s",
		    _("none of its codes could be read. If it is the test "
		      "page, printer or scanner are not good enough"));
	return ERR_UNREADABLE;
}

enum err
print_check(const uint8_t *data, size_t len, struct print_check *out,
    struct errtext *err)
{
	struct scan_result found = { 0 };
	enum err rc = scan_places(data, len, &found, err);
	struct seen seen;

	if (rc == ERR_UNREADABLE)
		return say_unread(found.hint, err);
	if (rc != ERR_OK)
		return rc;
	seen = best_page(&found);
	if (seen.count == 0)
		rc = err_set(err, ERR_DATA,
		    _("this is no scan of the test page; print it with "
		      "sello-issue proof, scan that, and give the scan"));
	/* a text that was typed shows no place */
	else if (found.item[0].place.side[0] == 0)
		rc = err_set(err, ERR_DATA,
		    _("this is the text of a code, not a scan of the page"));
	if (rc == ERR_OK) {
		*out = (struct print_check){ .across = 0 };
		decide(&seen, out);
		measure(&seen, out);
		to_percent(out);
	}
	scan_clear(&found);
	return rc;
}
