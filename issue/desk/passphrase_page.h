/*
 * passphrase_page.h - somebody takes another passphrase, and new keys: as
 * `sello-issue passphrase`, beside whom that asks for. Also who was given a
 * first one, and can therefore not sign in yet.
 */
#ifndef ISSUE_DESK_PASSPHRASE_PAGE_H
#define ISSUE_DESK_PASSPHRASE_PAGE_H

#include "issue/desk/desk.h"

/* passphrase_form - #change-passphrase. code: whose; NULL: is typed. */
void passphrase_form(struct turn *turn, const char *code);

/* own_page - the same, of who is signed in. */
void own_page(struct turn *turn);

/*
 * passphrase_act - by the form's person, passphrase, new-passphrase and
 * again-passphrase; whoever is signed in is not any more, what they had begun
 * waits. ERR_DATA: the two differ; errors as session_prove(), staff_open_own()
 * and staff_own().
 */
enum err passphrase_act(struct turn *turn, struct errtext *err);

#endif
