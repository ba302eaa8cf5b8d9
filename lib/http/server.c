/*
 * server.c - a server from its start to its end: server.h.
 */
#include "http/server.h"

#include "base/i18n.h"
#include "http/browser.h"
#include "http/internal.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

int64_t
server_now(const struct http_server *server)
{
	struct timespec now;

	if (server->config->clock_ms != NULL)
		return server->config->clock_ms(server->config->ctx);
	/* goes on while the computer sleeps: five minutes are five minutes */
	clock_gettime(CLOCK_BOOTTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void
server_wake(struct http_server *server)
{
	static const uint64_t one = 1;

	/* full means that it is awake already */
	if (write(server->wake, &one, sizeof(one)) < 0)
		return;
}

void
http_stop(struct http_server *server)
{
	atomic_store(&server->stopping, true);
	server_wake(server);
}

static bool
watch(struct http_server *server, int fd, void *of)
{
	struct epoll_event event = { .events = EPOLLIN, .data.ptr = of };

	return fd < 0 ||
	    epoll_ctl(server->epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

/* What the thread waits for. */
static enum err
open_events(
    struct http_server *server, const sigset_t *heard, struct errtext *err)
{
	server->epoll = epoll_create1(EPOLL_CLOEXEC);
	server->wake = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	server->signals = signalfd(-1, heard, SFD_NONBLOCK | SFD_CLOEXEC);
	server->clients.epoll = server->epoll;
	server->clients.max = client_places();
	if (server->epoll < 0 || server->wake < 0 || server->signals < 0 ||
	    !watch(server, server->wake, &server->wake) ||
	    !watch(server, server->signals, &server->signals) ||
	    !watch(server, server->listener[0], &server->listener[0]) ||
	    !watch(server, server->listener[1], &server->listener[1]) ||
	    !watch(server, carry_epoll(server), &server->daemon))
		return err_set(err, ERR_INTERNAL,
		    _("the server of the pages cannot be started: %s"),
		    strerror(errno));
	return ERR_OK;
}

bool
server_tell(const struct http_server *server, const char *link)
{
	const struct http_config *config = server->config;

	config->listening(config->ctx, link);
	return config->browser && browser_open(link);
}

static enum err
tell_first(struct http_server *server, struct errtext *err)
{
	struct bytes link = { 0 };
	enum err rc = ERR_OK;

	guard_link(&server->guard, &link);
	if (link.failed)
		rc = err_memory(err);
	else /* nobody is let in before */
		server->guard.ours = server_tell(server, (const char *)link.at);
	bytes_wipe(&link);
	return rc;
}

/* This thread handles, another one reads and writes. */
static enum err
run(struct http_server *server, struct errtext *err)
{
	pthread_t reader;
	int why = pthread_create(&reader, NULL, loop_run, server);

	if (why != 0)
		return err_set(err, ERR_INTERNAL,
		    _("the server of the pages cannot be started: %s"),
		    strerror(why));
	worker_run(server);
	pthread_join(reader, NULL);
	return ERR_OK;
}

static void
init(struct http_server *server, const struct http_config *config)
{
	pthread_condattr_t monotonic;

	server->config = config;
	server->epoll = server->wake = server->signals = -1;
	server->listener[0] = server->listener[1] = -1;
	pthread_mutex_init(&server->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&server->more, &monotonic);
	pthread_condattr_destroy(&monotonic);
}

static void
clear(struct http_server *server)
{
	const int fds[] = { server->epoll, server->wake, server->signals,
		server->listener[0], server->listener[1] };
	size_t i;

	if (server->daemon != NULL)
		carry_stop(server);
	for (i = 0; i < sizeof(fds) / sizeof(fds[0]); i++)
		if (fds[i] >= 0)
			close(fds[i]);
	guard_wipe(&server->guard);
	bytes_wipe(&server->link);
	pthread_cond_destroy(&server->more);
	pthread_mutex_destroy(&server->lock);
	free(server);
}

static enum err
serve(struct http_server *server, const sigset_t *heard, struct errtext *err)
{
	unsigned port;
	enum err rc;

	if ((rc = listen_open(
		 server->config->port, server->listener, &port, err)) != ERR_OK)
		return rc;
	if (!guard_init(&server->guard, port, server_now(server)))
		return err_openssl(
		    err, ERR_INTERNAL, _("no random numbers for a link"));
	if ((rc = carry_start(server, err)) != ERR_OK ||
	    (rc = open_events(server, heard, err)) != ERR_OK ||
	    (rc = tell_first(server, err)) != ERR_OK)
		return rc;
	return run(server, err);
}

enum err
http_serve(const struct http_config *config, struct errtext *err)
{
	struct http_server *server = calloc(1, sizeof(*server));
	sigset_t heard, before;
	enum err rc;

	if (server == NULL)
		return err_memory(err);
	sigemptyset(&heard);
	sigaddset(&heard, SIGTERM);
	sigaddset(&heard, SIGINT);
	sigaddset(&heard, SIGHUP);
	sigaddset(&heard, SIGUSR1);
	/* in both threads: read from a descriptor, never a handler's business */
	pthread_sigmask(SIG_BLOCK, &heard, &before);
	init(server, config);
	rc = serve(server, &heard, err);
	clear(server);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return rc;
}
