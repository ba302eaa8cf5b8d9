/*
 * owner.c - owner.h. Rows of /proc/net/tcp and tcp6 (proc_pid_net(5)): both
 * ends as the other one sees them, addresses as words of this computer.
 */
#include "http/owner.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define END_SIZE 40 /* 32 digits, a colon, four digits */

/* One end in both ways it may be written: IPv4, and IPv6 or IPv4 in it. */
struct end {
	char four[END_SIZE], six[END_SIZE];
};

static void
write_four(const struct sockaddr_in *address, struct end *out)
{
	unsigned port = ntohs(address->sin_port);

	snprintf(out->four, END_SIZE, "%08X:%04X",
	    (unsigned)address->sin_addr.s_addr, port);
	snprintf(out->six, END_SIZE, "0000000000000000%08X%08X:%04X",
	    (unsigned)htonl(0xffff), (unsigned)address->sin_addr.s_addr, port);
}

static void
write_six(const struct sockaddr_in6 *address, struct end *out)
{
	uint32_t word[4];

	memcpy(word, &address->sin6_addr, sizeof(word));
	out->four[0] = '\0';
	snprintf(out->six, END_SIZE, "%08X%08X%08X%08X:%04X", word[0], word[1],
	    word[2], word[3], ntohs(address->sin6_port));
}

static bool
write_end(const struct sockaddr_storage *address, struct end *out)
{
	if (address->ss_family == AF_INET)
		write_four((const struct sockaddr_in *)address, out);
	else if (address->ss_family == AF_INET6)
		write_six((const struct sockaddr_in6 *)address, out);
	else
		return false;
	return true;
}

/* "  0: LOCAL REMOTE STATE QUEUES TIMER RETRIES USER TIMEOUT INODE ..." */
static bool
find(const char *table, const char *theirs, const char *ours, uid_t *out)
{
	FILE *file = fopen(table, "re");
	char row[512], local[END_SIZE], remote[END_SIZE];
	unsigned long inode;
	unsigned user;
	bool found = false;

	if (file == NULL)
		return false;
	while (!found && fgets(row, sizeof(row), file) != NULL)
		if (sscanf(row, " %*u: %39s %39s %*s %*s %*s %*s %u %*s %lu",
			local, remote, &user, &inode) == 4 &&
		    strcmp(local, theirs) == 0 && strcmp(remote, ours) == 0) {
			*out = user == 0 && inode == 0 ? OWNER_GONE : user;
			found = true;
		}
	fclose(file);
	return found;
}

bool
owner_of(int fd, uid_t *out)
{
	struct sockaddr_storage address;
	struct end theirs, ours;
	socklen_t len = sizeof(address);

	if (getpeername(fd, (struct sockaddr *)&address, &len) != 0 ||
	    !write_end(&address, &theirs))
		return false;
	len = sizeof(address);
	if (getsockname(fd, (struct sockaddr *)&address, &len) != 0 ||
	    !write_end(&address, &ours))
		return false;
	return (theirs.four[0] != '\0' &&
		   find("/proc/net/tcp", theirs.four, ours.four, out)) ||
	    find("/proc/net/tcp6", theirs.six, ours.six, out);
}

bool
owner_told(int fd)
{
	static const char four[] = "00000000:0000";
	static const char six[] = "00000000000000000000000000000000:0000";
	struct sockaddr_storage address;
	struct end ours;
	socklen_t len = sizeof(address);
	uid_t user;

	return getsockname(fd, (struct sockaddr *)&address, &len) == 0 &&
	    write_end(&address, &ours) &&
	    (find("/proc/net/tcp", ours.four, four, &user) ||
		find("/proc/net/tcp6", ours.six, six, &user));
}
