/*
 * publications.c - sticks and folders that a post is told to sync from: lists and
 * logs as somebody without the keys can make them. To a post that has only the
 * root's certificate all of it is new.
 *
 * What must come of it is "EXIT:REASON", the exit status of sync and the first
 * reason of the honest letter 1 after it.
 */
#include "tests/hostile/hostile.h"

#include "base/file.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LIST       "trust.xml"
#define LOG        "log/GTGUA01/1/"
#define CHECKPOINT LOG "checkpoint"
#define ENTRIES    LOG "tile/entries/000.p/7"
#define TILE       LOG "tile/0/000.p/7"

#define NO_LIST "2:U-ISSUER" /* nothing was taken */
/* the list was, and the other center's log, but not this one's */
#define NO_LOG "2:R-LOG-PENDING"
#define SAME   "0:"

static const char *const files[] = { LIST, CHECKPOINT, ENTRIES, TILE,
	"log/GTGUA02/1/checkpoint", "log/GTGUA02/1/tile/entries/000.p/6",
	"log/GTGUA02/1/tile/0/000.p/6" };

/* The published folder's file, as text; the caller frees it. */
static void
get(const struct hostile *h, const char *name, struct bytes *out)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/pub/%s", h->dir, name);
	bytes_reset(out);
	hostile_must(file_read(path, 1 << 20, out, NULL) == ERR_OK, path);
}

static void
put_in(const char *folder, const char *name, const struct bytes *data)
{
	char path[600];
	size_t i;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	for (i = strlen(folder) + 1; path[i] != '\0'; i++)
		if (path[i] == '/') {
			path[i] = '\0';
			file_mkdir(path, 0755, NULL);
			path[i] = '/';
		}
	hostile_must(
	    file_write(path, 0644, data->at, data->len, NULL) == ERR_OK, path);
}

/* A whole publication but for one file; folder: out, where it is. */
static void
put_rest(struct hostile *h, const char *what, const char *but, const char *want,
    char folder[512])
{
	struct bytes data = { 0 };
	char name[128];
	size_t i;

	/* its place among the cases, as a file of nothing */
	hostile_put(h, "sticks", what, "d", "", 0, want);
	hostile_name(h, what, "d", name, sizeof(name));
	snprintf(folder, 512, "%s/sticks/%s", h->dir, name);
	hostile_must(unlink(folder) == 0 && mkdir(folder, 0755) == 0, folder);
	for (i = 0; i < COUNT(files); i++)
		if (strcmp(files[i], but) != 0) {
			get(h, files[i], &data);
			put_in(folder, files[i], &data);
		}
	bytes_free(&data);
}

static void
put(struct hostile *h, const char *what, const char *name,
    const struct bytes *data, const char *want)
{
	char folder[512];

	put_rest(h, what, name, want, folder);
	put_in(folder, name, data);
}

/* --- lists --------------------------------------------------------------- */

