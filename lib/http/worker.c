/*
 * worker.c - the thread of the handlers, and what it shares with the other one:
 * two queues under one lock. At most CLIENTS_CARRIED requests stand in them.
 */
#include "http/internal.h"

#include <errno.h>
#include <time.h>

#define TICK_MS 1000

static void
put(struct exchanges *queue, struct exchange *exchange)
{
	exchange->next = NULL;
	if (queue->first == NULL)
		queue->end = &queue->first;
	*queue->end = exchange;
	queue->end = &exchange->next;
}

static struct exchange *
take(struct exchanges *queue)
{
	struct exchange *first = queue->first;

	if (first != NULL)
		queue->first = first->next;
	return first;
}

void
worker_ask(struct http_server *server, struct exchange *exchange)
{
	pthread_mutex_lock(&server->lock);
	put(&server->asked, exchange);
	pthread_cond_signal(&server->more);
	pthread_mutex_unlock(&server->lock);
}

void
worker_tell(struct http_server *server, struct bytes *link)
{
	pthread_mutex_lock(&server->lock);
	bytes_wipe(&server->link); /* of two only the last one works */
	server->link = *link;
	*link = (struct bytes){ 0 };
	pthread_cond_signal(&server->more);
	pthread_mutex_unlock(&server->lock);
}

struct exchange *
worker_answers(struct http_server *server)
{
	struct exchange *answered;

	pthread_mutex_lock(&server->lock);
	answered = server->answered.first;
	server->answered.first = NULL;
	pthread_mutex_unlock(&server->lock);
	return answered;
}

void
worker_end(struct http_server *server)
{
	pthread_mutex_lock(&server->lock);
	server->over = true;
	pthread_cond_signal(&server->more);
	pthread_mutex_unlock(&server->lock);
}

/* By the clock that pthread_cond_timedwait() was told. */
static struct timespec
next_tick(void)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	at.tv_sec += TICK_MS / 1000;
	return at;
}

static bool
is_past(const struct timespec *at)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec > at->tv_sec ||
	    (now.tv_sec == at->tv_sec && now.tv_nsec >= at->tv_nsec);
}

/* The next exchange; NULL when there is a link to tell, it is time to tick, or
 * all is over. */
static struct exchange *
wait_for_one(struct http_server *server, const struct timespec *tick)
{
	struct exchange *one = NULL;
	int rc = 0;

	pthread_mutex_lock(&server->lock);
	while (server->asked.first == NULL && server->link.len == 0 &&
	    !server->over && rc != ETIMEDOUT)
		rc = pthread_cond_timedwait(&server->more, &server->lock, tick);
	one = take(&server->asked);
	pthread_mutex_unlock(&server->lock);
	return one;
}

/* Where there is another link. */
static void
tell(struct http_server *server)
{
	struct bytes link;

	pthread_mutex_lock(&server->lock);
	link = server->link;
	server->link = (struct bytes){ 0 };
	pthread_mutex_unlock(&server->lock);
	if (link.len > 0)
		(void)server_tell(server, (const char *)link.at);
	bytes_wipe(&link);
}

static bool
is_over(struct http_server *server)
{
	bool over;

	pthread_mutex_lock(&server->lock);
	over = server->over;
	pthread_mutex_unlock(&server->lock);
	return over;
}

static void
hand_back(struct http_server *server, struct exchange *exchange)
{
	pthread_mutex_lock(&server->lock);
	put(&server->answered, exchange);
	pthread_mutex_unlock(&server->lock);
	server_wake(server);
}

void
worker_run(struct http_server *server)
{
	struct timespec tick = next_tick();
	const struct http_config *config = server->config;
	struct exchange *exchange;

	while (!is_over(server)) {
		exchange = wait_for_one(server, &tick);
		if (exchange != NULL) {
			exchange_handle(exchange, config->ctx);
			hand_back(server, exchange);
		}
		tell(server);
		/* also while requests come one upon the other */
		if (is_past(&tick)) {
			if (config->tick != NULL)
				config->tick(config->ctx, server);
			tick = next_tick();
		}
	}
}
