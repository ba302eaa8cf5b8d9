/*
 * chance.h - chance from a seed, always the same: numbers one after the other,
 * and smooth fields of them.
 */
#ifndef CAPTURES_CHANCE_H
#define CAPTURES_CHANCE_H

#include <stdbool.h>
#include <stdint.h>

/* A sequence. Start with chance_of(). */
struct chance {
	uint64_t state;
};

/* chance_of - the sequence of a seed, a name and a number. */
struct chance chance_of(uint64_t seed, const char *name, uint64_t number);

/* chance_between - evenly within [low, high). */
double chance_between(struct chance *c, double low, double high);

/* chance_below - 0 to limit - 1. */
unsigned chance_below(struct chance *c, unsigned limit);

/* chance_one_in - true once in n times. */
bool chance_one_in(struct chance *c, unsigned n);

/* chance_normal - of a normal distribution, deviation 1. */
double chance_normal(struct chance *c);

/*
 * chance_spread - the i-th of a sequence within [0, 1) of which every beginning
 * is spread evenly, moved by `shift`: so a few captures are as weak and as
 * strong as many (van der Corput, base 2).
 */
double chance_spread(unsigned i, double shift);

/* chance_smooth - a field within [-1, 1] that changes over a distance of 1;
 * each `which` is another one. */
double chance_smooth(uint64_t which, double x, double y);

/* chance_rough - the same with finer and finer waves in it. */
double chance_rough(uint64_t which, double x, double y);

#endif
