/*
 * structure.h - what Cairo 1.16 leaves out of a tagged PDF: languages,
 * pictures in words and attributes of elements; and that everything else on
 * the page, its rules and frames, is an artifact (ISO 32000-1, 14.8.2.2); and
 * how the characters of a font become its glyphs (ISO 14289-1, 7.21.3.2).
 * Inner header of the sheet.
 */
#ifndef SHEET_STRUCTURE_H
#define SHEET_STRUCTURE_H

#include "sheet/text.h"

#include <qpdf/qpdf-c.h>

/* structure_mark - write each mark into its element of the structure tree of
 * root; structure_fonts - fonts with more than Windows-1252 has say their map;
 * structure_artifacts - what no element encloses, on every page, becomes an
 * artifact. All note the library's errors in pdf; structure_artifacts is false
 * for them and without memory. */
void structure_mark(qpdf_data pdf, qpdf_oh root, const struct marks *marks);
void structure_fonts(qpdf_data pdf);
bool structure_artifacts(qpdf_data pdf);

#endif
