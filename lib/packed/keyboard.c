#include "packed/keyboard.h"

#include "base/utf8.h"

/*
 * Keys that carry another character on the other layout. Above: the scanner
 * types as on a US keyboard, the computer reads French. Digits stand behind
 * Shift there; a scanner leaves Shift alone for them, and Caps Lock brings
 * them back or, on some systems, makes capitals of the accented letters.
 * Below: the scanner types French, the computer reads US.
 */
static const char keys[256] = {
	['A'] = 'Q',
	['Q'] = 'A',
	['Z'] = 'W',
	['W'] = 'Z',
	[','] = 'M',
	['?'] = 'M',
	[0xe9] = '2', /* e acute */
	[0xc9] = '2',
	['"'] = '3',
	['\''] = '4',
	['('] = '5',
	['-'] = '6',
	[0xa7] = '6', /* section sign: Belgian */
	[0xe8] = '7', /* e grave */
	[0xc8] = '7',

	[';'] = 'M',
	[':'] = 'M',
	['@'] = '2',
	['#'] = '3',
	['$'] = '4',
	['%'] = '5',
	['^'] = '6',
	['&'] = '7',
};

char
packed_keyboard_meant(uint32_t typed)
{
	if (typed >= 'a' && typed <= 'z')
		typed -= 'a' - 'A';
	if (typed < sizeof(keys) && keys[typed] != '\0')
		return keys[typed];
	if (typed == 'M')
		return '\0'; /* that key is none of Base32 on either side */
	if ((typed >= 'A' && typed <= 'Z') || (typed >= '2' && typed <= '7'))
		return (char)typed;
	return '\0';
}

bool
packed_keyboard_undo(struct reader text, struct bytes *out)
{
	uint32_t typed;
	char c;

	while (utf8_next(&text, &typed)) {
		if ((c = packed_keyboard_meant(typed)) == '\0')
			return false;
		bytes_add_byte(out, (uint8_t)c);
	}
	return text.left == 0 && !out->failed;
}
