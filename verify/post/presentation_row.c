/*
 * presentation_row.c - reading presentations, and what they are worth:
 * presentation.h.
 */
#include "base/i18n.h"
#include "base/sha256.h"
#include "ledger/shown.h"
#include "store/row.h"
#include "verify/post/presentation.h"

#include <string.h>

static const char *const answers[] = { "match", "mismatch", "none" };

/* --- one row ------------------------------------------------------------- */

bool
presentation_sum(
    const struct presentation *p, const char *post, uint8_t out[32])
{
	struct bytes all = { 0 };
	bool good;

	bytes_addf(&all, "%s\n%lld\n%lld\n%s\n%s\n%d\n%s\n", p->number,
	    (long long)p->issued_at, (long long)p->time, post,
	    p->answer != NULL ? p->answer : "-", p->elsewhere ? 1 : 0,
	    p->key_name);
	bytes_add(&all, p->digest, sizeof(p->digest));
	bytes_add(&all, p->signature, sizeof(p->signature));
	if ((good = !all.failed))
		sha256(all.at, all.len, out);
	bytes_free(&all);
	return good;
}

static bool
is_null(sqlite3_stmt *stmt, int column)
{
	return sqlite3_column_type(stmt, column) == SQLITE_NULL;
}

const char *
presentation_word(const char *answer)
{
	size_t i;

	for (i = 0; i < sizeof(answers) / sizeof(answers[0]); i++)
		if (strcmp(answer, answers[i]) == 0)
			return answers[i];
	return NULL;
}

static bool
read_answer(sqlite3_stmt *stmt, int column, const char **out)
{
	*out = presentation_word(store_text(stmt, column));
	return *out != NULL || is_null(stmt, column);
}

/* Key name and signature: both, or as in rows of earlier versions neither,
 * and no sum then. */
static bool
read_proof(sqlite3_stmt *stmt, int column, struct presentation *p)
{
	if (is_null(stmt, column) && is_null(stmt, column + 1))
		return true;
	return text_copy(p->key_name, sizeof(p->key_name),
		   store_text(stmt, column)) &&
	    row_blob(stmt, column + 1, p->signature, sizeof(p->signature));
}

static bool
sum_is_good(sqlite3_stmt *stmt, int column, const struct presentation *p,
    const char *post)
{
	uint8_t want[32], sum[32];

	if (is_null(stmt, column))
		return p->key_name[0] == '\0';
	return row_blob(stmt, column, want, sizeof(want)) &&
	    presentation_sum(p, post, sum) &&
	    memcmp(sum, want, sizeof(sum)) == 0;
}

void
presentation_read(sqlite3_stmt *stmt, struct presentation_row *out)
{
	struct presentation *p = &out->p;
	char post[sizeof(((struct post *)NULL)->name)];

	*out = (struct presentation_row){ .sound = true };
	out->sound &=
	    text_copy(p->number, sizeof(p->number), store_text(stmt, 0));
	out->sound &= row_blob(stmt, 1, p->digest, sizeof(p->digest));
	p->issued_at = store_int(stmt, 2);
	p->time = store_int(stmt, 3);
	out->sound &= text_copy(post, sizeof(post), store_text(stmt, 4));
	out->sound &= read_answer(stmt, 5, &p->answer);
	out->sound &= store_int(stmt, 6) == 0 || store_int(stmt, 6) == 1;
	p->elsewhere = store_int(stmt, 6) != 0;
	out->sound &= read_proof(stmt, 7, p);
	out->summed = !is_null(stmt, 9);
	out->sound = out->sound && sum_is_good(stmt, 9, p, post);
	out->aside = out->sound && out->summed &&
	    strcmp(post, PRESENTATION_NO_POST) == 0;
}

enum err
presentation_worth(const struct post *post, const struct presentation_row *row,
    enum presentation_worth *out, struct errtext *err)
{
	const struct presentation *p = &row->p;
	enum err rc = ERR_SIGNATURE;

