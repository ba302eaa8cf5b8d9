/*
 * client.c - places for connections: client.h.
 */
#include "http/client.h"

#include <errno.h>
#include <openssl/crypto.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define OTHERS     64 /* descriptors for everything else */
#define PLACES_MIN 8

size_t
client_places(void)
{
	struct rlimit limit;
	size_t places;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0 ||
	    limit.rlim_cur >= 2 * CLIENTS_MAX + OTHERS)
		return CLIENTS_MAX;
	/* each may have a copy */
	places =
	    limit.rlim_cur > OTHERS ? (size_t)(limit.rlim_cur - OTHERS) / 2 : 0;
	return places > PLACES_MIN ? places : PLACES_MIN;
}

static bool
watch(struct clients *clients, struct client *client)
{
	struct epoll_event event = {
		.events = EPOLLIN | EPOLLRDHUP | EPOLLET,
		.data.ptr = client,
	};

	return epoll_ctl(clients->epoll, EPOLL_CTL_ADD, client->fd, &event) ==
	    0;
}

/* The one that came first of those that may be sent away, NULL for none. */
static struct client *
oldest(struct clients *clients)
{
	struct client *found = NULL, *c;
	size_t i;

	for (i = 0; i < CLIENTS_MAX; i++) {
		c = &clients->at[i];
		if ((c->state == CLIENT_WAITING ||
			c->state == CLIENT_LEAVING) &&
		    (found == NULL || c->arrival < found->arrival))
			found = c;
	}
	return found;
}

static struct client *
free_place(struct clients *clients)
{
	size_t i;

	if (clients->count >= clients->max)
		client_evict(clients);
	for (i = 0; i < CLIENTS_MAX; i++)
		if (clients->at[i].state == CLIENT_NONE)
			return &clients->at[i];
	return NULL;
}

void
client_enter(struct clients *clients, int fd, int64_t now_ms)
{
	struct client *client = free_place(clients);

	if (client == NULL) {
		close(fd);
		return;
	}
	*client = (struct client){
		.state = CLIENT_WAITING,
		.fd = fd,
		.arrival = clients->arrivals++,
		.deadline_ms = now_ms + CLIENT_IDLE_MS,
	};
	clients->count++;
	if (!watch(clients, client))
		client_close(clients, client);
}

bool
client_evict(struct clients *clients)
{
	struct client *client = oldest(clients);

	if (client != NULL)
		client_close(clients, client);
	return client != NULL;
}

void
client_carry(
    struct clients *clients, struct client *client, struct exchange *exchange)
{
	epoll_ctl(clients->epoll, EPOLL_CTL_DEL, client->fd, NULL);
	client->state = CLIENT_CARRIED;
	client->exchange = exchange;
	clients->carried++;
}

void
client_leave(struct clients *clients, struct client *client, int64_t now_ms)
{
	bool watched = client->state == CLIENT_WAITING;

	if (client->state == CLIENT_CARRIED) {
		clients->carried--;
		exchange_free(&client->exchange);
	}
	client->state = CLIENT_LEAVING;
	client->deadline_ms = now_ms + CLIENT_LEAVE_MS;
	clients->leaving++;
	if (shutdown(client->fd, SHUT_WR) != 0 ||
	    (!watched && !watch(clients, client)))
		client_close(clients, client);
	else
		client_read_out(clients, client);
}

void
client_read_out(struct clients *clients, struct client *client)
{
	static const size_t piece = 65536;
	char thrown[65536];
	ssize_t got;

	for (;;) {
		got = recv(client->fd, thrown, piece, MSG_DONTWAIT);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return;
		if (got > 0)
			OPENSSL_cleanse(thrown, (size_t)got);
		if (got <= 0 ||
		    (client->thrown += (size_t)got) > CLIENT_LEAVE_MAX) {
			client_close(clients, client);
			return;
		}
	}
}

void
client_close(struct clients *clients, struct client *client)
{
	if (client->state == CLIENT_LEAVING)
		clients->leaving--;
	close(client->fd); /* and so out of the epoll */
	client->state = CLIENT_NONE;
	clients->count--;
}
