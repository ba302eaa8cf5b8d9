/*
 * Tests of scan/film.h and what scan/webcam.h makes of pixels.
 */
#include "scan/film.h"

#include "scan/webcam.h"
#include "tests/check_main.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char path[] = "/tmp/test_film.XXXXXX";
static struct bytes written, frame;

/* Whole in the sense of film.h; with a picture in a segment, as cameras put one
 * there, and FF in its data. */
#define SMALL "\xff\xd8\xff\xd9"
static const char picture[] =
    "\xff\xd8\xff\xe1\x00\x06" SMALL "\xff\xff\xda\x00\x03z"
    "data\xff\x00more\xff\xd3rest\xff\xd9";
#define PICTURE_SIZE (sizeof(picture) - 1)

static void
setup(void)
{
	int fd = mkstemp(path);

	ck_assert_int_ge(fd, 0);
	close(fd);
}

static void
teardown(void)
{
	unlink(path);
	memcpy(path + sizeof(path) - 7, "XXXXXX", 6);
	bytes_wipe(&written);
	bytes_wipe(&frame);
}

static void
add(const void *data, size_t len)
{
	bytes_add(&written, data, len);
}

/* How many whole pictures, each as it was; *large: of those too large. */
static size_t
play(size_t *large)
{
	FILE *file = fopen(path, "wb");
	struct film *film = NULL;
	size_t count = 0;
	enum err rc;

	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(
	    fwrite(written.at, 1, written.len, file), written.len);
	ck_assert_int_eq(fclose(file), 0);
	ck_assert_int_eq(film_open(path, &film, NULL), ERR_OK);
	*large = 0;
	while ((rc = film_next(film, &frame, NULL)) != ERR_NOT_FOUND)
		if (rc == ERR_LIMIT)
			++*large;
		else {
			ck_assert_int_eq(rc, ERR_OK);
			ck_assert_uint_eq(frame.len, PICTURE_SIZE);
			ck_assert_mem_eq(frame.at, picture, PICTURE_SIZE);
			count++;
		}
	film_free(&film);
	ck_assert_ptr_null(film);
	return count;
}

START_TEST(pictures_one_after_the_other)
{
	size_t large, i;

	for (i = 0; i < 3; i++)
		add(picture, PICTURE_SIZE);
	ck_assert_uint_eq(play(&large), 3);
	ck_assert_uint_eq(large, 0);
}
END_TEST

static const struct {
	const char *name, *at;
	size_t len;
} between[] = {
	{ "nothing", "", 0 },
	{ "zeros", "\0\0\0\0", 4 },
	{ "marks", "\xff\xff\xff", 3 },
	{ "an end", "\xff\xd9", 2 },
	{ "a beginning", "\xff\xd8", 2 },
	{ "half a mark", "\xff\xd8\xff", 3 },
	{ "no mark", "\xff\xd8\xff\xe0\x00\x03zno", 9 },
	{ "a wrong length", "\xff\xd8\xff\xe0\x00\x01", 6 },
	{ "data that is cut off",
	    "\xff\xd8\xff\xda\x00\x02"
	    "data",
	    10 },
	{ "... behind a mark",
	    "\xff\xd8\xff\xda\x00\x02"
	    "data\xff",
	    11 },
};

START_TEST(what_is_between_is_passed_by)
{
	size_t large;

	add(between[_i].at, between[_i].len);
	add(picture, PICTURE_SIZE);
	add(between[_i].at, between[_i].len);
	add(picture, PICTURE_SIZE);
	ck_assert_msg(play(&large) == 2, "%s", between[_i].name);
}
END_TEST

START_TEST(a_cut_end_is_no_picture)
{
	size_t large, len;

	for (len = 1; len < PICTURE_SIZE; len++) {
		bytes_reset(&written);
		add(picture, PICTURE_SIZE);
		add(picture, len);
		ck_assert_uint_eq(play(&large), 1);
	}
}
END_TEST

START_TEST(a_large_one_is_told)
{
	size_t large;

	add("\xff\xd8\xff\xda\x00\x02", 6);
	while (written.len <= FILM_FRAME_MAX)
		bytes_add_byte(&written, 'd');
	add("\xff\xd9", 2);
	add(picture, PICTURE_SIZE);
	ck_assert_uint_eq(play(&large), 1);
	ck_assert_uint_eq(large, 1);
}
END_TEST

START_TEST(no_film)
{
	struct film *film = NULL;

	ck_assert_int_eq(film_open("/nowhere", &film, NULL), ERR_NOT_FOUND);
	ck_assert_int_eq(film_open("/tmp", &film, NULL), ERR_NOT_FOUND);
	ck_assert_int_eq(film_open("/dev/zero", &film, NULL), ERR_NOT_FOUND);
}
END_TEST

/* --- pixels ----------------------------------------------------------------- */

START_TEST(gray_of_pixels)
{
	struct bytes data = { 0 };

	bytes_add(&data, "AuBv..CuDv..", 12);
	ck_assert(webcam_gray(&data, 2, 2, 6, 2, &frame));
	ck_assert_str_eq((char *)frame.at, "P5 2 2 255\nABCD");
	bytes_reset(&frame);
	ck_assert(webcam_gray(&data, 3, 4, 3, 1, &frame));
	ck_assert_uint_eq(frame.len, 11 + 12);
	ck_assert(!webcam_gray(&data, 2, 3, 6, 2, &frame));
	ck_assert(!webcam_gray(&data, 4, 2, 6, 2, &frame));
	ck_assert(!webcam_gray(&data, 0, 2, 6, 2, &frame));
	ck_assert(!webcam_gray(&data, 2, 0, 6, 2, &frame));
	ck_assert(
	    !webcam_gray(&data, WEBCAM_SIDE_MAX + 1, 1, 99999, 1, &frame));
	bytes_free(&data);
}
END_TEST

START_TEST(what_is_no_camera)
{
	char name[WEBCAM_NAME_SIZE];
	struct webcam *webcam = NULL;

	ck_assert(!webcam_is("/dev/null", name));
	ck_assert(!webcam_is(path, name));
	ck_assert_int_eq(
	    webcam_open("/dev/null", &webcam, NULL), ERR_NOT_FOUND);
	ck_assert_int_eq(webcam_open("/nowhere", &webcam, NULL), ERR_NOT_FOUND);
	webcam_close(&webcam);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("film");
	TCase *t = tcase_create("film");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, pictures_one_after_the_other);
	tcase_add_loop_test(t, what_is_between_is_passed_by, 0,
	    (int)(sizeof(between) / sizeof(between[0])));
	tcase_add_test(t, a_cut_end_is_no_picture);
	tcase_add_test(t, a_large_one_is_told);
	tcase_add_test(t, no_film);
	tcase_add_test(t, gray_of_pixels);
	tcase_add_test(t, what_is_no_camera);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
