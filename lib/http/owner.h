/*
 * owner.h - which user of this computer is at the other end of a connection
 * over loopback: the kernel says so in /proc/net.
 */
#ifndef HTTP_OWNER_H
#define HTTP_OWNER_H

#include <stdbool.h>
#include <sys/types.h>

/* Of an end that was closed: the kernel then shows root's number for everybody. */
#define OWNER_GONE ((uid_t)-1)

/* owner_of - false when it cannot be told: there is no /proc, or the other end
 * is not (any more) on this computer. Takes time of the number of sockets. */
bool owner_of(int fd, uid_t *out);

/* owner_told - does /proc tell, of who is there? It knows that we listen. */
bool owner_told(int fd);

#endif
