/*
 * cmd_scan.c - sello-verify scan: letters at a counter, as a scanner types them or
 * a camera sees them; a verdict at once, and the visit is recorded. On a terminal
 * the last letter leaves the screen with the next scan, or after a minute.
 */
#include "verify/commands.h"

#include "base/i18n.h"
#include "cli/cli.h"
#include "verify/keys.h"
#include "verify/scan_camera.h"
#include "verify/scan_typed.h"
#include "verify/session.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#define FILM_FPS 10
#define BAUD     9600

struct options {
	const char *camera, *serial; /* one at most */
	int64_t fps, baud;
};

/* False after a usage message. */
static bool
read_options(struct cli *cli, struct options *o)
{
	o->camera = cli_value(cli, "camera");
	o->serial = cli_value(cli, "serial");
	if (!cli_int(cli, "fps", 1, 60, FILM_FPS, &o->fps) ||
	    !cli_int(cli, "baud", 1, INT32_MAX, BAUD, &o->baud))
		return false;
	if (keys_is_baud(o->baud))
		return true;
	cli_usage(cli, "%s",
	    _("--baud is one of 1200, 2400, 4800, 9600, "
	      "19200, 38400, 57600, 115200"));
	return false;
}

static int
scan(struct session *session, const struct options *o)
{
	if (o->camera != NULL)
		return scan_camera(session, o->camera, (int)o->fps);
	if (o->serial != NULL)
		return scan_serial(session, o->serial, o->baud);
	return scan_typed(session);
}

int
cmd_scan(struct cli *cli)
{
	struct session session;
	struct options o;
	int status, closed;

	if (!read_options(cli, &o))
		return EX_USAGE;
	if (o.camera != NULL && strcmp(o.camera, "list") == 0)
		return scan_cameras(cli);
	if ((status = session_open(&session, cli, PRESENTED_OTHER_VISIT)) != 0)
		return status;
	status = scan(&session, &o);
	/* the end of input is the end of work, not a verdict */
	session.status = EXIT_SUCCESS;
	closed = session_close(&session);
	return status != 0 ? status : closed;
}
