/*
 * client.h - who is connected: a fixed number of places, and what each may
 * still do and how long.
 *
 *   accepted ─► WAITING ──head whole, let in──► CARRIED ──answered──► LEAVING
 *                  └────────refused in one write──────────────────────►┘
 *
 * WAITING clients have sent nothing, or part of a head; they cost a descriptor
 * and nothing else, and where all places are taken the one that has waited
 * longest goes. CARRIED ones are libmicrohttpd's: few, and each has shown the
 * cookie. LEAVING ones are read until they close: closing before would throw
 * away what they have not read yet (RFC 9112, section 9.6).
 */
#ifndef HTTP_CLIENT_H
#define HTTP_CLIENT_H

#include "http/exchange.h"

#define CLIENTS_MAX     448 /* well below 1,024 descriptors, with their copies */
#define CLIENTS_CARRIED 64

#define CLIENT_IDLE_MS    8000  /* until the first byte */
#define CLIENT_REQUEST_MS 30000 /* until the request is whole: 408 */
#define CLIENT_WRITE_MS   30000 /* for the answer */
#define CLIENT_LEAVE_MS   2000
#define CLIENT_LEAVE_MAX  ((size_t)64 << 20) /* bytes that are thrown away */

enum client_state {
	CLIENT_NONE,
	CLIENT_WAITING,
	CLIENT_CARRIED,
	CLIENT_LEAVING,
};

struct client {
	enum client_state state;
	int fd;           /* ours; libmicrohttpd has a copy */
	bool begun;       /* WAITING: a byte has come */
	uint64_t arrival; /* the how manieth it is */
	int64_t deadline_ms;
	size_t thrown;             /* LEAVING */
	struct exchange *exchange; /* CARRIED */
};

struct clients {
	int epoll; /* where WAITING and LEAVING ones are watched */
	uint64_t arrivals;
	size_t carried, leaving, count;
	size_t max; /* client_places() */
	struct client at[CLIENTS_MAX];
};

/* client_places - how many may come: CLIENTS_MAX, or fewer where this process
 * may have few descriptors, for handlers need some too. */
size_t client_places(void);

/* client_enter - a place for a new one, if needed that of the one that is
 * longest there without being CARRIED. Takes fd over. */
void client_enter(struct clients *clients, int fd, int64_t now_ms);

/* client_evict - the same without a new one: a descriptor is needed. */
bool client_evict(struct clients *clients);

/* client_carry - from WAITING to CARRIED: not watched here any more. */
void client_carry(
    struct clients *clients, struct client *client, struct exchange *exchange);

/* client_leave - nothing more is sent to it. Releases its exchange. */
void client_leave(
    struct clients *clients, struct client *client, int64_t now_ms);

/* client_read_out - throw away what a LEAVING one still sends. */
void client_read_out(struct clients *clients, struct client *client);

/* client_close - at once; not for a CARRIED one. */
void client_close(struct clients *clients, struct client *client);

#endif
