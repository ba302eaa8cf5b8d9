/*
 * begun.c - begun.h.
 */
#include "issue/desk/begun.h"

#include "base/i18n.h"

#include <openssl/crypto.h>

#include <stdlib.h>
#include <string.h>

struct begun *
begun_of(struct begun **all, const char *code)
{
	struct begun *one = *all;

	while (one != NULL && strcmp(one->code, code) != 0)
		one = one->next;
	if (one != NULL || (one = calloc(1, sizeof(*one))) == NULL)
		return one;
	text_copy(one->code, sizeof(one->code), code);
	one->next = *all;
	return *all = one;
}

bool
begun_is_any(const struct begun *begun)
{
	return begun->form.len > 0 || begun->text.len > 0 ||
	    (begun->aside.len > 0 && !begun->aside_kept);
}

bool
begun_anybody(const struct begun *all)
{
	while (all != NULL && !begun_is_any(all))
		all = all->next;
	return all != NULL;
}

bool
begun_is_work(const struct begun *begun)
{
	return begun->form.len > 0 || (begun->text.len > 0 && begun->mended);
}

enum err
begun_keep_form(
    struct begun *begun, const struct bytes *form, struct errtext *err)
{
	secret_wipe(&begun->form);
	if (form->len == 0)
		return ERR_OK;
	if (form->len > BEGUN_FORM_MAX)
		return err_set(err, ERR_LIMIT, _("that is too long"));
	if (secret_new(&begun->form, form->len) != ERR_OK)
		return err_memory(err);
	memcpy(begun->form.at, form->at, form->len);
	return ERR_OK;
}

void
begun_end_form(struct begun *begun)
{
	secret_wipe(&begun->form);
	OPENSSL_cleanse(begun->supersedes, sizeof(begun->supersedes));
}

void
begun_end_file(struct begun *begun)
{
	bytes_wipe(&begun->text);
	begun->dates = DATE_ORDER_NONE;
	begun->mended = false;
	OPENSSL_cleanse(begun->file, sizeof(begun->file));
}

static void
drop(struct begun **at)
{
	struct begun *one = *at;

	*at = one->next;
	begun_end_form(one);
	begun_end_file(one);
	bytes_wipe(&one->aside);
	OPENSSL_cleanse(one, sizeof(*one));
	free(one);
}

void
begun_leave(struct begun **all, const char *code)
{
	struct begun *one = *all;

	while (one != NULL && strcmp(one->code, code) != 0)
		one = one->next;
	if (one == NULL || one->aside.len == 0 || one->aside_kept) {
		begun_drop(all, code);
		return;
	}
	begun_end_form(one);
	begun_end_file(one);
}

void
begun_drop(struct begun **all, const char *code)
{
	while (*all != NULL && strcmp((*all)->code, code) != 0)
		all = &(*all)->next;
	if (*all != NULL)
		drop(all);
}

void
begun_drop_all(struct begun **all)
{
	while (*all != NULL)
		drop(all);
}
