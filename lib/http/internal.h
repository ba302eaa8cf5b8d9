/*
 * internal.h - one running server, for the files that make it; programs see
 * server.h alone. Unless it is said otherwise a member belongs to the thread
 * that reads and writes.
 */
#ifndef HTTP_INTERNAL_H
#define HTTP_INTERNAL_H

#include "http/client.h"
#include "http/guard.h"
#include "http/server.h"

#include <pthread.h>
#include <stdatomic.h>

#define LISTENERS 2 /* 127.0.0.1 and ::1 */

struct MHD_Daemon;

/* A queue of exchanges, first come first. */
struct exchanges {
	struct exchange *first, **end;
};

struct http_server {
	const struct http_config *config; /* both threads: nobody changes it */
	struct guard guard;
	int epoll, wake, signals, listener[LISTENERS];
	struct MHD_Daemon *daemon;
	struct client *entering; /* while libmicrohttpd is given it */
	struct clients clients;
	size_t budget;        /* bytes of bodies in the house */
	int64_t ends_ms;      /* while it stops: writing ends then */
	atomic_bool stopping; /* both threads */
	/* both threads, under the lock */
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct exchanges asked, answered;
	struct bytes link; /* another one, to be told; empty: none */
	bool over;         /* no more will be asked */
};

/* server_now - milliseconds of a clock that goes on while the computer sleeps,
 * or of the test's. By any thread. */
int64_t server_now(const struct http_server *server);

/* server_tell - people are told a start link, and their browser where that is
 * wanted. Returns whether a browser has it. By the handlers' thread. */
bool server_tell(const struct http_server *server, const char *link);

/* server_wake - the other thread: look for what is answered. By any thread. */
void server_wake(struct http_server *server);

/* listen_open - the sockets of config->port or of a free one, the same for
 * both; -1 where there is no IPv6. ERR_IO. */
enum err listen_open(uint16_t wanted, int listener[LISTENERS], unsigned *port,
    struct errtext *err);

/* door_accept - let some in who knock; door_listen - hear a WAITING client. */
void door_accept(struct http_server *server, int listener);
void door_listen(struct http_server *server, struct client *client, bool ended);
/* door_refuse - one write with an error, and no more; door_refuse_ours - the same to
 * who may ask. */
void door_refuse(struct http_server *server, struct client *client,
    const struct head *head, int status);
void door_refuse_ours(struct http_server *server, struct client *client,
    const struct head *head, int status);

/* The part that libmicrohttpd does: bodies in, answers out. */

/* carry_start - start libmicrohttpd, without a thread or socket of its own.
 * ERR_INTERNAL. */
enum err carry_start(struct http_server *server, struct errtext *err);
/* carry_epoll - the descriptor to wait for, its own; -1: it has none. */
int carry_epoll(const struct http_server *server);
/* carry_enter - a client whose exchange was let in. */
void carry_enter(struct http_server *server, struct client *client);
/* carry_run - whatever can be done without waiting. */
void carry_run(struct http_server *server);
/* carry_is_ready - is there something that carry_run() can do now? */
bool carry_is_ready(const struct http_server *server);
/* carry_answered - an exchange is back with its answer. */
void carry_answered(struct exchange *exchange);
/* carry_cut - a CARRIED client: no more is read from or written to it. */
void carry_cut(struct client *client);
/* carry_stop - end it; no client is carried any more. */
void carry_stop(struct http_server *server);

/* worker_ask - give an exchange to the handlers' thread. */
void worker_ask(struct http_server *server, struct exchange *exchange);
/* worker_tell - give it another start link to tell; link is moved. By the
 * thread that reads and writes. */
void worker_tell(struct http_server *server, struct bytes *link);
/* worker_answers - those that are back, or NULL. */
struct exchange *worker_answers(struct http_server *server);
/* worker_run - the handlers' thread, until the other says that it is over. */
void worker_run(struct http_server *server);
/* worker_end - nothing more will be asked: worker_run() returns. By the thread
 * that reads and writes. */
void worker_end(struct http_server *server);

/* loop_run - the other thread: struct http_server *, until it has stopped. */
void *loop_run(void *server);

#endif
