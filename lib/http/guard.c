/*
 * guard.c - who may ask: guard.h.
 */
#include "http/guard.h"

#include "base/encode.h"
#include "http/cookie.h"
#include "http/owner.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *const hosts[] = { "127.0.0.1", "[::1]", "localhost" };

#define HOST_COUNT (sizeof(hosts) / sizeof(hosts[0]))
#define HTTP_PORT  80 /* is left out in addresses */

static bool
new_word(char out[GUARD_WORD_SIZE])
{
	struct bytes text = { 0 };
	uint8_t word[32];
	bool done = RAND_bytes(word, sizeof(word)) == 1;

	if (done)
		base64url_encode(word, sizeof(word), &text);
	done = done && !text.failed &&
	    text_copy(out, GUARD_WORD_SIZE, (const char *)text.at);
	OPENSSL_cleanse(word, sizeof(word));
	bytes_wipe(&text);
	return done;
}

bool
guard_renew(struct guard *guard, int64_t now_ms)
{
	guard->born_ms = now_ms;
	OPENSSL_cleanse(guard->start, sizeof(guard->start));
	return new_word(guard->start);
}

bool
guard_init(struct guard *guard, unsigned port, int64_t now_ms)
{
	guard->port = port;
	snprintf(
	    guard->cookie_name, sizeof(guard->cookie_name), "sello-%u", port);
	return guard_renew(guard, now_ms) && new_word(guard->cookie) &&
	    new_word(guard->token) && new_word(guard->proof);
}

void
guard_link(const struct guard *guard, struct bytes *out)
{
	bytes_addf(out, "http://%s:%u" GUARD_START "%s", hosts[0], guard->port,
	    guard->start);
}

void
guard_wipe(struct guard *guard)
{
	OPENSSL_cleanse(guard, sizeof(*guard));
}

/* In a time that does not tell how much of it was right. */
static bool
is_word(const char *word, const void *given, size_t len)
{
	return len == GUARD_WORD_SIZE - 1 && word[0] != '\0' &&
	    CRYPTO_memcmp(word, given, len) == 0;
}

static bool
is_our_host(const struct guard *guard, const char *host)
{
	char name[32];
	size_t i;

	for (i = 0; i < HOST_COUNT; i++) {
		snprintf(name, sizeof(name), "%s:%u", hosts[i], guard->port);
		if (strcmp(host, name) == 0 ||
		    (guard->port == HTTP_PORT && strcmp(host, hosts[i]) == 0))
			return true;
	}
	return false;
}

/* Whatever is no look: GET changes nothing. */
static bool
may_change(const struct head *head)
{
	return strcmp(head->method, "GET") != 0 &&
	    strcmp(head->method, "HEAD") != 0;
}

/* Where there is an Origin, it is the host that was asked. */
static bool
is_our_origin(const struct head *head, const char *host)
{
	const char *origin = head_value(head, "Origin", 0);

	if (origin == NULL)
		return true;
	return head_value(head, "Origin", 1) == NULL &&
	    strncmp(origin, "http://", 7) == 0 && strcmp(origin + 7, host) == 0;
}

/*
 * What the browser says of who asks (Fetch Metadata): a page of ours, or for
 * what changes nothing also the person, by a link of no page ("none").
 */
static bool
is_our_site(const struct head *head)
{
	const char *site = head_value(head, "Sec-Fetch-Site", 0);

	if (site == NULL)
		return true; /* no browser, or an old one */
	if (head_value(head, "Sec-Fetch-Site", 1) != NULL)
		return false;
	return strcmp(site, "same-origin") == 0 ||
	    (strcmp(site, "none") == 0 && !may_change(head));
}

static bool
has_cookie(const struct guard *guard, const struct head *head)
{
	const char *cookies;
	struct reader value;
	bool found = false;
	size_t i;

	/* another program's page may have set one of the same name */
	for (i = 0; (cookies = head_value(head, "Cookie", i)) != NULL; i++)
		while (cookie_next(&cookies, guard->cookie_name, &value))
			found |= is_word(guard->cookie, value.at, value.left);
	return found;
}

static bool
has_token(const struct guard *guard, const struct head *head)
{
	const char *token = head_value(head, "X-Sello-Token", 0);

	return token != NULL && is_word(guard->token, token, strlen(token)) &&
	    head_value(head, "X-Sello-Token", 1) == NULL;
}

/*
 * A browser gets the link as its argument, which every user sees (ps); and a
 * page on another port, whosever, gets our cookie. Root has both in any case,
 * and carries the connections of some desktops.
 */
static bool
may_start(struct guard *guard, int fd)
{
	enum owner owner;
	uid_t user;

	if (fd < 0)
		return true;
	owner = owner_of(fd, &user);
	if (owner != OWNER_KNOWN)
		return owner == OWNER_UNKNOWN;
	if (guard->ours && user != geteuid() && user != 0)
		return false;
	guard->opened = true;
	guard->user = user;
	return true;
}

static bool
is_who_started(const struct guard *guard, int fd)
{
	enum owner owner;
	uid_t user;

	if (fd < 0 || !guard->opened)
		return true;
	owner = owner_of(fd, &user);
	return owner == OWNER_UNKNOWN ||
	    (owner == OWNER_KNOWN && user == guard->user);
}

/* The link works once, and not for long. */
static int
start(struct guard *guard, const struct head *head, int fd, int64_t now_ms)
{
	const char *word = head->target + strlen(GUARD_START);

	if (strcmp(head->method, "GET") != 0 ||
	    now_ms - guard->born_ms >= GUARD_START_MS ||
	    !is_word(guard->start, word, strlen(word)) || !may_start(guard, fd))
		return 403;
	OPENSSL_cleanse(guard->start, sizeof(guard->start));
	return 303;
}

int
guard_judge(
    struct guard *guard, const struct head *head, int fd, int64_t now_ms)
{
	const char *host = head_value(head, "Host", 0);

	if (host == NULL || head_value(head, "Host", 1) != NULL ||
	    !is_our_host(guard, host))
		return 421;
	if (!is_our_origin(head, host) || !is_our_site(head))
		return 403;
	if (strncmp(head->target, GUARD_START, strlen(GUARD_START)) == 0)
		return start(guard, head, fd, now_ms);
	if (!has_cookie(guard, head) || !is_who_started(guard, fd))
		return 403;
	return !may_change(head) || has_token(guard, head) ? 200 : 403;
}
