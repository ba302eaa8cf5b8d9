/* What is begun at the desk is its person's, and ends: issue/desk/begun.h. */
#include "issue/desk/begun.h"
#include "issue/desk/desk.h"

#include "tests/check_main.h"

static const char form[] = "surnames\r\nXiloj\r\n";

static void
keep(struct begun *begun, size_t len)
{
	struct bytes text = { 0 };

	for (size_t i = 0; i < len; i++)
		bytes_add_byte(&text, (uint8_t)form[i % (sizeof(form) - 1)]);
	ck_assert_int_eq(begun_keep_form(begun, &text, NULL),
	    len <= BEGUN_FORM_MAX ? ERR_OK : ERR_LIMIT);
	bytes_wipe(&text);
}

START_TEST(each_has_their_own)
{
	struct begun *all = NULL;
	struct begun *one = begun_of(&all, "OF1007");
	struct begun *other = begun_of(&all, "OF1008");

	keep(one, 20);
	ck_assert(begun_is_any(one));
	ck_assert(!begun_is_any(other));
	ck_assert_ptr_eq(begun_of(&all, "OF1007"), one);
	begun_drop(&all, "OF1007");
	ck_assert_ptr_eq(begun_of(&all, "OF1008"), other);
	ck_assert(!begun_is_any(begun_of(&all, "OF1007")));
	begun_drop(&all, "AP2003");
	begun_drop_all(&all);
	ck_assert_ptr_null(all);
}
END_TEST

START_TEST(a_form_ends)
{
	struct begun *all = NULL;
	struct begun *one = begun_of(&all, "OF1007");

	keep(one, BEGUN_FORM_MAX);
	ck_assert_uint_eq(one->form.len, BEGUN_FORM_MAX);
	keep(one, BEGUN_FORM_MAX + 1);
	ck_assert(!begun_is_any(one));
	keep(one, 20);
	keep(one, 0);
	ck_assert(!begun_is_any(one));
	keep(one, 20);
	begun_end_form(one);
	ck_assert(!begun_is_any(one));
	begun_drop_all(&all);
}
END_TEST

START_TEST(a_file_and_what_was_set_aside_end)
{
	struct begun *all = NULL;
	struct begun *one = begun_of(&all, "OF1007");

	bytes_add_text(&one->text, form);
	ck_assert(begun_is_any(one));
	begun_end_file(one);
	ck_assert(!begun_is_any(one));
	bytes_add_text(&one->aside, form);
	ck_assert(begun_is_any(one));
	one->aside_kept = true;
	ck_assert(!begun_is_any(one));
	begun_drop_all(&all);
}
END_TEST

START_TEST(who_leaves_keeps_what_was_set_aside)
{
	struct begun *all = NULL;
	struct begun *one = begun_of(&all, "OF1007");

	bytes_add_text(&one->text, form);
	ck_assert(!begun_is_work(one));
	one->mended = true;
	ck_assert(begun_is_work(one));
	bytes_add_text(&one->aside, form);
	keep(one, 20);
	begun_leave(&all, "AP2003");
	begun_leave(&all, "OF1007");
	ck_assert_ptr_eq(begun_of(&all, "OF1007"), one);
	ck_assert_uint_eq(one->form.len, 0);
	ck_assert_uint_eq(one->text.len, 0);
	ck_assert(begun_is_any(one));
	one->aside_kept = true;
	begun_leave(&all, "OF1007");
	ck_assert_ptr_null(all);
}
END_TEST

/* The desk locks as when somebody else signs in. */
START_TEST(a_lock_keeps_it)
{
	struct desk desk = { .home = "center" };

	desk.begun = begun_of(&desk.all, "OF1007");
	keep(desk.begun, 20);
	desk_forget(&desk);
	ck_assert_ptr_null(desk.begun);
	ck_assert(begun_is_any(begun_of(&desk.all, "OF1007")));
	desk_end(&desk);
	ck_assert_ptr_null(desk.all);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("begun");
	TCase *t = tcase_create("begun");

	tcase_add_test(t, each_has_their_own);
	tcase_add_test(t, a_form_ends);
	tcase_add_test(t, a_file_and_what_was_set_aside_end);
	tcase_add_test(t, who_leaves_keeps_what_was_set_aside);
	tcase_add_test(t, a_lock_keeps_it);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
