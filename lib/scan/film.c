/*
 * film.c - film.h. Segments that say how long they are are passed by, for a
 * small picture may lie in one; in the picture's own data FF is always followed
 * by 00 or a marker.
 */
#include "scan/film.h"

#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	MARK = 0xff,
	STUFFED = 0x00, /* behind FF in the data: a byte FF */
	ALONE = 0x01,   /* TEM: without a length, as RST0 to RST7 and SOI */
	RESTART_FIRST = 0xd0,
	RESTART_LAST = 0xd7,
	BEGIN = 0xd8,
	END = 0xd9,
	SCAN = 0xda, /* its segment, then data */
};

/* Where in a picture the next byte is. */
enum place {
	OUTSIDE,     /* of any */
	OUTSIDE_FF,  /* behind an FF */
	BEGUN,       /* behind FF D8: a picture, if FF follows */
	BEFORE_MARK, /* an FF must come */
	IN_MARK,     /* behind it */
	LENGTH_HIGH,
	LENGTH_LOW,
	SEGMENT,
	DATA,
	DATA_FF, /* behind an FF */
};

struct film {
	int fd;
	enum place place;
	uint8_t mark; /* of the segment */
	size_t left;  /* of the segment */
	bool too_large;
	size_t start, end; /* what of chunk is not used yet */
	uint8_t chunk[65536];
};

static enum err
open_at(const char *path, int *fd, struct errtext *err)
{
	struct stat what;

	*fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	if (*fd < 0)
		return err_set(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO,
		    "%s: %s", path, strerror(errno));
	if (fstat(*fd, &what) == 0 &&
	    (S_ISREG(what.st_mode) || S_ISFIFO(what.st_mode)) &&
	    fcntl(*fd, F_SETFL, 0) == 0)
		return ERR_OK;
	close(*fd);
	return err_set(
	    err, ERR_NOT_FOUND, _("%s: no camera, and no film"), path);
}

enum err
film_open(const char *path, struct film **out, struct errtext *err)
{
	struct film *film = calloc(1, sizeof(*film));
	enum err rc;

	if (film == NULL)
		return err_memory(err);
	if ((rc = open_at(path, &film->fd, err)) != ERR_OK) {
		free(film);
		return rc;
	}
	*out = film;
	return ERR_OK;
}

void
film_free(struct film **film)
{
	if (*film == NULL)
		return;
	close((*film)->fd);
	OPENSSL_cleanse(*film, sizeof(**film)); /* letters were on them */
	free(*film);
	*film = NULL;
}

static bool
is_alone(uint8_t mark)
{
	return mark == ALONE || (mark >= RESTART_FIRST && mark <= RESTART_LAST);
}

/* Behind FF, within a picture. */
static enum place
after_mark(struct film *film, uint8_t byte)
{
	if (byte == MARK)
		return IN_MARK;
	if (byte == STUFFED || byte == END)
		return OUTSIDE;
	film->mark = byte;
	return is_alone(byte) ? BEFORE_MARK : LENGTH_HIGH;
}

static enum place
after_data(struct film *film, uint8_t byte)
{
	if (byte == MARK)
		return DATA_FF;
	return byte == STUFFED || is_alone(byte) ? DATA
						 : after_mark(film, byte);
}

static enum place
after_length(struct film *film, uint8_t byte)
{
	film->left |= byte;
	if (film->left < 2) /* it counts itself */
		return OUTSIDE;
	film->left -= 2;
	if (film->left > 0)
		return SEGMENT;
	return film->mark == SCAN ? DATA : BEFORE_MARK;
}

static enum place
after(struct film *film, uint8_t byte)
{
	switch (film->place) {
	case OUTSIDE:
		return byte == MARK ? OUTSIDE_FF : OUTSIDE;
	case OUTSIDE_FF:
		if (byte == MARK)
			return OUTSIDE_FF;
		return byte == BEGIN ? BEGUN : OUTSIDE;
	case BEGUN:
		return byte == MARK ? IN_MARK : OUTSIDE;
	case BEFORE_MARK:
		return byte == MARK ? IN_MARK : OUTSIDE;
	case IN_MARK:
		return byte == BEGIN ? BEGUN : after_mark(film, byte);
	case LENGTH_HIGH:
		film->left = (size_t)byte << 8;
		return LENGTH_LOW;
	case LENGTH_LOW:
		return after_length(film, byte);
	case SEGMENT:
		if (--film->left > 0)
			return SEGMENT;
		return film->mark == SCAN ? DATA : BEFORE_MARK;
	case DATA:
		return byte == MARK ? DATA_FF : DATA;
	case DATA_FF: /* the next one begins where this one was cut off */
		return byte == BEGIN ? BEGUN : after_data(film, byte);
	}
	return OUTSIDE;
}

/* One byte more; true when it ends a picture. */
static bool
take(struct film *film, uint8_t byte, struct bytes *out)
{
	enum place before = film->place;
	bool ends = (before == IN_MARK || before == DATA_FF) && byte == END;

	film->place = after(film, byte);
	if (film->place == BEGUN) {
		bytes_reset(out);
		film->too_large = false;
		bytes_add_byte(out, MARK);
	}
	if (film->place == OUTSIDE && !ends)
		bytes_reset(out);
	else if (film->place != OUTSIDE_FF && out->len < FILM_FRAME_MAX)
		bytes_add_byte(out, byte);
	else if (film->place != OUTSIDE_FF)
		film->too_large = true;
	return ends;
}

/* False at the end, or when it cannot be read: *failed. */
static bool
fill(struct film *film, bool *failed)
{
	ssize_t got;

	do
		got = read(film->fd, film->chunk, sizeof(film->chunk));
	while (got < 0 && errno == EINTR);
	*failed = got < 0;
	film->start = 0;
	film->end = got > 0 ? (size_t)got : 0;
	return got > 0;
}

static enum err
finish(struct film *film, struct bytes *out, struct errtext *err)
{
	if (out->failed)
		return err_memory(err);
	if (!film->too_large)
		return ERR_OK;
	bytes_reset(out);
	return err_set(err, ERR_LIMIT, _("a picture is larger than %u MB"),
	    FILM_FRAME_MAX >> 20);
}

enum err
film_next(struct film *film, struct bytes *out, struct errtext *err)
{
	bool failed = false;

	bytes_reset(out);
	film->too_large = false;
	do
		while (film->start < film->end)
			if (take(film, film->chunk[film->start++], out))
				return finish(film, out, err);
	while (fill(film, &failed));
	bytes_reset(out);
	if (failed)
		return err_set(err, ERR_IO, "%s", strerror(errno));
	return err_set(err, ERR_NOT_FOUND, _("the film is at its end"));
}
