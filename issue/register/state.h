/*
 * state.h - what the lines of the signature log come to, in the
 * register: the state that issue/center/logbook_rules.h keeps beside them, and
 * the lines about one letter, found by an index over the lines themselves.
 *
 *   log_state  one row: the history as text, and its seal
 *
 * Errors, where nothing else is said, as in issue/register/register.h.
 */
#ifndef ISSUE_REGISTER_STATE_H
#define ISSUE_REGISTER_STATE_H

#include "issue/register/register.h"
#include "letter/commitment.h"

#define REGISTER_STATE_SEAL_SIZE 32

/* register_state - history is "" when none was kept; else out as stored. */
enum err register_state(struct registry *reg, struct bytes *history,
    uint8_t seal[REGISTER_STATE_SEAL_SIZE], struct errtext *err);
/* register_state_set - in place of the one before; history is text, with its
 * NUL. */
enum err register_state_set(struct registry *reg, const struct bytes *history,
    const uint8_t seal[REGISTER_STATE_SEAL_SIZE], struct errtext *err);

/*
 * register_state_about - the lines that name this letter, by generation and
 * index; what each() returns stops. The cost is that of these lines, however
 * long the log.
 */
enum err register_state_about(struct registry *reg, const char *number,
    enum err (*each)(void *arg, unsigned generation, uint64_t index,
	const char *line, size_t len, struct errtext *err),
    void *arg, struct errtext *err);

/* register_state_about_and_staff - those, and all of register_state_staff(), in
 * one order. */
enum err register_state_about_and_staff(struct registry *reg,
    const char *number,
    enum err (*each)(void *arg, unsigned generation, uint64_t index,
	const char *line, size_t len, struct errtext *err),
    void *arg, struct errtext *err);

/* A line's place, where lines of several logs are told apart. */
struct log_place {
	unsigned generation;
	uint64_t index;
};

/*
 * register_state_staff - the lines that begin a log or change the staff, in
 * order; what each() returns stops. By index as well.
 *
 *   before  only those that stand before this place; NULL: all
 */
enum err register_state_staff(struct registry *reg,
    const struct log_place *before,
    enum err (*each)(void *arg, unsigned generation, uint64_t index,
	const char *line, size_t len, struct errtext *err),
    void *arg, struct errtext *err);

/* What tells whether there are other such lines than before. */
struct staff_stamp {
	int64_t newest; /* row of the last; -1: none */
	int64_t lines;
};

/* register_state_staff_stamp - by the index alone, so that it costs nothing. */
enum err register_state_staff_stamp(
    struct registry *reg, struct staff_stamp *out, struct errtext *err);

/* register_state_names_key - does a line have this as its key's name? Reads all
 * lines. */
enum err register_state_names_key(struct registry *reg, const char *key_name,
    bool *names, struct errtext *err);

/* register_state_drafted - does a letter's line have this commitment? By index
 * as well. */
enum err register_state_drafted(struct registry *reg,
    const uint8_t commitment[LETTER_COMMITMENT_SIZE], bool *drafted,
    struct errtext *err);

#endif
