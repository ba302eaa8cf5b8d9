/*
 * status.h - the statuses that this server gives, in one table.
 */
#ifndef HTTP_STATUS_H
#define HTTP_STATUS_H

/* status_phrase - "Not Found", for the first line of an answer; never NULL. */
const char *status_phrase(int status);

/* status_text - what an error means and what to do next, as a message id; never
 * NULL. */
const char *status_text(int status);

#endif
