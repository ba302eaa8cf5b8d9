/*
 * printer.h - files to a printer, through CUPS's lp. Never scaled, since the
 * code's modules have a size, and on one side, since the back of a sheet would
 * be another person's letter.
 */
#ifndef ISSUE_PRINTER_H
#define ISSUE_PRINTER_H

#include "base/bytes.h"
#include "base/err.h"
#include "sheet/sheet.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * printer_ready - is there an lp in PATH, and, as far as the lpstat beside it
 * knows, the printer? ERR_CONFIG, naming the package or the way to a printer.
 *
 *   printer  as for printer_send()
 */
enum err printer_ready(const char *printer, struct errtext *err);

/*
 * printer_send - hand files over, in jobs of at most PRINTER_FILES.
 *
 *   printer  its name, or NULL or "": the user's own
 *
 * What lp says goes to stderr. ERR_OK; ERR_IO when lp does not take one; the
 * files stay.
 */
#define PRINTER_FILES 100
enum err printer_send(const char *printer, enum sheet_paper paper,
    char *const *path, size_t count, struct errtext *err);

/*
 * printer_send_bytes - one PDF, by lp's standard input: it lies in no file of
 * ours. lp has half a minute.
 *
 * ERR_OK; ERR_IO when lp does not take it or does not end.
 */
enum err printer_send_bytes(const char *printer, enum sheet_paper paper,
    const struct bytes *pdf, struct errtext *err);

#endif
