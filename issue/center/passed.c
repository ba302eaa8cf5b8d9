/*
 * passed.c - passed.h.
 */
#include "issue/center/passed.h"
#include "issue/center/login.h"
#include "issue/register/elsewhere.h"
#include "issue/register/setting.h"

#include "base/encode.h"
#include "base/i18n.h"
#include "base/sha256.h"
#include "log/publish.h"

#include <stdio.h>
#include <string.h>

#define SETTING   "guard-passed"
#define HEX_SIZE  (2 * CREDENTIAL_SIGNATURE_SIZE + 1)
#define WITNESSES 2

struct statement {
	struct log_seen log;
	char code[WITNESSES][PERSON_CODE_SIZE];
	uint8_t signature[WITNESSES][CREDENTIAL_SIGNATURE_SIZE];
};

static void
write_message(const char *center, const struct bytes *note,
    const struct log_seen *log, struct bytes *out)
{
	uint8_t digest[SHA256_SIZE];

	sha256(note->at, note->len, digest);
	bytes_addf(out, "sello-passed/v1\ncenter %s\nguard ", center);
	hex_encode(digest, sizeof(digest), out);
	bytes_addf(out, "\nlog %u %llu ", log->generation,
	    (unsigned long long)log->size);
	hex_encode(log->root.at, sizeof(log->root.at), out);
	bytes_add_text(out, "\n");
}

/* --- making -------------------------------------------------------------- */

static enum err
store_statement(
    struct act *act, const struct statement *statement, struct errtext *err)
{
	struct bytes text = { 0 };
	enum err rc;

	bytes_addf(&text, "%u %llu", statement->log.generation,
	    (unsigned long long)statement->log.size);
	for (size_t i = 0; i < WITNESSES; i++) {
		bytes_addf(&text, " %s ", statement->code[i]);
		hex_encode(statement->signature[i],
		    sizeof(statement->signature[i]), &text);
	}
	bytes_add(&text, "", 1);
	rc = text.failed ? err_memory(err)
			 : register_set_setting(act->center->reg, SETTING,
			       (const char *)text.at, err);
	bytes_free(&text);
	return rc;
}

enum err
passed_make(struct act *act, const struct bytes *note, struct errtext *err)
{
	struct statement statement = {
		.log = { .generation = act->book.log->generation,
		    .size = act->book.head.range.size }
	};
	const struct person *const witness[WITNESSES] = { &act->actor,
		act_second(act) };
	struct bytes message = { 0 };
	enum err rc = ERR_OK;

	tree_range_root(&act->book.head.range, &statement.log.root);
	write_message(act->center->info.center, note, &statement.log, &message);
	if (message.failed)
		rc = err_memory(err);
	for (size_t i = 0; i < WITNESSES && rc == ERR_OK; i++) {
		const struct person *person = witness[i];

		if (person == NULL) {
			rc = err_set(err, ERR_CONFIG,
			    _("two persons must say that lines are lost"));
			break;
		}
		text_copy(statement.code[i], PERSON_CODE_SIZE, person->code);
		rc = credential_sign(person->credential, message.at,
		    message.len, statement.signature[i], err);
	}
	bytes_free(&message);
	return rc == ERR_OK ? store_statement(act, &statement, err) : rc;
}

/* --- reading ------------------------------------------------------------- */

static bool
read_statement(const char *text, struct statement *out)
{
	char hex[WITNESSES][HEX_SIZE];
	unsigned long long size;
	int end = 0;

	if (sscanf(text,
		"%6u %13llu %12[A-Z0-9] %128[0-9a-f] %12[A-Z0-9]"
		" %128[0-9a-f]%n",
		&out->log.generation, &size, out->code[0], hex[0], out->code[1],
		hex[1], &end) != 6 ||
	    text[end] != '\0')
		return false;
	out->log.size = size;
	for (size_t i = 0; i < WITNESSES; i++)
		if (!hex_decode_exact(hex[i], strlen(hex[i]), out->signature[i],
			sizeof(out->signature[i])))
			return false;
	return true;
}

/* The root that the register's own lines have at this size. */
static enum err
find_root(struct registry *reg, struct log_seen *seen, bool *found,
    struct errtext *err)
{
	struct register_log log = { .reg = reg,
		.generation = seen->generation };
	struct log_reader reader = register_log_reader(&log);
	struct log_head head = { .last_time = 0 };
	enum err rc =
	    register_log_head(reg, seen->generation, &head, found, err);

	*found = *found && seen->size > 0 && seen->size <= head.range.size;
	if (rc == ERR_OK && *found && seen->size == head.range.size)
		tree_range_root(&head.range, &seen->root);
	else if (rc == ERR_OK && *found)
		rc = log_edge_root(&reader, seen->size, &seen->root, err);
	register_log_head_clear(&head);
	return rc;
}

/* A person who is not there, or whose row is not the center's, has said
 * nothing. */
static enum err
check_witness(struct center *center, const struct statement *statement,
    size_t i, const struct bytes *message, unsigned *roles, bool *good,
    struct errtext *err)
{
	struct person person = { 0 };
	struct errtext why = { 0 };
	enum err rc = people_find(center, statement->code[i], &person, &why);

	*good = rc == ERR_OK && person.removed_at == 0 &&
	    credential_verify(person.keys.sign, message->at, message->len,
		statement->signature[i]);
	*roles |= ROLE_BIT(person.role);
	if (rc == ERR_OK || rc == ERR_NOT_FOUND || rc == ERR_REFUSED)
		return ERR_OK;
	return err_set(err, rc, "%s", why.text);
}

static enum err
check_witnesses(struct center *center, const struct statement *statement,
    const struct bytes *message, bool *good, struct errtext *err)
{
	unsigned roles = 0;
	enum err rc = ERR_OK;

	*good = strcmp(statement->code[0], statement->code[1]) != 0;
	for (size_t i = 0; i < WITNESSES && rc == ERR_OK && *good; i++)
		rc = check_witness(
		    center, statement, i, message, &roles, good, err);
	*good = *good && (roles & ROLE_BIT(ROLE_APPROVER)) != 0;
	return rc;
}

enum err
passed_is(struct center *center, const struct bytes *note, bool *passed,
    struct errtext *err)
{
	struct bytes text = { 0 }, message = { 0 };
	struct statement statement = { .log = { .size = 0 } };
	bool good = false;
	enum err rc = register_setting(center->reg, SETTING, &text, err);

	*passed = false;
	if (rc == ERR_OK && read_statement((const char *)text.at, &statement))
		rc = find_root(center->reg, &statement.log, &good, err);
	if (rc == ERR_OK && good) {
		write_message(
		    center->info.center, note, &statement.log, &message);
		rc = message.failed ? err_memory(err)
				    : check_witnesses(center, &statement,
					  &message, passed, err);
	}
	bytes_free(&text);
	bytes_free(&message);
	return rc;
}
