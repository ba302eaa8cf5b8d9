/*
 * many.c - many.h.
 */
#include "decode/many.h"

#include "decode/jail.h"
#include "decode/preload.h"
#include "scan/protocol.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

enum { ASKED_FILE, ASKED_ANSWER, ASKED_COUNT };

/* One question, as scan/protocol.h has it. 1; 0 at the socket's end; -1 for
 * anything else. */
static int
hear(int socket, int asked[ASKED_COUNT], char *what)
{
	struct iovec data = { what, 1 };
	union {
		struct cmsghdr align;
		char room[CMSG_SPACE(sizeof(int) * ASKED_COUNT)];
	} control;
	struct msghdr message = { .msg_iov = &data,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control) };
	struct cmsghdr *rights;
	ssize_t got;

	do
		got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
	while (got < 0 && errno == EINTR);
	rights = got == 1 ? CMSG_FIRSTHDR(&message) : NULL;
	if (rights == NULL || rights->cmsg_type != SCM_RIGHTS ||
	    rights->cmsg_len != CMSG_LEN(sizeof(int) * ASKED_COUNT))
		return got == 0 ? 0 : -1;
	memcpy(asked, CMSG_DATA(rights), sizeof(int) * ASKED_COUNT);
	return *what == PROTOCOL_ASK_FILE || *what == PROTOCOL_ASK_FRAME ? 1
									 : -1;
}

/* In the child: all but the two descriptors is left behind. */
static int
answer_here(const int asked[ASKED_COUNT], bool frame, int (*answer)(bool frame))
{
	if (dup2(asked[ASKED_FILE], STDIN_FILENO) < 0 ||
	    dup2(asked[ASKED_ANSWER], STDOUT_FILENO) < 0)
		return EX_OSERR;
	return answer(frame);
}

/*
 * The child's number, and a descriptor of it where there is one to be had: a number
 * may soon be another's, so that nobody can be sure to end a child by it.
 */
static bool
tell(int socket, pid_t child)
{
	int handle = child > 0 ? (int)syscall(SYS_pidfd_open, child, 0) : -1;
	struct iovec data = { &child, sizeof(child) };
	union {
		struct cmsghdr align;
		char room[CMSG_SPACE(sizeof(handle))];
	} control = { .room = { 0 } };
	struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1 };
	bool told;

	if (handle >= 0) {
		message.msg_control = &control;
		message.msg_controllen = sizeof(control);
		control.align = (struct cmsghdr){
			.cmsg_len = CMSG_LEN(sizeof(handle)),
			.cmsg_level = SOL_SOCKET,
			.cmsg_type = SCM_RIGHTS,
		};
		memcpy(CMSG_DATA(&control.align), &handle, sizeof(handle));
	}
	told = sendmsg(socket, &message, MSG_NOSIGNAL) >= 0;
	if (handle >= 0)
		close(handle);
	return told;
}

int
many_serve(int socket, int (*answer)(bool frame))
{
	int asked[ASKED_COUNT], heard;
	char what = 0;
	pid_t child;

	/* children are nobody's to wait for: their answers end with them */
	if (!jail_begin_serving() || signal(SIGCHLD, SIG_IGN) == SIG_ERR)
		return EX_OSERR;
	preload_all();
	(void)jail_enter(JAIL_SERVER, JAIL_ALL); /* each child judges its own */
	while ((heard = hear(socket, asked, &what)) == 1) {
		if ((child = fork()) == 0)
			_exit(answer_here(
			    asked, what == PROTOCOL_ASK_FRAME, answer));
		close(asked[ASKED_FILE]);
		close(asked[ASKED_ANSWER]);
		if (!tell(socket, child < 0 ? 0 : child))
			break;
	}
	/* they die with it, so what was asked is answered first */
	while (heard == 0 && (wait(NULL) >= 0 || errno == EINTR))
		continue;
	return heard == 0 ? EXIT_SUCCESS : EX_IOERR;
}
