/*
 * guard.h - is this request from the browser that opened our start link? Any
 * page of the world may send requests to 127.0.0.1, under any name (DNS
 * rebinding), and any program of this computer may connect; ports share their
 * cookies. So each request shows where it goes (Host), where it comes from
 * (Origin, Sec-Fetch-Site) and what only our pages know; and it is of the user
 * who opened the start link, whoever else got hold of a word.
 *
 * The other way round a page must know that it is still us who answer: whoever uses
 * this computer may take the port of a program that has ended. So whatever we say to
 * who may ask carries a word that only our pages have.
 */
#ifndef HTTP_GUARD_H
#define HTTP_GUARD_H

#include "base/bytes.h"
#include "http/head.h"

#include <sys/types.h>

#define GUARD_START_MS  (5 * 60 * 1000) /* a start link's life */
#define GUARD_WORD_SIZE 44              /* 32 random bytes in base64url, NUL */
#define GUARD_START     "/start/"
#define GUARD_PROOF     "X-Sello-Proof" /* the header */

struct guard {
	unsigned port;
	char cookie_name[16];        /* "sello-8080": ports share cookies */
	char start[GUARD_WORD_SIZE]; /* of the start link; "" when used */
	char cookie[GUARD_WORD_SIZE];
	char token[GUARD_WORD_SIZE]; /* of pages, for each POST */
	char proof[GUARD_WORD_SIZE]; /* of answers, for pages */
	int64_t born_ms;             /* of the start link */
	bool ours; /* this user opens the start link, nobody else */
	bool opened;
	uid_t user; /* who opened it, where `opened` */
};

/* guard_init - new random words; false without randomness. */
bool guard_init(struct guard *guard, unsigned port, int64_t now_ms);

/* guard_renew - another start link, in place of the last one; who is let in
 * already stays so. False without randomness: there is none then. */
bool guard_renew(struct guard *guard, int64_t now_ms);

/* guard_link - append "http://127.0.0.1:PORT/start/WORD". */
void guard_link(const struct guard *guard, struct bytes *out);

/*
 * guard_judge - 200: go on; 421: for another host; 403: from elsewhere, or by
 * somebody who has not opened the start link; 303: this is the start link, now
 * used up: answer with the cookie.
 *
 *   fd  the connection, for owner_of(); -1: anybody's
 */
int guard_judge(
    struct guard *guard, const struct head *head, int fd, int64_t now_ms);

/* guard_wipe - forget the words. */
void guard_wipe(struct guard *guard);

#endif
