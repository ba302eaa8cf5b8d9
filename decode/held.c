/*
 * held.c - held.h.
 */
#include "decode/held.h"

#include "decode/soft.h"

#include <math.h>
#include <string.h>

#define UNITS 3.f  /* a natural logarithm */
#define AGREE .15f /* correlation; symbols of two letters have none */

/* Modules that differ between symbols. */
static bool
tells(const struct soft *soft, int i)
{
	return soft->kind[i] == QR_DATA;
}

bool
held_agrees(const struct held *held, const struct soft *soft)
{
	int count = qr_side(soft->version) * qr_side(soft->version), i;
	float like = 0, all = 1e-3f;

	if (held->version != soft->version)
		return false;
	for (i = 0; i < count; i++) {
		float both = (float)held->dark[i] * soft->dark[i];

		if (!tells(soft, i))
			continue;
		like += both;
		all += fabsf(both);
	}
	return like / all > AGREE;
}

/* How much all modules say. */
static float
strength(const struct held *held)
{
	int count = held->version == 0
	    ? 0
	    : qr_side(held->version) * qr_side(held->version);
	float sum = 0;
	int i;

	for (i = 0; i < count; i++)
		sum += fabsf((float)held->dark[i]);
	return sum;
}

static void
add(struct held *held, const struct soft *soft, float part)
{
	int count = qr_side(soft->version) * qr_side(soft->version), i;

	held->version = soft->version;
	for (i = 0; i < count; i++) {
		float now = soft->dark[i] * UNITS +
		    (part > 0 ? (float)held->dark[i] * part : 0);

		held->dark[i] = (int8_t)fmaxf(-127, fminf(127, now));
	}
}

static void
weaken(struct held *held)
{
	size_t i;

	for (i = 0; i < sizeof(held->dark); i++)
		held->dark[i] = (int8_t)(held->dark[i] / 2);
}

/* One frame in which something else was taken for a symbol must not cost what
 * others said; several are another letter. */
void
held_add(struct held *held, const struct soft *soft)
{
	struct held other = { 0 };

	if (held_agrees(held, soft)) {
		add(held, soft, 1);
		return;
	}
	add(&other, soft, 0);
	weaken(held);
	if (strength(&other) > strength(held))
		*held = other;
}

void
held_to_soft(const struct held *held, struct soft *soft)
{
	int count = qr_side(soft->version) * qr_side(soft->version), i;

	for (i = 0; i < count; i++)
		soft->before[i] = (float)held->dark[i] / UNITS;
}

bool
held_read(struct reader *r, struct held *out)
{
	struct reader modules;
	uint8_t version = 0;
	size_t side;

	out->version = 0;
	if (!reader_byte(r, &version) || version > QR_VERSION_MAX)
		return false;
	if (version == 0)
		return true;
	side = (size_t)qr_side(version);
	if (!reader_take(r, side * side, &modules))
		return false;
	out->version = version;
	memcpy(out->dark, modules.at, side * side);
	return true;
}

void
held_write(const struct held *held, struct bytes *out)
{
	size_t side = (size_t)qr_side(held->version);

	bytes_add_byte(out, (uint8_t)held->version);
	bytes_add(out, held->dark, side * side);
}