static const struct {
	const char *what, *find, *put, *want;
} list_swaps[] = {
	{ "another name", "Centro de prueba", "Centro de Prueba", NO_LIST },
	{ "another sequence", "<Sequence>1<", "<Sequence>2<", NO_LIST },
	{ "a sequence of 2^64", "<Sequence>1<",
	    "<Sequence>18446744073709551616<", NO_LIST },
	{ "a sequence of -1", "<Sequence>1<", "<Sequence>-1<", NO_LIST },
	{ "another Id", "Id=\"trust-1\"", "Id=\"trust-2\"", NO_LIST },
	{ "Id of a letter", "Id=\"trust-1\"", "Id=\"GTGUA01-2026-000001-L\"",
	    NO_LIST },
	{ "another program", "RRP-ES", "RRP-FR", NO_LIST },
	{ "a comment", "<Sequence>", "<!--x--><Sequence>", NO_LIST },
	{ "CDATA", "Centro de prueba", "<![CDATA[Centro de prueba]]>",
	    NO_LIST },
	{ "an entity", "Centro", "&#67;entro", NO_LIST },
	{ "a document type", "<TrustList",
	    "<!DOCTYPE a [<!ENTITY b SYSTEM \"/etc/passwd\">]><TrustList",
	    NO_LIST },
	{ "another encoding", "<TrustList",
	    "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n<TrustList",
	    NO_LIST },
	{ "marked UTF-8", "<TrustList", "\xef\xbb\xbf<TrustList", NO_LIST },
	{ "an instruction", "<TrustList", "<?x y?><TrustList", NO_LIST },
	{ "a declaration", "<TrustList",
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TrustList", SAME },
	{ "a line feed last", "</TrustList>", "</TrustList>\n", SAME },
	{ "a list in it", "<Sequence>", "<TrustList></TrustList><Sequence>",
	    NO_LIST },
	{ "two Signatures", "<ds:Signature ",
	    "<ds:Signature></ds:Signature><ds:Signature ", NO_LIST },
	{ "no Signature", "<ds:Signature ", "<ds:Signatur ", NO_LIST },
	{ "another method", "ecdsa-sha256", "rsa-sha256", NO_LIST },
	{ "HMAC", "ecdsa-sha256", "hmac-sha256", NO_LIST },
	{ "another digest", "xmlenc#sha256", "xmlenc#sha512", NO_LIST },
	{ "URI of a page", "URI=\"\"", "URI=\"http://127.0.0.1:9/\"", NO_LIST },
	{ "a key along", "<ds:KeyInfo>",
	    "<ds:KeyInfo><ds:KeyValue></ds:KeyValue>", NO_LIST },
	{ "an Object", "</ds:Signature>",
	    "<ds:Object></ds:Object></ds:Signature>", NO_LIST },
	{ "a letter's root", "<TrustList xmlns=\"urn:sello:trust:1\">",
	    "<ReferralLetter xmlns=\"urn:sello:letter:1\">", NO_LIST },
	{ "another namespace", "urn:sello:trust:1", "urn:sello:trust:2",
	    NO_LIST },
};

static void
put_lists(struct hostile *h)
{
	struct bytes list = { 0 }, file = { 0 };
	const char *root, *close = "</TrustList>", *block;
	char what[64];
	size_t i;

	get(h, LIST, &list);
	for (i = 0; i < COUNT(list_swaps); i++) {
		bytes_reset(&file);
		hostile_swap(
		    &list, list_swaps[i].find, list_swaps[i].put, &file);
		snprintf(what, sizeof(what), "list, %s", list_swaps[i].what);
		put(h, what, LIST, &file, list_swaps[i].want);
	}
	for (i = 0; i < 10; i++) {
		bytes_reset(&file);
		bytes_add(&file, list.at, list.len * i / 10);
		put(h, "list, cut", LIST, &file, NO_LIST);
	}
	block = strstr((char *)list.at, "<ds:Signature ");
	root = strstr(block, "<ds:KeyName>") + strlen("<ds:KeyName>");
	snprintf(what, sizeof(what), "%.8s", root);
	for (i = 0; i < 2; i++) {
		bytes_reset(&file);
		hostile_sign((char *)list.at, (size_t)(block - (char *)list.at),
		    close, "trust-1", i == 0 ? h->stranger : h->center->key,
		    what, &file);
		put(h, i == 0 ? "list, by a stranger" : "list, by a center",
		    LIST, &file, NO_LIST);
	}
	put(h, "list, a letter", LIST, &h->one.file, NO_LIST);
	bytes_reset(&file);
	bytes_add(&file, list.at, list.len);
	bytes_add(&file, list.at, list.len);
	put(h, "list, twice", LIST, &file, NO_LIST);
	memset(bytes_reserve(&file, 5 << 20), ' ', 5 << 20);
	file.len += 5 << 20;
	put(h, "list, of 5 MiB", LIST, &file, NO_LIST);
	bytes_free(&list);
	bytes_free(&file);
}

/* --- logs ---------------------------------------------------------------- */

static const struct {
	const char *name, *what, *find, *put;
} log_swaps[] = {
	{ CHECKPOINT, "another origin", "RRP-ES/log", "RRP-FR/log" },
	{ CHECKPOINT, "another center", "GTGUA01/1\n", "GTGUA02/1\n" },
	{ CHECKPOINT, "another generation", "GTGUA01/1\n", "GTGUA01/2\n" },
	{ CHECKPOINT, "a line more", "\n7\n", "\n8\n" },
	{ CHECKPOINT, "a line less", "\n7\n", "\n6\n" },
	{ CHECKPOINT, "no lines", "\n7\n", "\n0\n" },
	{ CHECKPOINT, "2^63 lines", "\n7\n", "\n9223372036854775808\n" },
	{ CHECKPOINT, "2^64 lines", "\n7\n", "\n18446744073709551616\n" },
	{ CHECKPOINT, "-7 lines", "\n7\n", "\n-7\n" },
	{ CHECKPOINT, "07 lines", "\n7\n", "\n07\n" },
	{ CHECKPOINT, "0x7 lines", "\n7\n", "\n0x7\n" },
	{ CHECKPOINT, "CR LF", "\n7\n", "\r\n7\r\n" },
	{ CHECKPOINT, "a line of words", "\n7\n", "\n7\nhello\n" },
	{ CHECKPOINT, "a minus for a dash", "\xe2\x80\x94", "-" },
	{ CHECKPOINT, "marked UTF-8", "RRP-ES", "\xef\xbb\xbfRRP-ES" },
	{ ENTRIES, "another kind", " issue ", " isxue " },
	{ ENTRIES, "a later version", "s1 3 ", "s9 3 " },
	{ ENTRIES, "another number", "-000001-", "-000009-" },
	{ ENTRIES, "another person", "OF1007", "OF1008" },
	{ ENTRIES, "two spaces", " issue ", "  issue" },
	{ ENTRIES, "a tab", " issue ", "\tissue " },
	{ ENTRIES, "a line feed", " issue ", " issue\n" },
	{ ENTRIES, "bytes above", " issue ", " iss\xc3\xa9 " },
	{ ENTRIES, "a length of 65535", "\x01", "\xff" },
};

static void
put_logs(struct hostile *h)
{
	struct bytes from = { 0 }, file = { 0 };
	char what[80];
	size_t i, k;

	for (i = 0; i < COUNT(log_swaps); i++) {
		get(h, log_swaps[i].name, &from);
		bytes_reset(&file);
		hostile_replace(&from, log_swaps[i].find,
		    strlen(log_swaps[i].find), log_swaps[i].put, &file);
		snprintf(what, sizeof(what), "log, %s", log_swaps[i].what);
		put(h, what, log_swaps[i].name, &file, NO_LOG);
	}
	for (k = 1; k < 4; k++) { /* its head, lines and hashes */
		get(h, files[k], &from);
		for (i = 0; i < 10; i++) {
			snprintf(what, sizeof(what), "%s cut", files[k]);
			bytes_reset(&file);
			bytes_add(&file, from.at, from.len * i / 10);
			put(h, what, files[k], &file,
			    k == 3 ? "2:R-LOG-PENDING|0:" : NO_LOG);
		}
		snprintf(what, sizeof(what), "%s and more", files[k]);
		bytes_reset(&file);
		bytes_add(&file, from.at, from.len);
		bytes_add(&file, from.at, from.len);
		put(h, what, files[k], &file,
		    k == 3 ? "2:R-LOG-PENDING|0:" : NO_LOG);
		memset(bytes_reserve(&file, 20 << 20), 0, 20 << 20);
		file.len += 20 << 20;
		snprintf(what, sizeof(what), "%s of 20 MiB", files[k]);
		put(h, what, files[k], &file,
		    k == 3 ? "2:R-LOG-PENDING|0:" : NO_LOG);
	}
	bytes_free(&from);
	bytes_free(&file);
}

/* --- what is no file ----------------------------------------------------- */

static void
put_things(struct hostile *h)
{
	static const char *const targets[] = { "/dev/zero", "/dev/full",
		"/etc/passwd", "/proc/self/mem", ".", "nowhere" };
	const struct bytes nothing = { .at = (uint8_t[1]){ 0 } };
	char folder[512], path[700], what[80];
	size_t i, k;

	for (k = 0; k < 4; k++) {
		const char *want = k == 0 ? NO_LIST
		    : k == 3              ? "2:R-LOG-PENDING|0:"
					  : NO_LOG;

		for (i = 0; i < COUNT(targets) + 2; i++) {
			snprintf(what, sizeof(what), "%s is %s", files[k],
			    i < COUNT(targets)        ? targets[i]
				: i == COUNT(targets) ? "a pipe"
						      : "a folder");
			put_rest(h, what, files[k], want, folder);
			put_in(folder, files[k], &nothing); /* its folders */
			snprintf(path, sizeof(path), "%s/%s", folder, files[k]);
			unlink(path);
			hostile_must(
			    (i < COUNT(targets) ? symlink(targets[i], path)
				    : i == COUNT(targets)
				    ? mkfifo(path, 0644)
				    : mkdir(path, 0755)) == 0,
			    path);
		}
	}
}

void
hostile_publications(struct hostile *h)
{
	char folder[512];

	put_rest(h, "as it is", "", SAME, folder);
	put_lists(h);
	put_logs(h);
	put_things(h);
}
