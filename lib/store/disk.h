/*
 * disk.h - what the disk did not give.
 *
 * Of a sector that cannot be read SQLite says "corrupt": SQLITE_IOERR_CORRUPTFS
 * becomes SQLITE_CORRUPT on its way out, and a line of integrity_check. That is
 * the disk's fault, and says nothing of what is stored. So every file that
 * SQLite opens goes through here, and such a read ends SQLITE_IOERR_READ.
 */
#ifndef STORE_DISK_H
#define STORE_DISK_H

/* disk_watch - from now on; more than once is once. An SQLite code. Where
 * somebody else's files are SQLite's default, those stay. */
int disk_watch(void);

/* disk_refusals - reads that failed in this thread so far: has another one
 * since, what was "damaged" meanwhile was not seen. */
unsigned long disk_refusals(void);

#endif
