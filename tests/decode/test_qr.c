#include "decode/qr.h"
#include "decode/rs.h"
#include "tests/check_main.h"
#include "tests/support/letters.h"

#include <qrencode.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	QRecLevel theirs;
	enum qr_level ours;
} levels[] = {
	{ QR_ECLEVEL_L, QR_L },
	{ QR_ECLEVEL_M, QR_M },
	{ QR_ECLEVEL_Q, QR_Q },
	{ QR_ECLEVEL_H, QR_H },
};

/* A symbol by libqrencode, of this version and level. */
static QRcode *
symbol_of(int version, QRecLevel level)
{
	static const unsigned char text[] = "SELLOAEHX";
	QRinput *input = QRinput_new2(version, level);
	QRcode *code;

	ck_assert_int_eq(
	    QRinput_append(input, QR_MODE_AN, sizeof(text) - 1, text), 0);
	code = QRcode_encodeInput(input);
	ck_assert_ptr_nonnull(code);
	ck_assert_int_eq(code->version, version);
	QRinput_free(input);
	return code;
}

/* The level and mask that it carries, both copies; and its version. */
static int
mask_of(const QRcode *code, enum qr_level level)
{
	for (int mask = 0; mask < 8; mask++) {
		unsigned bits = qr_format_bits(level, mask), copy, wrong = 0;

		for (copy = 0; copy < 2; copy++)
			for (int i = 0; i < 15; i++)
				wrong += (code->data[qr_format_place(
					      code->version, (int)copy, i)] &
					     1) != (bits >> i & 1);
		if (wrong == 0)
			return mask;
	}
	return -1;
}

/* Its bytes as laid down, unmasked. */
static void
stream_of(const QRcode *code, int mask, uint8_t stream[QR_CODEWORD_MAX])
{
	static uint8_t kind[QR_MODULE_MAX];
	static uint16_t place[QR_MODULE_MAX];
	int bits;

	qr_layout(code->version, kind);
	bits = qr_order(code->version, kind, place);
	memset(stream, 0, QR_CODEWORD_MAX);
	for (int i = 0; i < bits / 8 * 8; i++) {
		int x = place[i] % code->width, y = place[i] / code->width;
		bool dark = code->data[place[i]] & 1;

		stream[i / 8] |=
		    (uint8_t)((dark != qr_mask(mask, x, y)) << (7 - i % 8));
	}
}

static void
block_of(const struct qr_blocks *blocks, const uint8_t *stream, int i,
    uint8_t block[RS_LEN_MAX])
{
	for (int at = 0; at < qr_block_data(blocks, i) + blocks->check; at++)
		block[at] = stream[qr_stream_place(blocks, i, at)];
}

START_TEST(reads_and_draws_every_version)
{
	static uint8_t stream[QR_CODEWORD_MAX], drawn[QR_MODULE_MAX];
	int version = _i + 1;
	struct rs rs;

	rs_init(&rs);
	for (size_t l = 0; l < COUNT(levels); l++) {
		QRcode *code = symbol_of(version, levels[l].theirs);
		int mask = mask_of(code, levels[l].ours), wrong = 0;
		struct qr_blocks blocks;
		uint8_t block[RS_LEN_MAX];

		ck_assert_int_ge(mask, 0);
		ck_assert_int_eq(code->width, qr_side(version));
		stream_of(code, mask, stream);
		qr_blocks(version, levels[l].ours, &blocks);
		for (int i = 0; i < blocks.count; i++) {
			block_of(&blocks, stream, i, block);
			wrong += rs_mend(&rs, block,
				     qr_block_data(&blocks, i) + blocks.check,
				     blocks.check, NULL, 0) != 0;
		}
		ck_assert_msg(wrong == 0, "version %d level %zu: %d of %d",
		    version, l, wrong, blocks.count);
		qr_draw(version, levels[l].ours, mask, stream, drawn);
		for (int i = 0; i < code->width * code->width; i++)
			wrong += drawn[i] != (code->data[i] & 1);
		ck_assert_msg(wrong == 0, "version %d level %zu: %d modules",
		    version, l, wrong);
		QRcode_free(code);
	}
}
END_TEST

/* Random damage within what a block can mend. */
START_TEST(mends_what_it_can)
{
	static uint8_t stream[QR_CODEWORD_MAX];
	QRcode *code = symbol_of(_i % 40 + 1, levels[_i % 4].theirs);
	uint64_t seed = (uint64_t)_i;
	struct qr_blocks blocks;
	struct rs rs;
	uint8_t block[RS_LEN_MAX], was[RS_LEN_MAX], erased[RS_LEN_MAX];

	rs_init(&rs);
	stream_of(code, mask_of(code, levels[_i % 4].ours), stream);
	qr_blocks(code->version, levels[_i % 4].ours, &blocks);
	block_of(&blocks, stream, 0, was);
	for (int s = 0; s <= blocks.check; s++) {
		int len = blocks.data + blocks.check;
		int errors = (blocks.check - s) / 2, got;
		uint8_t order[RS_LEN_MAX];

		memcpy(block, was, sizeof(block));
		for (int i = 0; i < len; i++)
			order[i] = (uint8_t)i;
		for (int i = len - 1; i > 0; i--) {
			int j =
			    (int)(support_random(&seed) % (unsigned)(i + 1));
			uint8_t swap = order[i];

			order[i] = order[j];
			order[j] = swap;
		}
		for (int i = 0; i < s + errors; i++)
			block[order[i]] ^=
			    (uint8_t)(1 + support_random(&seed) % 255);
		memcpy(erased, order, (size_t)s);
		got = rs_mend(&rs, block, len, blocks.check, erased, s);
		ck_assert_msg(got == s + errors, "%d erased, %d wrong: %d", s,
		    errors, got);
		ck_assert_mem_eq(block, was, (size_t)len);
	}
	QRcode_free(code);
}
END_TEST

/* Over it: refused, or some other code word; never half mended. */
START_TEST(refuses_what_is_too_much)
{
	struct rs rs;
	uint8_t block[RS_LEN_MAX], was[RS_LEN_MAX];
	uint64_t seed = 7;
	int refused = 0;

	rs_init(&rs);
	for (int round = 0; round < 200; round++) {
		for (int i = 0; i < 44; i++)
			block[i] = (uint8_t)support_random(&seed);
		rs_encode(&rs, block, 44, 24);
		for (int i = 0; i < 16; i++)
			block[i] ^= (uint8_t)(1 + support_random(&seed) % 255);
		memcpy(was, block, sizeof(was));
		if (rs_mend(&rs, block, 44, 24, NULL, 0) == -1) {
			ck_assert_mem_eq(block, was, 44);
			refused++;
		} else
			ck_assert_int_eq(
			    rs_mend(&rs, block, 44, 24, NULL, 0), 0);
	}
	/* one in 12! is taken for another */
	ck_assert_int_eq(refused, 200);
	ck_assert_int_eq(rs_mend(&rs, block, 24, 24, NULL, 0), -1);
	ck_assert_int_eq(rs_mend(&rs, block, 300, 24, NULL, 0), -1);
	block[0] = 44;
	ck_assert_int_eq(rs_mend(&rs, was, 44, 24, block, 1), -1);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("qr");
	TCase *t = tcase_create("qr");

	tcase_add_loop_test(t, reads_and_draws_every_version, 0, 40);
	tcase_add_loop_test(t, mends_what_it_can, 0, 40);
	tcase_add_test(t, refuses_what_is_too_much);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
