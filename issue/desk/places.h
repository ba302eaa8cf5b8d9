/*
 * places.h - where files may go: what is put in, and folders of before.
 */
#ifndef ISSUE_DESK_PLACES_H
#define ISSUE_DESK_PLACES_H

#include "base/bytes.h"
#include "issue/register/register.h"

/* places_add - datalist#places: removable media that are mounted now and, unless
 * reg is NULL, folders that were published to. */
void places_add(struct bytes *out, struct registry *reg);

#endif
