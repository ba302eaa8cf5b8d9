/*
 * scan_typed.h - sello-verify scan: what a scanner types, on a terminal, through a
 * pipe or over a serial line.
 */
#ifndef VERIFY_SCAN_TYPED_H
#define VERIFY_SCAN_TYPED_H

#include "verify/session.h"

/* scan_typed - standard input, until its end or Ctrl-D: 0; Ctrl-C: 130. */
int scan_typed(struct session *session);

/* scan_serial - a serial device, until SIGTERM: 0. Else an exit status whose reason
 * was printed. */
int scan_serial(struct session *session, const char *path, int64_t baud);

#endif
