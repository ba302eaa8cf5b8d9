/*
 * rs.c - syndromes, Berlekamp and Massey begun with the erasures' locator, Chien
 * and Forney: rs.h. Polynomials have their lowest power first; byte i of a block
 * belongs to the power len - 1 - i.
 */
#include "decode/rs.h"

#include <string.h>

#define FIELD 255 /* elements but 0 */
#define TERMS (RS_CHECK_MAX + 1)

void
rs_init(struct rs *rs)
{
	unsigned value = 1;
	int i;

	memset(rs, 0, sizeof(*rs));
	for (i = 0; i < FIELD; i++) {
		rs->power[i] = rs->power[i + FIELD] = (uint8_t)value;
		rs->log[value] = (uint8_t)i;
		value <<= 1;
		if (value & 256)
			value ^= 0x11d;
	}
}

static uint8_t
times(const struct rs *rs, uint8_t a, uint8_t b)
{
	return a == 0 || b == 0 ? 0 : rs->power[rs->log[a] + rs->log[b]];
}

/* 2 to a power that may be negative. */
static uint8_t
power_of(const struct rs *rs, int exponent)
{
	return rs->power[((exponent % FIELD) + FIELD) % FIELD];
}

void
rs_encode(const struct rs *rs, uint8_t *block, int len, int check)
{
	uint8_t generator[TERMS] = { 1 };
	uint8_t *rest = block + len - check;
	int i, j;

	if (check < 1 || check > RS_CHECK_MAX || len <= check ||
	    len > RS_LEN_MAX)
		return;
	/* highest power first: generator[0] is 1 */
	for (i = 0; i < check; i++)
		for (j = i + 1; j > 0; j--)
			generator[j] ^=
			    times(rs, generator[j - 1], power_of(rs, i));
	memset(rest, 0, (size_t)check);
	for (i = 0; i < len - check; i++) {
		uint8_t lead = block[i] ^ rest[0];

		memmove(rest, rest + 1, (size_t)check - 1);
		rest[check - 1] = 0;
		for (j = 0; j < check; j++)
			rest[j] ^= times(rs, generator[j + 1], lead);
	}
}

/* True when all are 0: a code word. */
static bool
syndromes_of(const struct rs *rs, const uint8_t *block, int len, int check,
    uint8_t syndrome[RS_CHECK_MAX])
{
	uint8_t any = 0;
	int i, j;

	for (i = 0; i < check; i++) {
		uint8_t sum = 0;

		for (j = 0; j < len; j++)
			sum =
			    (uint8_t)((sum == 0 ? 0
						: rs->power[rs->log[sum] + i]) ^
				block[j]);
		syndrome[i] = sum;
		any |= sum;
	}
	return any == 0;
}

/* Product of (1 - X x) over the erased places. */
static void
locator_of_erased(const struct rs *rs, int len, const uint8_t *erased,
    int count, uint8_t locator[TERMS])
{
	int i, j;

	memset(locator, 0, TERMS);
	locator[0] = 1;
	for (i = 0; i < count; i++)
		for (j = i + 1; j > 0; j--)
			locator[j] ^= times(rs, locator[j - 1],
			    power_of(rs, len - 1 - erased[i]));
}

/* The shortest locator, begun with that of the erasures; its degree. */
static int
find_locator(const struct rs *rs, const uint8_t *syndrome, int check,
    int erased_count, uint8_t locator[TERMS])
{
	uint8_t before[TERMS], now[TERMS];
	int degree = erased_count, step, i;

	memcpy(before, locator, TERMS);
	for (step = erased_count; step < check; step++) {
		uint8_t off = 0;

		for (i = 0; i <= degree && i <= step; i++)
			off ^= times(rs, locator[i], syndrome[step - i]);
		memmove(before + 1, before, TERMS - 1);
		before[0] = 0;
		if (off == 0)
			continue;
		for (i = 0; i < TERMS; i++)
			now[i] = locator[i] ^ times(rs, off, before[i]);
		if (2 * degree <= step + erased_count) {
			degree = step + 1 + erased_count - degree;
			for (i = 0; i < TERMS; i++)
				before[i] = times(rs, locator[i],
				    power_of(rs, -(int)rs->log[off]));
		}
		memcpy(locator, now, TERMS);
	}
	return degree;
}

