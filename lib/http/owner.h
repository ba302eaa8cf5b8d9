/*
 * owner.h - which user of this computer is at the other end of a connection
 * over loopback: the kernel says so in /proc/net.
 */
#ifndef HTTP_OWNER_H
#define HTTP_OWNER_H

#include <stdbool.h>
#include <sys/types.h>

/* owner_of - false when it cannot be told: there is no /proc, or the other end
 * is not (any more) on this computer. Takes time of the number of sockets. */
bool owner_of(int fd, uid_t *out);

#endif
