/*
 * decoder.c - decoder.h.
 */
#include "scan/decoder.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "scan/child.h"
#include "scan/helper.h"
#include "scan/protocol.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

struct decoder {
	pthread_mutex_t lock; /* a question and its reply are one */
	char *program;
	int socket;    /* -1: none is there */
	pid_t process; /* which may have ended by itself */
	pid_t before;  /* the one that it took over from, for what that one was
			* asked still; -1: none */
	size_t asked;  /* of this process */
	bool began;    /* everything is loaded: it replied once */
};

static enum err
start(struct decoder *decoder, struct errtext *err)
{
	int ends[2], failed;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
		return helper_broke(err);
	failed = child_spawn(decoder->program, PROTOCOL_MANY, ends[1], ends[1],
	    &decoder->process);
	close(ends[1]);
	if (failed != 0) {
		close(ends[0]);
		decoder->process = -1;
		return helper_not_started(decoder->program, err);
	}
	decoder->socket = ends[0];
	decoder->asked = 0;
	decoder->began = false;
	return ERR_OK;
}

/* It may be stopped, and has nothing to save. */
static void
end(pid_t *process)
{
	if (*process > 0) {
		kill(*process, SIGKILL);
		while (waitpid(*process, NULL, 0) < 0 && errno == EINTR)
			continue;
	}
	*process = -1;
}

static void
hang_up(struct decoder *decoder)
{
	if (decoder->socket >= 0)
		close(decoder->socket);
	decoder->socket = -1;
}

/* A fresh process. The last one ends when its children have answered. */
static enum err
renew(struct decoder *decoder, struct errtext *err)
{
	hang_up(decoder);
	end(&decoder->before);
	decoder->before = decoder->process;
	return start(decoder, err);
}

enum err
decoder_start(const char *program, struct decoder **out, struct errtext *err)
{
	struct decoder *decoder = calloc(1, sizeof(*decoder));
	enum err rc;

	if (decoder == NULL)
		return err_memory(err);
	*decoder =
	    (struct decoder){ .socket = -1, .process = -1, .before = -1 };
	pthread_mutex_init(&decoder->lock, NULL);
	decoder->program = strdup(program);
	rc = decoder->program != NULL ? start(decoder, err) : err_memory(err);
	if (rc != ERR_OK)
		decoder_free(&decoder);
	*out = decoder;
	return rc;
}

enum err
decoder_new(struct decoder **out, struct errtext *err)
{
	char *program = NULL;
	enum err rc = helper_program(&program, err);

	*out = NULL;
	if (rc == ERR_OK)
		rc = decoder_start(program, out, err);
	free(program);
	return rc;
}

void
decoder_free(struct decoder **decoder)
{
	struct decoder *d = *decoder;

	if (d == NULL)
		return;
	hang_up(d);
	end(&d->process);
	end(&d->before);
	pthread_mutex_destroy(&d->lock);
	free(d->program);
	free(d);
	*decoder = NULL;
}

/* One byte, and both descriptors with it. */
static bool
hand_over(int socket, char what, int file, int answer)
{
	const int asked[] = { file, answer };
	struct iovec data = { &what, 1 };
	union {
		struct cmsghdr align;
		char room[CMSG_SPACE(sizeof(asked))];
	} control = { .room = { 0 } };
	struct msghdr message = { .msg_iov = &data,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control) };
	struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
	ssize_t sent;

	rights->cmsg_level = SOL_SOCKET;
	rights->cmsg_type = SCM_RIGHTS;
	rights->cmsg_len = CMSG_LEN(sizeof(asked));
	memcpy(CMSG_DATA(rights), asked, sizeof(asked));
	do
		sent = sendmsg(socket, &message, MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	return sent == 1;
}

/* What came with a reply, or -1. */
static int
handle_of(struct msghdr *message)
{
	struct cmsghdr *rights = CMSG_FIRSTHDR(message);
	int handle = -1;

	if (rights != NULL && rights->cmsg_type == SCM_RIGHTS &&
	    rights->cmsg_len == CMSG_LEN(sizeof(handle)))
		memcpy(&handle, CMSG_DATA(rights), sizeof(handle));
	return handle;
}

static bool
hear(int socket, struct decoder_question *out)
{
	struct iovec data = { &out->child, sizeof(out->child) };
	union {
		struct cmsghdr align;
		char room[CMSG_SPACE(sizeof(int))];
	} control;
	struct msghdr message = { .msg_iov = &data,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control) };
	ssize_t got =
	    recvmsg(socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);

	if (got >= 0)
		out->handle = handle_of(&message);
	return got == (ssize_t)sizeof(out->child);
}

/* The child that is at work now: 0: there could be none; -1: no word of it. */
static void
reply(const struct decoder *decoder, struct decoder_question *out)
{
	int seconds =
	    decoder->began ? SCAN_FRAME_IDLE_SECONDS : SCAN_IDLE_SECONDS;
	struct pollfd wait = { .fd = decoder->socket, .events = POLLIN };
	int ready;

	do
		ready = poll(&wait, 1, seconds * 1000);
	while (ready < 0 && errno == EINTR);
	if (ready <= 0 || !hear(decoder->socket, out))
		out->child = -1;
}

