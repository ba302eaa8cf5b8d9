/*
 * mend.c - mend.h.
 */
#include "decode/mend.h"

#include "decode/block.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FORMATS      3 /* tried, of 32 */
#define FORMAT_LIKE  .25f
#define FORMAT_RIVAL .25f /* no further from the likeliest one */
#define KNOWN_LIKE   .3f
#define ROUNDS       3 /* of learning from blocks that are mended */
#define AROUND       3 /* modules: damage is where damage is */
#define NOTHING_TOLD .5f
#define DAMAGE       .002f /* everywhere */
#define DAMAGE_MOST  .49f

/* Nanoseconds a module: a format that is tried, guesses, what they teach. */
#define FORMAT_WORK 150
#define GUESS_WORK  700
#define LEARN_WORK  600

struct mending {
	const struct rs *rs;
	struct soft *soft;
	struct work *work;
	int mask, bits;
	struct qr_blocks blocks;
	struct known known;
	uint16_t place[QR_MODULE_MAX]; /* of each bit laid down */
	int8_t learned[QR_MODULE_MAX]; /* 1: was right, -1: was wrong, 0 */
	uint8_t data[QR_CODEWORD_MAX + 3];
	struct block block[QR_BLOCK_MAX];
};

static bool
begin(const struct mending *w, int64_t cost)
{
	int64_t side = qr_side(w->soft->version);

	return work_begin(w->work, side * side * cost);
}

/* --- format --------------------------------------------------------------- */

/* How well both copies look like a format: at most 1. */
static float
format_like(const struct soft *soft, unsigned bits)
{
	float like = 0, all = 1e-3f;
	int copy, i;

	for (copy = 0; copy < 2; copy++)
		for (i = 0; i < 15; i++) {
			float dark =
			    soft->dark[qr_format_place(soft->version, copy, i)];

			dark = fmaxf(-4, fminf(4, dark));
			like += bits >> i & 1 ? dark : -dark;
			all += fabsf(dark);
		}
	return like / all;
}

struct format {
	float like;
	enum qr_level level;
	int mask;
};

static int
by_like(const void *a, const void *b)
{
	const struct format *one = a, *two = b;

	return (one->like < two->like) - (one->like > two->like);
}

static void
find_formats(const struct soft *soft, struct format format[32])
{
	int i;

	for (i = 0; i < 32; i++) {
		format[i].level = (enum qr_level)(i / 8);
		format[i].mask = i % 8;
		format[i].like =
		    format_like(soft, qr_format_bits(format[i].level, i % 8));
	}
	qsort(format, 32, sizeof(format[0]), by_like);
}

/* As the format information is the likelier. */
static void
turn_to_front(struct soft *soft, struct format format[32])
{
	struct format turned[32];

	find_formats(soft, format);
	soft_mirror(soft);
	find_formats(soft, turned);
	if (turned[0].like > format[0].like)
		memcpy(format, turned, sizeof(turned));
	else
		soft_mirror(soft);
}

/* --- from modules to blocks ----------------------------------------------- */

/* The share of modules around, read as this one, that turned out to be wrong:
 * what lies on a code, or took from it, does so one way. */
static float
damage_around(const struct mending *w, int at, bool dark)
{
	int side = qr_side(w->soft->version), x, y;
	int px = at % side, py = at / side;
	float wrong = 0, told = NOTHING_TOLD;

	for (y = py - AROUND; y <= py + AROUND; y++)
		for (x = px - AROUND; x <= px + AROUND; x++) {
			int far = (x - px) * (x - px) + (y - py) * (y - py);
			int i = y * side + x;
			bool was_dark;

			if (x < 0 || y < 0 || x >= side || y >= side ||
			    w->learned[i] == 0)
				continue;
			was_dark = (w->soft->kind[i] == QR_DARK) ==
			    (w->learned[i] > 0);
			if (was_dark != dark)
				continue;
			told += 1 / (float)far;
			if (w->learned[i] < 0)
				wrong += 1 / (float)far;
		}
	return wrong / told;
}

static void
read_bit(const struct mending *w, struct block *block, int at, int bit,
    int where, int want)
{
	int side = qr_side(w->soft->version);
	bool turned = qr_mask(w->mask, where % side, where / side), one;
	float dark = w->soft->dark[where], odds, damage;

	if (want >= 0) { /* known beforehand */
		dark = (want != turned) ? 50.f : -50.f;
		odds = 0;
	} else {
		odds = 1 / (1 + expf(fabsf(dark)));
		damage = fminf(
		    DAMAGE_MOST, DAMAGE + damage_around(w, where, dark > 0));
		odds += damage * (1 - 2 * odds);
	}
	one = (dark > 0) != turned;
	if (one)
		block->byte[at] |= (uint8_t)(0x80 >> bit);
	block->sure[at][bit] = fabsf(dark);
	block->one[8 * at + bit] = one ? 1 - odds : odds;
}

