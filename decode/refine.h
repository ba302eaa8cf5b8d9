/*
 * refine.h - gray values of modules, out of more than their middles: nine samples of
 * each and of all eight around. Which mixture of these tells modules best is learned
 * from the symbol itself, by those that are sure. So edges that moved, blur and what
 * was drawn along are undone in steps finer than modules.
 */
#ifndef DECODE_REFINE_H
#define DECODE_REFINE_H

#include "decode/mesh.h"
#include "decode/soft.h"

/* In nanoseconds a module. */
#define REFINE_WORK 2500

/*
 * refine_values - of a symbol as soft_sample() and soft_judge() left it: value is what
 * soft_judge() wants next. False without memory, value as before.
 */
bool refine_values(struct soft *soft, const struct mesh *mesh);

#endif
