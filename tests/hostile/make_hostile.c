/*
 * make_hostile.c - writes the hostile corpus: hostile.h.
 *
 *   make-hostile DIR
 *
 * DIR/root.crt and DIR/pub are what a post needs to know; DIR/honest holds the
 * letters that are lied about; then a folder a group, and GROUP.expected with a
 * line a file.
 */
#include "tests/hostile/hostile.h"

#include "base/clock.h"
#include "base/file.h"
#include "letter/sign.h"
#include "letter/xml.h"
#include "packed/packed.h"
#include "tests/lib/letter/sample.h"
#include "trust/key.h"

#include <stdlib.h>

#define ROOT_OPEN  "<ReferralLetter xmlns=\"urn:sello:letter:1\">"
#define SIGNATURE  "<ds:Signature "
#define ROOT_CLOSE "</ReferralLetter>"

/* This is no test: Check has nobody to tell where it is. */
void __wrap__mark_point(const char *file, int line);
void
__wrap__mark_point(const char *file, int line)
{
	(void)file;
	(void)line;
}

static void
fill_letter(
    struct letter *out, const struct chronicle *log, unsigned n, int64_t time)
{
	int64_t day = time / CLOCK_DAY;

	sample_letter(out);
	out->supersedes[0] = '\0';
	chronicle_number(log, clock_year(time), n, out->number);
	hostile_must(clock_format(time, out->issued_at) &&
		clock_format_date(day - 2, out->valid_from) &&
		clock_format_date(day + 100, out->valid_until) &&
		clock_format_date(day + 50, out->appointment_date),
	    "dates");
	out->salt[0] = (char)('A' + n);
}

static void
take_apart(struct sheep *s)
{
	const char *file = (const char *)s->file.at;
	const char *block = strstr(file, SIGNATURE);
	const char *end = strstr(block, ROOT_CLOSE);

	file += strlen(ROOT_OPEN);
	bytes_add(&s->fields, file, (size_t)(block - file));
	bytes_add(&s->block, block, (size_t)(end - block));
}

static void
make_sheep(struct realm_center *c, unsigned n, int64_t time, struct sheep *out)
{
	struct bytes xml = { 0 };
	struct errtext err = { 0 };

	fill_letter(&out->letter, &c->log, n, time);
	hostile_must(dsig_key_name(c->key, out->key_name) == ERR_OK, "key");
	hostile_must(xml_write(&out->letter, &xml) == ERR_OK, "letter");
	hostile_must(
	    sign_document(&dsig_letter, xml.at, xml.len, out->letter.number,
		c->key, &out->file, &err) == ERR_OK,
	    err.text);
	hostile_must(packed_encode(out->file.at, out->file.len, &out->code,
			 NULL, &err) == ERR_OK,
	    err.text);
	take_apart(out);
	chronicle_add_letter(&c->log, out->file.at, out->file.len);
	bytes_free(&xml);
}

static void
put_honest(struct hostile *h, const struct sheep *s)
{
	hostile_put(
	    h, "honest", s->letter.number, "xml", s->file.at, s->file.len, "");
	hostile_put(
	    h, "honest", s->letter.number, "txt", s->code.at, s->code.len, "");
}

static void
make_world(struct hostile *h)
{
	char path[512];
	int64_t began = h->now - 7200;

	realm_new(&h->realm, began);
	h->center = realm_add_center(&h->realm, "GTGUA01", "GTM");
	h->second = realm_add_center(&h->realm, "GTGUA02", "GTM");
	hostile_must(
	    key_new_p256(&h->stranger, NULL) == ERR_OK, "a stranger's key");
	hostile_must(
	    dsig_key_name(h->stranger, h->stranger_name) == ERR_OK, "key");
	chronicle_found(&h->center->log, began);
	chronicle_found(&h->second->log, began);
	make_sheep(h->center, 1, began + 600, &h->one);
	make_sheep(h->center, 2, began + 601, &h->two);
	make_sheep(h->second, 1, began + 602, &h->far);
	chronicle_close(&h->center->log, h->now - 60);
	chronicle_close(&h->second->log, h->now - 60);
	snprintf(path, sizeof(path), "%s/root.crt", h->dir);
	realm_write_root(&h->realm, path);
	snprintf(path, sizeof(path), "%s/pub", h->dir);
	realm_write_list(&h->realm, path);
	chronicle_publish(
	    &h->center->log, path, h->center->log.size, h->now - 60);
	chronicle_publish(
	    &h->second->log, path, h->second->log.size, h->now - 60);
	put_honest(h, &h->one);
	put_honest(h, &h->two);
	put_honest(h, &h->far);
}

static void
free_sheep(struct sheep *s)
{
	bytes_free(&s->file);
	bytes_free(&s->code);
	bytes_free(&s->fields);
	bytes_free(&s->block);
}

int
main(int argc, char **argv)
{
	struct hostile h = { .now = clock_now() };

	hostile_must(argc == 2, "make-hostile DIR");
	h.dir = argv[1];
	file_mkdir(h.dir, 0755, NULL);
	make_world(&h);
	hostile_xml_values(&h);
	hostile_xml_wrap(&h);
	hostile_xml_signature(&h);
	hostile_xml_forms(&h);
	hostile_xml_types(&h);
	hostile_packed(&h);
	hostile_pictures(&h);
	hostile_tiffs(&h);
	hostile_bombs(&h);
	hostile_pdf(&h);
	hostile_publications(&h);
	hostile_tables(&h);
	hostile_end(&h);
	free_sheep(&h.one);
	free_sheep(&h.two);
	free_sheep(&h.far);
	EVP_PKEY_free(h.stranger);
	realm_free(&h.realm);
	printf("%zu\n", h.count);
	return 0;
}
