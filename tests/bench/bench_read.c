/*
 * bench_read.c - sello-decode and plain libzbar at the captures of a folder
 * that make-captures made: a line each on standard output,
 *
 *   FILE  KIND  READER  read|none|WRONG  MILLISECONDS
 *
 * Readers: `sello`; `zbar`, which is libzbar once at the picture as it is, as
 * zbarimg does. Each picture is read by a process of its own, forked from one
 * that has every library loaded, as sello-decode --many forks; so no start-up
 * counts, not even a decoder's, and both pay for the same fork. The time is the
 * processor time of that process, file and picture decoding in it included:
 * other work of the machine hardly changes it. Frames of films are handed over
 * as raw gray, as a camera does it: each alone, as kind `film`, and then, as kind
 * `fused`, sello-decode's with what it held of the frames before.
 *
 * Called by scripts/bench-read:   bench-read OUTDIR
 */
#include "base/encode.h"
#include "base/file.h"
#include "decode/hint.h"
#include "decode/image.h"
#include "decode/search.h"
#include "scan/magic.h"
#include "scan/scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zbar.h>

/* main() of decode/main.c, which the Makefile calls so here. */
int decode_main(int argc, char **argv);

#define FRAMES 64 /* of a film */

/* --- readers: the file is descriptor 0, the answer goes to 1 --------------- */

static int
read_as_sello(void)
{
	static char name[] = "sello-decode";
	char *argv[] = { name, NULL };

	return decode_main(1, argv);
}

static bool
load(struct gray *out)
{
	struct bytes file = { 0 };
	enum err rc;

	if (file_read_fd(0, "capture", SCAN_FILE_MAX, &file, NULL) != ERR_OK)
		return false;
	rc = magic_of(file.at, file.len) == MAGIC_PNG   ? image_png(&file, out)
	    : magic_of(file.at, file.len) == MAGIC_JPEG ? image_jpeg(&file, out)
							: image_raw(&file, out);
	return rc == ERR_OK;
}

static void
say(const zbar_symbol_t *symbol)
{
	struct bytes line = { 0 };

	bytes_add_text(&line, "qr ");
	base64_encode((const uint8_t *)zbar_symbol_get_data(symbol),
	    zbar_symbol_get_data_length(symbol), &line);
	bytes_add_byte(&line, '\n');
	(void)file_write_all(1, line.at, line.len);
}

