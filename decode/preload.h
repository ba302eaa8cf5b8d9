/*
 * preload.h - what decoders would load from files while they read a stranger's:
 * loaded before, because the jail (decode/jail.h) lets no file be opened.
 */
#ifndef DECODE_PRELOAD_H
#define DECODE_PRELOAD_H

#include "scan/magic.h"

/* preload - for a file of this kind. What is not installed is told by its
 * decoder. */
void preload(enum magic type);

/* preload_all - for any file. */
void preload_all(void);

#endif
