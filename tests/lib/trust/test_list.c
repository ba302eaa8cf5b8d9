/*
 * Tests of trust/list.h. Oracles: xmlsec1 and xmllint take the whole file,
 * openssl the certificates in it, and a second checker of the signature
 * (tests/support/oracle.h).
 */
#include "trust/list.h"

#include "base/file.h"
#include "tests/check_main.h"
#include "tests/lib/trust/sample_list.h"
#include "tests/support/oracle.h"

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))

static char dir[64];
static struct errtext err;
static struct sample_list s;

static void
setup(void)
{
	snprintf(dir, sizeof(dir), "/tmp/sello-list-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
	err = (struct errtext){ 0 };
	sample_list_new(&s);
}

static void
teardown(void)
{
	char command[128];

	sample_list_free(&s);
	snprintf(command, sizeof(command), "rm -rf '%s'", dir);
	ck_assert_int_eq(system(command), 0);
}

static void
save(const char *name, const struct bytes *data)
{
	char *path = file_join(dir, name);

	ck_assert_int_eq(
	    file_write(path, 0644, data->at, data->len, &err), ERR_OK);
	free(path);
}

static void
save_cert(const char *name, X509 *cert)
{
	struct bytes pem = { 0 };

	ck_assert_int_eq(cert_pem(cert, &pem), ERR_OK);
	save(name, &pem);
	bytes_free(&pem);
}

static enum err
read_list(const struct bytes *xml, struct trust_list **out)
{
	*out = NULL;
	return trust_read(xml->at, xml->len, s.root.cert, out, &err);
}

/* --- reading -------------------------------------------------------------- */

START_TEST(what_was_written_comes_back)
{
	struct bytes xml = sample_list_sign(&s);
	struct trust_list *l;
	const struct trust_center *c;
	const struct trust_key *k;

	ck_assert_msg(read_list(&xml, &l) == ERR_OK, "%s", err.text);
	ck_assert_str_eq(l->program, "RRP-ES");
	ck_assert_str_eq(l->name, s.list->name);
	ck_assert(!l->training);
	ck_assert_uint_eq(l->sequence, 7);
	ck_assert_int_eq(l->issued_at, s.list->issued_at);
	ck_assert_int_eq(l->next_update, s.list->next_update);
	ck_assert_int_eq(l->not_after, s.list->not_after);
	ck_assert_uint_eq(l->consulate_count, 2);
	ck_assert_str_eq(l->consulates[1].name, s.list->consulates[1].name);
	ck_assert_str_eq(l->consulates[0].address, "4a avenida 12-34, zona 10");
	ck_assert_str_eq(l->consulates[1].address, "");
	ck_assert_str_eq(l->emblem, s.list->emblem);
	ck_assert_str_eq(l->pathways[0].label[2], "Couloir universitaire");
	ck_assert_str_eq(l->pathways[0].label[1], "");
	c = &l->centers[0];
	ck_assert_str_eq(c->name, "Centro de Guatemala <1> & Compañía");
	ck_assert_str_eq(c->timezone, "America/Guatemala");
	ck_assert_str_eq(c->hotline, "+50212345678;free");
	ck_assert_str_eq(l->centers[1].hotline, "");
	ck_assert_uint_eq(c->log_count, 2);
	ck_assert(c->logs[0].closed && !c->logs[1].closed);
	ck_assert_uint_eq(c->logs[0].final_size, 1000);
	ck_assert_mem_eq(&c->logs[1].log, &s.list->centers[0].logs[1].log,
	    sizeof(struct vkey));
	ck_assert_mem_eq(
	    &l->posts[0].report, &s.list->posts[0].report, sizeof(struct vkey));
	k = c->keys[0].status == KEY_REVOKED ? &c->keys[0] : &c->keys[1];
	ck_assert_int_eq(k->status, KEY_REVOKED);
	ck_assert_int_eq(k->since, s.list->issued_at - 3600);
	ck_assert(k->has_evidence);
	ck_assert_uint_eq(k->evidence_size, 417);
	ck_assert_int_eq(EVP_PKEY_eq(k->key, s.old_key), 1);
	ck_assert_int_eq(l->centers[1].keys[0].status, KEY_RETIRED);
	ck_assert_uint_eq(l->centers[1].roster_count, 0);
	trust_free(&l);
	ck_assert_ptr_null(l);
	bytes_free(&xml);
}
END_TEST

START_TEST(who_acts_at_a_center_comes_back)
{
	const struct trust_center *had = &s.list->centers[0], *c;
	struct bytes xml = sample_list_sign(&s);
	struct trust_list *l;

	ck_assert_msg(read_list(&xml, &l) == ERR_OK, "%s", err.text);
	c = &l->centers[0];
	ck_assert_uint_eq(c->roster_count, 2);
	for (size_t i = 0; i < 2; i++) {
		ck_assert_int_eq(c->rosters[i].since, had->rosters[i].since);
		ck_assert(trust_roster_same(&c->rosters[i], &had->rosters[i]));
	}
	ck_assert_ptr_eq(trust_last_roster(c), &c->rosters[1]);
	ck_assert_ptr_null(trust_last_roster(&l->centers[1]));
	ck_assert_uint_eq(c->removed_count, 2);
	ck_assert_str_eq(c->removed[0].code, "OF1007");
	ck_assert_int_eq(c->removed[0].since, had->removed[0].since);
	ck_assert(!c->removed[0].has_size);
	ck_assert(c->removed[1].has_size);
	ck_assert_uint_eq(c->removed[1].size, 1017);
	trust_free(&l);
	bytes_free(&xml);
}
END_TEST

/* Lines around the time and the size of the sample's two. */
static const struct {
	const char *code;
	uint64_t index;
	int64_t after; /* seconds after the time of the removal */
	bool removed;
} lines[] = {
	{ "OF1007", 5, -1, false }, { "OF1007", 5, 0, true },
	{ "OF1007", 5, 1, true }, { "OF1007", 5000, -1, false },
	{ "OF1010", 1016, -1, false },
	{ "OF1010", 1016, 0, false }, /* the head is of that second */
	{ "OF1010", 1017, -1, true }, /* whatever its date */
	{ "OF1010", 1017, 0, true },
	{ "OF1010", 3, 1, true }, /* a later log, which begins at 0 */
};

START_TEST(a_removed_person_signs_no_more)
{
	const struct trust_removed *r =
	    trust_find_removed(&s.list->centers[0], lines[_i].code);

	ck_assert_ptr_nonnull(r);
	ck_assert_msg(trust_removed_holds(r, lines[_i].index,
			  r->since + lines[_i].after) == lines[_i].removed,
	    "row %d", _i);
	ck_assert_ptr_null(trust_find_removed(&s.list->centers[0], "AP2003"));
}
END_TEST

START_TEST(an_empty_list_and_a_whole_life_are_fine)
{
	struct trust_list *l, *mine = s.list;
	size_t i = s.list->centers[0].keys[0].status == KEY_REVOKED ? 0 : 1;
	struct bytes xml;

	mine->centers[0].keys[i].since = TRUST_WHOLE_LIFE;
	xml = sample_list_sign(&s);
	ck_assert_msg(read_list(&xml, &l) == ERR_OK, "%s", err.text);
	ck_assert_int_eq(l->centers[0].keys[i].since, TRUST_WHOLE_LIFE);
	trust_free(&l);
	bytes_free(&xml);
	mine->consulate_count = mine->pathway_count = mine->post_count = 0;
	mine->centers[1].log_count = 0;
	xml = sample_list_sign(&s);
	ck_assert_msg(read_list(&xml, &l) == ERR_OK, "%s", err.text);
	ck_assert_uint_eq(l->consulate_count, 0);
	trust_free(&l);
	bytes_free(&xml);
}
END_TEST

START_TEST(public_tools_accept_the_file)
{
	struct bytes xml = sample_list_sign(&s);
	char line[1024];

	save("trust.xml", &xml);
	save_cert("root.crt", s.root.cert);
	save_cert("center.crt", s.list->centers[0].keys[0].cert);
	snprintf(line, sizeof(line),
	    "xmlsec1 --verify --enabled-key-data key-name "
	    "--enabled-reference-uris empty --pubkey-cert-pem:%s "
	    "%s/root.crt %s/trust.xml >/dev/null 2>&1",
	    s.root.info.key_name, dir, dir);
	ck_assert_int_eq(system(line), 0);
	snprintf(line, sizeof(line),
	    "xmllint --noout --nonet --schema schemas/trust.xsd "
	    "%s/trust.xml 2>%s/lint || { cat %s/lint; false; }",
	    dir, dir, dir);
	ck_assert_int_eq(system(line), 0);
	snprintf(line, sizeof(line),
	    "openssl verify -CAfile %s/root.crt %s/center.crt >/dev/null", dir,
	    dir);
	ck_assert_int_eq(system(line), 0);
	ck_assert(oracle_accepts(
	    xml.at, xml.len, "TrustList", "urn:sello:trust:1", s.root.key));
	bytes_free(&xml);
}
END_TEST

START_TEST(every_changed_byte_is_refused)
{
	struct bytes xml = sample_list_sign(&s);
	struct trust_list *l;
	size_t at;

	for (at = 0; at < xml.len; at++) {
		xml.at[at] ^= 1;
		ck_assert_msg(read_list(&xml, &l) != ERR_OK, "byte %zu", at);
		ck_assert_ptr_null(l);
		xml.at[at] ^= 1;
	}
	bytes_free(&xml);
}
END_TEST

START_TEST(another_root_is_another_issuer)
{
	struct bytes xml = sample_list_sign(&s), own = { 0 };
	struct trust_list *l = NULL;
	struct sample_root second;
	EVP_PKEY *center_key = s.key;

	sample_root_new(&second, "RRP-ES", false);
	ck_assert_int_eq(
	    trust_read(xml.at, xml.len, second.cert, &l, &err), ERR_ISSUER);
	/* a center of the list may not sign a list */
	ck_assert_int_eq(trust_write(s.list, &own), ERR_OK);
	bytes_free(&xml);
	xml =
	    sample_list_sign_text(center_key, (const char *)own.at, "trust-7");
	ck_assert_int_eq(read_list(&xml, &l), ERR_ISSUER);
	ck_assert_ptr_null(l);
	bytes_free(&own);
	bytes_free(&xml);
	sample_root_free(&second);
}
END_TEST

START_TEST(a_letter_is_no_list)
{
	static const char text[] =
	    "<ReferralLetter xmlns=\"urn:sello:letter:1\"><LetterNumber>"
	    "GTGUA01-2026-000002-J</LetterNumber></ReferralLetter>";
	struct bytes xml = { 0 };
	struct trust_list *l;

	ck_assert_int_eq(sign_document(&dsig_letter, text, strlen(text),
			     "GTGUA01-2026-000002-J", s.root.key, &xml, &err),
	    ERR_OK);
	ck_assert_int_eq(read_list(&xml, &l), ERR_FOREIGN);
	bytes_free(&xml);
}
END_TEST

/* --- lists that a root must not sign -------------------------------------- */

/* Text put in the place of other text, then signed by the root. */
static const struct {
	const char *name, *from, *to;
} edits[] = {
	{ "unknown element", "<Sequence>", "<New>1</New><Sequence>" },
	{ "unknown last element", "</TrustList>", "<New>1</New></TrustList>" },
	{ "missing element", "<Sequence>7</Sequence>", "" },
	{ "element twice", "<Sequence>", "<Name>X</Name><Sequence>" },
	{ "attribute", "<Sequence>", "<Sequence a=\"b\">" },
	{ "space between", "<Sequence>", " <Sequence>" },
	{ "comment", "<Sequence>", "<!--x--><Sequence>" },
	{ "comment in a text", "RRP-ES</Program>", "RRP-ES<!----></Program>" },
	{ "instruction", "<Sequence>", "<?x y?><Sequence>" },
	{ "CDATA", "<Code>ES-GTGUA</Code>",
	    "<Code><![CDATA[ES-GTGUA]]></Code>" },
	{ "character reference", "<Code>ES-GTGUA</Code>",
	    "<Code>&#69;S-GTGUA</Code>" },
	{ "element in a text", "<Code>ES-GTGUA</Code>",
	    "<Code>ES-<b></b>GTGUA</Code>" },
	{ "other namespace", "<Sequence>", "<Sequence xmlns=\"urn:x\">" },
	{ "leading zero", "<Sequence>7<", "<Sequence>07<" },
	{ "plus", "<Sequence>7<", "<Sequence>+7<" },
	{ "sequence other than Id", "<Sequence>7<", "<Sequence>8<" },
	{ "zero", "<Sequence>7<", "<Sequence>0<" },
	{ "program of another root", "<Program>RRP-ES<", "<Program>RRP-IT<" },
	{ "program in lower case", "<Program>RRP-ES<", "<Program>rrp-es<" },
	{ "name with double space", "Sección Consular", "Sección  Consular" },
	{ "name not NFC", "Sección", "Seccio\xcc\x81n" },
	{ "empty name", "<Name>Sección Consular en Tegucigalpa<", "<Name><" },
	{ "consulates out of order", "ES-GTGUA</Code>", "ES-ZZZZZ</Code>" },
	{ "consulate twice", "<Code>ES-HNTGU</Code>", "<Code>ES-GTGUA</Code>" },
	{ "bad consulate", "ES-GTGUA</Code>", "ES-GT0UA</Code>" },
	{ "built-in pathway", "<Code>UCR<", "<Code>HUM<" },
	{ "bad pathway", "<Code>UCR<", "<Code>ucr<" },
	{ "unknown language", "<Language>fr<", "<Language>de<" },
	{ "language twice", "<Language>fr<", "<Language>es<" },
	{ "languages out of order", "<Language>es<", "<Language>ht<" },
	{ "center's country", "<Country>GTM<", "<Country>HND<" },
	{ "bad zone", "America/Guatemala", "America/../etc" },
	{ "bad hotline", "+50212345678", "call me" },
	{ "keys of another center", "<Code>HNTGU01<", "<Code>HNTGU02<" },
	{ "unknown status", "<Status>retired<", "<Status>sleeping<" },
	{ "active with Since", "<Status>retired<", "<Status>active<" },
	{ "evidence of a retired key", "<Status>revoked<", "<Status>retired<" },
	{ "log key of another generation", "RRP-ES/log/GTGUA01/2+",
	    "RRP-ES/log/GTGUA01/3+" },
	{ "logs out of order", "<Generation>1<", "<Generation>3<" },
	{ "open log with an end", "<State>closed<", "<State>open<" },
	{ "closed log without one", "<State>open<", "<State>closed<" },
	{ "unknown state", "<State>open<", "<State>ajar<" },
	{ "roster without a date", "<Roster since=", "<Roster from=" },
	{ "roster's date out of form", "Z\"><Person", "\"><Person" },
	{ "roster with more to say",
	    "<Roster since=", "<Roster by=\"x\" since=" },
	{ "person with a name", "></Person>", ">Ana</Person>" },
	{ "person with more to say", "<Person code=", "<Person a=\"b\" code=" },
	{ "person without a code", "<Person code=\"AD0001\" ", "<Person " },
	{ "code in lower case", "\"AP2003\"", "\"ap2003\"" },
	{ "code too long", "\"AP2003\"", "\"AP20032003200\"" },
	{ "code of three", "\"AD0001\"", "\"AD1\"" },
	{ "empty code", "\"AD0001\"", "\"\"" },
	{ "person twice", "\"AP2003\"", "\"AD0001\"" },
	{ "persons out of order", "\"AP2003\"", "\"ZP2003\"" },
	{ "unknown role", "\"DRAFTER\"", "\"CLERK\"" },
	{ "role in lower case", "\"DRAFTER\"", "\"drafter\"" },
	{ "person without a role", " role=\"DRAFTER\"", "" },
	{ "key too long", " key=\"0", " key=\"00" },
	{ "key too short", " key=\"0", " key=\"" },
	{ "person without a key", " key=\"", " clave=\"" },
	{ "reference in a code", "\"AP2003\"", "\"&#65;P2003\"" },
	{ "removed out of order", "\"OF1010\"", "\"AA1010\"" },
	{ "removed twice", "<Removed code=\"OF1010\"",
	    "<Removed code=\"OF1007\"" },
	{ "removed without a code", "<Removed code=\"OF1010\" ", "<Removed " },
	{ "removed in lower case", "\"OF1010\"", "\"of1010\"" },
	{ "removed with words", "></Removed>", ">left</Removed>" },
	{ "size in hexadecimal", "\"1017\"", "\"0x1017\"" },
	{ "size with zeros", "\"1017\"", "\"01017\"" },
	{ "empty size", "\"1017\"", "\"\"" },
	{ "post number", "<Name>ES-GTGUA/1<", "<Name>ES-GTGUA/01<" },
	{ "post of another name", "<Name>ES-GTGUA/1<", "<Name>ES-GTGUA/2<" },
	{ "date out of form", "Z</IssuedAt>", "</IssuedAt>" },
};

static struct bytes
edited(const struct bytes *text, const char *from, const char *to)
{
	const char *start = (const char *)text->at;
	const char *at = strstr(start, from);
	struct bytes out = { 0 };

	ck_assert_msg(at != NULL, "%s is not in the sample", from);
	bytes_add(&out, start, (size_t)(at - start));
	bytes_add_text(&out, to);
	bytes_add_text(&out, at + strlen(from));
	return out;
}

START_TEST(refuses_what_is_signed_but_wrong)
{
	struct bytes text = { 0 }, changed, xml;
	struct trust_list *l;
	enum err rc;

	ck_assert_int_eq(trust_write(s.list, &text), ERR_OK);
	changed = edited(&text, edits[_i].from, edits[_i].to);
	xml = sample_list_sign_text(
	    s.root.key, (const char *)changed.at, "trust-7");
	rc = read_list(&xml, &l);
	ck_assert_msg(rc == ERR_PROFILE, "%s: %s %s", edits[_i].name,
	    err_name(rc), err.text);
	ck_assert_ptr_null(l);
	bytes_free(&xml);
	bytes_free(&changed);
	bytes_free(&text);
}
END_TEST

/* Lists that have the right form and say what cannot be. */
static void
swap_centers(struct trust_list *l)
{
	struct trust_center c = l->centers[0];

	l->centers[0] = l->centers[1];
	l->centers[1] = c;
}

static void
swap_keys(struct trust_list *l)
{
	struct trust_key k = l->centers[0].keys[0];

	l->centers[0].keys[0] = l->centers[0].keys[1];
	l->centers[0].keys[1] = k;
}

static void
rename_key(struct trust_list *l)
{
	memcpy(l->centers[1].keys[0].key_name, "00000000", 9);
}

static void
foreign_key(struct trust_list *l)
{
	struct sample_root second;
	EVP_PKEY *key;

	sample_root_new(&second, "RRP-ES", false);
	second.info = s.root.info; /* it claims to be for this root */
	X509_free(l->centers[1].keys[0].cert);
	EVP_PKEY_free(l->centers[1].keys[0].key);
	l->centers[1].keys[0] =
	    sample_list_key(&second, "HNTGU01", "HND", &key);
	EVP_PKEY_free(key);
	sample_root_free(&second);
}

/* Issued by this root, but it says that it is for another. */
static void
key_for_another_root(struct trust_list *l)
{
	struct center_info info = sample_center(&s.root, "HNTGU01", "HND");
	struct trust_key *k = &l->centers[1].keys[0];

	info.root[0] ^= 1;
	X509_free(k->cert);
	k->cert = sample_cert(&s.root, &info, s.other);
}

static void
root_key(struct trust_list *l)
{
	struct trust_key *k = &l->centers[1].keys[0];

	X509_free(k->cert);
	X509_up_ref(s.root.cert);
	k->cert = s.root.cert;
	memcpy(k->key_name, s.root.info.key_name, 9);
}

static void
one_key_for_log_and_cosigner(struct trust_list *l)
{
	struct trust_log *log = &l->centers[0].logs[1];

	vkey_make(
	    log->log.name, VKEY_COSIGNATURE, log->log.key, &log->cosigner);
}

static void
swap_vkey_types(struct trust_list *l)
{
	struct trust_log *log = &l->centers[0].logs[1];
	struct vkey k = log->log;

	log->log = log->cosigner;
	log->cosigner = k;
}

static void
swap_rosters(struct trust_list *l)
{
	struct trust_roster *r = l->centers[0].rosters, first = r[0];

	r[0] = r[1];
	r[1] = first;
}

static void
roster_of_nobody(struct trust_list *l)
{
	l->centers[0].rosters[0].person_count = 0;
}

static void
key_of_two_persons(struct trust_list *l)
{
	struct trust_person *p = l->centers[0].rosters[1].persons;

	memcpy(p[3].key, p[0].key, PERSON_KEY_SIZE);
}

static void
key_off_the_curve(struct trust_list *l)
{
	uint8_t *key = l->centers[0].rosters[0].persons[1].key;

	memset(key, 0, PERSON_KEY_SIZE);
	key[0] = 2;
	key[PERSON_KEY_SIZE - 1] = 1;
}

/* the active one, whichever comes first */
static void
person_with_the_centers_key(struct trust_list *l)
{
	person_key_point(s.key, l->centers[0].rosters[0].persons[1].key);
}

static void
person_with_a_former_key(struct trust_list *l)
{
	person_key_point(s.old_key, l->centers[0].rosters[1].persons[3].key);
}

static void
post_with_one_key(struct trust_list *l)
{
	vkey_make(l->posts[0].report.name, VKEY_COSIGNATURE,
	    l->posts[0].report.key, &l->posts[0].cosigner);
}

static void
next_update_after_end(struct trust_list *l)
{
	l->next_update = l->not_after + 1;
}

static void
issued_after_next_update(struct trust_list *l)
{
	l->issued_at = l->next_update + 1;
}

static const struct {
	const char *name;
	void (*change)(struct trust_list *l);
} changes[] = {
	{ "centers out of order", swap_centers },
	{ "keys out of order", swap_keys },
	{ "key under another name", rename_key },
	{ "certificate of another root", foreign_key },
	{ "certificate for another root", key_for_another_root },
	{ "the root's key as a center's", root_key },
	{ "one key for log and cosigner", one_key_for_log_and_cosigner },
	{ "vkey types swapped", swap_vkey_types },
	{ "rosters out of order", swap_rosters },
	{ "a roster of nobody", roster_of_nobody },
	{ "a key of two persons", key_of_two_persons },
	{ "a key that is no point", key_off_the_curve },
	{ "a person with the center's key", person_with_the_centers_key },
	{ "a person with its former key", person_with_a_former_key },
	{ "one key for cosigner and report", post_with_one_key },
	{ "NextUpdate after NotAfter", next_update_after_end },
	{ "IssuedAt after NextUpdate", issued_after_next_update },
};

START_TEST(refuses_what_cannot_be)
{
	struct bytes xml;
	struct trust_list *l;
	enum err rc;

	changes[_i].change(s.list);
	xml = sample_list_sign(&s);
	rc = read_list(&xml, &l);
	ck_assert_msg(rc == ERR_PROFILE, "%s: %s %s", changes[_i].name,
	    err_name(rc), err.text);
	ck_assert_int_eq(trust_check(s.list, s.root.cert, &err), ERR_PROFILE);
	bytes_free(&xml);
}
END_TEST

/* Centers without names are in no order, which is looked at next. */
START_TEST(centers_have_a_limit)
{
	struct trust_center *own = s.list->centers;
	size_t count = s.list->center_count;

	s.list->centers = calloc(TRUST_CENTER_MAX + 1, sizeof(*own));
	ck_assert_ptr_nonnull(s.list->centers);
	s.list->center_count = TRUST_CENTER_MAX;
	ck_assert_int_eq(trust_check(s.list, s.root.cert, &err), ERR_PROFILE);
	ck_assert_ptr_nonnull(strstr(err.text, "not in order"));
	s.list->center_count = TRUST_CENTER_MAX + 1;
	ck_assert_int_eq(trust_check(s.list, s.root.cert, &err), ERR_PROFILE);
	ck_assert_ptr_nonnull(strstr(err.text, "too many"));
	free(s.list->centers);
	s.list->centers = own;
	s.list->center_count = count;
}
END_TEST

START_TEST(a_key_of_two_centers_is_refused)
{
	struct trust_list *l, *mine = s.list;
	struct center_info info = sample_center(&s.root, "HNTGU01", "HND");
	struct trust_key *k = &mine->centers[1].keys[0];
	struct bytes xml;

	X509_free(k->cert);
	EVP_PKEY_free(k->key);
	k->cert = sample_cert(&s.root, &info, s.key);
	k->key = X509_get_pubkey(k->cert);
	dsig_key_name(s.key, k->key_name);
	xml = sample_list_sign(&s);
	ck_assert_int_eq(read_list(&xml, &l), ERR_PROFILE);
	bytes_free(&xml);
}
END_TEST

START_TEST(peek_reads_without_deciding)
{
	struct bytes xml = sample_list_sign(&s);
	struct trust_list *l = NULL;

	ck_assert_int_eq(trust_peek(xml.at, xml.len, &l, &err), ERR_OK);
	ck_assert_str_eq(l->centers[1].code, "HNTGU01");
	trust_free(&l);
	ck_assert_int_eq(trust_peek("x", 1, &l, &err), ERR_FOREIGN);
	bytes_free(&xml);
}
END_TEST

/* --- accepting ------------------------------------------------------------ */

#define NOW 1800000000

static const struct {
	const char *name;
	uint64_t have, next;
	int same_bytes, other_program;
	int64_t issued_at;
	enum err want;
} successions[] = {
	{ "first list", 0, 5, 0, 0, NOW, ERR_OK },
	{ "next", 5, 6, 0, 0, NOW, ERR_OK },
	{ "a gap", 5, 50, 0, 0, NOW, ERR_OK },
	{ "older", 5, 4, 0, 0, NOW, ERR_STALE },
	{ "the same again", 5, 5, 1, 0, NOW, ERR_EXISTS },
	{ "same number, other content", 5, 5, 0, 0, NOW, ERR_REFUSED },
	{ "another program", 5, 6, 0, 1, NOW, ERR_ISSUER },
	{ "ten minutes ahead", 5, 6, 0, 0, NOW + 600, ERR_OK },
	{ "from the future", 5, 6, 0, 0, NOW + 601, ERR_DATA },
	{ "first, from the future", 0, 6, 0, 0, NOW + 601, ERR_DATA },
	{ "long ago", 5, 6, 0, 0, NOW - 9999999, ERR_OK },
};

START_TEST(lists_replace_each_other_only_forward)
{
	struct trust_list have = { .program = "RRP-ES",
		.signed_digest = { 1 } };
	struct trust_list next = { .program = "RRP-ES",
		.signed_digest = { 2 } };
	enum err rc;

	have.sequence = successions[_i].have;
	next.sequence = successions[_i].next;
	next.issued_at = successions[_i].issued_at;
	if (successions[_i].same_bytes)
		next.signed_digest[0] = 1;
	if (successions[_i].other_program)
		strcpy(next.program, "RRP-IT");
	rc =
	    trust_accept(successions[_i].have ? &have : NULL, &next, NOW, &err);
	ck_assert_msg(rc == successions[_i].want, "%s: %s",
	    successions[_i].name, err_name(rc));
}
END_TEST

/* --- look-ups ------------------------------------------------------------- */

START_TEST(finds_what_is_there_and_nothing_else)
{
	struct bytes xml = sample_list_sign(&s);
	struct trust_list *l;
	const struct trust_list *lists[2];
	size_t i, c, k;

	ck_assert_int_eq(read_list(&xml, &l), ERR_OK);
	lists[0] = l;      /* by index */
	lists[1] = s.list; /* built by hand */
	for (i = 0; i < 2; i++) {
		for (c = 0; c < 2; c++)
			for (k = 0; k < lists[i]->centers[c].key_count; k++) {
				const struct trust_center *of = NULL;
				const struct trust_key *key =
				    &lists[i]->centers[c].keys[k];

				ck_assert_ptr_eq(trust_find_key(lists[i],
						     key->key_name, &of),
				    key);
				ck_assert_ptr_eq(of, &lists[i]->centers[c]);
			}
		ck_assert_ptr_null(trust_find_key(lists[i], "zzzzzzzz", NULL));
		ck_assert_ptr_null(trust_find_key(lists[i], "", NULL));
		ck_assert_ptr_null(
		    trust_find_key(lists[i], "0123456789", NULL));
		ck_assert_ptr_eq(trust_find_center(lists[i], "HNTGU01"),
		    &lists[i]->centers[1]);
		ck_assert_ptr_null(trust_find_center(lists[i], "HNTGU02"));
		ck_assert_ptr_eq(trust_find_consulate(lists[i], "ES-GTGUA"),
		    &lists[i]->consulates[0]);
		ck_assert_ptr_null(trust_find_consulate(lists[i], "ES-AAAAA"));
		ck_assert_ptr_eq(trust_find_pathway(lists[i], "UCR"),
		    &lists[i]->pathways[0]);
		ck_assert_ptr_null(trust_find_pathway(lists[i], "HUM"));
	}
	trust_free(&l);
	bytes_free(&xml);
}
END_TEST

static Suite *
suite(void)
{
	Suite *suite = suite_create("list");
	TCase *t = tcase_create("list");

	tcase_set_timeout(t, 120);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_was_written_comes_back);
	tcase_add_test(t, who_acts_at_a_center_comes_back);
	tcase_add_loop_test(t, a_removed_person_signs_no_more, 0, COUNT(lines));
	tcase_add_test(t, an_empty_list_and_a_whole_life_are_fine);
	tcase_add_test(t, public_tools_accept_the_file);
	tcase_add_test(t, every_changed_byte_is_refused);
	tcase_add_test(t, another_root_is_another_issuer);
	tcase_add_test(t, a_letter_is_no_list);
	tcase_add_loop_test(
	    t, refuses_what_is_signed_but_wrong, 0, COUNT(edits));
	tcase_add_loop_test(t, refuses_what_cannot_be, 0, COUNT(changes));
	tcase_add_test(t, a_key_of_two_centers_is_refused);
	tcase_add_test(t, centers_have_a_limit);
	tcase_add_test(t, peek_reads_without_deciding);
	tcase_add_loop_test(
	    t, lists_replace_each_other_only_forward, 0, COUNT(successions));
	tcase_add_test(t, finds_what_is_there_and_nothing_else);
	suite_add_tcase(suite, t);
	return suite;
}

CHECK_MAIN(suite);
