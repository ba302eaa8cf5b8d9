/*
 * reply.h - an answer as it goes out: with the headers that every answer of
 * this server carries, errors too.
 */
#ifndef HTTP_REPLY_H
#define HTTP_REPLY_H

#include "http/answer.h"

/* reply_headers - call `add` for each header but Content-Length and Date, those
 * of the answer itself last. */
void reply_headers(const struct http_answer *answer,
    void (*add)(void *to, const char *name, const char *value), void *to);

/* reply_whole - append the answer in bytes; without_body: to a HEAD. */
void reply_whole(
    const struct http_answer *answer, bool without_body, struct bytes *out);

/*
 * reply_error - fill an empty answer with a status of this server's own, in the
 * request's language.
 */
void reply_error(
    struct http_answer *answer, const struct http_request *request, int status);

#endif
