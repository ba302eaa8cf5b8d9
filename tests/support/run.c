#include "tests/support/run.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Tests run in processes of their own, one after the other. */
static char folder[64];
static int back = -1;

void
run_folder(void)
{
	strcpy(folder, "/tmp/sello-test-XXXXXX");
	back = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	ck_assert_int_ge(back, 0);
	ck_assert_ptr_nonnull(mkdtemp(folder));
	ck_assert_int_eq(chdir(folder), 0);
}

void
run_leave(void)
{
	char command[96];

	ck_assert_int_eq(fchdir(back), 0);
	close(back);
	snprintf(command, sizeof(command), "rm -r %s", folder);
	ck_assert_int_eq(run(command, NULL), 0);
}

int
run(const char *command, struct bytes *out)
{
	struct bytes quiet = { 0 };
	char chunk[4096];
	size_t n;
	FILE *f;
	int status;

	bytes_addf(&quiet, "( %s ) 2>/dev/null", command);
	f = popen((const char *)quiet.at, "r");
	ck_assert_ptr_nonnull(f);
	while ((n = fread(chunk, 1, sizeof(chunk), f)) > 0)
		if (out != NULL)
			bytes_add(out, chunk, n);
	status = pclose(f);
	bytes_free(&quiet);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int
run_has(const char *program)
{
	char command[128];

	snprintf(command, sizeof(command), "command -v %s", program);
	return run(command, NULL) == 0;
}

void
run_put(const char *path, const void *data, size_t len)
{
	FILE *f = fopen(path, "w");

	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(data, 1, len, f), len);
	ck_assert_int_eq(fclose(f), 0);
}

void
run_get(const char *path, struct bytes *out)
{
	FILE *f = fopen(path, "r");
	char chunk[4096];
	size_t n;

	if (f == NULL)
		return;
	while ((n = fread(chunk, 1, sizeof(chunk), f)) > 0)
		bytes_add(out, chunk, n);
	fclose(f);
}
