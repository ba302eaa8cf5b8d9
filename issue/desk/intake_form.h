/*
 * intake_form.h - the controls of one person's form, what stands in them, and
 * the form as a file of one row.
 */
#ifndef ISSUE_DESK_INTAKE_FORM_H
#define ISSUE_DESK_INTAKE_FORM_H

#include "issue/desk/desk.h"
#include "issue/draft_report.h"

/* intake_form_csv - append what the request's form holds, as CSV; one that is
 * left empty is a row all the same, which lacks everything. ERR_MEMORY. */
enum err intake_form_csv(
    const struct turn *turn, struct bytes *out, struct errtext *err);

/* intake_form_is_typed - does it hold more than the language that is there from
 * the beginning? */
bool intake_form_is_typed(const struct turn *turn);

/* intake_form - the form, with what the report says of its one row beside each
 * control, and the preview below it. */
void intake_form(struct turn *turn, const struct draft_report *report);

#endif
