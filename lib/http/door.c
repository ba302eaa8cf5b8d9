/*
 * door.c - who may come in. A head is looked at while it is still in the
 * socket; what is refused is answered here in one write, so that libmicrohttpd
 * sees only requests that came from our own pages.
 */
#include "http/internal.h"

#include "http/language.h"
#include "http/reply.h"

#include <errno.h>
#include <openssl/crypto.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* of each listener, between two looks at those who are there: both together fewer
 * than the loop looks at */
#define ACCEPTED_MAX 16

/* Few at a time: a crowd that comes at once would push out who has sent a whole
 * head already, before anybody looked. */
static size_t
how_many(const struct http_server *server)
{
	size_t some = server->clients.max / 8;

	return some < ACCEPTED_MAX ? some : ACCEPTED_MAX;
}

void
door_accept(struct http_server *server, int listener)
{
	size_t left = how_many(server);
	int fd;

	while (left-- > 0) {
		fd =
		    accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
		if (fd >= 0)
			client_enter(&server->clients, fd, server_now(server));
		else if (errno == EMFILE || errno == ENFILE) {
			/* out of descriptors: somebody has to go */
			if (!client_evict(&server->clients))
				return;
		} else if (errno != EINTR && errno != ECONNABORTED)
			return;
	}
}

/* As far as a socket without room takes it: answers of this kind are small. */
static void
write_out(const struct client *client, const struct bytes *out)
{
	if (!out->failed)
		while (send(client->fd, out->at, out->len,
			   MSG_NOSIGNAL | MSG_DONTWAIT) < 0 &&
		    errno == EINTR)
			;
}

static void
write_answer(const struct client *client, const struct http_answer *answer,
    const struct head *head)
{
	struct bytes out = { 0 };

	reply_whole(answer,
	    head->method != NULL && strcmp(head->method, "HEAD") == 0, &out);
	write_out(client, &out);
	bytes_wipe(&out);
}

/* As much of a request as an error in words needs. */
static struct http_request
little_of(const struct http_server *server, const struct head *head)
{
	const char *accept = head_value(head, "Accept", 0);

	return (struct http_request){
		.accept = accept == NULL ? "" : accept,
		.language = language_of(head_value(head, "Cookie", 0),
		    head_value(head, "Accept-Language", 0),
		    server->config->language),
	};
}

/* proof: NULL for who may be anybody */
static void
refuse(struct http_server *server, struct client *client,
    const struct head *head, int status, const char *proof)
{
	struct http_request request = little_of(server, head);
	struct http_answer answer;

	http_answer_init(&answer);
	reply_error(&answer, &request, status);
	if (proof != NULL)
		http_add_header(&answer, GUARD_PROOF, proof);
	write_answer(client, &answer, head);
	http_answer_clear(&answer);
}

void
door_refuse(struct http_server *server, struct client *client,
    const struct head *head, int status)
{
	refuse(server, client, head, status, NULL);
}

void
door_refuse_ours(struct http_server *server, struct client *client,
    const struct head *head, int status)
{
	refuse(server, client, head, status, server->guard.proof);
}

/* The start link becomes a cookie, and the first page. */
static void
welcome(
    struct http_server *server, struct client *client, const struct head *head)
{
	struct bytes cookie = { 0 };
	struct http_answer answer;

	http_answer_init(&answer);
	http_redirect(&answer, "/");
	/* of this session: gone when the browser is closed */
	bytes_addf(&cookie, "%s=%s; Path=/; HttpOnly; SameSite=Strict",
	    server->guard.cookie_name, server->guard.cookie);
	if (!cookie.failed)
		http_add_header(&answer, "Set-Cookie", (const char *)cookie.at);
	write_answer(client, &answer, head);
	bytes_wipe(&cookie);
	http_answer_clear(&answer);
}

/* Takes the head over. */
static int
let_in(struct http_server *server, struct client *client, struct head *head)
{
	struct exchange *exchange;
	int status = 503;

	if (server->clients.carried == CLIENTS_CARRIED)
		return 503;
	exchange = exchange_new(
	    server->config, &server->guard, head, &server->budget, &status);
	if (exchange == NULL)
		return 503;
	if (status != 200) {
		*head = exchange->head; /* for the words of the refusal */
		exchange->head = (struct head){ 0 };
		exchange_free(&exchange);
		return status;
	}
	exchange->request.server = server;
	client_carry(&server->clients, client, exchange);
	carry_enter(server, client);
	return 200;
}

static void
judge(struct http_server *server, struct client *client, struct head *head)
{
	int status =
	    guard_judge(&server->guard, head, client->fd, server_now(server));

	if (status == 303)
		welcome(server, client, head);
	else if (status != 200)
		door_refuse(server, client, head, status);
	else if ((status = let_in(server, client, head)) == 200)
		return;
	else
		door_refuse_ours(server, client, head, status);
	client_leave(&server->clients, client, server_now(server));
}

/* As much as is there; what else there is stays in the socket. */
static void
look(struct http_server *server, struct client *client, const uint8_t *data,
    size_t len, bool ended)
{
	struct head head = { 0 };
	int status;

	if (!client->begun) {
		client->begun = true;
		client->deadline_ms = server_now(server) + CLIENT_REQUEST_MS;
	}
	status = head_read(data, len, &head);
	if (status == 200)
		judge(server, client, &head);
	else if (status != 0) {
		door_refuse(server, client, &head, status);
		client_leave(&server->clients, client, server_now(server));
	} else if (ended)
		client_close(&server->clients, client);
	head_clear(&head);
}

void
door_listen(struct http_server *server, struct client *client, bool ended)
{
	uint8_t data[HEAD_MAX + 1];
	ssize_t got =
	    recv(client->fd, data, sizeof(data), MSG_PEEK | MSG_DONTWAIT);

	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (got <= 0) {
		client_close(&server->clients, client);
		return;
	}
	look(server, client, data, (size_t)got, ended);
	/* a short form's passphrase comes with the head */
	OPENSSL_cleanse(data, (size_t)got);
}
