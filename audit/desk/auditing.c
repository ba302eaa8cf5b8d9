/*
 * auditing.c - auditing.h.
 */
#include "audit/desk/auditing.h"

#include "base/bytes.h"
#include "base/clock.h"
#include "letter/dsig.h"

#include <string.h>
#include <time.h>

#define MOMENT_MS 400 /* a small audit is worth waiting for */

/* --- the thread ----------------------------------------------------------- */

static bool
take_step(void *ctx, const struct audit_step *step)
{
	struct auditing *a = ctx;
	bool stop;

	pthread_mutex_lock(&a->lock);
	a->step = *step;
	text_copy(a->center, sizeof(a->center), step->center);
	stop = a->stop;
	pthread_mutex_unlock(&a->lock);
	return !stop;
}

static void *
run(void *ctx)
{
	struct auditing *a = ctx;
	struct audited *into = a->into;

	into->rc = audit_run(&a->options, &into->audit, &into->err);
	if (into->rc == ERR_OK && a->keep)
		audit_keep(&into->audit, &into->unkept);
	dsig_thread_end();
	pthread_mutex_lock(&a->lock);
	a->ended = true;
	pthread_cond_signal(&a->changed);
	pthread_mutex_unlock(&a->lock);
	return NULL;
}

static struct timespec
in_a_moment(void)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	at.tv_nsec += MOMENT_MS * 1000000L;
	at.tv_sec += at.tv_nsec / 1000000000L;
	at.tv_nsec %= 1000000000L;
	return at;
}

/* Has it ended? The thread is then gone, and what it made is there. */
static bool
is_ended(struct auditing *a, const struct timespec *until)
{
	int rc = 0;
	bool ended;

	pthread_mutex_lock(&a->lock);
	while (!a->ended && until != NULL && rc == 0)
		rc = pthread_cond_timedwait(&a->changed, &a->lock, until);
	ended = a->ended;
	pthread_mutex_unlock(&a->lock);
	if (!ended)
		return false;
	pthread_join(a->thread, NULL);
	a->running = false;
	a->into->done = true;
	if (a->into->rc == ERR_OK)
		a->keep = false;
	return true;
}

static bool
is_running(struct auditing *a)
{
	return a->running && !is_ended(a, NULL);
}

static void
begin(struct auditing *a, struct audited *into)
{
	*into = (struct audited){ .done = false };
	a->into = into;
	a->ended = a->stop = false;
	a->step = (struct audit_step){ .total = 0 };
	a->center[0] = '\0';
	if (pthread_create(&a->thread, NULL, run, a) == 0) {
		a->running = true;
		return;
	}
	into->rc = err_memory(&into->err);
	into->done = true;
}

/* --- for the page --------------------------------------------------------- */

enum err
auditing_open(const struct audit_options *options, struct auditing *out,
    struct errtext *err)
{
	struct auditing *a = out;
	pthread_condattr_t by_moments;
	enum err rc = audit_ready(options, err);

	if (rc != ERR_OK)
		return rc;
	*a = (struct auditing){ .options = *options, .keep = true };
	a->options.step = take_step;
	a->options.step_ctx = a;
	pthread_condattr_init(&by_moments);
	pthread_condattr_setclock(&by_moments, CLOCK_MONOTONIC);
	pthread_mutex_init(&a->lock, NULL);
	pthread_cond_init(&a->changed, &by_moments);
	pthread_condattr_destroy(&by_moments);
	return ERR_OK;
}

static void
forget(struct auditing *a)
{
	size_t i;

	for (i = 0; i < I18N_LANGUAGE_COUNT; i++) {
		audit_clear(&a->by_language[i].audit);
		a->by_language[i] = (struct audited){ .done = false };
	}
}

void
auditing_close(struct auditing *a)
{
	if (a->options.step == NULL)
		return; /* never opened */
	pthread_mutex_lock(&a->lock);
	a->stop = true;
	pthread_mutex_unlock(&a->lock);
	if (a->running)
		pthread_join(a->thread, NULL);
	forget(a);
	pthread_cond_destroy(&a->changed);
	pthread_mutex_destroy(&a->lock);
	*a = (struct auditing){ .running = false };
}

void
auditing_language(struct auditing *a, const char *wanted)
{
	if (!is_running(a))
		i18n_set(wanted);
}

static struct audited *
in_force(struct auditing *a)
{
	size_t i;

	for (i = 0; i < I18N_LANGUAGE_COUNT; i++)
		if (strcmp(i18n_languages[i], i18n_language()) == 0)
			return &a->by_language[i];
	return &a->by_language[0];
}

const struct audited *
auditing_look(struct auditing *a)
{
	struct audited *wanted = in_force(a);
	struct timespec until = in_a_moment();

	if (!a->running && !wanted->done)
		begin(a, wanted);
	if (a->running && !is_ended(a, &until))
		return NULL;
	return wanted->done ? wanted : NULL;
}

bool
auditing_again(struct auditing *a)
{
	if (is_running(a))
		return false;
	forget(a);
	a->keep = true;
	a->options.now = clock_now();
	return true;
}

bool
auditing_step(struct auditing *a, struct audit_step *out)
{
	static const char none[] = "";

	*out = (struct audit_step){ .center = none };
	if (!is_running(a))
		return false;
	pthread_mutex_lock(&a->lock);
	*out = a->step;
	out->center = a->center;
	pthread_mutex_unlock(&a->lock);
	return true;
}
