/*
 * owner_read.c - owner_read(): owner_ask.h. Rows of /proc/net/tcp and tcp6: both
 * ends as the other one sees them, addresses as words of this computer.
 */
#include "http/owner_ask.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

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

/* "  0: LOCAL REMOTE STATE QUEUES TIMER RETRIES USER WAITS INODE ..." */
static enum owner
find(const char *table, const char *theirs, const char *ours, uid_t *out)
{
	FILE *file = fopen(table, "re");
	char row[512], local[END_SIZE], remote[END_SIZE];
	unsigned long inode;
	unsigned user;
	enum owner owner = OWNER_UNKNOWN;

	if (file == NULL)
		return owner;
	while (owner == OWNER_UNKNOWN && fgets(row, sizeof(row), file) != NULL)
		if (sscanf(row, " %*u: %39s %39s %*s %*s %*s %*s %u %*u %lu",
			local, remote, &user, &inode) == 4 &&
		    strcmp(local, theirs) == 0 && strcmp(remote, ours) == 0)
			owner = inode != 0 ? OWNER_KNOWN : OWNER_GONE;
	fclose(file);
	if (owner == OWNER_KNOWN)
		*out = user;
	return owner;
}

enum owner
owner_read(const struct sockaddr_storage *their_address,
    const struct sockaddr_storage *our_address, uid_t *out)
{
	struct end theirs, ours;
	enum owner owner = OWNER_UNKNOWN;

	if (!write_end(their_address, &theirs) ||
	    !write_end(our_address, &ours))
		return OWNER_UNKNOWN;
	if (theirs.four[0] != '\0')
		owner = find("/proc/net/tcp", theirs.four, ours.four, out);
	return owner == OWNER_UNKNOWN
	    ? find("/proc/net/tcp6", theirs.six, ours.six, out)
	    : owner;
}
