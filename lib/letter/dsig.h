/*
 * dsig.h - checking Sello's strict XML-DSig profile, bytes first.
 *
 * Profile (docs/signature.md): enveloped signature as last
 * child of the root, ECDSA P-256 with SHA-256, exclusive C14N, one Reference
 * with Id and URI="", KeyName only. The file is its own canonical form, so
 * the digest is taken over the bytes around the Signature and SignedInfo is
 * a constant but for Id and DigestValue. No parser runs here, and nothing in
 * the document chooses an algorithm, a transform, an address or a key.
 *
 * Signing is letter/sign.h. One profile serves letters, trust lists and
 * every other signed XML file; `kind` keeps the purposes apart.
 */
#ifndef LETTER_DSIG_H
#define LETTER_DSIG_H

#include "base/bytes.h"
#include "base/err.h"

#include <openssl/evp.h>
#include <stdint.h>

#define DSIG_ID_MAX         64
#define DSIG_KEY_NAME_SIZE  9 /* 8 lower-case hex digits and NUL */
#define DSIG_DIGEST_SIZE    32
#define DSIG_SIGNATURE_SIZE 64 /* r | s, 32 bytes each, big-endian */

/* What a signed file is for; root element and namespace are part of it. */
struct dsig_kind {
	const char *root;      /* "ReferralLetter" */
	const char *namespace; /* "urn:sello:letter:1" */
	size_t max;            /* bytes of a file */
};
extern const struct dsig_kind dsig_letter; /* max LETTER_XML_MAX */
extern const struct dsig_kind dsig_trust;  /* TrustList, urn:sello:trust:1 */

/* What stands in the Signature: UNVERIFIED until dsig_verify() said OK. */
struct dsig {
	const uint8_t *xml; /* the file without declaration and last LF, */
	size_t len;         /* borrowed from the caller */
	size_t start, end;  /* of the Signature element within xml */
	char id[DSIG_ID_MAX + 1];
	char key_name[DSIG_KEY_NAME_SIZE];
	uint8_t digest[DSIG_DIGEST_SIZE];       /* as written */
	uint8_t signature[DSIG_SIGNATURE_SIZE]; /* as written */
};

/*
 * dsig_scan - find the fixed Signature block.
 *
 *   xml, len  a whole file; borrowed as long as out is used. One exact XML
 *             declaration + LF before and one LF after are allowed
 *
 * Returns ERR_OK, ERR_LIMIT (over kind->max), ERR_FOREIGN (the namespace's
 * bytes are nowhere in it), ERR_PROFILE (all other forms: NUL, BOM, other
 * quotes, wrapped base64, another root, ...).
 */
enum err dsig_scan(const struct dsig_kind *kind, const void *xml, size_t len,
    struct dsig *out, struct errtext *err);

/*
 * dsig_verify - digest over the bytes, SignedInfo from the constant, and
 * EVP_PKEY_verify == 1 with exactly this key, which it keeps a reference to
 * until the thread verifies with another one.
 *
 *   key  P-256 public key that the caller chose by key_name
 *
 * Returns ERR_OK, ERR_SIGNATURE (proven wrong), ERR_INTERNAL (OpenSSL
 * failed inside: says nothing about the file) or ERR_MEMORY.
 */
enum err dsig_verify(
    const struct dsig *sig, EVP_PKEY *key, struct errtext *err);

/*
 * dsig_claim - the same but for the key: does the text have the digest that
 * the Signature says, and what would be signed then? For those who check many
 * at once (letter/dsig_many.h).
 *
 *   hash  out: of SignedInfo; sig->signature must be over it
 *
 * Returns ERR_OK (nothing is proven yet), ERR_SIGNATURE (changed), ERR_MEMORY.
 */
enum err dsig_claim(const struct dsig *sig, uint8_t hash[DSIG_DIGEST_SIZE],
    struct errtext *err);

/*
 * dsig_verify_message - ECDSA with SHA-256 over a message, r | s; for lines of
 * the log and rows of a roster, which are not XML. The key is kept as above.
 *
 * Returns ERR_OK, ERR_SIGNATURE (proven wrong), ERR_INTERNAL, ERR_MEMORY.
 */
enum err dsig_verify_message(EVP_PKEY *key, const void *message, size_t len,
    const uint8_t signature[DSIG_SIGNATURE_SIZE], struct errtext *err);

/* dsig_verify_hash - dsig_verify_message() of a message whose hash is known.
 * ERR_OK, ERR_SIGNATURE, ERR_INTERNAL. Many of them: letter/dsig_many.h. */
enum err dsig_verify_hash(EVP_PKEY *key, const uint8_t hash[DSIG_DIGEST_SIZE],
    const uint8_t signature[DSIG_SIGNATURE_SIZE]);

/* dsig_thread_end - give up what this thread keeps; for threads that end
 * before the program does. */
void dsig_thread_end(void);

/* dsig_digest - SHA-256 of the bytes around the Signature. */
void dsig_digest(const struct dsig *sig, uint8_t out[DSIG_DIGEST_SIZE]);

/* dsig_signed_info - append the canonical SignedInfo for id and digest: what
 * the signature is over; the log's auditors build it too. */
void dsig_signed_info(
    const char *id, const uint8_t digest[DSIG_DIGEST_SIZE], struct bytes *out);

/*
 * dsig_build - append the whole signed file: unsigned document up to its
 * closing tag, the Signature block, the closing tag. Used by the signer and
 * by the packed form, which carries the values and not the block. digest
 * NULL: computed from the document. Does not judge id and key_name; whoever
 * reads the file does.
 *
 * Returns ERR_OK, ERR_DATA (not a document of this kind), ERR_LIMIT,
 * ERR_MEMORY, ERR_INTERNAL.
 */
enum err dsig_build(const struct dsig_kind *kind, const void *unsigned_xml,
    size_t len, const char *id, const uint8_t *digest,
    const uint8_t signature[DSIG_SIGNATURE_SIZE], const char *key_name,
    struct bytes *out);

/* dsig_key_name - first 4 bytes of SHA-256 of the SubjectPublicKeyInfo, as
 * hexadecimal. ERR_OK, ERR_INTERNAL. */
enum err dsig_key_name(EVP_PKEY *key, char out[DSIG_KEY_NAME_SIZE]);

#endif
