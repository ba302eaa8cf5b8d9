/*
 * language.h - which of our languages does this browser want?
 */
#ifndef HTTP_LANGUAGE_H
#define HTTP_LANGUAGE_H

/*
 * language_of - the one that was chosen on a page (HTTP_LANGUAGE_COOKIE), else
 * the best of Accept-Language (RFC 9110, section 12.5.4), else `otherwise`, one
 * of ours or NULL for English. cookies and accepted: values of headers, NULL
 * where there is none. The result is a constant.
 */
const char *language_of(
    const char *cookies, const char *accepted, const char *otherwise);

#endif
