/*
 * copy_letters.h - the letters of the copy, each as its own line has it. What
 * became of it later lines say: copy_words.h.
 *
 * Errors of all: the store's, ERR_DATA (a row was changed), ERR_MEMORY.
 */
#ifndef VERIFY_POST_COPY_LETTERS_H
#define VERIFY_POST_COPY_LETTERS_H

#include "verify/post/logs.h"

/* copy_letter_find - the row of this number; *found: there is one. Whether one
 * is missing that should be there post_log_letter() says. */
enum err copy_letter_find(struct post_logs *logs, const struct post_log *log,
    int year, unsigned sequence, struct history_letter *out, bool *found,
    struct errtext *err);

/* copy_letter_put - a line's letter, in place of one under its number. In a
 * transaction. */
enum err copy_letter_put(struct post_logs *logs, const struct post_log *log,
    int year, unsigned sequence, const struct history_letter *letter,
    struct errtext *err);

typedef enum err (*copy_letters_fn)(void *ctx,
    const uint8_t commitment[POST_LOG_COMMITMENT], struct errtext *err);

/* copy_letters_each - the commitment of each letter of a log, until visit()
 * returns an error, which is passed on. */
enum err copy_letters_each(struct post_logs *logs, const struct post_log *log,
    copy_letters_fn visit, void *ctx, struct errtext *err);

#endif
