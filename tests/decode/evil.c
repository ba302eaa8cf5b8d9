/*
 * evil.c - a sello-decode that does what a stranger's file says, as one that was
 * taken over would: locked in by the real jail, served by the real
 * decode/many.h. The file is one word:
 *
 *   good    says "clean" and who started it; or what "poison" left behind
 *   poison  changes what it can of its process, and of the others
 *   stay    says who it is and all that it has to say, and does not end
 *   loop, flood, die, memory, nonsense, wait
 */
#include "base/encode.h"
#include "base/file.h"
#include "base/process.h"
#include "decode/jail.h"
#include "decode/many.h"
#include "scan/protocol.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static char state[64] = "clean";
static long starter;

static void
say(const char *line)
{
	(void)file_write_all(1, line, strlen(line));
}

static void
say_code(const char *text)
{
	struct bytes line = { 0 };

	bytes_add_text(&line, PROTOCOL_QR " ");
	base64_encode((const uint8_t *)text, strlen(text), &line);
	bytes_add_text(&line, "\n" PROTOCOL_END "\n");
	(void)file_write_all(1, line.at, line.len);
	bytes_free(&line);
}

static void
say_state(void)
{
	char text[128];

	snprintf(text, sizeof(text), "%s %ld", state, starter);
	say_code(text);
}

/* A false reply for the next question, on whatever is open; an end to the
 * process that will answer it; a word in what it would start from. */
static void
poison(void)
{
	const pid_t false_child = 1;
	int fd;

	for (fd = 0; fd < 64; fd++) {
		(void)send(fd, &false_child, sizeof(false_child),
		    MSG_DONTWAIT | MSG_NOSIGNAL);
		if (fd > 1)
			(void)!write(fd, "x", 1);
	}
	(void)kill((pid_t)starter, SIGKILL);
	(void)kill((pid_t)starter, SIGSTOP);
	strcpy(state, "spoiled");
	say_state();
}

static void
take_memory(void)
{
	size_t size = 1u << 30, i;
	volatile char *much = malloc(size);

	for (i = 0; much != NULL && i < size; i += 4096)
		much[i] = 1;
	say_code(much != NULL ? "got" : "refused");
}

static void
flood(void)
{
	for (;;)
		say(PROTOCOL_QR " U0VMTE8=\n");
}

static volatile unsigned long turns;

static void
loop(void)
{
	for (;;)
		turns++;
}

/* Works for a while, then answers. */
static void
take_time(void)
{
	while (clock() < CLOCKS_PER_SEC / 2)
		turns++;
	say_state();
}

static void
stay(void)
{
	char text[32];

	snprintf(text, sizeof(text), "%ld", (long)getpid());
	say_code(text);
	close(1);
	loop();
}

static void
nonsense(void)
{
	say("pages 0\nqr ?\n\n" PROTOCOL_END "\n");
}

static const struct {
	const char *word;
	void (*act)(void);
} acts[] = {
	{ "good", say_state },
	{ "poison", poison },
	{ "memory", take_memory },
	{ "flood", flood },
	{ "loop", loop },
	{ "wait", take_time },
	{ "die", abort },
	{ "nonsense", nonsense },
	{ "stay", stay },
};

static int
answer(bool frame)
{
	struct bytes file = { 0 };
	size_t i;

	(void)frame;
	if (!jail_begin() ||
	    file_read_fd(0, "input", 4096, &file, NULL) != ERR_OK)
		return EXIT_FAILURE;
	bytes_add_byte(&file, '\0');
	if (jail_enter(JAIL_READER, JAIL_ALL) == 0)
		return EXIT_FAILURE;
	for (i = 0; i < sizeof(acts) / sizeof(acts[0]); i++)
		/* behind what is held: nothing */
		if (strcmp((const char *)file.at + 1, acts[i].word) == 0)
			acts[i].act();
	return EXIT_SUCCESS;
}

int
main(void)
{
	process_init();
	starter = (long)getpid();
	return many_serve(0, answer);
}
