/*
 * listen.c - sockets on loopback, and on nothing else.
 */
#include "http/internal.h"

#include "base/i18n.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BACKLOG 512
/* a port that is free for IPv4 may be taken for IPv6 */
#define TRIES 16

static int
open_one(const struct sockaddr *address, socklen_t len)
{
	int fd = socket(
	    address->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	int on = 1, why;

	if (fd < 0)
		return -1;
	/* started again at once, on the port that it had */
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (address->sa_family == AF_INET6)
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on));
	if (bind(fd, address, len) == 0 && listen(fd, BACKLOG) == 0)
		return fd;
	why = errno;
	close(fd);
	errno = why;
	return -1;
}

static int
open_4(uint16_t port)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };

	return open_one((const struct sockaddr *)&address, sizeof(address));
}

static int
open_6(uint16_t port)
{
	struct sockaddr_in6 address = { .sin6_family = AF_INET6,
		.sin6_port = htons(port),
		.sin6_addr = IN6ADDR_LOOPBACK_INIT };

	return open_one((const struct sockaddr *)&address, sizeof(address));
}

static uint16_t
port_of(int fd)
{
	struct sockaddr_in address = { 0 };
	socklen_t len = sizeof(address);

	getsockname(fd, (struct sockaddr *)&address, &len);
	return ntohs(address.sin_port);
}

/* Both, or IPv4 alone on a computer without the other. */
static bool
open_both(uint16_t wanted, int listener[LISTENERS])
{
	int why;

	if ((listener[0] = open_4(wanted)) < 0)
		return false;
	listener[1] = open_6(port_of(listener[0]));
	/* somebody else's: "localhost" would lead there */
	if (listener[1] < 0 && errno == EADDRINUSE) {
		why = errno;
		close(listener[0]);
		listener[0] = -1;
		errno = why;
		return false;
	}
	return true;
}

enum err
listen_open(uint16_t wanted, int listener[LISTENERS], unsigned *port,
    struct errtext *err)
{
	int tries = wanted == 0 ? TRIES : 1;

	while (tries-- > 0)
		if (open_both(wanted, listener)) {
			*port = port_of(listener[0]);
			return ERR_OK;
		}
	if (wanted == 0)
		return err_set(err, ERR_IO, _("cannot listen on loopback: %s"),
		    strerror(errno));
	return err_set(err, ERR_IO,
	    _("cannot listen on port %u: %s; leave --port away for a free "
	      "one"),
	    (unsigned)wanted, strerror(errno));
}
