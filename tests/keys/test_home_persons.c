/*
 * Tests of what keys/home.h says about a center's persons: which the root may
 * certify, and that every roster stays.
 */
#include "keys/home.h"

#include "tests/check_main.h"
#include "tests/keys/sample_office.h"

static struct trust_roster three; /* ours' */

static void
setup_persons(void)
{
	setup();
	three = support_roster("GTGUA01", 0);
}

static void
teardown_persons(void)
{
	trust_roster_free(&three);
	teardown();
}

/* Room for one more at the end. */
static struct trust_roster
with(const struct trust_person *person)
{
	struct trust_roster more = { .person_count = 4 };

	more.persons = calloc(4, sizeof(more.persons[0]));
	memcpy(more.persons, three.persons, 3 * sizeof(more.persons[0]));
	more.persons[3] = *person;
	trust_roster_sort(&more);
	return more;
}

/* Of a center, by a fresh key. */
static enum err
ask(struct office *o, const struct trust_roster *persons)
{
	EVP_PKEY *key = sample_p256();
	enum err rc = certify_persons(o, key, persons);

	EVP_PKEY_free(key);
	return rc;
}

static size_t
published_rosters(void)
{
	struct trust_list *list = publish();
	size_t count = list->centers[0].roster_count;

	trust_free(&list);
	return count;
}

START_TEST(who_was_heard_is_in_the_next_list)
{
	struct trust_list *list = publish();
	const struct trust_center *center = &list->centers[0];

	ck_assert(ours.done.new_roster);
	ck_assert_uint_eq(center->roster_count, 1);
	ck_assert(trust_roster_same(&center->rosters[0], &three));
	ck_assert_int_ge(center->rosters[0].since, NOW - 60);
	ck_assert_int_le(center->rosters[0].since, NOW);
	trust_free(&list);
}
END_TEST

START_TEST(the_same_persons_are_no_new_roster)
{
	ck_assert_int_eq(ask(&ours, &three), ERR_OK);
	ck_assert(!ours.done.new_roster);
	ck_assert_uint_eq(published_rosters(), 1);
}
END_TEST

/* Somebody took a new passphrase after they were heard. */
START_TEST(the_same_request_has_other_persons)
{
	struct trust_person person = sample_person("OF1008", 'D');
	struct trust_roster more = with(&person);
	EVP_PKEY *key = sample_p256();
	struct trust_list *list;

	ck_assert_int_eq(certify_persons(&ours, key, &three), ERR_OK);
	ck_assert_int_eq(certify_persons(&ours, key, &more), ERR_OK);
	ck_assert(ours.done.new_roster && !ours.done.renewed);
	ck_assert_uint_eq(ours.done.other_keys, 1);
	ck_assert_int_eq(certify_persons(&ours, key, &more), ERR_EXISTS);
	list = publish();
	ck_assert_uint_eq(list->centers[0].roster_count, 2);
	ck_assert(trust_roster_same(&list->centers[0].rosters[1], &more));
	ck_assert_uint_eq(list->centers[0].key_count, 2);
	trust_free(&list);
	trust_roster_free(&more);
	EVP_PKEY_free(key);
}
END_TEST

/* In one second too; back to the first is a roster as well. */
START_TEST(every_roster_stays)
{
	struct trust_person person = sample_person("OF1008", 'D');
	struct trust_roster more = with(&person);
	struct trust_list *list;
	const struct trust_roster *r;

	ck_assert_int_eq(ask(&ours, &more), ERR_OK);
	ck_assert(ours.done.new_roster);
	ck_assert_int_eq(ask(&ours, &three), ERR_OK);
	ck_assert(ours.done.new_roster);
	list = publish();
	r = list->centers[0].rosters;
	ck_assert_uint_eq(list->centers[0].roster_count, 3);
	ck_assert(trust_roster_same(&r[0], &three));
	ck_assert(trust_roster_same(&r[1], &more));
	ck_assert(trust_roster_same(&r[2], &three));
	ck_assert(r[0].since <= r[1].since && r[1].since <= r[2].since);
	trust_free(&list);
	trust_roster_free(&more);
}
END_TEST

/* --- what is refused ------------------------------------------------------ */

