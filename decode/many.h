/*
 * many.h - one sello-decode that is asked again and again. It reads no
 * picture itself: each question has a child of its own, forked from a process
 * that has loaded all libraries and seen nothing, so no picture can poison the
 * answer to the next one, and none waits for another.
 */
#ifndef DECODE_MANY_H
#define DECODE_MANY_H

#include <stdbool.h>

/*
 * many_serve - answer what comes through a socket (scan/protocol.h) until its
 * other end is closed. An exit status.
 *
 *   answer  run in a child that has the file as descriptor 0 and the place for
 *           the answer as 1; takes on the jail itself; returns the child's
 *           exit status. frame: it is one of a camera's
 */
int many_serve(int socket, int (*answer)(bool frame));

#endif
