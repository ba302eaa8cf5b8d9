/*
 * sentences.h - what is said to people of a result, in order: sentences in
 * their language, handed to a function. Terminals fold them, pages make blocks
 * of them; what is said is decided here once. Short, no technical words;
 * nothing of what was handed in but signed fields.
 */
#ifndef VERIFY_SENTENCES_H
#define VERIFY_SENTENCES_H

#include "base/bytes.h"

struct judge;
struct judged;

/* One sentence, borrowed. code: of the reason that begins with it; "": it goes
 * on with what was said before. */
typedef void sentences_take(void *ctx, const char *code, const char *text);

/* sentences_reasons - each reason with what to do (what several ask for once),
 * and what lay beside it and decides nothing. */
void sentences_reasons(const struct judge *judge, const struct judged *judged,
    sentences_take *take, void *ctx);

/* sentences_answer - what the log has under a typed number: what was asked. */
void sentences_answer(const struct judge *judge, const struct judged *judged,
    sentences_take *take, void *ctx);

/* sentences_entry - of that the one about the letter itself: to be translated.
 */
const char *sentences_entry(
    const struct judge *judge, const struct judged *judged);

/* sentences_knowledge - what this post knows, and how old that is. */
void sentences_knowledge(const struct judge *judge, const struct judged *judged,
    sentences_take *take, void *ctx);

/* sentences_shown_here, sentences_shown_elsewhere - when the letter was shown
 * before, appended to out; nothing where it was not, or nobody knows when. */
void sentences_shown_here(const struct judged *judged, struct bytes *out);
void sentences_shown_elsewhere(const struct judged *judged, struct bytes *out);

#endif