START_TEST(each_role_has_somebody)
{
	struct trust_roster two = { .person_count = 2 };
	struct office o = ours;

	two.persons = calloc(2, sizeof(two.persons[0]));
	two.persons[0] = three.persons[_i == 0];
	two.persons[1] = three.persons[_i == 2 ? 1 : 2];
	strcpy(o.info.center, "GTGUA02");
	ck_assert_int_eq(ask(&o, &two), ERR_DATA);
	ck_assert_ptr_nonnull(
	    strstr(err.text, person_role_word(three.persons[_i].role)));
	two.person_count = 0;
	ck_assert_int_eq(ask(&o, &two), ERR_DATA);
	ck_assert_uint_eq(published_rosters(), 1); /* of GTGUA01 alone */
	trust_roster_free(&two);
}
END_TEST

START_TEST(a_key_is_one_persons)
{
	struct trust_person other = three.persons[2];
	struct trust_roster swapped = with(&other);
	struct office second = ours;

	/* under another code, though nobody has it twice now */
	swapped.person_count = 3;
	memcpy(swapped.persons, three.persons, 3 * sizeof(other));
	strcpy(swapped.persons[2].code, "OF1008");
	ck_assert_int_eq(ask(&ours, &swapped), ERR_REFUSED);
	ck_assert_ptr_nonnull(strstr(err.text, "OF1007 at GTGUA01"));
	/* at another center, under the same code */
	second.info = sample_center(&root, "GTGUA02", "GTM");
	ck_assert_int_eq(ask(&second, &three), ERR_REFUSED);
	ck_assert_ptr_nonnull(strstr(err.text, "AD0001 at GTGUA01"));
	ck_assert_uint_eq(published_rosters(), 1);
	trust_roster_free(&swapped);
}
END_TEST

/* Who knows a key knows its negative: it is nobody else's, and no new one. */
START_TEST(nor_is_its_negative)
{
	static const char *const codes[] = { "OF1008", "OF1007", "OF1008" };
	struct trust_person person = three.persons[2];
	EVP_PKEY *key = sample_p256();
	struct trust_roster more;

	ck_assert_int_eq(certify_persons(&ours, key, &three), ERR_OK);
	if (_i == 2) /* the center's */
		ck_assert_int_eq(person_key_point(key, person.key), ERR_OK);
	strcpy(person.code, codes[_i]);
	person.key[0] ^= 1;
	more = with(&person);
	more.persons[2] = person;
	more.person_count = 3;
	ck_assert_int_eq(ask(&ours, &more), ERR_REFUSED);
	ck_assert_uint_eq(published_rosters(), 1);
	trust_roster_free(&more);
	EVP_PKEY_free(key);
}
END_TEST

/* A list that says so would not be read by anybody. */
START_TEST(no_key_is_a_persons_and_a_centers)
{
	struct trust_person person = sample_person("OF1008", 'D');
	EVP_PKEY *old = sample_p256(), *officer;
	struct trust_roster more;

	ck_assert_int_eq(certify_persons(&ours, old, &three), ERR_OK);
	ck_assert_int_eq(person_key_point(old, person.key), ERR_OK);
	more = with(&person); /* a former key of the center */
	ck_assert_int_eq(ask(&ours, &more), ERR_REFUSED);
	ck_assert_ptr_nonnull(strstr(err.text, "OF1008"));
	trust_roster_free(&more);
	person = sample_person("OF1008", 'D');
	officer = support_person_key("GTGUA01", "OF1007");
	more = with(&person); /* the center takes a former person's */
	more.persons[2] = person;
	more.person_count = 3;
	ck_assert_int_eq(certify_persons(&ours, officer, &more), ERR_REFUSED);
	ck_assert_ptr_nonnull(strstr(err.text, "OF1007"));
	ck_assert_uint_eq(published_rosters(), 1);
	trust_roster_free(&more);
	EVP_PKEY_free(officer);
	EVP_PKEY_free(old);
}
END_TEST

