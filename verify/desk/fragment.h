/*
 * fragment.h - a result as a page shows it: one <section>, with all that the
 * command line shows and nothing more. Shape, word and color say the verdict,
 * each alone. What strangers wrote is escaped and stands apart (base/html.h).
 */
#ifndef VERIFY_DESK_FRAGMENT_H
#define VERIFY_DESK_FRAGMENT_H

#include "base/bytes.h"

struct judge;
struct judged;
struct display;

/*
 * fragment_add - append the section.
 *
 *   report  how people call the input: label
 *   kept    a sentence of what was kept as proof, or ""
 *
 * Its attributes data-verdict, data-rank (the worst is highest), data-reasons,
 * data-further (it stands behind the one before) and data-visit are for scripts, and
 * so are those inside it: data-reason, data-field with data-value.
 */
void fragment_add(struct bytes *out, const struct display *report,
    const struct judge *judge, const struct judged *judged, const char *kept);

#endif
