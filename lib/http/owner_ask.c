/*
 * owner_ask.c - owner_ask(): owner_ask.h. One question and one answer, about a
 * socket whose own end is their end of the connection.
 */
#include "http/owner_ask.h"

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#define WAIT_MS 1000

struct question {
	struct nlmsghdr head;
	struct inet_diag_req_v2 body;
};

union answer {
	struct nlmsghdr head;
	char room[4096];
};

/* Port and address as the kernel keeps them: of IPv4 the first word alone. */
static bool
set_end(const struct sockaddr_storage *address, __be16 *port, __be32 out[4])
{
	const struct sockaddr_in *four = (const struct sockaddr_in *)address;
	const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)address;

	if (address->ss_family == AF_INET) {
		*port = four->sin_port;
		out[0] = four->sin_addr.s_addr;
	} else if (address->ss_family == AF_INET6) {
		*port = six->sin6_port;
		memcpy(out, &six->sin6_addr, 16);
	}
	return address->ss_family == AF_INET || address->ss_family == AF_INET6;
}

static bool
exchange(const struct question *question, union answer *answer, ssize_t *len)
{
	const struct timeval wait = { .tv_sec = WAIT_MS / 1000 };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
	bool done;

	if (fd < 0)
		return false;
	done =
	    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait)) == 0 &&
	    send(fd, question, sizeof(*question), 0) ==
		(ssize_t)sizeof(*question) &&
	    (*len = recv(fd, answer, sizeof(*answer), 0)) > 0;
	close(fd);
	return done;
}

enum owner
owner_ask(const struct sockaddr_storage *theirs,
    const struct sockaddr_storage *ours, uid_t *out)
{
	struct question question = {
		.head = { .nlmsg_len = sizeof(question),
		    .nlmsg_type = SOCK_DIAG_BY_FAMILY,
		    .nlmsg_flags = NLM_F_REQUEST },
		.body = { .sdiag_family = (__u8)theirs->ss_family,
		    .sdiag_protocol = IPPROTO_TCP,
		    .idiag_states = ~0u,
		    .id = { .idiag_cookie = { INET_DIAG_NOCOOKIE,
				INET_DIAG_NOCOOKIE } } },
	};
	const struct inet_diag_msg *found;
	union answer answer;
	ssize_t len = 0;

	if (!set_end(theirs, &question.body.id.idiag_sport,
		question.body.id.idiag_src) ||
	    !set_end(ours, &question.body.id.idiag_dport,
		question.body.id.idiag_dst) ||
	    !exchange(&question, &answer, &len) ||
	    !NLMSG_OK(&answer.head, (size_t)len) ||
	    answer.head.nlmsg_type != SOCK_DIAG_BY_FAMILY ||
	    answer.head.nlmsg_len < NLMSG_LENGTH(sizeof(*found)))
		return OWNER_UNKNOWN;
	found = NLMSG_DATA(&answer.head);
	/* where the connection is no more, the kernel tells who listens */
	if (found->id.idiag_dport != question.body.id.idiag_dport ||
	    found->idiag_inode == 0)
		return OWNER_GONE;
	*out = found->idiag_uid;
	return OWNER_KNOWN;
}