static int
read_as_zbar(void)
{
	zbar_image_scanner_t *zbar = zbar_image_scanner_create();
	zbar_image_t *image = zbar_image_create();
	const zbar_symbol_t *symbol;
	struct gray picture = { 0 };

	if (!load(&picture))
		return EXIT_FAILURE;
	zbar_image_scanner_set_config(zbar, 0, ZBAR_CFG_ENABLE, 0);
	zbar_image_scanner_set_config(zbar, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
	zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
	zbar_image_set_size(image, picture.width, picture.height);
	zbar_image_set_data(image, picture.at, gray_size(&picture), NULL);
	zbar_scan_image(zbar, image);
	for (symbol = zbar_image_first_symbol(image); symbol != NULL;
	     symbol = zbar_symbol_next(symbol))
		say(symbol);
	return EXIT_SUCCESS;
}

/* A frame of a camera, with what is held: as decode/main.c. */
static int
read_as_camera(void)
{
	static struct found found;
	static struct held held;
	struct bytes file = { 0 }, text = { 0 };
	struct gray picture = { 0 };
	struct search *search = search_new(&found);
	struct reader r;

	if (search == NULL ||
	    file_read_fd(0, "frame", SCAN_FILE_MAX, &file, NULL) != ERR_OK)
		return EXIT_FAILURE;
	r = (struct reader){ file.at, file.len };
	if (!held_read(&r, &held))
		return EXIT_FAILURE;
	memmove(file.at, r.at, r.left);
	file.len = r.left;
	if (image_raw(&file, &picture) != ERR_OK)
		return EXIT_FAILURE;
	search_begin(search, SEARCH_FRAME_MAX);
	search_hold(search, &held);
	search_picture(search, &picture);
	search_held(search, &held);
	if (held.version > 0)
		held_write(&held, &found.held);
	if (found.count == 0)
		found.hint = hint_of(&picture);
	found_say_codes(&found, &text);
	found_say_held(&found, &text);
	return file_write_all(1, text.at, text.len) ? EXIT_SUCCESS
						    : EXIT_FAILURE;
}

static const struct {
	const char *name;
	int (*read)(void);
} readers[] = { { "sello", read_as_sello }, { "zbar", read_as_zbar } };

/* --- one picture ---------------------------------------------------------- */

static void
die(const char *path, const char *why)
{
	fprintf(stderr, "bench-read: %s: %s\n", path, why);
	exit(EXIT_FAILURE);
}

/* A frame of a film as a camera hands it over: raw gray, which sello-decode
 * takes as one of many, with less work for each. */
static void
make_raw(const char *path, struct bytes *file)
{
	struct gray picture = { 0 };

	if (image_jpeg(file, &picture) != ERR_OK)
		die(path, "no JPEG");
	bytes_reset(file);
	bytes_addf(file, "P5 %u %u 255\n", picture.width, picture.height);
	bytes_add(file, picture.at, gray_size(&picture));
	gray_free(&picture);
}

/* The file without its name, at its beginning; before it what is held, or NULL. */
static int
open_copy(const char *path, bool frame, const struct bytes *held)
{
	struct bytes file = { 0 };
	struct errtext err = { 0 };
	int fd = memfd_create("capture", MFD_CLOEXEC);

	if (file_read(path, SCAN_FILE_MAX, &file, &err) != ERR_OK)
		die(path, err.text);
	if (frame)
		make_raw(path, &file);
	if (held != NULL && !file_write_all(fd, held->at, held->len))
		die(path, "no memory");
	if (fd < 0 || !file_write_all(fd, file.at, file.len) ||
	    lseek(fd, 0, SEEK_SET) != 0)
		die(path, "no memory");
	bytes_free(&file);
	return fd;
}

/* Its answer, and the processor time that it took; false: it died. */
static bool
ask(int (*read_it)(void), int fd, struct bytes *answer, double *ms)
{
	struct rusage used;
	int answers[2], status;
	ssize_t got;
	char part[65536];
	pid_t child;

	if (pipe(answers) != 0 || (child = fork()) < 0)
		abort();
	if (child == 0) {
		dup2(fd, 0);
		dup2(answers[1], 1);
		_exit(read_it());
	}
	close(fd);
	close(answers[1]);
	while ((got = read(answers[0], part, sizeof(part))) > 0)
		bytes_add(answer, part, (size_t)got);
	close(answers[0]);
	wait4(child, &status, 0, &used);
	*ms = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e3 +
	    (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e3;
	return status == 0;
}

/* Is the text among what was read, and does nothing else look like ours? */
static const char *
judge(const struct bytes *answer, const char *text)
{
	struct reader r = { answer->at, answer->len }, line;
	const char *found = "none";
	uint8_t end;

	while (reader_until(&r, '\n', &line) && reader_byte(&r, &end)) {
		struct bytes said = { 0 };

		if (!reader_skip_text(&line, "qr ") ||
		    !base64_decode((const char *)line.at, line.left, &said))
			continue;
		if (said.len == strlen(text) &&
		    memcmp(said.at, text, said.len) == 0)
			found = strcmp(found, "WRONG") == 0 ? found : "read";
		else if (said.len >= 5 && memcmp(said.at, "SELLO", 5) == 0)
			found = "WRONG";
		bytes_free(&said);
	}
	return found;
}

static void
read_one(const char *dir, const char *file, const char *kind, const char *text)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/%s", dir, file);
	for (size_t i = 0; i < sizeof(readers) / sizeof(readers[0]); i++) {
		struct bytes answer = { 0 };
		double ms;
		int fd = open_copy(path, strcmp(kind, "film") == 0, NULL);
		bool lived = ask(readers[i].read, fd, &answer, &ms);

		printf("%s\t%s\t%s\t%s\t%.2f\n", file, kind, readers[i].name,
		    lived ? judge(&answer, text) : "DIED", ms);
		bytes_free(&answer);
	}
	fflush(stdout);
}

/* What the answer holds for the next frame; a 0: nothing. */
static void
hold(const struct bytes *answer, struct bytes *held)
{
	struct reader r = { answer->at, answer->len }, line;
	uint8_t end;

	bytes_reset(held);
	while (reader_until(&r, '\n', &line) && reader_byte(&r, &end))
		if (reader_skip_text(&line, PROTOCOL_HELD " "))
			base64_decode((const char *)line.at, line.left, held);
	if (held->len == 0)
		bytes_add_byte(held, 0);
}

static void
read_held(
    const char *path, const char *file, const char *text, struct bytes *held)
{
	struct bytes answer = { 0 };
	double ms;
	bool lived =
	    ask(read_as_camera, open_copy(path, true, held), &answer, &ms);

	printf("%s\tfused\t%s\t%s\t%.2f\n", file, readers[0].name,
	    lived ? judge(&answer, text) : "DIED", ms);
	hold(&answer, held);
	bytes_free(&answer);
}

/* --- all of them ---------------------------------------------------------- */

static void
read_film(const char *dir, const char *folder, const char *text)
{
	struct bytes held = { 0 };
	char frame[300], path[4096];

	bytes_add_byte(&held, 0);
	for (int i = 0; i < FRAMES; i++) {
		snprintf(frame, sizeof(frame), "%s/%d.jpg", folder, i);
		snprintf(path, sizeof(path), "%s/%s", dir, frame);
		if (!file_exists(path))
			continue;
		read_one(dir, frame, "film", text);
		read_held(path, frame, text, &held);
	}
	bytes_free(&held);
}

/* A line of the manifest: file, kind, version, pixels a module, text. */
static void
read_line(const char *dir, char *line)
{
	char *field[5] = { line };
	size_t count = 1;

	for (char *at = line; *at != '\0'; at++)
		if (*at == '\t' && count < 5) {
			*at = '\0';
			field[count++] = at + 1;
		}
	if (count < 5)
		return;
	if (strcmp(field[1], "film") == 0)
		read_film(dir, field[0], field[4]);
	else
		read_one(dir, field[0], field[1], field[4]);
}

int
main(int argc, char **argv)
{
	char path[4096], *line = NULL;
	size_t size = 0;
	ssize_t len;
	FILE *manifest;

	if (argc != 2) {
		fprintf(stderr, "usage: bench-read OUTDIR\n");
		return 64;
	}
	snprintf(path, sizeof(path), "%s/manifest.tsv", argv[1]);
	if ((manifest = fopen(path, "r")) == NULL) {
		perror(path);
		return EXIT_FAILURE;
	}
	while ((len = getline(&line, &size, manifest)) > 0) {
		if (line[len - 1] == '\n')
			line[len - 1] = '\0';
		read_line(argv[1], line);
	}
	free(line);
	return fclose(manifest) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
