/*
 * hotline.h - a center's telephone as lists, requests and certificates have it.
 */
#ifndef LETTER_HOTLINE_H
#define LETTER_HOTLINE_H

#include <stdbool.h>

#define HOTLINE_SIZE 33
#define HOTLINE_FREE ";free"

/*
 * labels_hotline - the number of a hotline as it is written there,
 * "+50212345678" or "+50212345678;free". True: it may be called free of charge
 * from inside the country.
 */
bool labels_hotline(const char *hotline, char number[HOTLINE_SIZE]);

#endif
