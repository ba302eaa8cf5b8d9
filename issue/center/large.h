/*
 * large.h - which sheets of a letter are in large print: a word of the labels
 * that are stored with it, so that each copy printed again has the same bytes.
 */
#ifndef ISSUE_CENTER_LARGE_H
#define ISSUE_CENTER_LARGE_H

#include "base/bytes.h"
#include "base/err.h"

#include <jansson.h>
#include <stdbool.h>

/* large_set - in labels: from this copy on; 1: all. */
void large_set(json_t *labels, int copy);

/* large_at - is this copy? */
bool large_at(const json_t *labels, int copy);

/*
 * large_begin - the same in labels as the register has them, for copies to
 * come.
 *
 *   changed  out: false when they are large already
 *
 * ERR_DATA: the labels are damaged; ERR_MEMORY.
 */
enum err large_begin(
    struct bytes *labels, int copy, bool *changed, struct errtext *err);

#endif
