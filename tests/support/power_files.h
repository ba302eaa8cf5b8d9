/*
 * power_files.h - the files beside the databases on the disk of power_disk.h:
 * open(), write(), fsync(), rename() and the others as our own objects call
 * them. A test program that uses it is linked with
 *
 *   -Wl,--wrap=open,--wrap=write,...      the Makefile's POWER_WRAP
 *
 * They do what they do, but for flushing, and the disk is told. So the folder
 * is a real one as well, which every other call reads, and which is laid out
 * anew after a cut; a database in it is a name alone, its bytes are
 * power_vfs.h's.
 */
#ifndef TESTS_SUPPORT_POWER_FILES_H
#define TESTS_SUPPORT_POWER_FILES_H

#include "base/bytes.h"
#include "tests/support/power_disk.h"

/* power_on - the power may fail in this folder from now on: its files as they
 * are stand. SQLite's databases too. power_off - no more; nothing is open. */
void power_on(const char *folder);
void power_off(void);

/* power_path - the path below the folder, of one as a program names it; NULL:
 * it is elsewhere. */
const char *power_path(const char *path);

/* power_lay_out - the folder as the disk is after a cut: before anything but a
 * database is opened there. */
void power_lay_out(void);

/* power_get - a file as the disk has it, laid out or not, appended; false: it
 * is not there. */
bool power_get(const char *path, struct bytes *out);

#endif