/* Block i as it is read now. */
static void
read_block(struct mending *w, int i)
{
	struct block *block = &w->block[i];
	int data = qr_block_data(&w->blocks, i), at, bit;

	memset(block->byte, 0, sizeof(block->byte));
	for (at = 0; at < block->len; at++) {
		int from = 8 * qr_stream_place(&w->blocks, i, at);

		for (bit = 0; bit < 8; bit++)
			read_bit(w, block, at, bit, w->place[from + bit],
			    w->known.version == 0 || at >= data
				? -1
				: known_bit(
				      &w->known, block->first + 8 * at + bit));
	}
}

static void
read_blocks(struct mending *w)
{
	int first = 0, i;

	for (i = 0; i < w->blocks.count; i++) {
		int data = qr_block_data(&w->blocks, i);

		w->block[i].first = 8 * first;
		w->block[i].len = data + w->blocks.check;
		w->block[i].check = w->blocks.check;
		w->block[i].count = 0;
		read_block(w, i);
		first += data;
	}
}

static void
put_out(const struct mending *w, const int *choice, enum qr_level level,
    struct mended *out)
{
	int i, at;

	out->version = w->soft->version;
	out->mask = w->mask;
	out->level = level;
	for (i = 0; i < w->blocks.count; i++)
		for (at = 0; at < w->block[i].len; at++)
			out->stream[qr_stream_place(&w->blocks, i, at)] =
			    w->block[i].guess[choice[i]].byte[at];
}

/* --- learning from what is mended ----------------------------------------- */

/* What a module has to be, by the first guess of a block. */
static void
learn_block(struct mending *w, int i)
{
	const struct block *block = &w->block[i];
	int side = qr_side(w->soft->version), at, bit;

	for (at = 0; at < block->len; at++)
		for (bit = 0; bit < 8; bit++) {
			int where =
			    w->place[8 * qr_stream_place(&w->blocks, i, at) +
				bit];
			bool one = block->guess[0].byte[at] >> (7 - bit) & 1;
			bool dark =
			    one != qr_mask(w->mask, where % side, where / side);

			if (w->learned[where] != 0)
				continue;
			w->learned[where] =
			    dark == (w->soft->dark[where] > 0) ? 1 : -1;
			w->soft->kind[where] = dark ? QR_DARK : QR_LIGHT;
		}
}

/* Blocks that are as good as mended: their guess has no rival. */
static bool
is_certain(const struct block *block)
{
	return block->count > 0 &&
	    (block->count == 1 ||
		block->guess[0].cost * 2 < block->guess[1].cost);
}

/* --- a letter ------------------------------------------------------------- */

static void
guess_blocks(struct mending *w)
{
	int i;

	for (i = 0; i < w->blocks.count; i++) {
		struct block *block = &w->block[i];

		if (block->count > 0)
			continue;
		read_block(w, i);
		block_guess(w->rs, &w->known, w->data, block);
		/* the count tells where the text ends: pad bytes are known */
		if (i == 0 && block->count > 0) {
			memcpy(w->data, block->guess[0].byte,
			    (size_t)(block->len - block->check));
			w->known.count = known_count(&w->known, w->data);
		}
	}
}

static int
open_blocks(const struct mending *w)
{
	int i, open = 0;

	for (i = 0; i < w->blocks.count; i++)
		open += w->block[i].count == 0;
	return open;
}

/* The next choice of guesses; false after the last. */
static bool
next_choice(const struct mending *w, int choice[QR_BLOCK_MAX])
{
	int i;

	for (i = 0; i < w->blocks.count; i++) {
		if (++choice[i] < w->block[i].count)
			return true;
		choice[i] = 0;
	}
	return false;
}

static bool
is_letter(struct mending *w, const int *choice)
{
	char text[KNOWN_TEXT_MAX];
	size_t len;
	int i;

	for (i = 0; i < w->blocks.count; i++)
		memcpy(w->data + w->block[i].first / 8,
		    w->block[i].guess[choice[i]].byte,
		    (size_t)(w->block[i].len - w->block[i].check));
	return known_is_letter(&w->known, w->data, text, &len);
}

