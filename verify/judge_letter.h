/*
 * judge_letter.h - from the bytes of one letter to its verdict: who signed it,
 * what the post's copy of the log says of it, whether it was shown before. What
 * else is in a file, and its pages, is judge.c's.
 */
#ifndef VERIFY_JUDGE_LETTER_H
#define VERIFY_JUDGE_LETTER_H

#include "verify/judge.h"

/*
 * judge_letter - from a decoded letter file to its verdict, which is given.
 *
 *   judged  what is known of where it came from; judgement.input ERR_OK, or
 *           why it could not be decoded
 *   xml     borrowed
 */
void judge_letter(
    const struct judge *judge, struct judged *judged, const struct bytes *xml);

/* judge_give - find the verdict and hand it over, of a letter or of what is
 * none. */
void judge_give(const struct judge *judge, struct judged *judged);

#endif
