/*
 * unchecked.h - put before each file of issue/ (-include, in the Makefile) for
 * one test and no program: every refusal goes by way of err_set().
 */
#ifndef TESTS_ISSUE_UNCHECKED_H
#define TESTS_ISSUE_UNCHECKED_H

#include "base/err.h"

enum err unchecked_err_set(struct errtext *err, enum err code, const char *fmt,
    ...) __attribute__((format(printf, 3, 4)));

#define err_set unchecked_err_set

#endif
