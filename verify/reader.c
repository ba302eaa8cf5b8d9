/*
 * reader.c - reader.h.
 */
#include "verify/reader.h"

#include "base/i18n.h"
#include "scan/locks.h"

#include <pthread.h>

struct reader_state {
	struct scan_locks locks;
	struct errtext why_not;
	bool asked;
};

static struct reader_state *
state(void)
{
	static struct reader_state one;

	return &one;
}

static void
ask(void)
{
	struct reader_state *s = state();

	s->asked = scan_locks(&s->locks, &s->why_not) == ERR_OK;
}

static const struct reader_state *
ask_once(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, ask);
	return state();
}

bool
reader_is_safe(void)
{
	return ask_once()->asked && ask_once()->locks.calls;
}

const char *
reader_text(void)
{
	const struct reader_state *s = ask_once();

	if (!s->asked)
		return s->why_not.text;
	if (s->locks.calls && s->locks.paths)
		return _("locked in");
	if (s->locks.calls)
		return _("locked in by seccomp alone: this system has no "
			 "Landlock");
	return s->locks.opens
	    ? _("NOT locked in: this system has no seccomp, and SELLO_UNLOCKED "
		"says that pictures and PDFs are opened all the same")
	    : _("opens nothing: this system has no seccomp to lock it in");
}

json_t *
reader_json(void)
{
	const struct reader_state *s = ask_once();
	json_t *json;

	if (!s->asked)
		return json_null();
	json = json_object();
	json_object_set_new(json, "seccomp", json_boolean(s->locks.calls));
	json_object_set_new(json, "landlock", json_boolean(s->locks.paths));
	json_object_set_new(json, "opens", json_boolean(s->locks.opens));
	return json;
}
