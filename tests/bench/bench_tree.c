/*
 * bench_tree.c - the tree check of a published log alone, one thread, against
 * raw SHA-256 over the same leaves and nodes, already in memory.
 *
 *   bench-tree ROOT.crt PUB CENTER
 */
#define OPENSSL_SUPPRESS_DEPRECATED

#include "base/file.h"
#include "log/folder.h"
#include "log/read.h"
#include "trust/list.h"

#include <openssl/sha.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROUNDS 5

static double
seconds(void)
{
	struct timespec t;

	/* of this process: other work on the machine does not count */
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static enum err
nothing(void *ctx, uint64_t index, const void *entry, size_t len,
    const struct tree_hash *leaf, struct errtext *err)
{
	struct bytes *all = ctx;
	uint8_t size[2] = { (uint8_t)(len >> 8), (uint8_t)len };

	(void)index;
	(void)leaf;
	(void)err;
	if (all != NULL) {
		bytes_add(all, size, 2);
		bytes_add(all, entry, len);
	}
	return ERR_OK;
}

static double
read_log(const struct log_source *source, const struct checkpoint *head,
    struct bytes *all)
{
	const struct log_visitor visitor = { nothing, all };
	const struct tree_range none = { .size = 0 };
	struct errtext err = { 0 };
	struct tree_range range;
	double start = seconds();

	if (log_read(source, head, &none, NULL, READ_NEEDED, &visitor, &range,
		&err) != ERR_OK) {
		fprintf(stderr, "bench-tree: %s\n", err.text);
		exit(65);
	}
	return seconds() - start;
}

/* Each entry, and as many nodes of two hashes as a tree of it has; by the
 * interface that is fastest for so few bytes. */
static double
hash_raw(const struct bytes *all, uint64_t size)
{
	struct reader r = { all->at, all->len }, entry;
	uint8_t node[65] = { 1 }, leaf = 0;
	double start = seconds();
	SHA256_CTX sha;
	uint64_t i;

	while (bundle_next(&r, &entry)) {
		SHA256_Init(&sha);
		SHA256_Update(&sha, &leaf, 1);
		SHA256_Update(&sha, entry.at, entry.left);
		SHA256_Final(node + 1, &sha);
	}
	for (i = 1; i < size; i++) {
		SHA256_Init(&sha);
		SHA256_Update(&sha, node, sizeof(node));
		SHA256_Final(node + 33, &sha);
	}
	return seconds() - start;
}

static const struct trust_log *
log_of(const char *root_path, const char *pub, const char *code,
    struct trust_list **list)
{
	char *path = file_join(pub, "trust.xml");
	struct bytes xml = { 0 };
	X509 *root = NULL;
	const struct trust_center *center;

	if (path == NULL || cert_load(root_path, &root, NULL) != ERR_OK ||
	    file_read(path, TRUST_XML_MAX, &xml, NULL) != ERR_OK ||
	    trust_read(xml.at, xml.len, root, list, NULL) != ERR_OK ||
	    (center = trust_find_center(*list, code)) == NULL) {
		fprintf(stderr, "bench-tree: no such publication\n");
		exit(66);
	}
	free(path);
	bytes_free(&xml);
	X509_free(root);
	return &center->logs[0];
}

int
main(int argc, char **argv)
{
	struct trust_list *list = NULL;
	const struct trust_log *log;
	struct bytes note = { 0 }, all = { 0 };
	struct checkpoint head;
	double ours = 1e9, raw = 1e9, t;
	char dir[512];
	int i;

	if (argc != 4)
		return 64;
	log = log_of(argv[1], argv[2], argv[3], &list);
	snprintf(dir, sizeof(dir), "%s/log/%s/1", argv[2], argv[3]);
	const struct log_source source = { folder_fetch, dir };

	if (log_read_head(&source, &log->log, &note, &head, NULL, NULL) !=
	    ERR_OK)
		return 65;
	read_log(&source, &head, &all);
	for (i = 0; i < ROUNDS; i++) {
		t = read_log(&source, &head, NULL);
		ours = t < ours ? t : ours;
		t = hash_raw(&all, head.size);
		raw = t < raw ? t : raw;
	}
	printf("tree check of %llu lines, one thread: %.0f ns a line, raw "
	       "SHA-256 %.0f: %.2f x its speed (at least 0.4)\n",
	    (unsigned long long)head.size, ours / (double)head.size * 1e9,
	    raw / (double)head.size * 1e9, raw / ours);
	bytes_free(&note);
	bytes_free(&all);
	trust_free(&list);
	return raw / ours >= 0.4 ? 0 : 1;
}
