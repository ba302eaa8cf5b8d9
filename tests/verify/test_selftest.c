/*
 * Tests of verify/selftest.h: the built-in letter is good for others too,
 * and what it was signed with signs nothing here.
 */
#include "verify/selftest.h"

#include "base/file.h"
#include "tests/check_main.h"
#include "tests/support/run.h"
#include "verify/selftest_data.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

START_TEST(all_is_well)
{
	ck_assert(selftest_run());
	ck_assert(selftest_run());
}
END_TEST

/* xmlsec1 knows nothing of Sello, and agrees. */
START_TEST(another_program_agrees)
{
	const char *name = strstr(selftest_letter, "<ds:KeyName>");
	char command[256];

	if (!run_has("xmlsec1"))
		return;
	ck_assert_ptr_nonnull(name);
	run_folder();
	run_put("a.xml", selftest_letter, strlen(selftest_letter));
	run_put("a.crt", selftest_certificate, strlen(selftest_certificate));
	snprintf(command, sizeof(command),
	    "xmlsec1 --verify --enabled-key-data key-name "
	    "--enabled-reference-uris empty --pubkey-cert-pem:%.8s a.crt a.xml",
	    name + strlen("<ds:KeyName>"));
	ck_assert_int_eq(run(command, NULL), 0);
	run_leave();
}
END_TEST

/* A post cannot make what it checks. */
START_TEST(the_program_cannot_sign)
{
	char *program = file_beside_program("sello-verify");
	char command[512];

	if (program == NULL || !run_has("nm"))
		return;
	snprintf(command, sizeof(command),
	    "nm %s | grep -E ' [Tt] (sign_document|sign_raw)$'", program);
	ck_assert_int_eq(run(command, NULL), 1);
	snprintf(command, sizeof(command),
	    "nm %s | grep -q ' [Tt] dsig_verify$'", program);
	ck_assert_int_eq(run(command, NULL), 0);
	free(program);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("selftest");
	TCase *t = tcase_create("selftest");

	tcase_add_test(t, all_is_well);
	tcase_add_test(t, another_program_agrees);
	tcase_add_test(t, the_program_cannot_sign);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
