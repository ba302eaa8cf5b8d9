/*
 * make_captures.c - captures of letters that are hard to read, to compare
 * readers with: real letters of people who do not exist, printed as sello-issue
 * prints them, then damaged and photographed by computation. Nothing is taken
 * from outside, and the same options give the same bytes.
 *
 *   make-captures [--seed N] [--per-kind N] [--kind NAME]... [--films N]
 *                 [--pages N] OUTDIR
 *
 * OUTDIR gets KIND-NN.png or .jpg, film-NN/0.jpg to 7.jpg, and manifest.tsv:
 * file, kind, version of the code, pixels a module, and the text it says. Pages
 * are of the kinds "unreadable" and "codeless", which no reader reads.
 * captures/kind.h has the kinds, captures/shot.h how one is made.
 */
#include "base/file.h"
#include "base/i18n.h"
#include "tests/bench/captures/kind.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct order {
	uint64_t seed;
	unsigned per_kind, films, pages;
	bool chosen[KIND_COUNT];
	const char *out;
	FILE *manifest;
};

static void
usage(void)
{
	fprintf(stderr,
	    "usage: make-captures [--seed N] [--per-kind N] [--kind NAME]...\n"
	    "                     [--films N] [--pages N] OUTDIR\n"
	    "       make-captures --list\n");
	exit(64);
}

static void
list_kinds(void)
{
	for (size_t i = 0; i < KIND_COUNT; i++)
		printf("%s\t%s\n", kinds[i].name, kinds[i].what);
	exit(EXIT_SUCCESS);
}

static void
choose(struct order *o, const char *name)
{
	for (size_t i = 0; i < KIND_COUNT; i++)
		if (strcmp(kinds[i].name, name) == 0) {
			o->chosen[i] = true;
			return;
		}
	usage();
}

static struct order
read_options(int argc, char **argv)
{
	static const struct option options[] = { { "seed", required_argument,
						     NULL, 's' },
		{ "per-kind", required_argument, NULL, 'n' },
		{ "kind", required_argument, NULL, 'k' },
		{ "films", required_argument, NULL, 'f' },
		{ "pages", required_argument, NULL, 'p' },
		{ "list", no_argument, NULL, 'l' }, { 0 } };
	struct order o = { .seed = 1, .per_kind = 24 };
	bool any = false;
	int which;

	while ((which = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (which == 's')
			o.seed = strtoull(optarg, NULL, 10);
		else if (which == 'n')
			o.per_kind = (unsigned)strtoul(optarg, NULL, 10);
		else if (which == 'f')
			o.films = (unsigned)strtoul(optarg, NULL, 10);
		else if (which == 'p')
			o.pages = (unsigned)strtoul(optarg, NULL, 10);
		else if (which == 'l')
			list_kinds();
		else if (which == 'k')
			choose(&o, optarg);
		else
			usage();
		any = any || which == 'k';
	}
	for (size_t i = 0; i < KIND_COUNT && !any; i++)
		o.chosen[i] = true;
	if (optind != argc - 1)
		usage();
	o.out = argv[optind];
	return o;
}

/* Take it, and save it at path without its ending. */
static void
capture(const struct shot *shot, const struct print *print, struct chance *c,
    char *path, size_t size)
{
	struct photo paper = shot_wear(shot, print), picture;

	if (shot->fax > 0)
		picture = shot_fax(shot, print, &paper, c);
	else {
		picture = shot_expose(shot, print, &paper);
		shot_develop(shot, c, &picture);
	}
	shot_save(shot, &picture, path, size);
	photo_free(&picture);
	photo_free(&paper);
}

static void
note(const struct order *o, const char *path, const char *kind,
    const struct print *print, double px)
{
	fprintf(o->manifest, "%s\t%s\t%d\t%.2f\t%s\n",
	    path + strlen(o->out) + 1, kind, print->symbol.version, px,
	    (const char *)print->text.at);
}

static void
one_of_kind(const struct order *o, const struct kind *kind,
    const struct print *print, unsigned i)
{
	struct shot shot = kind_shot(kind, print, o->seed, i);
	struct chance c = chance_of(o->seed ^ shot.which, "sensor", i);
	char path[4096];

	snprintf(path, sizeof(path), "%s/%s-%02u", o->out, kind->name, i);
	capture(&shot, print, &c, path, sizeof(path));
	note(o, path, kind->name, print, shot.px);
}

static void
film(const struct order *o, const struct print *print, unsigned i)
{
	char folder[4000], path[4096];
	struct errtext err = { 0 };
	double px = 0;

	snprintf(folder, sizeof(folder), "%s/film-%02u", o->out, i);
	if (file_mkdir(folder, 0755, &err) != ERR_OK) {
		fprintf(stderr, "make-captures: %s\n", err.text);
		exit(EXIT_FAILURE);
	}
	for (unsigned f = 0; f < FILM_FRAMES; f++) {
		struct shot shot = kind_frame(print, o->seed, i, f);
		struct chance c = chance_of(o->seed ^ shot.which, "sensor", f);

		snprintf(path, sizeof(path), "%s/%u", folder, f);
		capture(&shot, print, &c, path, sizeof(path));
		px = shot.px;
	}
	note(o, folder, "film", print, px);
}

static unsigned
larger(unsigned a, unsigned b)
{
	return a > b ? a : b;
}

static void
make(const struct order *o)
{
	unsigned most = larger(o->per_kind, larger(o->films, o->pages));
	struct print print;

	/* a letter is made once and shown in every kind */
	for (unsigned i = 0; i < most; i++) {
		print_letter(o->seed, i, &print);
		for (size_t k = 0; k < KIND_COUNT && i < o->per_kind; k++)
			if (o->chosen[k])
				one_of_kind(o, &kinds[k], &print, i);
		for (size_t k = 0; k < ASIDE_COUNT && i < o->pages; k++)
			one_of_kind(o, &asides[k], &print, i);
		if (i < o->films)
			film(o, &print, i);
		print_free(&print);
	}
}

int
main(int argc, char **argv)
{
	struct order o = read_options(argc, argv);
	struct errtext err = { 0 };
	char path[4096];

	i18n_init();
	if (file_mkdir(o.out, 0755, &err) != ERR_OK) {
		fprintf(stderr, "make-captures: %s\n", err.text);
		return EXIT_FAILURE;
	}
	snprintf(path, sizeof(path), "%s/manifest.tsv", o.out);
	if ((o.manifest = fopen(path, "w")) == NULL) {
		perror(path);
		return EXIT_FAILURE;
	}
	make(&o);
	return fclose(o.manifest) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
