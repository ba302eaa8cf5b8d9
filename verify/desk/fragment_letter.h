/*
 * fragment_letter.h - the signed fields of a letter that may be shown, as a list
 * for a page.
 */
#ifndef VERIFY_DESK_FRAGMENT_LETTER_H
#define VERIFY_DESK_FRAGMENT_LETTER_H

#include "base/bytes.h"

struct judge;
struct judged;

/*
 * fragment_letter - append every field in printed order, as people read it, each
 * with data-field and data-value, the key and value of the command line's JSON;
 * what only that has stands there unseen.
 */
void fragment_letter(
    struct bytes *out, const struct judge *judge, const struct judged *judged);

#endif
