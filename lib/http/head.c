/*
 * head.c - the strict reader of a request's head: head.h.
 */
#include "http/head.h"

#include "base/bytes.h"

#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define LINE_END "\r\n"
#define HEAD_END "\r\n\r\n"
/* method, spaces and version */
#define AROUND_TARGET 32
#define LENGTH_DIGITS 15

static bool
is_token(const char *text, size_t len)
{
	static const char others[] = "!#$%&'*+-.^_`|~";
	size_t i;

	for (i = 0; i < len; i++) {
		char c = text[i];

		if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
			(c >= 'a' && c <= 'z') ||
			(c != '\0' && strchr(others, c) != NULL)))
			return false;
	}
	return len > 0;
}

/* Lines end with both characters, and no other control character is there; the
 * last byte may be the first of a pair. */
static bool
is_text(const uint8_t *data, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (data[i] == '\r') {
			if (i + 1 < len && data[i + 1] != '\n')
				return false;
		} else if (data[i] == '\n') {
			if (i == 0 || data[i - 1] != '\r')
				return false;
		} else if ((data[i] < 0x20 && data[i] != '\t') ||
		    data[i] == 0x7f)
			return false;
	return true;
}

/* "HTTP/1.1": 200, another number 505, anything else 400 */
static int
check_version(const char *text, size_t len)
{
	if (len != 8 || memcmp(text, "HTTP/", 5) != 0)
		return 400;
	if (memcmp(text + 5, "1.1", 3) == 0 || memcmp(text + 5, "1.0", 3) == 0)
		return 200;
	return text[5] >= '0' && text[5] <= '9' && text[6] == '.' ? 505 : 400;
}

static int
check_target(const char *text, size_t len)
{
	size_t i;

	if (len > HEAD_TARGET_MAX)
		return 414;
	for (i = 0; i < len; i++)
		if (text[i] <= 0x20 || text[i] > 0x7e)
			return 400;
	/* "http://elsewhere/" is for a proxy */
	return len > 0 && text[0] == '/' ? 200 : 421;
}

/* The first line, len bytes without its end. */
static int
check_first(const char *line, size_t len)
{
	const char *target = memchr(line, ' ', len), *version;
	int status;

	if (target == NULL || !is_token(line, (size_t)(target - line)))
		return 400;
	target++;
	version = memchr(target, ' ', len - (size_t)(target - line));
	if (version == NULL)
		return 400; /* HTTP/0.9 */
	status = check_version(version + 1, len - (size_t)(version + 1 - line));
	return status == 200 ? check_target(target, (size_t)(version - target))
			     : status;
}

/* Where the head ends is not here yet. */
static int
check_part(const uint8_t *data, size_t len)
{
	const uint8_t *end = memmem(data, len, LINE_END, 2);
	int status;

	if (end == NULL)
		return len > HEAD_TARGET_MAX + AROUND_TARGET ? 414 : 0;
	status = check_first((const char *)data, (size_t)(end - data));
	if (status != 200)
		return status;
	return len >= HEAD_MAX ? 431 : 0;
}

/* Splits the copy at its spaces and colons, which were looked at before. */
static int
split_first(struct head *head, char *line)
{
	char *target = strchr(line, ' ');
	char *version = target != NULL ? strchr(target + 1, ' ') : NULL;

	if (version == NULL)
		return 400;
	*target = *version = '\0';
	head->method = line;
	head->target = target + 1;
	return 200;
}

static int
split_line(struct head *head, char *line)
{
	char *colon = strchr(line, ':'), *end;

	/* also a folded line, which begins with a space */
	if (colon == NULL || !is_token(line, (size_t)(colon - line)))
		return 400;
	if (head->line_count == HEAD_LINES_MAX)
		return 431;
	*colon++ = '\0';
	colon += strspn(colon, " \t");
	for (end = colon + strlen(colon);
	     end > colon && (end[-1] == ' ' || end[-1] == '\t'); end--)
		;
	*end = '\0';
	head->line[head->line_count++] = (struct head_line){ line, colon };
	return 200;
}

static int
split(struct head *head)
{
	char *line = head->text, *end = strstr(line, LINE_END);
	int status;

	if (end == NULL)
		return 400;
	*end = '\0';
	status = split_first(head, line);
	for (line = end + 2; status == 200 && *line != '\0'; line = end + 2) {
		if ((end = strstr(line, LINE_END)) == NULL)
			return 400;
		*end = '\0';
		status = split_line(head, line);
	}
	return status;
}

/* How long is what follows? One way to say it, said once. */
static int
take_length(struct head *head)
{
	const char *length = head_value(head, "Content-Length", 0);
	const char *coding = head_value(head, "Transfer-Encoding", 0);

	if (head_value(head, "Content-Length", 1) != NULL ||
	    head_value(head, "Transfer-Encoding", 1) != NULL ||
	    (length != NULL && coding != NULL))
		return 400;
	if (coding != NULL && strcasecmp(coding, "chunked") != 0)
		return 501;
	head->chunked = coding != NULL;
	if (length == NULL)
		return 200;
	if (*length == '\0' || length[strspn(length, "0123456789")] != '\0')
		return 400;
	if (strlen(length) > LENGTH_DIGITS)
		return 413;
	head->length = strtoull(length, NULL, 10);
	return 200;
}

static int
read_whole(const uint8_t *data, size_t len, struct head *head)
{
	int status;

	/* with the end of the last line, without the empty one */
	if ((head->text = malloc(len + 1)) == NULL)
		return 503;
	memcpy(head->text, data, len);
	head->text[len] = '\0';
	head->len = len;
	if ((status = split(head)) == 200)
		status = take_length(head);
	return status;
}

int
head_read(const uint8_t *data, size_t len, struct head *out)
{
	const uint8_t *end = memmem(data, len, HEAD_END, 4);
	struct head head = { 0 };
	int status;

	if (end != NULL)
		len = (size_t)(end - data) + 4;
	if (!is_text(data, len))
		return 400;
	status = check_part(data, end != NULL ? len - 1 : len);
	if (status != 0 || end == NULL)
		return status;
	if (len > HEAD_MAX)
		return 431;
	if ((status = read_whole(data, len - 2, &head)) != 200)
		head_clear(&head);
	else
		*out = head;
	return status;
}

const char *
head_value(const struct head *head, const char *name, size_t i)
{
	size_t k;

	for (k = 0; k < head->line_count; k++)
		if (strcasecmp(head->line[k].name, name) == 0 && i-- == 0)
			return head->line[k].value;
	return NULL;
}

void
head_clear(struct head *head)
{
	if (head->text != NULL)
		OPENSSL_cleanse(head->text, head->len);
	free(head->text);
	*head = (struct head){ 0 };
}
