/*
 * hint.c - why nothing could be read, for programs and for people: scan.h.
 */
#include "scan/scan.h"

#include "base/i18n.h"

const char *
scan_hint_name(enum scan_hint hint)
{
	static const char *const names[] = {
		[HINT_NONE] = NULL,
		[HINT_NO_CODE] = "no-code",
		[HINT_TOO_SMALL] = "too-small",
		[HINT_BLURRED] = "blurred",
		[HINT_DARK] = "dark",
		[HINT_GLARE] = "glare",
		[HINT_CUT_OFF] = "cut-off",
		[HINT_DAMAGED] = "damaged",
		[HINT_FORMAT] = "format",
	};

	return names[hint];
}

const char *
scan_hint_text(enum scan_hint hint)
{
	switch (hint) {
	case HINT_NO_CODE:
		return _("no code is seen here; of a letter, scan the first "
			 "page, on which its code is");
	case HINT_TOO_SMALL:
		return _("the code is too small here; take the picture from "
			 "nearer, or scan with more dots per inch");
	case HINT_BLURRED:
		return _("the picture is blurred; hold still, wipe the lens, "
			 "and take it again");
	case HINT_DARK:
		return _("the picture is too dark; take it again with more "
			 "light");
	case HINT_GLARE:
		return _("light is reflected by the paper; tilt it, and take "
			 "the picture again");
	case HINT_CUT_OFF:
		return _("the code is cut off; take the picture again with "
			 "the whole code and some white around it");
	case HINT_DAMAGED:
		return _("the code is there, but cannot be read; clean and "
			 "flatten the paper and scan again, or call the "
			 "center");
	case HINT_NONE:
	case HINT_FORMAT:
		break;
	}
	return NULL;
}
