/*
 * ui.h - the few pieces of HTML that all pages of the staff desk are made of.
 * Labels and texts are translated by the caller; escaped here.
 */
#ifndef ISSUE_DESK_UI_H
#define ISSUE_DESK_UI_H

#include "base/bytes.h"
#include "issue/desk/desk.h"

/* A labelled text box. Members may be NULL but name and label. */
struct ui_box {
	const char *name, *label;
	const char *id;    /* NULL: the name */
	const char *type;  /* NULL: text */
	const char *value; /* what stands in it */
	const char *help;  /* below it */
	const char *more;  /* further attributes, our own */
};
/* ui_box - the box with its label. */
void ui_box(struct bytes *out, const struct ui_box *box);

/* ui_option - one of a select; `code` is what is sent, with its meaning. */
void ui_option(struct bytes *out, const char *code, const char *meaning,
    const char *chosen);

/* ui_form - <form data-to="to" ATTRIBUTES>; attributes: our own, or NULL. */
void ui_form(struct bytes *out, const char *to, const char *attributes);

/* ui_hidden - what is sent along. */
void ui_hidden(struct bytes *out, const char *name, const char *value);

/* ui_act - a button that sends act=WORD, data-act too. */
void ui_act(struct bytes *out, const char *act, const char *label);

/* ui_submit - the form's button of this id, which also sends act=id. */
void ui_submit(struct bytes *out, const char *id, const char *label);

/* ui_submit_if - the same, which cannot be pressed where it is not able. */
void ui_submit_if(
    struct bytes *out, const char *id, const char *label, bool able);

/* ui_second - #second-person and #second-passphrase. */
void ui_second(struct bytes *out);

/* ui_confirm - the box for today's date, where it is asked for. */
void ui_confirm(struct bytes *out, const struct turn *turn);

/* ui_may - have they one of these roles (session_has())? If not, #may-not says
 * who has, instead of buttons that would be refused. */
bool ui_may(struct turn *turn, unsigned roles);

/* ui_no_list - #no-list: why there are no consulates to choose from; nothing where
 * there is a trust list. */
void ui_no_list(const struct turn *turn, struct bytes *out);

/* ui_said - what the last thing done came to, once; then it is forgotten. */
void ui_said(struct desk *desk, struct bytes *out);

/* ui_begun - #begun: what somebody has begun, with the way there; or nothing. */
void ui_begun(const struct desk *desk, struct bytes *out);

/* ui_sign_in - the form for who comes, and how often somebody tried. */
void ui_sign_in(const struct desk *desk, struct bytes *out);

/* ui_letter - every field of a letter-to-be or a letter, as a list. */
void ui_letter(struct bytes *out, const struct letter *letter,
    const struct letter_labels *labels);

/* ui_pre - text of a terminal's screen, as it is. */
void ui_pre(struct bytes *out, const char *text);

/* ui_problem - [data-problem=CODE][data-field=KEY]. */
void ui_problem(
    struct bytes *out, enum problem_code code, int field, const char *text);

#endif
