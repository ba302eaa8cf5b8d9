/*
 * character.h - a character by name, for people who are to find it and type
 * another: in their own language, where Unicode has English names alone.
 */
#ifndef LETTER_CHARACTER_H
#define LETTER_CHARACTER_H

#include <stddef.h>
#include <stdint.h>

/*
 * character_name - in English Unicode's name, "U+0430 CYRILLIC SMALL LETTER
 * A"; in other languages its number and what it is, "U+0430 (letra
 * cirílica)". out: size bytes, always terminated.
 */
void character_name(uint32_t character, char *out, size_t size);

#endif
