/*
 * shot.h - one capture: what became of the paper, how it is held, lit and
 * photographed, and as what it is saved. A kind of damage (captures/kind.h)
 * fills this in; the files below do it, in the order of nature:
 *
 *   worn.c    ink and dirt: what changes the paper itself
 *   bend.c    where each pixel of the picture looks at the paper
 *   light.c   what falls on it: shadow, reflection, folds in slanting light
 *   camera.c  lens, movement, sensor, and the camera's own corrections
 *   save.c    PNG, JPEG or a fax's rows
 *
 * Lengths on paper are in modules, from the middle of the code, y downwards;
 * angles are in radians. 0 is: nothing of that.
 */
#ifndef CAPTURES_SHOT_H
#define CAPTURES_SHOT_H

#include "tests/bench/captures/chance.h"
#include "tests/bench/captures/print.h"

#include <stdbool.h>

#define SHOT_FOLDS   4
#define SHOT_STAINS  6
#define SHOT_STROKES 10

/* A line over the paper: its distance from the middle, and the direction of
 * what is perpendicular to it. */
struct shot_line {
	double at, angle;
};

struct shot_fold {
	struct shot_line line;
	double slope; /* of the paper to each side: 0 is flat */
	double worn;  /* width of the line where toner fell off */
};

struct shot_spot {
	double x, y, radius;
	double depth; /* part of the light that it takes, or adds */
};

struct shot_stroke {
	double x[4], y[4]; /* of a Bezier curve */
	double width;
};

struct shot {
	uint64_t which; /* for fields of chance */

	/* the frame */
	int width, height; /* pixels */
	double px;         /* pixels a module, where the paper is flat */
	double x, y;       /* what the middle of the frame looks at */

	/* the paper */
	bool codeless;  /* without its code */
	double spread;  /* of toner over the modules' edges; negative: less */
	double fade;    /* bands along the feed, to nothing at 1 */
	double dropout; /* specks without toner, part of the area */
	double smear;   /* toner drawn along, how far */
	int stains, strokes;
	struct shot_spot stain[SHOT_STAINS];
	struct shot_stroke stroke[SHOT_STROKES];
	double torn;       /* area of the corner, in square modules */
	int torn_corner;   /* 0 to 3, clockwise from the top left */
	double white, ink; /* how much light they give back */

	/* how it is held */
	double turn, tilt, tilt_axis;
	double distance; /* of the camera, in sides of the code */
	double arc; /* that a code's side takes of a cylinder; < 0: hollow */
	double arc_axis;
	double barrel; /* at the frame's corner, part of the radius */
	int folds;
	struct shot_fold fold[SHOT_FOLDS];
	double crumple; /* how far points are moved */

	/* light */
	double slant; /* from one side of the frame to the other, part */
	double slant_angle;
	double shadow; /* part of the light that it takes */
	struct shot_line shadow_line;
	double shadow_soft, shadow_round; /* of its edge; radius, 0: straight */
	int glares;
	struct shot_spot glare[2];

	/* the screen it is shown on: pixels of it a module, 0: paper */
	int screen;

	/* the camera; lengths in pixels */
	double soft;    /* of the lens, Gaussian */
	double defocus; /* radius of the disk */
	double move_x, move_y, move_bend;
	double exposure, veil; /* gain; light scattered in the lens */
	double bloom;          /* what is too bright runs over, radius */
	double shot_noise, read_noise; /* of the sensor, linear */
	double grain, grain_soft; /* of what a telephone makes of it, levels */
	bool bayer;
	double halo, halo_radius; /* of sharpening */

	/* the file */
	int quality; /* of JPEG; 0: PNG */
	double fax;  /* lines a module; 0: no fax */
	double fax_level, fax_errors;
	bool fax_stretched; /* to square pixels */
};

/* shot_wear - the paper as the shot has it: a new field, 0 black, 1 white,
 * times what it gives back. */
struct photo shot_wear(const struct shot *shot, const struct print *print);

/* Where a pixel's corner looks. */
struct look {
	double u, v;  /* on the paper */
	double light; /* that the bend of the paper leaves there */
	bool away;    /* beside the paper's side that is seen */
};

/* How the camera stands to the paper, worked out once for all pixels. */
struct angle {
	double cos, sin;
};

struct view {
	const struct shot *shot;
	double side, far; /* of the code; of the camera */
	struct angle tilt, tilt_axis, arc_axis, turn;
};

/* shot_view - for shot_look(); shot is borrowed. */
struct view shot_view(const struct shot *shot, const struct print *print);

/* shot_look - from a place of the frame, in pixels. */
struct look shot_look(const struct view *view, double x, double y);

/* shot_expose - what reaches the lens: a new field of the frame's size. */
struct photo shot_expose(const struct shot *shot, const struct print *print,
    const struct photo *paper);

/* shot_develop - lens, sensor and corrections, in place; then 0 to 255. */
void shot_develop(
    const struct shot *shot, struct chance *c, struct photo *picture);

/* shot_fax - instead of exposing and developing: the page as a fax has it, black
 * and white, 0 and 255. */
struct photo shot_fax(const struct shot *shot, const struct print *print,
    const struct photo *paper, struct chance *c);

/* shot_save - as a gray PNG or JPEG, whose ending it appends to path. Ends the
 * program when it cannot. */
void shot_save(const struct shot *shot, const struct photo *picture, char *path,
    size_t size);

#endif
