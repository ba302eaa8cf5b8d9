/*
 * owner.h - which user of this computer is at the other end of a connection
 * over loopback: the kernel says so, by sock_diag(7) or in /proc/net.
 */
#ifndef HTTP_OWNER_H
#define HTTP_OWNER_H

#include <sys/types.h>

enum owner {
	OWNER_KNOWN,
	OWNER_GONE,   /* closed by who opened it: nobody's any more */
	OWNER_UNKNOWN /* the kernel does not tell, or not of that end */
};

/*
 * owner_of - who holds the other end of this connection now. Of OWNER_KNOWN
 * out is the user's number; of the others it is left alone.
 *
 * Who closes an end gives it away: for the kernel it is root's from then on.
 * So "gone" is an answer of its own, never user 0.
 */
enum owner owner_of(int fd, uid_t *out);

#endif
