/*
 * mutate.h - what no fuzzer guesses: checksums, Base32, lengths, and signatures.
 * Each function is the body of a LLVMFuzzerCustomMutator: it opens the input, lets
 * libFuzzer change what is inside, and closes it again with what then fits. What it
 * cannot open, and each eighth input, it changes as it is, so that the checks
 * themselves are tried as well.
 *
 * The keys are fixed and published here, so worth nothing; seeds are signed with
 * them.
 */
#ifndef TESTS_FUZZ_MUTATE_H
#define TESTS_FUZZ_MUTATE_H

#include "base/bytes.h"
#include "base/secret.h"
#include "base/vkey.h"
#include "letter/dsig.h"

#include <openssl/evp.h>

/* libFuzzer's entries; a target is compiled under its own name where all are
 * replayed by one program (test_corpus.c). */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);
size_t LLVMFuzzerMutate(uint8_t *data, size_t len, size_t max);
size_t LLVMFuzzerCustomMutator(
    uint8_t *data, size_t len, size_t max, unsigned seed);

/* mutate_key - the P-256 key of whoever signs XML, certificates and lines;
 * mutate_note_key - the Ed25519 key of whoever signs notes, under this name. Made
 * once, borrowed. */
EVP_PKEY *mutate_key(void);
EVP_PKEY *mutate_note_key(const char *name, struct vkey *out);

/* mutate_passphrase - what all that is sealed in seeds opens with; borrowed. Not
 * stretched, as in the tests (tests/cheap.c). */
const struct secret *mutate_passphrase(void);

/* For the mutators themselves. mutate_part - some bytes changed within an owned
 * part; mutate_done - the new input, if it was made and fits, else the old one,
 * changed as it is. Frees next. */
void mutate_part(struct bytes *part);
size_t mutate_done(
    bool made, struct bytes *next, uint8_t *data, size_t len, size_t max);

/* mutate_packed - the text of a printed code: its letter's fields, its compressed
 * letter, or its bytes; checksum and Base32 are made good. */
size_t mutate_packed(uint8_t *data, size_t len, size_t max, unsigned seed);

/* mutate_signed - a signed XML file, signed again. The Id stays, or follows the
 * letter's number. */
size_t mutate_signed(const struct dsig_kind *kind, uint8_t *data, size_t len,
    size_t max, unsigned seed);

/* mutate_note - a signed note, signed again by the note key of this name. */
size_t mutate_note(
    const char *name, uint8_t *data, size_t len, size_t max, unsigned seed);

/* mutate_line - a line of a log, signed again by the center. */
size_t mutate_line(uint8_t *data, size_t len, size_t max, unsigned seed);

/* mutate_pem - a certificate or a request: its DER, signed again. */
size_t mutate_pem(uint8_t *data, size_t len, size_t max, unsigned seed);

/* mutate_key_file - an encrypted private key: what is encrypted, closed again with
 * the algorithm that stands there. */
size_t mutate_key_file(uint8_t *data, size_t len, size_t max, unsigned seed);

/* mutate_png - any picture; of a PNG each chunk gets its checksum again. */
size_t mutate_png(uint8_t *data, size_t len, size_t max, unsigned seed);

/* mutate_header - of a backup: somebody's keys, or the content's key for them,
 * sealed again. */
size_t mutate_header(uint8_t *data, size_t len, size_t max, unsigned seed);

#endif
