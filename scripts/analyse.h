/*
 * analyse.h - what an analyser cannot know, as it reads one file at a time: put in
 * front of each file by `make analyse` (scripts/analyse.mk), and by no build.
 */
#ifndef ANALYSE_H
#define ANALYSE_H

#include "base/err.h"

/* These hand back the code that they are given, which is never ERR_OK where it
 * stands for a failure: else whoever returns one is thought to go on with nothing. */
#define err_set(err, code, ...) \
	((void)(err_set)(err, code, __VA_ARGS__), (code))
#define err_openssl(err, code, what) \
	((void)(err_openssl)(err, code, what), (code))
#define err_memory(err) ((void)(err_memory)(err), ERR_MEMORY)

#endif
