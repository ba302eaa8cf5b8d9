/*
 * power_files.c - power_files.h.
 */
#include "tests/support/power_files.h"

#include "tests/support/power_vfs.h"
#include "tests/support/run.h"

#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int __real_open(const char *path, int flags, ...);
int __real_close(int fd);
ssize_t __real_write(int fd, const void *data, size_t len);
ssize_t __real_pwrite(int fd, const void *data, size_t len, off_t at);
int __real_fsync(int fd);
int __real_fdatasync(int fd);
int __real_rename(const char *from, const char *to);
int __real_renameat2(
    int from_dir, const char *from, int to_dir, const char *to, unsigned flags);
int __real_link(const char *from, const char *to);
int __real_unlink(const char *path);
int __real_unlinkat(int dir, const char *path, int flags);
int __real_mkdir(const char *path, mode_t mode);
int __real_rmdir(const char *path);

#define FDS 1024

/* the folder, as it was named and as it is */
static char root[2][PATH_MAX];
static unsigned file_of[FDS]; /* node + 1; 0: not on this disk */
static unsigned laid_out;     /* of power_cuts() */

/* --- paths ---------------------------------------------------------------- */

const char *
power_path(const char *path)
{
	static char full[4][2 * PATH_MAX];
	static unsigned turn; /* of a rename's two, and SQLite's */
	char here[PATH_MAX], *out = full[++turn % 4];

	if (root[0][0] == '\0')
		return NULL;
	if (path[0] == '/')
		snprintf(out, sizeof(full[0]), "%s", path);
	else
		snprintf(out, sizeof(full[0]), "%s/%s",
		    getcwd(here, sizeof(here)), path);
	for (int i = 0; i < 2; i++) {
		size_t len = strlen(root[i]);

		if (strncmp(out, root[i], len) == 0 &&
		    (out[len] == '/' || out[len] == '\0'))
			return out + len + strspn(out + len, "/");
	}
	return NULL;
}

static unsigned
file_at(int fd)
{
	return fd >= 0 && fd < FDS ? file_of[fd] - 1 : POWER_NONE;
}

static void
keep_fd(int fd, unsigned node)
{
	ck_assert_int_lt(fd, FDS);
	file_of[fd] = node + 1;
}

/* --- the calls ------------------------------------------------------------ */

int __wrap_open(const char *path, int flags, ...);
int
__wrap_open(const char *path, int flags, ...)
{
	const char *below = power_path(path);
	mode_t mode = 0;
	va_list args;
	unsigned node;
	int fd;

	va_start(args, flags);
	if ((flags & O_CREAT) != 0)
		mode = va_arg(args, mode_t);
	va_end(args);
	ck_assert(below == NULL || laid_out == power_cuts());
	fd = __real_open(path, flags, mode);
	if (fd < 0 || below == NULL)
		return fd;
	if ((node = power_find(below)) == POWER_NONE && (flags & O_CREAT) != 0)
		power_name(below, node = power_add(false));
	else if (node != POWER_NONE && (flags & O_TRUNC) != 0)
		power_resize(node, 0);
	if (node != POWER_NONE)
		keep_fd(fd, node);
	return fd;
}

int __wrap_close(int fd);
int
__wrap_close(int fd)
{
	if (file_at(fd) != POWER_NONE)
		file_of[fd] = 0;
	return __real_close(fd);
}

ssize_t __wrap_write(int fd, const void *data, size_t len);
ssize_t
__wrap_write(int fd, const void *data, size_t len)
{
	unsigned node = file_at(fd);
	off_t at = node != POWER_NONE ? lseek(fd, 0, SEEK_CUR) : 0;
	ssize_t put = __real_write(fd, data, len);

	if (node != POWER_NONE && put > 0)
		power_write(node, (uint64_t)at, data, (size_t)put);
	return put;
}

