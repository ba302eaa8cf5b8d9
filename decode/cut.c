/*
 * cut.c - from the middle of a corner mark along its three middle modules, which
 * go on through the code, to the border or to the edge: decode/cut.h.
 *
 *     |  # # # # # # #        |
 *     |  #           #   # #  |  . the mark is seven modules wide; in three
 *   <-+--#---# # #---#-#-#-#--+> . rows of a code side by side hardly ever
 *   <-+--#---# # #---#---#-#--+> . four modules are light; the border is
 *   <-+--#---# # #---#-#---#--+> . that wide
 *     |  #           #     #  |
 */
#include "decode/cut.h"

#include "decode/corner.h"

#define TURNS_MIN 8 /* from dark to light and back: the mark, and some code */

/* One step along: is any of the three rows dark, and did the middle one turn? */
struct walk {
	const struct corners *found;
	int64_t side; /* to the rows beside the middle one */
	bool dark;
	int turns;
	int64_t gap; /* pixels since one of them was dark */
};

static bool
is_inside(const struct gray *picture, int64_t x, int64_t y)
{
	return x >= 0 && y >= 0 && x < picture->width && y < picture->height;
}

static bool
is_dark(const struct walk *walk, int64_t x, int64_t y)
{
	return is_inside(walk->found->picture, x, y) &&
	    corner_is_dark(walk->found, x, y);
}

static void
step(struct walk *walk, int64_t x, int64_t y, bool across)
{
	int64_t beside_x = across ? 0 : walk->side;
	int64_t beside_y = across ? walk->side : 0;
	bool dark = is_dark(walk, x, y);

	walk->turns += dark != walk->dark;
	walk->dark = dark;
	if (dark || is_dark(walk, x - beside_x, y - beside_y) ||
	    is_dark(walk, x + beside_x, y + beside_y))
		walk->gap = 0;
	else
		walk->gap++;
}

static bool
leads_out(
    const struct corners *found, const struct corner *mark, int dx, int dy)
{
	struct walk walk = {
		.found = found, .side = mark->width / 7, .dark = true
	};
	int64_t x = mark->x, y = mark->y;

	for (; is_inside(found->picture, x, y); x += dx, y += dy) {
		step(&walk, x, y, dy == 0);
		if (walk.gap * 2 > mark->width)
			return false; /* the border */
	}
	return walk.turns >= TURNS_MIN && walk.gap * 7 <= mark->width * 2;
}

bool
cut_off(const struct gray *picture)
{
	struct corners found;
	size_t i;

	corner_find(picture, &found);
	for (i = 0; i < found.count; i++)
		if (leads_out(&found, &found.at[i], 1, 0) ||
		    leads_out(&found, &found.at[i], -1, 0) ||
		    leads_out(&found, &found.at[i], 0, 1) ||
		    leads_out(&found, &found.at[i], 0, -1))
			return true;
	return false;
}
