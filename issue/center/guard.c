/*
 * guard.c - guard.h.
 */
#include "issue/center/guard.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/sha256.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC     "SELLOGD1"
#define MAGIC_LEN 8
#define HEAD_LEN  (MAGIC_LEN + 8 + 4)

struct slot {
	bool good;
	uint64_t counter;
	size_t len; /* of the note, at bytes[HEAD_LEN] */
	uint8_t bytes[GUARD_SLOT];
};

static enum err
io_error(const char *path, struct errtext *err)
{
	return err_set(
	    err, ERR_IO, _("%s: the log's guard: %s"), path, strerror(errno));
}

static uint64_t
get(const uint8_t *at, unsigned bytes)
{
	uint64_t value = 0;

	while (bytes-- > 0)
		value = value << 8 | *at++;
	return value;
}

static void
put(uint8_t *at, unsigned bytes, uint64_t value)
{
	while (bytes-- > 0) {
		at[bytes] = (uint8_t)value;
		value >>= 8;
	}
}

static void
judge_slot(struct slot *slot)
{
	uint8_t digest[SHA256_SIZE];

	slot->counter = get(slot->bytes + MAGIC_LEN, 8);
	slot->len = (size_t)get(slot->bytes + MAGIC_LEN + 8, 4);
	slot->good = memcmp(slot->bytes, MAGIC, MAGIC_LEN) == 0 &&
	    slot->len <= GUARD_NOTE_MAX;
	if (!slot->good)
		return;
	sha256(slot->bytes, HEAD_LEN + slot->len, digest);
	slot->good = memcmp(digest, slot->bytes + HEAD_LEN + slot->len,
			 sizeof(digest)) == 0;
}

static void
make_slot(uint64_t counter, const struct bytes *note, struct slot *slot)
{
	memset(slot, 0, sizeof(*slot));
	memcpy(slot->bytes, MAGIC, MAGIC_LEN);
	put(slot->bytes + MAGIC_LEN, 8, counter);
	put(slot->bytes + MAGIC_LEN + 8, 4, note->len);
	if (note->len > 0)
		memcpy(slot->bytes + HEAD_LEN, note->at, note->len);
	sha256(slot->bytes, HEAD_LEN + note->len,
	    slot->bytes + HEAD_LEN + note->len);
}

/* Both slots; what is not there is not good. */
static enum err
read_slots(int fd, const char *path, struct slot slots[2], struct errtext *err)
{
	for (int i = 0; i < 2; i++) {
		ssize_t n;

		memset(&slots[i], 0, sizeof(slots[i]));
		n = pread(fd, slots[i].bytes, GUARD_SLOT, i * GUARD_SLOT);
		if (n < 0)
			return io_error(path, err);
		judge_slot(&slots[i]);
	}
	return ERR_OK;
}

/* -1: neither is whole */
static int
newest(const struct slot slots[2])
{
	if (!slots[0].good && !slots[1].good)
		return -1;
	if (!slots[0].good)
		return 1;
	if (!slots[1].good)
		return 0;
	return slots[1].counter > slots[0].counter;
}

enum err
guard_create(const char *path, struct errtext *err)
{
	struct bytes none = { 0 };
	struct slot slot;
	enum err rc = file_refuse_there(path, err);

	if (rc != ERR_OK && rc != ERR_EXISTS)
		return rc;
	if (rc == ERR_EXISTS)
		return err_set(err, rc,
		    _("%s: there is such a file already; a guard is never "
		      "replaced, name another place"),
		    path);
	make_slot(1, &none, &slot);
	return file_write_new(path, 0600, slot.bytes, sizeof(slot.bytes), err);
}

enum err
guard_read(const char *path, struct bytes *note, struct errtext *err)
{
	/* not blocking: opening a pipe would wait for its other end */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct slot slots[2];
	enum err rc;
	int best;

	bytes_reset(note);
	if (fd < 0)
		return errno == ENOENT
		    ? err_set(err, ERR_NOT_FOUND, _("%s: no such file"), path)
		    : io_error(path, err);
	rc = read_slots(fd, path, slots, err);
	close(fd);
	if (rc != ERR_OK)
		return rc;
	if ((best = newest(slots)) < 0)
		return err_set(
		    err, ERR_DATA, _("%s: the log's guard is damaged"), path);
	bytes_add(note, slots[best].bytes + HEAD_LEN, slots[best].len);
	return note->failed ? err_memory(err) : ERR_OK;
}

enum err
guard_write(const char *path, const struct bytes *note, struct errtext *err)
{
	struct slot slots[2], next;
	enum err rc;
	int fd, best;

	if (note->len > GUARD_NOTE_MAX)
		return err_set(
		    err, ERR_LIMIT, _("a signed head too long for the guard"));
	fd = open(path, O_RDWR | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return io_error(path, err);
	if ((rc = read_slots(fd, path, slots, err)) == ERR_OK) {
		best = newest(slots);
		make_slot(best < 0 ? 1 : slots[best].counter + 1, note, &next);
		/* the slot that is not the newest one */
		if (pwrite(fd, next.bytes, GUARD_SLOT,
			best == 0 ? GUARD_SLOT : 0) != GUARD_SLOT ||
		    fdatasync(fd) != 0)
			rc = io_error(path, err);
	}
	close(fd);
	return rc;
}