ssize_t __wrap_pwrite(int fd, const void *data, size_t len, off_t at);
ssize_t
__wrap_pwrite(int fd, const void *data, size_t len, off_t at)
{
	unsigned node = file_at(fd);
	ssize_t put = __real_pwrite(fd, data, len, at);

	if (node != POWER_NONE && put > 0)
		power_write(node, (uint64_t)at, data, (size_t)put);
	return put;
}

static int
flush(int fd)
{
	if (power_flush(file_at(fd)))
		return 0;
	errno = EIO;
	return -1;
}

int __wrap_fsync(int fd);
int
__wrap_fsync(int fd)
{
	return file_at(fd) != POWER_NONE ? flush(fd) : __real_fsync(fd);
}

int __wrap_fdatasync(int fd);
int
__wrap_fdatasync(int fd)
{
	return file_at(fd) != POWER_NONE ? flush(fd) : __real_fdatasync(fd);
}

static void
renamed(const char *from, const char *to)
{
	const char *was = power_path(from), *is = power_path(to);

	ck_assert_msg((was == NULL) == (is == NULL), "%s to %s", from, to);
	if (is != NULL)
		power_rename(was, is);
}

int __wrap_rename(const char *from, const char *to);
int
__wrap_rename(const char *from, const char *to)
{
	int rc = __real_rename(from, to);

	if (rc == 0)
		renamed(from, to);
	return rc;
}

int __wrap_renameat2(
    int from_dir, const char *from, int to_dir, const char *to, unsigned flags);
int
__wrap_renameat2(
    int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
{
	int rc = __real_renameat2(from_dir, from, to_dir, to, flags);

	if (rc == 0)
		renamed(from, to);
	return rc;
}

int __wrap_link(const char *from, const char *to);
int
__wrap_link(const char *from, const char *to)
{
	const char *was = power_path(from), *is = power_path(to);
	int rc = __real_link(from, to);

	if (rc == 0 && is != NULL)
		power_name(is, power_find(was));
	return rc;
}

int __wrap_unlink(const char *path);
int
__wrap_unlink(const char *path)
{
	const char *below = power_path(path);
	int rc = __real_unlink(path);

	if (rc == 0 && below != NULL)
		power_name(below, POWER_NONE);
	return rc;
}

static void
see_folder(void *arg, const char *path, unsigned node)
{
	char *out = ((char **)arg)[0];

	if (node == *((unsigned **)arg)[1])
		strcpy(out, path);
}

int __wrap_unlinkat(int dir, const char *path, int flags);
int
__wrap_unlinkat(int dir, const char *path, int flags)
{
	unsigned node = file_at(dir);
	char below[PATH_MAX] = "";
	void *args[] = { below, &node };
	int rc = __real_unlinkat(dir, path, flags);

	if (rc != 0 || node == POWER_NONE)
		return rc;
	power_each(see_folder, args);
	strcat(strcat(below, "/"), path);
	power_name(below, POWER_NONE);
	return rc;
}

int __wrap_mkdir(const char *path, mode_t mode);
int
__wrap_mkdir(const char *path, mode_t mode)
{
	const char *below = power_path(path);
	int rc = __real_mkdir(path, mode);

	if (rc == 0 && below != NULL)
		power_name(below, power_add(true));
	return rc;
}

int __wrap_rmdir(const char *path);
int
__wrap_rmdir(const char *path)
{
	const char *below = power_path(path);
	int rc = __real_rmdir(path);

	if (rc == 0 && below != NULL)
		power_name(below, POWER_NONE);
	return rc;
}

/* --- the real folder ------------------------------------------------------- */

static void
full_path(char out[PATH_MAX], const char *below)
{
	ck_assert_int_lt(
	    snprintf(out, PATH_MAX, "%s/%s", root[1], below), PATH_MAX);
}

/* What is in it, onto the disk. */
static void
read_folder(const char *below)
{
	char path[PATH_MAX], name[PATH_MAX];
	struct dirent *entry;
	DIR *dir;

	full_path(path, below);
	ck_assert_ptr_nonnull(dir = opendir(path));
	while ((entry = readdir(dir)) != NULL) {
		struct bytes data = { 0 };
		struct stat st;
		unsigned node;

		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0)
			continue;
		snprintf(name, sizeof(name), "%s%s%s", below,
		    below[0] != '\0' ? "/" : "", entry->d_name);
		full_path(path, name);
		ck_assert_int_eq(stat(path, &st), 0);
		node = power_add(S_ISDIR(st.st_mode));
		power_name(name, node);
		if (S_ISDIR(st.st_mode)) {
			read_folder(name);
			continue;
		}
		run_get(path, &data);
		if (data.len > 0)
			power_write(node, 0, data.at, data.len);
		bytes_free(&data);
	}
	closedir(dir);
}

