/*
 * home_persons.c - who acts at a center by root.db: home_persons.h, home.h.
 *
 * What is refused here can never reach a list: a center where one role has
 * nobody, and a key that would be two persons', or a person's and a center's.
 */
#include "keys/home_persons.h"

#include "base/i18n.h"
#include "store/row.h"

#include <string.h>

/* --- may they act there? -------------------------------------------------- */

static enum err
check_roles(const struct trust_roster *roster, struct errtext *err)
{
	static const char roles[] = "DAM";

	for (const char *role = roles; *role != '\0'; role++) {
		size_t i = 0;

		while (i < roster->person_count &&
		    roster->persons[i].role != *role)
			i++;
		if (i == roster->person_count)
			return err_set(err, ERR_DATA,
			    _("the request names no %s (%s): a center needs "
			      "at least one person of each role; it adds them "
			      "with sello-issue officer add and sends the new "
			      "request"),
			    person_role_title(*role), person_role_word(*role));
	}
	return ERR_OK;
}

/* A key is one person's, at one center, for ever; so is its negative, which is
 * the same but for the first byte (trust/person.h). */
static enum err
check_key(struct home *home, const char *center,
    const struct trust_person *person, struct errtext *err)
{
	sqlite3_stmt *s = store_prepare(home->store,
	    "SELECT person.code, roster.center FROM person"
	    " JOIN roster ON roster.id = person.roster"
	    " WHERE substr(person.key, 2) = substr(?1, 2)"
	    " AND NOT (person.key = ?1 AND person.code = ?2"
	    "  AND roster.center = ?3)",
	    err);
	bool taken = false;
	enum err rc;

	store_bind_blob(s, 1, person->key, sizeof(person->key));
	store_bind_text(s, 2, person->code);
	store_bind_text(s, 3, center);
	rc = row_next(home->store, s, "tt", &taken, err);
	if (rc == ERR_OK && taken)
		rc = err_set(err, ERR_REFUSED,
		    _("the key of %s is that of %s at %s already; each person "
		      "needs a key of their own (sello-issue passphrase)"),
		    person->code, store_text(s, 0), store_text(s, 1));
	row_done(s);
	return rc;
}

/* Who was removed comes again only with a key that nobody heard before. */
static enum err
check_removed(const struct trust_center *center,
    const struct trust_person *person, struct errtext *err)
{
	if (trust_find_removed(center, person->code) == NULL)
		return ERR_OK;
	for (size_t i = 0; i < center->roster_count; i++)
		if (trust_roster_find_key(&center->rosters[i], person->key) !=
		    NULL)
			return err_set(err, ERR_REFUSED,
			    _("the root removed %s and with them this key; "
			      "the person comes again with a new key "
			      "(sello-issue passphrase), or is left out"),
			    person->code);
	return ERR_OK;
}

static enum err
check_persons(struct home *home, const struct trust_center *center,
    const struct trust_roster *roster, struct errtext *err)
{
	enum err rc = check_roles(roster, err);

	for (size_t i = 0; i < roster->person_count && rc == ERR_OK; i++) {
		rc = check_removed(center, &roster->persons[i], err);
		if (rc == ERR_OK)
			rc = check_key(
			    home, center->code, &roster->persons[i], err);
	}
	return rc;
}

static enum err
check_apart(
    const struct trust_roster *roster, EVP_PKEY *key, struct errtext *err)
{
	const struct trust_person *person;
	uint8_t point[PERSON_KEY_SIZE];

	if (person_key_point(key, point) != ERR_OK)
		return err_memory(err);
	if ((person = trust_roster_find_key(roster, point)) == NULL)
		return ERR_OK;
	return err_set(err, ERR_REFUSED,
	    _("a key of the center is that of %s; each needs a key of its own"),
	    person->code);
}

/* The list would not be read otherwise: no key of the center, of any time, is
 * a person's of any time. */
static enum err
check_center_keys(const struct trust_center *center, EVP_PKEY *key,
    const struct trust_roster *roster, struct errtext *err)
{
	enum err rc = ERR_OK;

	for (size_t i = 0; i < center->key_count && rc == ERR_OK; i++)
		rc = check_apart(roster, center->keys[i].key, err);
	for (size_t i = 0; i < center->roster_count && rc == ERR_OK; i++)
		rc = check_apart(&center->rosters[i], key, err);
	return rc;
}

enum err
home_persons_judge(struct home *home, const char *code, EVP_PKEY *key,
    const struct trust_roster *roster, bool *known, struct errtext *err)
{
	struct trust_center nothing = { .key_count = 0 };
	const struct trust_center *center;
	const struct trust_roster *last;
	struct trust_list *list = NULL;
	enum err rc;

	if ((rc = home_list(home, &list, err)) != ERR_OK)
		return rc;
	if ((center = trust_find_center(list, code)) == NULL) {
		text_copy(nothing.code, sizeof(nothing.code), code);
		center = &nothing;
	}
	last = trust_last_roster(center);
	*known = last != NULL && trust_roster_same(last, roster);
	rc = check_center_keys(center, key, roster, err);
	if (rc == ERR_OK && !*known)
		rc = check_persons(home, center, roster, err);
	trust_free(&list);
	return rc;
}

/* --- a roster that was read aloud ----------------------------------------- */

static enum err
add_person(struct home *home, int64_t roster, const struct trust_person *person,
    struct errtext *err)
{
	sqlite3_stmt *s = store_prepare(home->store,
	    "INSERT INTO person (roster, code, role, key)"
	    " VALUES (?1, ?2, ?3, ?4)",
	    err);

	store_bind_int(s, 1, roster);
	store_bind_text(s, 2, person->code);
	store_bind_text(s, 3, person_role_word(person->role));
	store_bind_blob(s, 4, person->key, sizeof(person->key));
	return store_run(home->store, s, err);
}

enum err
home_persons_add(struct home *home, const char *center,
    const struct trust_roster *roster, int64_t now, struct errtext *err)
{
	/* Never before the one before, whatever the clock says; and after
	 * what was said of persons in this very second: it brings them back. */
	sqlite3_stmt *s = store_prepare(home->store,
	    "INSERT INTO roster (center, since) SELECT ?1, max(?2,"
	    " coalesce((SELECT max(since) FROM roster WHERE center = ?1), ?2),"
	    " coalesce((SELECT max(since) + 1 FROM removed"
	    "  WHERE center = ?1), ?2))",
	    err);
	int64_t id;
	enum err rc;

	store_bind_text(s, 1, center);
	store_bind_int(s, 2, now);
	rc = store_run(home->store, s, err);
	id = store_last_id(home->store);
	for (size_t i = 0; i < roster->person_count && rc == ERR_OK; i++)
		rc = add_person(home, id, &roster->persons[i], err);
	return rc;
}
