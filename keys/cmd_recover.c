/*
 * cmd_recover.c - sello-keys recover --clock: a list was signed while this
 * computer's clock ran ahead. It is void from now on; the next one has the
 * next number and the true time.
 */
#include "base/clock.h"
#include "base/i18n.h"
#include "base/print.h"
#include "cli/confirm.h"
#include "keys/commands.h"

static void
tell(const struct cli *cli, const struct clock_righted *done)
{
	json_t *o;

	if (cli->json) {
		o = json_object();
		json_object_set_new(
		    o, "lists", json_integer((json_int_t)done->lists));
		json_object_set_new(
		    o, "keys", json_integer((json_int_t)done->keys));
		json_object_set_new(
		    o, "ends", json_integer((json_int_t)done->ends));
		json_object_set_new(
		    o, "persons", json_integer((json_int_t)done->persons));
		json_line(o);
		return;
	}
	if (done->lists + done->keys + done->ends + done->persons == 0) {
		print("%s\n",
		    _("Nothing here is dated later than today; nothing was "
		      "changed."));
		return;
	}
	print(_("Lists dated later than today, void from now on: %zu. Publish "
		"now and send the list to every center and post; until they "
		"have it they may wait.\n"),
	    done->lists);
	if (done->keys > 0)
		print(_("Certificates made later than today: %zu. "
			"Certify these requests again before you publish.\n"),
		    done->keys);
	if (done->ends > 0)
		print(_("Keys and posts revoked or replaced from a time later "
			"than today, now from today on: %zu.\n"),
		    done->ends);
	if (done->persons > 0)
		print(_("Persons removed as of later than today, from today on "
			"now: %zu.\n"),
		    done->persons);
}

int
cmd_recover(struct cli *cli)
{
	struct clock_righted done = { 0 };
	struct errtext err = { 0 };
	struct home *home = NULL;
	int64_t now = clock_now();
	enum err rc;

	if ((rc = home_open(cli->home, &home, &err)) == ERR_OK &&
	    (rc = confirm_date(cli, now,
		 _("Lists that were signed with a later date will be void."),
		 &err)) == ERR_OK)
		rc = home_put_clock_right(home, now, &done, &err);
	if (rc == ERR_OK)
		tell(cli, &done);
	home_close(&home);
	return rc == ERR_OK ? 0 : cli_fail(cli, rc, &err);
}