/* As reply(). Without a word it is ended: a late one would be the next one's. */
static void
put_once(struct decoder *decoder, char what, int file, int answer,
    struct decoder_question *out, bool *died)
{
	bool there = hand_over(decoder->socket, what, file, answer);
	int64_t began = clock_ms();

	if (there)
		reply(decoder, out);
	*died = !there ||
	    (out->child < 0 &&
		clock_ms() - began < SCAN_FRAME_IDLE_SECONDS * 500);
	decoder->began = true;
	decoder->asked++;
	if (out->child < 0) {
		end(&decoder->process);
		hang_up(decoder);
	}
}

/* Where the process has died, or has been asked often enough, another one is
 * asked; one that hung was waited for already. */
static void
put_question(struct decoder *decoder, char what, int file, int answer,
    struct decoder_question *out)
{
	bool died = true;
	int tries;

	pthread_mutex_lock(&decoder->lock);
	for (tries = 0; tries < 2 && out->child < 0 && died; tries++) {
		if ((decoder->socket < 0 ||
			decoder->asked >= DECODER_FILES_MAX) &&
		    renew(decoder, NULL) != ERR_OK)
			break;
		put_once(decoder, what, file, answer, out, &died);
	}
	pthread_mutex_unlock(&decoder->lock);
}

static bool
is_raw(const uint8_t *data, size_t len)
{
	struct reader r = { data, len };

	return reader_skip_text(&r, "P5 ");
}

static enum err
ask(struct decoder *decoder, bool frame, const uint8_t *data, size_t len,
    struct decoder_question *out, struct errtext *err)
{
	struct decoder_question asked = {
		.child = -1, .handle = -1, .answer = -1, .frame = frame
	};
	int file = child_file(data, len), ends[2];

	if (file >= 0 && pipe2(ends, O_CLOEXEC) == 0) {
		asked.answer = ends[0];
		put_question(decoder,
		    frame ? PROTOCOL_ASK_FRAME : PROTOCOL_ASK_FILE, file,
		    ends[1], &asked);
		close(ends[1]);
	}
	if (file >= 0)
		close(file);
	if (asked.child <= 0) {
		enum err rc = helper_broke(err);

		if (asked.answer >= 0)
			close(asked.answer);
		return rc;
	}
	*out = asked;
	return ERR_OK;
}

enum err
decoder_ask(struct decoder *decoder, const uint8_t *data, size_t len,
    struct decoder_question *out, struct errtext *err)
{
	if (is_raw(data, len))
		return decoder_ask_frame(decoder, data, len, NULL, out, err);
	return ask(decoder, false, data, len, out, err);
}

enum err
decoder_ask_frame(struct decoder *decoder, const uint8_t *data, size_t len,
    const struct bytes *held, struct decoder_question *out, struct errtext *err)
{
	struct bytes both = { 0 };
	enum err rc;

	if (held != NULL && held->len > 0)
		bytes_add(&both, held->at, held->len);
	else
		bytes_add_byte(&both, 0);
	bytes_add(&both, data, len);
	rc = both.failed ? err_memory(err)
			 : ask(decoder, true, both.at, both.len, out, err);
	bytes_wipe(&both);
	return rc;
}

/*
 * At its end, or made to: one that was taken over may close its output and stay.
 * Without a handle, whoever holds the other end of the pipe is the child, so that it
 * is there still and no other process has its number.
 */
static void
end_question(struct decoder_question *question)
{
	struct pollfd pipe = { .fd = question->answer };

	if (question->handle >= 0) {
		syscall(
		    SYS_pidfd_send_signal, question->handle, SIGKILL, NULL, 0);
		close(question->handle);
	} else if (poll(&pipe, 1, 0) == 0)
		kill(question->child, SIGKILL);
	close(question->answer);
	*question = (struct decoder_question){ 0 };
}

static bool
is_whole(const struct bytes *answer)
{
	static const char end[] = PROTOCOL_END "\n";
	size_t len = sizeof(end) - 1;

	return answer->len >= len &&
	    memcmp(answer->at + answer->len - len, end, len) == 0;
}

enum err
decoder_answer(struct decoder_question *question, struct scan_result *out,
    struct errtext *err)
{
	static const struct child_limits any = { SCAN_CPU_SECONDS,
		SCAN_IDLE_SECONDS, SCAN_WALL_SECONDS };
	static const struct child_limits frame = { SCAN_FRAME_CPU_SECONDS,
		SCAN_FRAME_IDLE_SECONDS, SCAN_FRAME_WALL_SECONDS };
	struct scan_result found = { .held = out->held };
	struct bytes answer = { 0 };
	enum err rc = ERR_OK;
	int failed;

	if (out->held != NULL)
		bytes_reset(out->held);
	failed = child_listen(question->answer, question->child,
	    question->frame ? &frame : &any, NULL, PROTOCOL_ANSWER_MAX,
	    &answer);
	if (failed != 0 || !is_whole(&answer)) /* it died */
		rc = helper_ended(failed, err);
	end_question(question);
	rc = helper_answer(rc, &answer, &found, err);
	out->hint = found.hint;
	if (rc == ERR_OK)
		*out = found;
	else
		scan_clear(&found);
	bytes_wipe(&answer);
	return rc;
}

void
decoder_drop(struct decoder_question *question)
{
	if (question->child != 0)
		end_question(question);
}
