/*
 * roster_store.c - the roster as text: roster.h.
 *
 *   roster PHASE NEXT FOUNDED ROSTERS LETTERS NEWEST FOUNDER
 *   key HEX CODE GIVER                            in the order of their places
 *   person CODE ENTERED VOUCHED SPENT VIEW VIEW   what counts, what was seen
 *   before CODE STOOD SPENT                       when this generation began
 *   removed CODE SINCE SIZE DONE                  SIZE - for none
 *   earlier NAME, signer NAME                     of a key of the center's: it
 *                                                 signed an earlier log, or this
 *
 * A view is three words: does the person stand, role, place of the key.
 */
#include "base/array.h"
#include "base/bytes.h"
#include "base/encode.h"
#include "ledger/roster_parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
save_view(const struct roster_view *view, struct bytes *out)
{
	bytes_addf(out, " %d %c %u", view->standing,
	    view->role == '\0' ? '-' : view->role, view->key);
}

void
roster_save(const struct roster *roster, struct bytes *out)
{
	size_t i;

	bytes_addf(out, "roster %d %" PRIu64 " %d %zu %d %" PRId64 " %s\n",
	    (int)roster->phase, roster->next, roster->founded, roster->rosters,
	    roster->letters, roster->newest,
	    roster->founder[0] == '\0' ? "-" : roster->founder);
	for (i = 0; i < roster->key_count; i++) {
		bytes_add_text(out, "key ");
		hex_encode(roster->key[i].point, PERSON_KEY_SIZE, out);
		bytes_addf(out, " %s %s\n", roster->key[i].owner,
		    roster->key[i].giver[0] != '\0' ? roster->key[i].giver
						    : "-");
	}
	for (i = 0; i < roster->count; i++) {
		const struct roster_person *p = &roster->person[i];

		bytes_addf(out, "person %s %d %d %" PRId64, p->code, p->entered,
		    p->vouched, p->spent);
		save_view(&p->counts, out);
		save_view(&p->seen, out);
		bytes_add_text(out, "\n");
		if (p->stood || p->spent_before != INT64_MIN)
			bytes_addf(out, "before %s %d %" PRId64 "\n", p->code,
			    p->stood, p->spent_before);
	}
	for (i = 0; i < roster->removal_count; i++) {
		const struct roster_removal *r = &roster->removal[i];

		bytes_addf(out, "removed %s %" PRId64, r->is.code, r->is.since);
		if (r->is.has_size)
			bytes_addf(out, " %" PRIu64, r->is.size);
		else
			bytes_add_text(out, " -");
		bytes_addf(out, " %d\n", r->done);
	}
	for (i = 0; i < roster->signer_count; i++)
		bytes_addf(out, "%s %s\n",
		    i < roster->signers_before ? "earlier" : "signer",
		    roster->signer[i]);
}

/* --- and back --------------------------------------------------------- */

static enum err
load_head(struct roster *roster, const char *line)
{
	char founder[PERSON_CODE_SIZE];
	int phase, founded, letters;

	if (sscanf(line,
		"roster %d %" SCNu64 " %d %zu %d %" SCNd64 " %12[-A-Z0-9]",
		&phase, &roster->next, &founded, &roster->rosters, &letters,
		&roster->newest, founder) != 7 ||
	    phase < ROSTER_EMPTY || phase > ROSTER_WORKING)
		return ERR_DATA;
	roster->phase = (enum roster_phase)phase;
	roster->founded = founded != 0;
	roster->letters = letters != 0;
	if (strcmp(founder, "-") != 0)
		text_copy(roster->founder, sizeof(roster->founder), founder);
	return ERR_OK;
}

/* Points are made keys of when they are needed: there may be many. */
static enum err
load_key(struct roster *roster, const char *line)
{
	struct roster_key key = { .key = NULL };
	char giver[PERSON_CODE_SIZE];

	if (roster->key_count == ROSTER_KEY_MAX ||
	    strlen(line) < 4 + 2 * PERSON_KEY_SIZE ||
	    !hex_decode_exact(
		line + 4, 2 * PERSON_KEY_SIZE, key.point, sizeof(key.point)) ||
	    sscanf(line + 4 + 2 * PERSON_KEY_SIZE, " %12[A-Z0-9] %12[-A-Z0-9]",
		key.owner, giver) != 2)
		return ERR_DATA;
	if (strcmp(giver, "-") != 0)
		text_copy(key.giver, sizeof(key.giver), giver);
	if (!ARRAY_ROOM(roster->key, roster->key_count, roster->key_cap))
		return ERR_MEMORY;
	roster->key[roster->key_count++] = key;
	return ERR_OK;
}

