/*
 * test_crowd.c - decode/crowd.h: what looks like finder patterns is counted, noise
 * is not, and a picture full of them takes no time.
 */
#include "decode/crowd.h"
#include "decode/grid.h"
#include "decode/search.h"
#include "tests/check_main.h"

#include <string.h>
#include <time.h>

static const char *const finder[7] = { "1111111", "1000001", "1011101",
	"1011101", "1011101", "1000001", "1111111" };

static struct crowd
crowd_in(const struct gray *picture)
{
	struct crowd crowd;

	ck_assert(crowd_of(picture, &crowd));
	return crowd;
}

static size_t
crowd_lines(const struct gray *picture)
{
	return crowd_in(picture).lines;
}

/* One at each place of a grid: `module` pixels a module, `gap` modules between. */
static void
patterns(struct gray *out, uint32_t side, uint32_t module, uint32_t gap)
{
	const uint32_t pitch = (7 + gap) * module;

	ck_assert(gray_new(out, side, side));
	for (uint32_t y = 0; y < side; y++)
		for (uint32_t x = 0; x < side; x++) {
			uint32_t i = x % pitch / module, j = y % pitch / module;

			gray_row(out, y)[x] =
			    i < 7 && j < 7 && finder[j][i] == '1' ? 20 : 230;
		}
}

/* Three modules high, in both directions: estimated within a third. */
START_TEST(patterns_are_counted)
{
	static const struct {
		uint32_t module, gap;
	} kind[] = { { 1, 1 }, { 2, 1 }, { 3, 4 }, { 5, 2 }, { 8, 8 } };
	const uint32_t side = 1500, module = kind[_i].module;
	const uint32_t pitch = (7 + kind[_i].gap) * module;
	/* of a line and the next, the last of three modules is not both */
	const size_t each = 2 * (size_t)(3 * module - 1);
	size_t want = each * (side / pitch) * (side / pitch), lines;
	struct gray picture = { 0 };

	patterns(&picture, side, module, kind[_i].gap);
	lines = crowd_lines(&picture);
	ck_assert_uint_ge(lines, want - want / 3);
	ck_assert_uint_le(lines, want + want / 3);
	gray_free(&picture);
}
END_TEST

START_TEST(noise_is_not)
{
	struct gray picture = { 0 };
	uint32_t seed = 1;

	ck_assert(gray_new(&picture, 2000, 2000));
	for (size_t i = 0; i < gray_size(&picture); i++) {
		seed = seed * 1103515245u + 12345u;
		picture.at[i] = (uint8_t)(seed >> 24);
	}
	ck_assert_uint_le(crowd_lines(&picture), CROWD_MAX / 10);
	/* but it is full of edges: one at each second pixel */
	ck_assert_uint_gt(crowd_in(&picture).edges, gray_size(&picture) / 2);
	ck_assert_uint_lt(crowd_in(&picture).edges, gray_size(&picture));
	/* and what a camera adds is none */
	for (size_t i = 0; i < gray_size(&picture); i++)
		picture.at[i] = picture.at[i] / 6 + 100;
	ck_assert_uint_eq(crowd_in(&picture).edges, 0);
	gray_free(&picture);
}
END_TEST

START_TEST(small_ones_are_none)
{
	for (uint32_t side = 1; side < 9; side++) {
		struct gray picture = { 0 };

		ck_assert(gray_new(&picture, side, 9 - side));
		memset(picture.at, 0, gray_size(&picture));
		ck_assert_uint_eq(crowd_lines(&picture), 0);
		gray_free(&picture);
	}
}
END_TEST

/* What is looked at closely has an end, in all shapes of a picture together. */
START_TEST(noise_tires)
{
	struct grid *grid = grid_new();
	struct work work = { .most = INT64_MAX, .doubt = INT64_MAX };
	struct gray picture = { 0 };
	uint32_t seed = 1;

	ck_assert(gray_new(&picture, 700, 700));
	for (size_t i = 0; i < gray_size(&picture); i++) {
		seed = seed * 1103515245u + 12345u;
		picture.at[i] = (uint8_t)(seed >> 24);
	}
	for (int i = 0; i < 200 && !grid_is_tired(grid); i++) {
		grid_begin(grid, &picture, &work, NULL, NULL);
		grid_look(grid, &picture, GRID_TRIPLES);
	}
	ck_assert(grid_is_tired(grid));
	grid_begin(grid, &picture, &work, NULL, NULL);
	grid_look(grid, &picture, GRID_TRIPLES);
	ck_assert_int_eq(grid_seen(grid)->finders, 0);
	grid_reset(grid);
	grid_look(grid, &picture, GRID_TRIPLES);
	ck_assert_int_gt(grid_seen(grid)->finders, 0);
	gray_free(&picture);
	grid_free(&grid);
}
END_TEST

/* zbar alone would take more than ten seconds of processor time for it. */
START_TEST(a_crowd_is_told_and_ends)
{
	struct found found = { 0 };
	struct search *search = search_new(&found);
	struct gray picture = { 0 };
	clock_t begun = clock();

	ck_assert_ptr_nonnull(search);
	patterns(&picture, 1600, 1, 1);
	ck_assert_uint_gt(crowd_lines(&picture), CROWD_MAX);
	search_begin(search, SEARCH_WORK_MAX);
	search_picture(search, &picture);
	ck_assert_int_eq(found.bad, ERR_LIMIT);
	ck_assert_uint_eq(found.count, 0);
	ck_assert_int_lt((clock() - begun) / CLOCKS_PER_SEC, 60);
	gray_free(&picture);
	search_free(&search);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("crowd");
	TCase *t = tcase_create("crowd");

	tcase_set_timeout(t, 120);
	tcase_add_loop_test(t, patterns_are_counted, 0, 5);
	tcase_add_test(t, noise_is_not);
	tcase_add_test(t, noise_tires);
	tcase_add_test(t, small_ones_are_none);
	tcase_add_test(t, a_crowd_is_told_and_ends);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
