/*
 * power_disk.h - a disk in memory whose power fails. It keeps every change of
 * the files below one folder, in order, and which of them were flushed; what a
 * cut leaves is made of that afterwards, as often as wanted:
 *
 *   power_on(folder); power_record(); ... work ...
 *   for (seed ...)
 *           power_cut(draw(power_count()), &how); ... look ...
 *
 * What a cut leaves of
 *
 *   a file     what its flushes had; of the rest a random half of the sectors
 *              (512 bytes), each as any of the writes since left it, now and
 *              then torn within; its length is any that it had since, or one
 *              between; where it grew and nothing was kept, zeros or rubbish
 *   a folder   names that it had when it was flushed last; of those made,
 *              renamed and removed since, a random half. A rename happened or
 *              did not
 *
 * so nothing is in order that no flush put in order; a flush of a file says
 * nothing of its name. One cut in eight keeps nothing that was not flushed, one
 * in eight all of it. Same changes and same seed, same disk.
 *
 * Files come here by power_files.h (the calls of the C library in our own
 * objects) and power_vfs.h (SQLite's). One disk a process, one thread.
 */
#ifndef TESTS_SUPPORT_POWER_DISK_H
#define TESTS_SUPPORT_POWER_DISK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define POWER_SECTOR 512
#define POWER_NONE   (~0u) /* no such file */
#define POWER_ROOT   0u    /* the folder itself */

/* How the disk fails. */
struct power_how {
	uint64_t seed;
	/* flushes of files with such a name (fnmatch, of the path below the
	 * folder; folders end with "/") did nothing; NULL: all did */
	const char *unflushed;
};

/* --- recording and cutting ----------------------------------------------- */

/* power_record - what is there now stands, and what comes is recorded: until
 * the next power_cut(). */
void power_record(void);

/* power_count - changes since then: writes, lengths, names, flushes. */
size_t power_count(void);

/* power_cut - the disk as it is found when the power goes before change `at`,
 * counted from 0. Nothing may be open there. What is changed then is not
 * recorded, and the next cut is of the same record again. */
void power_cut(size_t at, const struct power_how *how);

/* power_kill - only the program ended before change `at`: all is there until
 * the power goes, too. The record goes on from it. */
void power_kill(size_t at);

/* power_fail - the `nth` flush from now, counted from 1, of a file with such a
 * name answers with an error, and so do those after it until power_fail(NULL,
 * 0). What it would have flushed stays as it was: perhaps written. */
void power_fail(const char *name, unsigned nth);

/* --- what is there: for power_files.c and power_vfs.c --------------------- */

void power_clear(void); /* an empty folder, nothing recorded */

/* power_find - the file or folder of a path below the root ("" is the root). */
unsigned power_find(const char *path);

/* power_add - a new one, which has no name yet. */
unsigned power_add(bool folder);

/* power_name - give it this name; POWER_NONE: take the name away.
 * power_rename - in one step, in the place of what has the name. */
void power_name(const char *path, unsigned node);
void power_rename(const char *from, const char *to);

void power_write(unsigned node, uint64_t at, const void *data, size_t len);
void power_resize(unsigned node, uint64_t len);
bool power_flush(unsigned node); /* a folder's: its names; false: it failed */

bool power_is_folder(unsigned node);
const uint8_t *power_data(unsigned node, size_t *len);

/* power_inside - SQLite's: what is in it is here alone. */
void power_inside(unsigned node);
bool power_is_inside(unsigned node);

/* power_each - all that has a name, folders before what is in them. */
void power_each(
    void (*see)(void *arg, const char *path, unsigned node), void *arg);

/* power_cuts - how often another disk was put in place of this one. */
unsigned power_cuts(void);

#endif