	if (row->sound)
		rc = shown_verify(post->list, p->number, p->digest, p->key_name,
		    p->signature);
	if (err_is_inside(rc))
		return err_set(err, rc, _("out of memory"));
	*out = row->aside         ? PRESENTATION_ASIDE
	    : rc == ERR_OK        ? PRESENTATION_PROVEN
	    : rc == ERR_SIGNATURE ? PRESENTATION_DAMAGED
				  : PRESENTATION_UNPROVEN;
	return ERR_OK;
}

/* --- all of them --------------------------------------------------------- */

typedef enum err presentation_visit(
    void *ctx, const struct presentation_row *row, struct errtext *err);

static enum err
give_each(struct post *post, sqlite3_stmt *stmt, presentation_visit *visit,
    void *ctx, struct errtext *err)
{
	struct presentation_row row;
	enum err rc;

	while (store_step(post->store, stmt, &rc, err)) {
		presentation_read(stmt, &row);
		if ((rc = visit(ctx, &row, err)) != ERR_OK) {
			sqlite3_reset(stmt);
			return rc;
		}
	}
	return rc;
}

static enum err
refuse_unread(const struct post *post, struct errtext *err)
{
	return err_set(err, post->store_lost ? ERR_IO : post->store_why, "%s",
	    post->store_problem.text);
}

enum err
presentation_each(struct post *post, enum presentation_order order,
    enum err (*visit)(
	void *ctx, const struct presentation_row *row, struct errtext *err),
    void *ctx, struct errtext *err)
{
	if (post->store == NULL)
		return refuse_unread(post, err);
	return give_each(post,
	    store_prepare(post->store,
		order == BY_LETTER
		    ? "SELECT " PRESENTATION_COLUMNS " FROM presentation"
		      " ORDER BY number, digest, time"
		    : "SELECT " PRESENTATION_COLUMNS " FROM presentation"
		      " ORDER BY time / 86400 DESC, number, digest",
		err),
	    visit, ctx, err);
}

enum err
presentation_since(struct post *post, int64_t then,
    enum err (*visit)(
	void *ctx, const struct presentation_row *row, struct errtext *err),
    void *ctx, struct errtext *err)
{
	sqlite3_stmt *stmt;

	if (post->store == NULL)
		return refuse_unread(post, err);
	stmt = store_prepare(post->store,
	    "SELECT " PRESENTATION_COLUMNS " FROM presentation"
	    " WHERE time >= ?1 ORDER BY time DESC, id DESC",
	    err);
	if (stmt != NULL)
		store_bind_int(stmt, 1, then);
	return give_each(post, stmt, visit, ctx, err);
}

struct testing {
	const struct post *post;
	struct presentation_counts counts;
	struct presentation last; /* rows come by letter */
};

static enum err
count_row(void *ctx, const struct presentation_row *row, struct errtext *err)
{
	struct testing *t = ctx;
	enum presentation_worth worth = PRESENTATION_DAMAGED;
	enum err rc = presentation_worth(t->post, row, &worth, err);

	if (rc != ERR_OK)
		return rc;
	t->counts.all++;
	t->counts.unproven += worth == PRESENTATION_UNPROVEN;
	t->counts.damaged += worth == PRESENTATION_DAMAGED;
	if (worth != PRESENTATION_PROVEN && worth != PRESENTATION_UNPROVEN)
		return ERR_OK;
	t->counts.letters += t->counts.letters == 0 ||
	    strcmp(t->last.number, row->p.number) != 0 ||
	    memcmp(t->last.digest, row->p.digest, sizeof(row->p.digest)) != 0;
	t->last = row->p;
	return ERR_OK;
}

enum err
presentation_test(
    struct post *post, struct presentation_counts *out, struct errtext *err)
{
	struct testing t = { .post = post };
	enum err rc;

	if (post->store == NULL)
		return refuse_unread(post, err);
	if ((rc = store_check(post->store, err)) != ERR_OK ||
	    (rc = store_check_schema(post->store, err)) != ERR_OK ||
	    (rc = presentation_each(post, BY_LETTER, count_row, &t, err)) !=
		ERR_OK)
		return rc;
	*out = t.counts;
	return ERR_OK;
}
