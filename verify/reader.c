/*
 * reader.c - reader.h.
 */
#include "verify/reader.h"

#include "base/i18n.h"
#include "scan/locks.h"

#include <pthread.h>

static struct scan_locks locks;
static struct errtext why_not;
static bool asked;

static void
ask(void)
{
	asked = scan_locks(&locks, &why_not) == ERR_OK;
}

static void
ask_once(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, ask);
}

bool
reader_is_safe(void)
{
	ask_once();
	return asked && locks.calls;
}

const char *
reader_text(void)
{
	ask_once();
	if (!asked)
		return why_not.text;
	if (locks.calls && locks.paths)
		return _("locked in");
	if (locks.calls)
		return _("locked in by seccomp alone: this system has no "
			 "Landlock");
	return locks.opens
	    ? _("NOT locked in: this system has no seccomp, and SELLO_UNLOCKED "
		"says that pictures and PDFs are opened all the same")
	    : _("opens nothing: this system has no seccomp to lock it in");
}

json_t *
reader_json(void)
{
	json_t *json;

	ask_once();
	if (!asked)
		return json_null();
	json = json_object();
	json_object_set_new(json, "seccomp", json_boolean(locks.calls));
	json_object_set_new(json, "landlock", json_boolean(locks.paths));
	json_object_set_new(json, "opens", json_boolean(locks.opens));
	return json;
}
