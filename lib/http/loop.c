/*
 * loop.c - the thread that reads and writes: waits for whatever happens, and
 * sees to it that nobody takes longer than docs/pages.md says.
 */
#include "http/internal.h"

#include <signal.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#define EVENTS  64
#define LOOK_MS 200  /* for those whose time is over, while anybody is there */
#define LAST_MS 5000 /* for what is being written when it stops */

/* An answer that is late is still worth its line. */
static void
end_time(struct http_server *server, struct client *client, int64_t now)
{
	static const struct head none;
	struct exchange *e = client->exchange;

	switch (client->state) {
	case CLIENT_NONE:
		break;
	case CLIENT_WAITING:
		if (!client->begun) {
			client_close(&server->clients, client);
			break;
		}
		door_refuse(server, client, &none, 408);
		client_leave(&server->clients, client, now);
		break;
	case CLIENT_CARRIED:
		if (e->stage == EXCHANGE_READING)
			door_refuse_ours(server, client, &e->head, 408);
		if (e->stage != EXCHANGE_HANDLING)
			carry_cut(client);
		break;
	case CLIENT_LEAVING:
		client_close(&server->clients, client);
		break;
	}
}

static void
look_at_times(struct http_server *server)
{
	int64_t now = server_now(server);
	size_t i;

	for (i = 0; i < CLIENTS_MAX && server->clients.count > 0; i++) {
		struct client *client = &server->clients.at[i];

		if (client->state != CLIENT_NONE && now >= client->deadline_ms)
			end_time(server, client, now);
	}
}

/* --- the end --------------------------------------------------------------- */

static void
close_listeners(struct http_server *server)
{
	size_t i;

	for (i = 0; i < LISTENERS; i++)
		if (server->listener[i] >= 0) {
			close(server->listener[i]);
			server->listener[i] = -1;
		}
}

/* What is whole is still answered; nothing else is waited for. */
static void
begin_end(struct http_server *server)
{
	size_t i;

	server->ends_ms = server_now(server) + LAST_MS;
	close_listeners(server);
	for (i = 0; i < CLIENTS_MAX; i++) {
		struct client *client = &server->clients.at[i];

		if (client->state == CLIENT_WAITING)
			client_close(&server->clients, client);
		else if (client->state == CLIENT_CARRIED &&
		    client->exchange->stage == EXCHANGE_READING)
			carry_cut(client);
	}
}

static void
hurry(struct http_server *server)
{
	size_t i;

	if (server_now(server) < server->ends_ms)
		return;
	for (i = 0; i < CLIENTS_MAX; i++)
		if (server->clients.at[i].state == CLIENT_CARRIED &&
		    server->clients.at[i].exchange->stage == EXCHANGE_ANSWERING)
			carry_cut(&server->clients.at[i]);
}

/* Goes on until the last one has gone. */
static bool
has_ended(struct http_server *server)
{
	if (!atomic_load(&server->stopping))
		return false;
	if (server->ends_ms == 0)
		begin_end(server);
	hurry(server);
	return server->clients.carried + server->clients.leaving == 0;
}

/* --- what happens ---------------------------------------------------------- */

static void
take_back(struct http_server *server)
{
	struct exchange *exchange, *next;

	for (exchange = worker_answers(server); exchange != NULL;
	     exchange = next) {
		next = exchange->next;
		carry_answered(exchange);
	}
}

/* The browser was closed, or another one is wanted. */
static void
renew_link(struct http_server *server)
{
	struct bytes link = { 0 };

	if (guard_renew(&server->guard, server_now(server)))
		guard_link(&server->guard, &link);
	if (!link.failed && link.len > 0)
		worker_tell(server, &link);
	bytes_wipe(&link);
}

static void
hear_signals(struct http_server *server)
{
	struct signalfd_siginfo what;

	while (read(server->signals, &what, sizeof(what)) > 0)
		if (what.ssi_signo == SIGUSR1)
			renew_link(server);
		else
			atomic_store(&server->stopping, true);
}

static void
empty(int eventfd)
{
	uint64_t count;

	while (read(eventfd, &count, sizeof(count)) > 0)
		continue;
}

static void
hear_client(struct http_server *server, struct client *client, uint32_t events)
{
	switch (client->state) {
	case CLIENT_WAITING:
		if (!atomic_load(&server->stopping))
			door_listen(server, client,
			    (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0);
		break;
	case CLIENT_LEAVING:
		client_read_out(&server->clients, client);
		break;
	case CLIENT_NONE: /* gone by an event before this one */
	case CLIENT_CARRIED:
		break;
	}
}

static void
hear(struct http_server *server, const struct epoll_event *event)
{
	void *of = event->data.ptr;

	if (of == &server->wake)
		empty(server->wake);
	else if (of == &server->signals)
		hear_signals(server);
	else if (of == &server->listener[0] || of == &server->listener[1])
		door_accept(server, *(int *)of);
	else if (of != &server->daemon)
		hear_client(server, of, event->events);
}

static int
how_long(const struct http_server *server)
{
	if (carry_is_ready(server))
		return 0;
	return server->clients.count > 0 || server->ends_ms > 0 ? LOOK_MS : -1;
}

void *
loop_run(void *of)
{
	struct http_server *server = of;
	struct epoll_event event[EVENTS];
	int count, i;

	while (!has_ended(server)) {
		count =
		    epoll_wait(server->epoll, event, EVENTS, how_long(server));
		for (i = 0; i < count; i++)
			hear(server, &event[i]);
		take_back(server);
		carry_run(server);
		look_at_times(server);
	}
	worker_end(server);
	return NULL;
}
