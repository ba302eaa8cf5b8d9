/*
 * mark.c - Check sends its parent the place of each assertion that holds, to
 * say after which one a test died. In a loop of thousands that is what costs,
 * most of all under AddressSanitizer: the same place is sent once. The linker
 * puts this in place of Check's own (--wrap).
 */
#include <check.h>

#define PLACES 64 /* kept at once, by their line */

void __real__mark_point(const char *file, int line);
void __wrap__mark_point(const char *file, int line);

void
__wrap__mark_point(const char *file, int line)
{
	static _Thread_local struct {
		const char *file;
		int line;
	} sent[PLACES];
	const unsigned at = (unsigned)line % PLACES;

	if (sent[at].file == file && sent[at].line == line)
		return;
	sent[at].file = file;
	sent[at].line = line;
	__real__mark_point(file, line);
}
