/*
 * log_words.h - what a center's later log says of letters of its earlier ones:
 * withdrawn, replaced, printed again. It is kept with the log that says it, and
 * never changes the letter's own row. So it makes no difference whether the
 * earlier log's lines came before it or after it: after the root raised that
 * log's end, or when that log is taken anew.
 *
 * A word is of a number and a digest; where the line named no digest (a letter
 * that is replaced, and is not here), of the number alone.
 */
#ifndef VERIFY_LOG_WORDS_H
#define VERIFY_LOG_WORDS_H

#include "verify/logs.h"

/*
 * log_words_put - keep a word of this log, beside what it said before of the
 * same letter. In a transaction; the log is to be sealed after it.
 *
 *   word  digest: zeros where none is known; state, superseded, copies
 */
enum err log_words_put(struct post_logs *logs, const struct post_log *log,
    int year, unsigned sequence, const struct history_letter *word,
    struct errtext *err);

/* log_words_forget - this log is taken from its first line on, and says it all
 * again. */
enum err log_words_forget(
    struct post_logs *logs, const struct post_log *log, struct errtext *err);

/*
 * log_words_add - add to a letter what this log says of it; untouched when
 * there is nothing. A letter never becomes better.
 *
 *   letter  in: its digest, and what is known of it; out: the worse of both
 *
 * ERR_OK, ERR_DATA (a row was changed), or the store's errors.
 */
enum err log_words_add(struct post_logs *logs, const struct post_log *log,
    int year, unsigned sequence, struct history_letter *letter,
    struct errtext *err);

#endif
