/*
 * dsig_template.h - the constant bytes of a Signature, once, for the reader
 * (dsig.c), the writer and SignedInfo. docs/signature.md shows the whole.
 *
 * These bytes are signed: one changed character makes every letter ever
 * issued unreadable. tests/lib/letter/test_dsig.c pins their SHA-256.
 */
#ifndef LETTER_DSIG_TEMPLATE_H
#define LETTER_DSIG_TEMPLATE_H

#define DSIG_NAMESPACE "http://www.w3.org/2000/09/xmldsig#"
#define DSIG_EXC_C14N  "http://www.w3.org/2001/10/xml-exc-c14n#"

/* Where the block starts, and SignedInfo within it ... */
#define DSIG_START \
	"<ds:Signature xmlns:ds=\"" DSIG_NAMESPACE "\"><ds:SignedInfo>"
/* ... and where SignedInfo starts as it is signed: taken out of its document,
 * exclusive C14N declares ds: on it. */
#define DSIG_INFO_START "<ds:SignedInfo xmlns:ds=\"" DSIG_NAMESPACE "\">"

#define DSIG_INFO_BEFORE_ID                                           \
	"<ds:CanonicalizationMethod Algorithm=\"" DSIG_EXC_C14N "\">" \
	"</ds:CanonicalizationMethod>"                                \
	"<ds:SignatureMethod Algorithm="                              \
	"\"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256\">"    \
	"</ds:SignatureMethod>"                                       \
	"<ds:Reference Id=\""
#define DSIG_INFO_AFTER_ID                                                   \
	"\" URI=\"\"><ds:Transforms>"                                        \
	"<ds:Transform Algorithm=\"" DSIG_NAMESPACE "enveloped-signature\">" \
	"</ds:Transform>"                                                    \
	"<ds:Transform Algorithm=\"" DSIG_EXC_C14N "\"></ds:Transform>"      \
	"</ds:Transforms>"                                                   \
	"<ds:DigestMethod Algorithm="                                        \
	"\"http://www.w3.org/2001/04/xmlenc#sha256\"></ds:DigestMethod>"     \
	"<ds:DigestValue>"
#define DSIG_INFO_END "</ds:DigestValue></ds:Reference></ds:SignedInfo>"

#define DSIG_BEFORE_VALUE "<ds:SignatureValue>"
#define DSIG_AFTER_VALUE  "</ds:SignatureValue><ds:KeyInfo><ds:KeyName>"
#define DSIG_END          "</ds:KeyName></ds:KeyInfo></ds:Signature>"

/* room for the values: Id 64, digest 44, signature 88, key name 8 */
#define DSIG_INFO_MAX                                                  \
	(sizeof(DSIG_INFO_START DSIG_INFO_BEFORE_ID DSIG_INFO_AFTER_ID \
		 DSIG_INFO_END) +                                      \
	    64 + 44)
#define DSIG_BLOCK_MAX                                                       \
	(DSIG_INFO_MAX +                                                     \
	    sizeof(DSIG_START DSIG_BEFORE_VALUE DSIG_AFTER_VALUE DSIG_END) + \
	    88 + 8)

#endif
