/*
 * What the shell offers behind `person remove` and `log close`: the centers
 * that this root has certified, with a log. No word where there is no home.
 */
#include "base/print.h"
#include "keys/commands.h"
#include "store/row.h"

#include <string.h>

static void
print_centers(struct home *home)
{
	sqlite3_stmt *s = store_prepare(home->store,
	    "SELECT DISTINCT center FROM log ORDER BY center", NULL);
	char code[LETTER_CENTER_SIZE];
	bool found;

	while (row_next(home->store, s, "t", &found, NULL) == ERR_OK && found)
		if (row_text(s, 0, code, sizeof(code)))
			print("%s\n", code);
	row_done(s);
}

void
command_values(const struct cli *cli, const char *place)
{
	struct home *home = NULL;

	if (strcmp(place, "remove") != 0 && strcmp(place, "close") != 0)
		return;
	if (cli->home != NULL && home_open(cli->home, &home, NULL) == ERR_OK)
		print_centers(home);
	home_close(&home);
}
