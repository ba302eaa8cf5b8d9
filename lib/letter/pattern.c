#include "letter/pattern.h"

static bool
fits(char place, char c)
{
	bool letter = c >= 'A' && c <= 'Z';
	bool digit = c >= '0' && c <= '9';

	switch (place) {
	case 'A':
		return letter;
	case 'L':
		return letter || (digit && c >= '2');
	case '9':
		return digit;
	case 'X':
		return letter || digit;
	}
	return c == place;
}

bool
pattern_fits(const char *pattern, const char *text)
{
	for (; *pattern != '\0'; pattern++, text++)
		if (*text == '\0' || !fits(*pattern, *text))
			return false;
	return *text == '\0';
}
