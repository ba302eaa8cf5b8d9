/*
 * fate.h - what became of a letter, by the log's lines about it.
 *
 * A line that a person signed whom the root had removed does nothing
 * (docs/log.md, section 1), also where the root said so long after it was
 * written. The register has what was done here, so it may say that a letter
 * was withdrawn which every reader of the log takes as good: then it must be
 * withdrawn anew.
 */
#ifndef ISSUE_CENTER_FATE_H
#define ISSUE_CENTER_FATE_H

#include "issue/center/center.h"
#include "issue/register/letter.h"
#include "ledger/letter_state.h"

/*
 * fate_of - by the lines that count. A letter that all lines let live is told
 * so without asking who signed them.
 * fate_written - by all lines, as whoever wrote them saw it.
 *
 *   digest  NULL: of the newest log that has the number
 *
 * The cost is that of the lines about the letter, and, where some may not
 * count, of the staff's. Lines are of the transaction under way, each with a
 * good signature of this center. ERR_CONFIG: one has none, or the register was
 * changed.
 */
enum err fate_of(struct center *center, const char *number,
    const uint8_t *digest, struct history_letter *out, bool *found,
    struct errtext *err);
enum err fate_written(struct center *center, const char *number,
    const uint8_t *digest, struct history_letter *out, bool *found,
    struct errtext *err);

/*
 * fate_withdrawn - was it withdrawn, and for fraud, so that it holds? As
 * register_letter_withdrawn(), without what does not count. Errors of both.
 */
enum err fate_withdrawn(struct center *center, const char *number, bool *any,
    bool *fraud, struct errtext *err);

/*
 * fate_printable - may paper of it be handed out (again)? As
 * register_letter_printable(), and ERR_DATA for a letter whose own line does
 * not count: whoever shows it is told that it is not authentic.
 */
enum err fate_printable(
    struct center *center, const struct issued *letter, struct errtext *err);

#endif
