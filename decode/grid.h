/*
 * grid.h - symbols that are read module by module: finder patterns, homography,
 * mesh, module values, mended blocks. What comes out is each symbol as it was
 * meant, as a clean picture for zbar, which stays the reader of texts.
 */
#ifndef DECODE_GRID_H
#define DECODE_GRID_H

#include "decode/found.h"
#include "decode/gray.h"
#include "decode/held.h"
#include "decode/work.h"

struct grid; /* opaque */

/* What was seen of symbols in one picture. */
struct grid_seen {
	int finders;
	int triples; /* of finder patterns, that may be symbols */
	int symbols; /* of them that look like one and were looked at */
	int mended;
};

/* grid_new - NULL without memory. */
struct grid *grid_new(void);
/* grid_free - and NULL. */
void grid_free(struct grid **grid);

/* grid_reset - a file or page that was not seen before: places that are looked at
 * closely are counted anew. grid_is_tired - there were FINDER_CLOSE_MAX of them in all
 * its shapes, and no more are looked at. */
void grid_reset(struct grid *grid);
bool grid_is_tired(const struct grid *grid);

/*
 * grid_begin - the next picture, which is borrowed.
 *
 *   work   is counted there, and nothing is begun that is more than is left;
 *          borrowed
 *   take   is called with each symbol that is mended, and where it is
 */
typedef void grid_take(
    void *arg, const struct gray *symbol, const struct found_place *place);
void grid_begin(struct grid *grid, const struct gray *picture,
    struct work *work, grid_take *take, void *arg);

/*
 * grid_look - mend every symbol of the picture that can be.
 *
 *   look  where finders are looked for: the picture, or another shape of it, of
 *         any size, that shows them better; symbols are read in the picture
 *
 *   by  three finders; two, which are enough where version information stands
 *       beside one: more may seem to be symbols; or either, by areas (squares.h)
 *
 * A symbol that was looked at in vain is not looked at again.
 */
enum grid_by { GRID_TRIPLES, GRID_PAIRS, GRID_SQUARES };
void grid_look(struct grid *grid, const struct gray *look, enum grid_by by);

/*
 * grid_hold - what is known of a symbol from earlier frames, for the picture that
 * was begun.
 * grid_held - with this picture, if it shows the symbol and that could not be
 * mended yet; version is 0 otherwise. Borrowed until grid_begin().
 */
void grid_hold(struct grid *grid, const struct held *held);
const struct held *grid_held(const struct grid *grid);

/* grid_seen - since grid_begin(). */
const struct grid_seen *grid_seen(const struct grid *grid);

#endif
