/*
 * owner_ask.h - the kernel, asked about one end of one connection. Part of
 * owner.h; nobody else calls these.
 */
#ifndef HTTP_OWNER_ASK_H
#define HTTP_OWNER_ASK_H

#include "http/owner.h"

#include <sys/socket.h>

/*
 * owner_ask - by sock_diag(7), which finds one connection among many at once.
 * owner_read - in the tables of proc_pid_net(5), for a kernel without it.
 *
 *   theirs, ours  both ends as getpeername() and getsockname() tell them
 */
enum owner owner_ask(const struct sockaddr_storage *theirs,
    const struct sockaddr_storage *ours, uid_t *out);
enum owner owner_read(const struct sockaddr_storage *theirs,
    const struct sockaddr_storage *ours, uid_t *out);

#endif
