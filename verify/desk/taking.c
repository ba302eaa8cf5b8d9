/*
 * taking.c - taking.h.
 */
#include "verify/desk/taking.h"

#include "base/clock.h"
#include "base/html.h"
#include "base/i18n.h"
#include "http/words.h"

#include <errno.h>
#include <fcntl.h>
#include <mntent.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define SAID_MAX (256u << 10) /* bytes; more is left out */

/* --- running -------------------------------------------------------------- */

static int
set_up(posix_spawnattr_t *attributes, posix_spawn_file_actions_t *actions,
    int words)
{
	sigset_t none, all;
	int failed;

	/* the server's own signals wait; the command's do not */
	sigemptyset(&none);
	sigfillset(&all);
	failed = posix_spawnattr_setsigmask(attributes, &none);
	failed |= posix_spawnattr_setsigdefault(attributes, &all);
	failed |= posix_spawnattr_setflags(
	    attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	failed |= posix_spawn_file_actions_addopen(
	    actions, 0, "/dev/null", O_RDONLY, 0);
	failed |= posix_spawn_file_actions_adddup2(actions, words, 1);
	failed |= posix_spawn_file_actions_adddup2(actions, words, 2);
	failed |= posix_spawn_file_actions_addclosefrom_np(actions, 3);
	return failed;
}

static int
spawn(pid_t *process, int words, const char *const argv[])
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	int failed;

	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attributes);
	failed = set_up(&attributes, &actions, words);
	if (failed == 0)
		failed = posix_spawn(process, "/proc/self/exe", &actions,
		    &attributes, (char *const *)(uintptr_t)argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	return failed;
}

enum err
taking_start(struct taking *taking, const char *home, const char *source,
    struct errtext *err)
{
	const char *const argv[] = { "sello-verify", "sync", "--home", home,
		"--lang", i18n_language(), "--", source, NULL };
	int ends[2], failed;

	taking_listen(taking);
	if (taking->running)
		return err_set(err, ERR_EXISTS, "%s",
		    _("lists and logs are being taken already"));
	if (source == NULL || source[0] == '\0')
		return err_set(err, ERR_DATA, "%s",
		    _("choose a stick, or type the folder to take from"));
	if (pipe2(ends, O_CLOEXEC) != 0 ||
	    fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0)
		return err_set(err, ERR_IO, "%s", strerror(errno));
	failed = spawn(&taking->process, ends[1], argv);
	close(ends[1]);
	if (failed != 0) {
		close(ends[0]);
		return err_set(err, ERR_IO, "%s", strerror(failed));
	}
	taking->words = ends[0];
	taking->begun = taking->running = true;
	taking->moment = clock_moment();
	bytes_reset(&taking->said);
	return ERR_OK;
}

static void
reap(struct taking *taking)
{
	int status = 0;

	close(taking->words);
	while (waitpid(taking->process, &status, 0) < 0 && errno == EINTR)
		continue;
	taking->status =
	    WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	taking->running = false;
}

void
taking_listen(struct taking *taking)
{
	uint8_t chunk[4096];
	ssize_t got;

	while (taking->running) {
		got = read(taking->words, chunk, sizeof(chunk));
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 && errno == EAGAIN)
			return;
		if (got <= 0)
			reap(taking);
		else if (taking->said.len + (size_t)got <= SAID_MAX)
			bytes_add(&taking->said, chunk, (size_t)got);
	}
}

void
taking_end(struct taking *taking)
{
	if (taking->running) {
		kill(taking->process, SIGTERM);
		reap(taking);
	}
	bytes_free(&taking->said);
}

/* --- in words ------------------------------------------------------------- */

static const char *
result_of(int status)
{
	switch (status) {
	case 0:
		return _("Taken, or nothing new.");
	case 1:
		return _("Something older was left.");
	case 2:
		return _("Something could not be read or verified.");
	case 3:
		return _("PROOF OF MANIPULATION: read what stands above.");
	default:
		return _("It could not be done: read what stands above.");
	}
}

static void
add_said(struct bytes *out, const struct taking *taking)
{
	struct reader r = { taking->said.at, taking->said.len }, line;

	bytes_add_text(out, "<ol class=\"said\">\n");
	while (r.left > 0) {
		struct bytes text = { 0 };

		if (!reader_until(&r, '\n', &line)) {
			line = r;
			r.left = 0;
		} else
			reader_skip_text(&r, "\n");
		bytes_add(&text, line.at, line.left);
		if (text.len > 0)
			words_element(out, "li", (const char *)text.at);
		bytes_free(&text);
	}
	bytes_add_text(out, "</ol>\n");
}

static void
add_state(struct bytes *out, const struct taking *taking)
{
	if (!taking->begun)
		return;
	add_said(out, taking);
	if (!taking->running) {
		bytes_addf(out, "<p class=\"ended\" data-exit=\"%d\">",
		    taking->status);
		html_text(out, result_of(taking->status));
		bytes_add_text(out, "</p>\n");
		return;
	}
	bytes_add_text(out, "<p class=\"running\"><progress></progress> ");
	html_text(out, _("Taking lists and logs; seconds so far:"));
	bytes_addf(
	    out, " %lld</p>\n", (long long)(clock_moment() - taking->moment));
}

static bool
is_removable(const char *folder)
{
	return strncmp(folder, "/media/", 7) == 0 ||
	    strncmp(folder, "/run/media/", 11) == 0;
}

static void
add_places(struct bytes *out)
{
	FILE *mounts = setmntent("/proc/self/mounts", "r");
	struct mntent entry;
	char room[8192];

	bytes_add_text(out, "<div class=\"places\">");
	while (mounts != NULL &&
	    getmntent_r(mounts, &entry, room, sizeof(room)) != NULL) {
		if (!is_removable(entry.mnt_dir))
			continue;
		bytes_add_text(out, "<button type=\"button\"");
		html_attribute(out, "data-place", entry.mnt_dir);
		bytes_add_text(out, ">");
		html_stranger(out, entry.mnt_dir);
		bytes_add_text(out, "</button>");
	}
	if (mounts != NULL)
		endmntent(mounts);
	bytes_add_text(out, "</div>\n");
}

void
taking_add(struct bytes *out, struct taking *taking)
{
	taking_listen(taking);
	add_state(out, taking);
	add_places(out);
}
