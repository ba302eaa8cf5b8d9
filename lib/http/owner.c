/*
 * owner.c - owner.h.
 */
#include "http/owner.h"

#include "http/owner_ask.h"

#include <sys/socket.h>

enum owner
owner_of(int fd, uid_t *out)
{
	struct sockaddr_storage theirs = { 0 }, ours = { 0 };
	socklen_t their_len = sizeof(theirs), our_len = sizeof(ours);
	enum owner owner;

	/* reset by its other end: what it sent may still be read */
	if (getpeername(fd, (struct sockaddr *)&theirs, &their_len) != 0)
		return OWNER_GONE;
	if (getsockname(fd, (struct sockaddr *)&ours, &our_len) != 0)
		return OWNER_UNKNOWN;
	owner = owner_ask(&theirs, &ours, out);
	return owner == OWNER_UNKNOWN ? owner_read(&theirs, &ours, out) : owner;
}
