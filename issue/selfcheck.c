/*
 * selfcheck.c - selfcheck.h.
 */
#include "issue/selfcheck.h"

#include "base/i18n.h"
#include "letter/sign.h"
#include "letter/xml.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct item {
	struct bytes xml;
	char number[LETTER_NUMBER_SIZE];
};

struct selfcheck {
	EVP_PKEY *key;
	size_t max;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t more;
	size_t added; /* under lock: items before it are the thread's */
	bool ended;   /* under lock */
	/* the thread's until it was joined */
	enum err rc;
	struct errtext err;
	struct item item[];
};

enum err
selfcheck_letter(const void *xml, size_t len, const char *number, EVP_PKEY *key,
    struct errtext *err)
{
	struct letter back = { 0 };
	enum err rc;

	/* xml_read() takes only what comes out the same when written again */
	if ((rc = sign_check(&dsig_letter, xml, len, number, key, err)) ==
		ERR_OK &&
	    (rc = xml_read(xml, len, &back, err)) == ERR_OK &&
	    strcmp(back.number, number) != 0)
		rc = err_set(err, ERR_MEMORY,
		    _("a signed letter did not read back as it was written"));
	letter_wipe(&back);
	return rc;
}

/* How many items there are; waits while there is none beyond `done`. */
static size_t
wait_for(struct selfcheck *check, size_t done)
{
	size_t added;

	pthread_mutex_lock(&check->lock);
	while (check->added == done && !check->ended)
		pthread_cond_wait(&check->more, &check->lock);
	added = check->added;
	pthread_mutex_unlock(&check->lock);
	return added;
}

static void *
run(void *arg)
{
	struct selfcheck *check = arg;
	size_t done = 0, added;

	while ((added = wait_for(check, done)) > done)
		for (; done < added; done++) {
			const struct item *item = &check->item[done];

			if (check->rc == ERR_OK)
				check->rc = selfcheck_letter(item->xml.at,
				    item->xml.len, item->number, check->key,
				    &check->err);
		}
	dsig_thread_end();
	return NULL;
}

struct selfcheck *
selfcheck_begin(EVP_PKEY *key, size_t max)
{
	struct selfcheck *check =
	    calloc(1, sizeof(*check) + max * sizeof(check->item[0]));

	if (check == NULL)
		return NULL;
	check->key = key;
	check->max = max;
	pthread_mutex_init(&check->lock, NULL);
	pthread_cond_init(&check->more, NULL);
	if (pthread_create(&check->thread, NULL, run, check) == 0)
		return check;
	pthread_cond_destroy(&check->more);
	pthread_mutex_destroy(&check->lock);
	free(check);
	return NULL;
}

enum err
selfcheck_add(struct selfcheck *check, const void *xml, size_t len,
    const char *number, struct errtext *err)
{
	struct item *item = &check->item[check->added];

	if (check->added == check->max)
		return err_set(err, ERR_LIMIT, _("too many letters at once"));
	bytes_add(&item->xml, xml, len);
	if (item->xml.failed ||
	    !text_copy(item->number, sizeof(item->number), number))
		return err_set(err, ERR_MEMORY, _("out of memory"));
	pthread_mutex_lock(&check->lock);
	check->added++;
	pthread_cond_signal(&check->more);
	pthread_mutex_unlock(&check->lock);
	return ERR_OK;
}

enum err
selfcheck_end(struct selfcheck **check, struct errtext *err)
{
	struct selfcheck *c = *check;
	enum err rc;

	if (c == NULL)
		return ERR_OK;
	pthread_mutex_lock(&c->lock);
	c->ended = true;
	pthread_cond_signal(&c->more);
	pthread_mutex_unlock(&c->lock);
	pthread_join(c->thread, NULL);
	if ((rc = c->rc) != ERR_OK)
		err_set(err, rc, "%s", c->err.text);
	for (size_t i = 0; i < c->max; i++)
		bytes_wipe(&c->item[i].xml);
	pthread_cond_destroy(&c->more);
	pthread_mutex_destroy(&c->lock);
	free(c);
	*check = NULL;
	return rc;
}
