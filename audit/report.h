/*
 * report.h - an audit as one HTML file: no script, nothing from a network, no
 * colour that says what no word says; for A4 and Letter paper.
 */
#ifndef AUDIT_REPORT_H
#define AUDIT_REPORT_H

#include "audit/audit.h"
#include "base/bytes.h"

/* How every report begins: by this a later one knows what it may replace. */
#define REPORT_MARK "<!DOCTYPE html>\n<!-- a report of sello-audit -->\n"

/*
 * report_html - append the report in the language in force.
 *
 *   public  for everybody: no persons, no letter numbers, and counts from 1
 *           to 4 hidden, as are the sums from which one could work them out
 *
 * ERR_OK, ERR_MEMORY.
 */
enum err report_html(const struct audit *audit, bool public, struct bytes *out,
    struct errtext *err);

#endif