static uint8_t
value_at(const struct rs *rs, const uint8_t *terms, int count, int exponent)
{
	uint8_t sum = 0;
	int i;

	for (i = count - 1; i >= 0; i--)
		sum = (uint8_t)((sum == 0 ? 0
					  : times(rs, sum,
						power_of(rs, exponent))) ^
		    terms[i]);
	return sum;
}

/* Places where the locator is 0; as many as its degree, or false. */
static bool
find_places(const struct rs *rs, const uint8_t *locator, int degree, int len,
    uint8_t place[RS_CHECK_MAX])
{
	int found = 0, i;

	for (i = 0; i < len; i++) {
		if (value_at(rs, locator, degree + 1, -(len - 1 - i)) != 0)
			continue;
		if (found == degree)
			return false;
		place[found++] = (uint8_t)i;
	}
	return found == degree;
}

/* Forney: what to add at one place. */
static uint8_t
error_at(const struct rs *rs, const uint8_t *locator, int degree,
    const uint8_t *evaluator, int check, int exponent)
{
	uint8_t slope = 0, value;
	int i;

	for (i = 1; i <= degree; i += 2)
		slope ^=
		    times(rs, locator[i], power_of(rs, -exponent * (i - 1)));
	if (slope == 0)
		return 0;
	value = value_at(rs, evaluator, check, -exponent);
	/* roots begin at 2^0, so one X stays in the numerator */
	return times(rs, times(rs, value, power_of(rs, exponent)),
	    power_of(rs, -(int)rs->log[slope]));
}

static void
evaluator_of(const struct rs *rs, const uint8_t *syndrome,
    const uint8_t *locator, int check, uint8_t out[RS_CHECK_MAX])
{
	int i, j;

	for (i = 0; i < check; i++) {
		out[i] = 0;
		for (j = 0; j <= i; j++)
			out[i] ^= times(rs, locator[j], syndrome[i - j]);
	}
}

static bool
is_in_range(int len, int check, const uint8_t *erased, int erased_count)
{
	int i;

	for (i = 0; i < erased_count; i++)
		if (erased[i] >= len)
			return false;
	return check >= 1 && check <= RS_CHECK_MAX && len > check &&
	    len <= RS_LEN_MAX && erased_count >= 0 && erased_count <= check;
}

int
rs_mend(const struct rs *rs, uint8_t *block, int len, int check,
    const uint8_t *erased, int erased_count)
{
	uint8_t syndrome[RS_CHECK_MAX], locator[TERMS], place[RS_CHECK_MAX];
	uint8_t evaluator[RS_CHECK_MAX], mended[RS_LEN_MAX];
	int degree, changed = 0, i;

	if (!is_in_range(len, check, erased, erased_count))
		return -1;
	if (syndromes_of(rs, block, len, check, syndrome))
		return 0;
	locator_of_erased(rs, len, erased, erased_count, locator);
	degree = find_locator(rs, syndrome, check, erased_count, locator);
	if (2 * degree > check + erased_count ||
	    !find_places(rs, locator, degree, len, place))
		return -1;
	evaluator_of(rs, syndrome, locator, check, evaluator);
	memcpy(mended, block, (size_t)len);
	for (i = 0; i < degree; i++) {
		uint8_t add = error_at(
		    rs, locator, degree, evaluator, check, len - 1 - place[i]);

		mended[place[i]] ^= add;
		changed += add != 0;
	}
	if (!syndromes_of(rs, mended, len, check, syndrome))
		return -1;
	memcpy(block, mended, (size_t)len);
	return changed;
}
