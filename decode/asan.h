/*
 * asan.h - built with AddressSanitizer? What such a build cannot keep to is said
 * here, and nowhere else:
 *
 * - addresses: it reserves terabytes (jail.c);
 * - leaks: they are looked for by another process, which the jail refuses; and a
 *   process that ends with its one file need not free what its libraries keep
 *   (jail.c);
 * - processor time for what cannot be counted: it takes several times as much
 *   (deadline.c).
 *
 * The locks themselves hold there as everywhere.
 */
#ifndef DECODE_ASAN_H
#define DECODE_ASAN_H

#if defined(__SANITIZE_ADDRESS__)
#define UNDER_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define UNDER_ASAN 1
#endif
#endif
#ifndef UNDER_ASAN
#define UNDER_ASAN 0
#endif

#endif
