/*
 * log_letters.h - the letters of the lines that are taken, in the copy: what
 * the rules ask of them (ledger/history.h), and which numbers the log gave.
 */
#ifndef VERIFY_POST_LOG_LETTERS_H
#define VERIFY_POST_LOG_LETTERS_H

#include "ledger/history.h"
#include "verify/post/log_lines_inner.h"

struct history_letters;
/* log_letters_begin - the numbers that the log gave so far. */
void log_letters_begin(struct log_lines *lines);

/* log_letters_of - for history_add(). ERR_CONFIG: the own copy is damaged. */
struct history_letters log_letters_of(struct log_lines *lines);

/* log_letters_end - write what is still in memory. ERR_CONFIG, ERR_MEMORY, the
 * store's. */
enum err log_letters_end(struct log_lines *lines, struct errtext *err);

#endif