START_TEST(who_was_removed_comes_again_with_a_new_key)
{
	struct trust_person person = sample_person("OF1008", 'D');
	struct trust_roster more = with(&person);
	struct person_removed gone;
	struct trust_list *list;
	int64_t now = NOW;

	ck_assert_int_eq(home_remove_person(home, "GTGUA01", "OF1007", now,
			     NULL, now, &gone, &err),
	    ERR_OK);
	ck_assert_int_eq(ask(&ours, &more), ERR_REFUSED);
	ck_assert_ptr_nonnull(strstr(err.text, "OF1007"));
	/* a rekey with the persons of before says nothing about them */
	ck_assert_int_eq(ask(&ours, &three), ERR_OK);
	ck_assert(!ours.done.new_roster);
	more.persons[2] = sample_person("OF1007", 'D');
	ck_assert_int_eq(ask(&ours, &more), ERR_OK);
	list = publish();
	ck_assert_uint_eq(list->centers[0].roster_count, 2);
	/* later than that they were removed, in the same second too */
	ck_assert_int_gt(list->centers[0].rosters[1].since, now);
	trust_free(&list);
	trust_roster_free(&more);
}
END_TEST

/* --- before they are heard ------------------------------------------------ */

START_TEST(a_request_says_who_is_to_be_heard)
{
	struct trust_person person = sample_person("OF1008", 'D');
	struct trust_roster more = with(&person), said = { 0 };
	EVP_PKEY *key = sample_p256();
	struct bytes pem = { 0 };
	bool known = false;

	ck_assert_int_eq(
	    request_make_center(key, &ours.info, &three, &pem, &err), ERR_OK);
	ck_assert_int_eq(home_persons(home, &pem, &said, &known, &err), ERR_OK);
	ck_assert(known);
	ck_assert(trust_roster_same(&said, &three));
	trust_roster_free(&said);
	bytes_reset(&pem);
	ck_assert_int_eq(
	    request_make_center(key, &ours.info, &more, &pem, &err), ERR_OK);
	ck_assert_int_eq(home_persons(home, &pem, &said, &known, &err), ERR_OK);
	ck_assert(!known);
	ck_assert(trust_roster_same(&said, &more));
	trust_roster_free(&said);
	bytes_reset(&pem);
	ours.info.root[0] ^= 1;
	ck_assert_int_eq(
	    request_make_center(key, &ours.info, &more, &pem, &err), ERR_OK);
	ck_assert_int_eq(
	    home_persons(home, &pem, &said, &known, &err), ERR_REFUSED);
	ck_assert_ptr_null(said.persons);
	trust_roster_free(&more);
	bytes_free(&pem);
	EVP_PKEY_free(key);
}
END_TEST

/* A clock that ran ahead: the roster holds from today on, and later ones can
 * follow it. */
START_TEST(a_roster_of_a_wrong_clock_holds_from_now_on)
{
	struct trust_person person = sample_person("OF1008", 'D');
	struct trust_roster more = with(&person);
	EVP_PKEY *key = sample_p256();
	struct clock_righted righted;
	struct bytes pem = { 0 };
	struct trust_list *list;
	int64_t ahead = NOW + 90 * (int64_t)CLOCK_DAY, now;

	ck_assert_int_eq(
	    request_make_center(key, &ours.info, &more, &pem, &err), ERR_OK);
	ck_assert_int_eq(home_certify_center(home, root_key, &pem, 730, ahead,
			     &ours.done, &err),
	    ERR_OK);
	now = NOW;
	ck_assert_int_eq(
	    home_put_clock_right(home, now, &righted, &err), ERR_OK);
	ck_assert_int_eq(ask(&ours, &three), ERR_OK);
	list = publish();
	ck_assert_uint_eq(list->centers[0].roster_count, 3);
	ck_assert_int_eq(list->centers[0].rosters[1].since, now);
	trust_free(&list);
	trust_roster_free(&more);
	bytes_free(&pem);
	EVP_PKEY_free(key);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("home_persons");
	TCase *t = tcase_create("home_persons");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, setup_persons, teardown_persons);
	tcase_add_test(t, who_was_heard_is_in_the_next_list);
	tcase_add_test(t, the_same_persons_are_no_new_roster);
	tcase_add_test(t, the_same_request_has_other_persons);
	tcase_add_test(t, every_roster_stays);
	tcase_add_loop_test(t, each_role_has_somebody, 0, 3);
	tcase_add_test(t, a_key_is_one_persons);
	tcase_add_loop_test(t, nor_is_its_negative, 0, 3);
	tcase_add_test(t, no_key_is_a_persons_and_a_centers);
	tcase_add_test(t, who_was_removed_comes_again_with_a_new_key);
	tcase_add_test(t, a_request_says_who_is_to_be_heard);
	tcase_add_test(t, a_roster_of_a_wrong_clock_holds_from_now_on);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
