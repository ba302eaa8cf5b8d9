/*
 * root.h - of which root a home is: for people to compare by telephone, wherever
 * root.crt came from somebody else.
 */
#ifndef CLI_ROOT_H
#define CLI_ROOT_H

#include "base/json.h"

#include <stdint.h>

/* root_tell - the fingerprint, to stdout, with what to do with it. */
void root_tell(const uint8_t fingerprint[32]);

/* root_tell_json - as "fingerprint" of this object. */
void root_tell_json(json_t *object, const uint8_t fingerprint[32]);

#endif
