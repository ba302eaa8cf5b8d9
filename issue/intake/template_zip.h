/*
 * template_zip.h - the three files of a spreadsheet as one: a zip as
 * OpenDocument 1.2, part 3, wants it. The same bytes on every day.
 */
#ifndef ISSUE_INTAKE_TEMPLATE_ZIP_H
#define ISSUE_INTAKE_TEMPLATE_ZIP_H

#include "base/bytes.h"

#include <stdbool.h>

/* template_zip - append the file that holds this content.xml; false when
 * memory lacks. */
bool template_zip(const struct bytes *content, struct bytes *out);

#endif
