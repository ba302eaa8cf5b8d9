/*
 * private.c - what is said of a home that others may read or change, and where a
 * command goes no further: cli.h.
 */
#include "cli/cli.h"

#include "base/i18n.h"
#include "base/private.h"

#include <unistd.h>

/* Of what the user can mend there is no warning that may be overlooked for a
 * year. What is as somebody else set it up keeps nobody from working. */
static bool
say(const struct cli *cli, const char *path)
{
	struct private_found found;
	bool may = true;

	private_look(path, &found);
	switch (found.what) {
	case PRIVATE_GOOD:
		break;
	case PRIVATE_OPEN:
		cli_warn(cli,
		    _("%s: other users of this computer may read or change it "
		      "(mode %03o); run: chmod -R go= %s"),
		    found.path, (unsigned)found.mode, path);
		may = false;
		break;
	case PRIVATE_FOREIGN:
		cli_warn(cli,
		    _("%s: it belongs to another user of this computer, who "
		      "can change it (mode %03o); run Sello as that user, or as "
		      "root: chown -R %lu %s"),
		    found.path, (unsigned)found.mode, (unsigned long)geteuid(),
		    path);
		may = false;
		break;
	case PRIVATE_SHOWN:
		cli_warn(cli,
		    _("%s: other users of this computer may read it (mode "
		      "%03o), as root wants it"),
		    found.path, (unsigned)found.mode);
		break;
	case PRIVATE_NEVER:
		cli_warn(cli,
		    _("%s: this disk protects no file from other users; lock "
		      "it away when it is not in use"),
		    found.path);
		break;
	case PRIVATE_MOVABLE:
		cli_warn(cli,
		    _("%s: all users of this computer may take away what lies "
		      "in this folder (mode %03o); run: chmod o-w %s"),
		    found.path, (unsigned)found.mode, found.path);
		break;
	}
	private_clear(&found);
	return may;
}

void
cli_warn_open(const struct cli *cli, const char *path)
{
	(void)say(cli, path);
}

bool
cli_home_is_private(const struct cli *cli)
{
	return say(cli, cli->home);
}
