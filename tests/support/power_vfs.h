/*
 * power_vfs.h - SQLite on the disk of power_disk.h: a VFS that keeps databases,
 * journals and write-ahead logs there, in memory, and flushes as SQLite's own
 * for Unix does: sectors of 4096 bytes that a lost write does not harm beyond
 * what it writes (SQLITE_IOCAP_POWERSAFE_OVERWRITE), the folder's names with
 * the first flush of a new journal or log. What lies elsewhere goes to SQLite's
 * own. The index of a write-ahead log (-shm) is no file here: no power cut
 * leaves anything of it that is used again.
 */
#ifndef TESTS_SUPPORT_POWER_VFS_H
#define TESTS_SUPPORT_POWER_VFS_H

/* power_vfs_on, power_vfs_off - SQLite's default from now on, and no more.
 * power_vfs_closed - asserts that nothing is open there. */
void power_vfs_on(void);
void power_vfs_off(void);
void power_vfs_closed(void);

#endif
