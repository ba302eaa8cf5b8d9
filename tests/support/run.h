/*
 * run.h - other programs as oracles, in a folder of their own.
 */
#ifndef TESTS_SUPPORT_RUN_H
#define TESTS_SUPPORT_RUN_H

#include "base/bytes.h"

#include <stddef.h>

/* run_folder - make a folder for scratch files and enter it; run_leave - go
 * back and remove it. */
void run_folder(void);
void run_leave(void);

/* run_has - is the program installed? */
int run_has(const char *program);

/* run - a shell command; its exit status. out: its standard output, may be
 * NULL. What it says on standard error is dropped. */
int run(const char *command, struct bytes *out);

/* run_put, run_get - whole files; run_get is empty when there is none. */
void run_put(const char *path, const void *data, size_t len);
void run_get(const char *path, struct bytes *out);

#endif
