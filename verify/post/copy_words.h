/*
 * copy_words.h - what lines say of letters that were entered before them, in the
 * same log or in an earlier one: withdrawn, replaced, printed again. A word is
 * kept with its log and line, and never changes the letter's own row. So it
 * makes no difference whether an earlier log's lines came before it or after
 * it, and it counts just as long as its line does: not behind the end that the
 * root set to the log that says it, and again when that end is raised.
 *
 * A word is of a number and a digest; where the line named no digest (a letter
 * that is replaced, and is not here), of the number alone.
 */
#ifndef VERIFY_POST_COPY_WORDS_H
#define VERIFY_POST_COPY_WORDS_H

#include "trust/list.h"
#include "verify/post/logs.h"

struct history_letter;
/*
 * copy_words_put - keep what a line of this log says. In a transaction; the log
 * is to be sealed after it.
 *
 *   word  digest: zeros where none is known; state, superseded, copies
 */
enum err copy_words_put(struct post_logs *logs, const struct post_log *log,
    uint64_t line, int year, unsigned sequence,
    const struct history_letter *word, struct errtext *err);

/* copy_words_forget - what the log said in the lines from `from` to before `to`,
 * which are taken now. What was kept of later ones, of a copy that was given up
 * or lost, stays until they come. */
enum err copy_words_forget(struct post_logs *logs, const struct post_log *log,
    uint64_t from, uint64_t to, struct errtext *err);

/*
 * copy_words_add - add to a letter what this log says of it, behind the letter's
 * own line; untouched when there is nothing. A letter never becomes better.
 *
 *   end     lines from there on are not believed: copy_words_end(), or those
 *           that follow the one that is judged
 *   letter  in: generation (0: it is in no log) and index of its line, digest,
 *           and what is known of it; out: the worse of both
 *   behind  the same, with what the log says behind its end; NULL: not asked
 *
 * ERR_OK, ERR_DATA (a row was changed), or the store's errors.
 */
enum err copy_words_add(struct post_logs *logs, const struct post_log *log,
    uint64_t end, int year, unsigned sequence, struct history_letter *letter,
    struct history_letter *behind, struct errtext *err);

/* copy_words_replaces - does this line say that it replaces the letter of this
 * number? As copy_words_add(). */
enum err copy_words_replaces(struct post_logs *logs, const struct post_log *log,
    uint64_t line, int year, unsigned sequence, bool *replaces,
    struct errtext *err);

/* copy_words_end - the end that the root set to a log, or none. */
uint64_t copy_words_end(const struct trust_log *named);

#endif
