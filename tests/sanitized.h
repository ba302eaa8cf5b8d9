/*
 * sanitized.h - is this the build with AddressSanitizer? It looks at how a
 * thing is done, not at what comes of it: of hundreds of cases of one kind,
 * which go the same way through the program, each eighth is enough for it. The
 * plain build tries all.
 */
#ifndef TESTS_SANITIZED_H
#define TESTS_SANITIZED_H

#ifdef __SANITIZE_ADDRESS__
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifdef SANITIZED
#define EACH 8
#else
#define EACH 1
#endif
/* so many of a few dear ones */
#define OF_MANY(count) (((int)(count) + EACH - 1) / EACH)

#endif
