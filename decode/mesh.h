/*
 * mesh.h - where the modules are when the paper is not flat: nodes every few
 * modules, each with its way off the homography.
 *
 * The mesh grows from the finders, where it is known, node by node to its
 * neighbours, so that a bend of many modules is followed in small steps. At each
 * node edges between modules tell where the lines of the grid are, whatever the
 * data is; alignment patterns tell which line it is.
 */
#ifndef DECODE_MESH_H
#define DECODE_MESH_H

#include "decode/locate.h"
#include "decode/work.h"

#define MESH_STEP 2 /* modules between nodes */
/* What these take, in nanoseconds a module. */
#define MESH_GROW_WORK   3400
#define MESH_SETTLE_WORK 5000

#define MESH_SIDE (QR_SIDE_MAX / MESH_STEP + 2)

struct mesh_node {
	float right, down; /* modules off */
	float weight;      /* how sure; 0: not reached */
};

struct mesh {
	const struct light *light; /* borrowed */
	struct homography flat;
	int version, side; /* nodes along a side */
	float step;        /* modules between nodes */
	struct mesh_node node[MESH_SIDE * MESH_SIDE];
};

/* mesh_init - flat. */
void mesh_init(struct mesh *mesh, const struct light *light,
    const struct homography *flat, int version);

/* mesh_grow - bent as the picture shows it, from the finders' frames on; and again
 * from alignment patterns that it missed, while there is work for that. */
void mesh_grow(
    struct mesh *mesh, const struct located *located, struct work *work);

/* mesh_settle - the same again and again, from where it is: across folds it takes
 * some rounds. */
void mesh_settle(struct mesh *mesh);

/* mesh_at - the picture's place of one of the symbol, in modules. */
struct spot mesh_at(const struct mesh *mesh, float x, float y);

#endif