/* The CRC is over the text: what stands behind it and the check bytes follow. */
static void
complete(struct mending *w, const int *choice)
{
	int i, at;

	w->known.count = known_count(&w->known, w->data);
	for (i = 0; i < w->blocks.count; i++) {
		struct block *block = &w->block[i];
		uint8_t *byte = block->guess[choice[i]].byte;

		for (at = 0; at < 8 * (block->len - block->check); at++) {
			int want = known_bit(&w->known, block->first + at);

			if (want >= 0)
				byte[at / 8] =
				    (uint8_t)((byte[at / 8] &
						  ~(0x80 >> at % 8)) |
					want << (7 - at % 8));
		}
		rs_encode(w->rs, byte, block->len, block->check);
	}
}

static bool
choose(struct mending *w, int choice[QR_BLOCK_MAX])
{
	int tries;

	memset(choice, 0, QR_BLOCK_MAX * sizeof(choice[0]));
	for (tries = 0; tries < MEND_TRIES; tries++) {
		if (is_letter(w, choice)) {
			complete(w, choice);
			return true;
		}
		if (!next_choice(w, choice))
			return false;
	}
	return false;
}

/* Does what is known show at all? It is not worth guessing else. */
static bool
looks_like_letter(const struct mending *w)
{
	int side = qr_side(w->soft->version), at, bit;
	int bytes = qr_block_data(&w->blocks, 0);
	float like = 0, all = 1e-3f;

	for (at = 0; at < bytes; at++)
		for (bit = 0; bit < 8; bit++) {
			int want = known_bit(&w->known, 8 * at + bit);
			int where =
			    w->place[8 * qr_stream_place(&w->blocks, 0, at) +
				bit];
			bool turned =
			    qr_mask(w->mask, where % side, where / side);
			float dark = w->soft->dark[where];

			if (want < 0)
				continue;
			dark = fmaxf(-4, fminf(4, dark));
			like += (want != turned) ? dark : -dark;
			all += fabsf(dark);
		}
	return like / all > KNOWN_LIKE;
}

static bool
mend_letter(struct mending *w, int choice[QR_BLOCK_MAX])
{
	int round, i, open = w->blocks.count, before;

	if (!looks_like_letter(w))
		return false;
	for (round = 0; round < ROUNDS; round++) {
		before = open;
		if (!begin(w, GUESS_WORK))
			return false;
		guess_blocks(w);
		open = open_blocks(w);
		if (open == 0)
			return choose(w, choice);
		if (open == before || !begin(w, LEARN_WORK))
			return false;
		for (i = 0; i < w->blocks.count; i++)
			if (is_certain(&w->block[i]))
				learn_block(w, i);
		soft_judge(w->soft);
	}
	return false;
}

/* --- any symbol ----------------------------------------------------------- */

static int
mend_plainly(struct mending *w)
{
	int i, mended = 0;

	for (i = 0; i < w->blocks.count; i++)
		mended += block_mend(w->rs, &w->block[i]);
	return mended;
}

/* Guesses that break what is known of a letter do not count for one. */
static void
drop_impossible(struct mending *w)
{
	int i;

	for (i = 0; i < w->blocks.count; i++)
		w->block[i].count = 0;
}

static enum mend
try_format(struct mending *w, const struct format *format, struct mended *out)
{
	int choice[QR_BLOCK_MAX] = { 0 };

	w->mask = format->mask;
	memset(w->learned, 0, sizeof(w->learned));
	memset(&w->known, 0, sizeof(w->known));
	qr_blocks(w->soft->version, format->level, &w->blocks);
	read_blocks(w);
	if (mend_plainly(w) == w->blocks.count) {
		put_out(w, choice, format->level, out);
		return MEND_PLAIN;
	}
	drop_impossible(w);
	known_init(&w->known, w->soft->version, format->level);
	if (!mend_letter(w, choice))
		return MEND_NOT;
	put_out(w, choice, format->level, out);
	return MEND_LETTER;
}

enum mend
mend_symbol(const struct rs *rs, struct soft *soft, struct work *work,
    struct mended *out)
{
	struct mending *w = calloc(1, sizeof(*w));
	struct format format[32];
	enum mend got = MEND_NOT;
	int i;

	if (w == NULL)
		return MEND_NOT;
	w->rs = rs;
	w->soft = soft;
	w->work = work;
	turn_to_front(soft, format);
	w->bits = qr_order(soft->version, soft->kind, w->place);
	for (i = 0; i < FORMATS && got == MEND_NOT; i++) {
		if (format[i].like < FORMAT_LIKE ||
		    format[i].like < format[0].like - FORMAT_RIVAL)
			break;
		if (!begin(w, FORMAT_WORK))
			break;
		if (i > 0) { /* what the last one taught was wrong */
			qr_layout(soft->version, soft->kind);
			soft_judge(soft);
		}
		got = try_format(w, &format[i], out);
	}
	free(w);
	return got;
}
