/*
 * places.c - places.h.
 */
#include "issue/desk/places.h"

#include "base/html.h"
#include "issue/register/elsewhere.h"

#include <mntent.h>
#include <stdio.h>
#include <string.h>

/* Where desktops mount what is put in. */
static bool
is_removable(const char *dir)
{
	return strncmp(dir, "/media/", 7) == 0 ||
	    strncmp(dir, "/run/media/", 11) == 0 ||
	    strncmp(dir, "/mnt/", 5) == 0;
}

static void
add_place(struct bytes *out, const char *path)
{
	bytes_add_text(out, "<option");
	html_attribute(out, "value", path);
	bytes_add_text(out, ">");
	html_text(out, path);
	bytes_add_text(out, "</option>");
}

static void
add_sticks(struct bytes *out)
{
	FILE *mounts = setmntent("/proc/self/mounts", "re");
	struct mntent *one;

	if (mounts == NULL)
		return;
	while ((one = getmntent(mounts)) != NULL)
		if (is_removable(one->mnt_dir))
			add_place(out, one->mnt_dir);
	endmntent(mounts);
}

static enum err
add_known(void *arg, const char *path, struct errtext *err)
{
	(void)err;
	add_place(arg, path);
	return ERR_OK;
}

void
places_add(struct bytes *out, struct registry *reg)
{
	bytes_add_text(out, "<datalist id=\"places\">");
	add_sticks(out);
	if (reg != NULL)
		(void)register_log_place_each(reg, add_known, out, NULL);
	bytes_add_text(out, "</datalist>\n");
}