/* Out of the real folder what the disk does not have, the deepest first. */
static void
remove_others(const char *below)
{
	char path[PATH_MAX], name[PATH_MAX];
	struct dirent *entry;
	unsigned node;
	DIR *dir;

	full_path(path, below);
	ck_assert_ptr_nonnull(dir = opendir(path));
	while ((entry = readdir(dir)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0)
			continue;
		snprintf(name, sizeof(name), "%s%s%s", below,
		    below[0] != '\0' ? "/" : "", entry->d_name);
		full_path(path, name);
		node = power_find(name);
		if (entry->d_type == DT_DIR)
			remove_others(name);
		if (node == POWER_NONE)
			ck_assert_int_eq(remove(path), 0);
	}
	closedir(dir);
}

static bool
is_same(const char *path, const uint8_t *data, size_t len)
{
	struct bytes have = { 0 };
	bool same;

	if (access(path, F_OK) != 0)
		return false;
	run_get(path, &have);
	same = have.len == len && (len == 0 || memcmp(have.at, data, len) == 0);
	bytes_free(&have);
	return same;
}

static void
lay_out(void *arg, const char *below, unsigned node)
{
	char path[PATH_MAX];
	const uint8_t *data;
	size_t len;
	int fd;

	(void)arg;
	full_path(path, below);
	if (power_is_folder(node)) {
		if (access(path, F_OK) != 0)
			ck_assert_int_eq(__real_mkdir(path, 0700), 0);
		return;
	}
	data = power_data(node, &len);
	if (power_is_inside(node) ? access(path, F_OK) == 0
				  : is_same(path, data, len))
		return;
	fd = __real_open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	ck_assert_int_ge(fd, 0);
	if (!power_is_inside(node))
		ck_assert_int_eq(__real_write(fd, data, len), (ssize_t)len);
	__real_close(fd);
}

static void
all_closed(void)
{
	for (int fd = 0; fd < FDS; fd++)
		ck_assert_msg(file_of[fd] == 0, "a file is still open");
	power_vfs_closed();
}

void
power_lay_out(void)
{
	all_closed();
	remove_others("");
	power_each(lay_out, NULL);
	laid_out = power_cuts();
}

bool
power_get(const char *path, struct bytes *out)
{
	unsigned node = power_find(power_path(path));
	const uint8_t *data;
	size_t len;

	if (node == POWER_NONE)
		return false;
	data = power_data(node, &len);
	bytes_add(out, len > 0 ? data : (const uint8_t *)"", len);
	ck_assert(!out->failed);
	return true;
}

void
power_on(const char *folder)
{
	power_clear();
	snprintf(root[0], sizeof(root[0]), "%s", folder);
	ck_assert_ptr_nonnull(realpath(folder, root[1]));
	read_folder("");
	laid_out = power_cuts();
	power_vfs_on();
}

void
power_off(void)
{
	power_vfs_off();
	power_clear();
	memset(file_of, 0, sizeof(file_of)); /* of a test that failed */
	root[0][0] = '\0';
}
