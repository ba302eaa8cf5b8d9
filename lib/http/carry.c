/*
 * carry.c - libmicrohttpd carries bodies in and answers out, without threads of
 * its own: the loop calls it. It has a copy of the client's descriptor; ours
 * stays, so that a client can be cut, and read out after its answer.
 *
 * What it was never asked to do is to answer in the midst of a body: then the
 * refusal is written past it, which is possible because nothing else was.
 */
#include "http/internal.h"

#include "base/i18n.h"
#include "http/reply.h"

#include <fcntl.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <openssl/crypto.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define POOL ((size_t)64 << 10) /* for its part of a request */

static struct client *
client_of(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	return info == NULL ? NULL : info->socket_context;
}

/* libmicrohttpd begins with a client, or has done with it. */
static void
notice(void *cls, struct MHD_Connection *connection, void **context,
    enum MHD_ConnectionNotificationCode what)
{
	struct http_server *server = cls;

	(void)connection;
	if (what == MHD_CONNECTION_NOTIFY_STARTED)
		*context = server->entering;
	else if (*context != NULL)
		client_leave(&server->clients, *context, server_now(server));
}

static void
add_header(void *response, const char *name, const char *value)
{
	MHD_add_response_header(response, name, value);
}

/* The bytes stay ours: they go with the exchange. */
static struct MHD_Response *
response_of(struct exchange *e)
{
	const void *at = e->answer.body.at;
	size_t len = e->answer.body.len;
	struct MHD_Response *response;

	if (e->file != NULL && e->answer.status == 200) {
		at = e->file->at;
		len = e->file->len;
	}
	response = MHD_create_response_from_buffer(
	    len, (void *)(uintptr_t)at, MHD_RESPMEM_PERSISTENT);
	if (response == NULL)
		return NULL;
	reply_headers(&e->answer, add_header, response);
	add_header(response, GUARD_PROOF, e->request.proof);
	return response;
}

static enum MHD_Result
answer(struct http_server *server, struct client *client,
    struct MHD_Connection *connection)
{
	struct exchange *e = client->exchange;
	struct MHD_Response *response = response_of(e);
	enum MHD_Result queued;

	if (response == NULL)
		return MHD_NO;
	e->stage = EXCHANGE_ANSWERING;
	client->deadline_ms = server_now(server) + CLIENT_WRITE_MS;
	queued = MHD_queue_response(
	    connection, (unsigned)e->answer.status, response);
	MHD_destroy_response(response);
	return queued;
}

/* All of the request is here. */
static enum MHD_Result
whole(struct http_server *server, struct client *client,
    struct MHD_Connection *connection)
{
	struct exchange *e = client->exchange;
	int status = exchange_whole(e);

	if (status != 200)
		exchange_refuse(e, status);
	else if (e->file != NULL)
		e->answer.type = e->file->type;
	else if (e->route->beside)
		exchange_handle(e, server->config->ctx);
	else {
		e->stage = EXCHANGE_HANDLING;
		e->connection = connection;
		MHD_suspend_connection(connection);
		worker_ask(server, e);
		return MHD_YES;
	}
	return answer(server, client, connection);
}

static enum MHD_Result
more(struct http_server *server, struct client *client, const char *data,
    size_t *len)
{
	int status = exchange_take(client->exchange, data, *len);

	/* its buffer, which it keeps until the answer is written */
	OPENSSL_cleanse((void *)(uintptr_t)data, *len);
	if (status != 200) {
		door_refuse_ours(
		    server, client, &client->exchange->head, status);
		return MHD_NO;
	}
	*len = 0;
	return MHD_YES;
}

/* libmicrohttpd calls it at the head, with each part of the body, and at the
 * end, also after a pause. */
static enum MHD_Result
handle(void *cls, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *data, size_t *len,
    void **seen)
{
	struct http_server *server = cls;
	struct client *client = client_of(connection);

	(void)url, (void)method, (void)version;
	if (client == NULL || client->exchange == NULL)
		return MHD_NO;
	switch (client->exchange->stage) {
	case EXCHANGE_READING:
		if (*seen == NULL) {
			*seen = client;
			return MHD_YES;
		}
		return *len > 0 ? more(server, client, data, len)
				: whole(server, client, connection);
	case EXCHANGE_HANDLING:
		return MHD_YES;
	case EXCHANGE_ANSWERING:
		return answer(server, client, connection);
	}
	return MHD_NO;
}

enum err
carry_start(struct http_server *server, struct errtext *err)
{
	server->daemon = MHD_start_daemon(
	    MHD_USE_EPOLL | MHD_USE_NO_LISTEN_SOCKET | MHD_ALLOW_SUSPEND_RESUME,
	    0, NULL, NULL, handle, server, MHD_OPTION_NOTIFY_CONNECTION, notice,
	    server, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CLIENTS_CARRIED,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, POOL,
	    MHD_OPTION_CONNECTION_TIMEOUT, 0u, MHD_OPTION_END);
	if (server->daemon == NULL)
		return err_set(err, ERR_INTERNAL,
		    _("the server of the pages cannot be started"));
	return ERR_OK;
}

int
carry_epoll(const struct http_server *server)
{
	const union MHD_DaemonInfo *info =
	    MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD);

	return info == NULL ? -1 : info->epoll_fd;
}

void
carry_enter(struct http_server *server, struct client *client)
{
	struct sockaddr_in nobody = { .sin_family = AF_INET };
	int copy = fcntl(client->fd, F_DUPFD_CLOEXEC, 0);

	server->entering = client;
	/* where it fails it has closed the copy, and perhaps told notice() */
	if ((copy < 0 ||
		MHD_add_connection(server->daemon, copy,
		    (const struct sockaddr *)&nobody,
		    sizeof(nobody)) != MHD_YES) &&
	    client->state == CLIENT_CARRIED)
		client_leave(&server->clients, client, server_now(server));
	server->entering = NULL;
}

void
carry_run(struct http_server *server)
{
	MHD_run(server->daemon);
}

bool
carry_is_ready(const struct http_server *server)
{
	MHD_UNSIGNED_LONG_LONG wait;

	return MHD_get_timeout(server->daemon, &wait) == MHD_YES && wait == 0;
}

void
carry_answered(struct exchange *exchange)
{
	exchange->stage = EXCHANGE_ANSWERING;
	MHD_resume_connection(exchange->connection);
}

void
carry_cut(struct client *client)
{
	shutdown(client->fd, SHUT_RDWR);
}

void
carry_stop(struct http_server *server)
{
	MHD_stop_daemon(server->daemon);
}