static bool
load_view(const struct roster *roster, int standing, char role, unsigned key,
    struct roster_view *out)
{
	bool any = person_role_word(role) != NULL;

	if (any ? key >= roster->key_count
		: role != '-' || standing != 0 || key != 0)
		return false;
	*out = (struct roster_view){ standing != 0, any ? role : '\0', key };
	return true;
}

static enum err
load_person(struct roster *roster, const char *line)
{
	char code[PERSON_CODE_SIZE], role[2];
	int entered, vouched, standing[2];
	struct roster_person *person;
	unsigned key[2];
	int64_t spent;
	enum err rc;

	if (sscanf(line,
		"person %12[A-Z0-9] %d %d %" SCNd64 " %d %c %u %d %c %u", code,
		&entered, &vouched, &spent, &standing[0], &role[0], &key[0],
		&standing[1], &role[1], &key[1]) != 10 ||
	    roster_find(roster, code) != NULL)
		return ERR_DATA;
	if ((person = roster_add(roster, code, &rc, NULL)) == NULL)
		return rc == ERR_LIMIT ? ERR_DATA : rc;
	person->entered = entered != 0;
	person->vouched = vouched != 0;
	person->spent = spent;
	return load_view(
		   roster, standing[0], role[0], key[0], &person->counts) &&
		load_view(roster, standing[1], role[1], key[1], &person->seen)
	    ? ERR_OK
	    : ERR_DATA;
}

static enum err
load_before(struct roster *roster, const char *line)
{
	char code[PERSON_CODE_SIZE];
	struct roster_person *person;
	int64_t spent;
	int stood;

	if (sscanf(line, "before %12[A-Z0-9] %d %" SCNd64, code, &stood,
		&spent) != 3 ||
	    (person = roster_get(roster, code)) == NULL)
		return ERR_DATA;
	person->stood = stood != 0;
	person->spent_before = spent;
	return ERR_OK;
}

static enum err
load_removal(struct roster *roster, const char *line)
{
	struct roster_removal made = { .done = false };
	char size[21];
	int done;

	if (sscanf(line, "removed %12[A-Z0-9] %" SCNd64 " %20s %d",
		made.is.code, &made.is.since, size, &done) != 4)
		return ERR_DATA;
	made.done = done != 0;
	made.is.has_size = strcmp(size, "-") != 0;
	if (made.is.has_size && sscanf(size, "%" SCNu64, &made.is.size) != 1)
		return ERR_DATA;
	if (!ARRAY_ROOM(
		roster->removal, roster->removal_count, roster->removal_cap))
		return ERR_MEMORY;
	roster->removal[roster->removal_count++] = made;
	return ERR_OK;
}

static enum err
load_signer(struct roster *roster, const char *line)
{
	char name[ENTRY_KEY_NAME_SIZE];

	if (sscanf(line, "%*s %8[0-9a-f]", name) != 1)
		return ERR_DATA;
	if (!ARRAY_ROOM(
		roster->signer, roster->signer_count, roster->signer_cap))
		return ERR_MEMORY;
	memcpy(roster->signer[roster->signer_count++], name, sizeof(name));
	return ERR_OK;
}

static enum err
load_earlier(struct roster *roster, const char *line)
{
	enum err rc = load_signer(roster, line);

	if (rc == ERR_OK)
		roster->signers_before++;
	return rc;
}

enum err
roster_load(struct roster *roster, const char *line)
{
	static const struct {
		const char *word;
		enum err (*load)(struct roster *roster, const char *line);
	} lines[] = {
		{ "roster ", load_head },
		{ "key ", load_key },
		{ "person ", load_person },
		{ "before ", load_before },
		{ "removed ", load_removal },
		{ "earlier ", load_earlier },
		{ "signer ", load_signer },
	};
	size_t i;

	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		if (strncmp(line, lines[i].word, strlen(lines[i].word)) == 0)
			return lines[i].load(roster, line);
	return ERR_DATA;
}
