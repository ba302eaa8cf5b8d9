/*
 * xml_wrap.c - signature wrapping: the parts of a signed letter put together
 * otherwise, so that what is signed and what is read are two things.
 */
#include "tests/hostile/hostile.h"

#include <string.h>

#define FORM   "U-PROFILE"
#define CHANGE "F-SIGNATURE"
#define NAME   "Q'anil Batz"

/*
 * %R, %r: the root's tags; %F: the fields, %E: those of a liar, %X: those of
 * letter 2. %S, %T: the Signatures of letters 1 and 2, of which %I, %J are
 * SignedInfo, %V SignatureValue, %Y KeyInfo, %B and %b the tags. %W, %D: letters
 * 1 and 2 whole. %N: the number. %O, %o: the tags of an Object.
 */
static const struct made {
	const char *what, *form, *want;
} made[] = {
	/* one thing signed, another shown */
	{ "liar, signature of the letter", "%R%E%S%r", CHANGE },
	{ "liar, signature of another letter", "%R%E%T%r", CHANGE },
	{ "letter, signature of another", "%R%F%T%r", CHANGE },
	{ "liar, the signed in an Object", "%R%E%B%I%V%Y%O%R%F%r%o%b%r", FORM },
	{ "liar, the whole in an Object", "%R%E%B%I%V%Y%O%W%o%b%r", FORM },
	{ "liar, an Object first", "%R%E%B%O%R%F%r%o%I%V%Y%b%r", FORM },
	{ "liar, an Object before KeyInfo", "%R%E%B%I%V%O%R%F%r%o%Y%b%r",
	    FORM },
	{ "liar, two Objects", "%R%E%B%I%V%Y%O%W%o%O%D%o%b%r", FORM },
	{ "liar, an Object in KeyInfo", "%R%E%B%I%V<ds:KeyInfo>%O%W%o%Y%b%r",
	    FORM },
	{ "liar, a Manifest",
	    "%R%E%B%I%V%Y%O<ds:Manifest>%I</ds:Manifest>%o%b%r", FORM },
	{ "liar, SignatureProperties",
	    "%R%E%B%I%V%Y%O<ds:SignatureProperties>%W</ds:SignatureProperties>"
	    "%o%b%r",
	    FORM },
	{ "enveloping", "%B%I%V%Y%O%R%F%r%o%b", FORM },
	{ "enveloping a whole", "%B%I%V%Y%O%W%o%b", FORM },
	{ "enveloping a liar and the whole", "%B%I%V%Y%O%R%E%r%o%O%W%o%b",
	    FORM },
	{ "detached", "<X>%R%F%r%S</X>", FORM },
	{ "detached before", "<X>%S%R%F%r</X>", FORM },
	{ "liar beside", "<X>%R%E%r%W</X>", FORM },
	{ "liar behind", "<X>%W%R%E%r</X>", FORM },
	{ "in a stranger's root", "<X xmlns=\"urn:x\">%W</X>", FORM },
	{ "in SOAP",
	    "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\">"
	    "<s:Header>%W</s:Header><s:Body>%R%E%r</s:Body></s:Envelope>",
	    FORM },
	{ "in a list", "<TrustList xmlns=\"urn:sello:trust:1\">%W</TrustList>",
	    FORM },
	{ "in itself", "%R%W%r", FORM },
	{ "in itself, signed", "%R%W%S%r", FORM },
	{ "liar, the whole in it", "%R%E%W%r", FORM },
	{ "liar, the whole in it, signed", "%R%E%W%S%r", FORM },
	{ "liar around the whole", "%R%W%E%r", FORM },
	{ "liar around the whole, signed", "%R%W%E%S%r", FORM },
	{ "the unsigned in the liar", "%R%E%R%F%r%S%r", FORM },
	{ "the liar in the letter", "%R%F%R%E%r%S%r", FORM },
	{ "the liar before the fields", "%R%R%E%r%F%S%r", FORM },
	{ "fields of both", "%R%F%E%S%r", CHANGE },
	{ "fields of both, liar first", "%R%E%F%S%r", CHANGE },
	{ "fields of both letters", "%R%F%X%S%r", CHANGE },
	{ "fields twice", "%R%F%F%S%r", CHANGE },
	{ "no fields", "%R%S%r", CHANGE },
	{ "fields of another letter", "%R%X%S%r", CHANGE },
	/* one after the other */
	{ "unsigned", "%R%F%r", FORM },
	{ "liar unsigned", "%R%E%r", FORM },
	{ "liar, then the letter", "%R%E%r%W", FORM },
	{ "the letter, then liar", "%W%R%E%r", FORM },
	{ "twice", "%W%W", FORM },
	{ "two letters", "%W%D", FORM },
	{ "two letters with a line feed", "%W\n%D", FORM },
	{ "three letters", "%W%D%W", FORM },
	/* several Signatures */
	{ "Signature twice", "%R%F%S%S%r", FORM },
	{ "two Signatures", "%R%F%S%T%r", FORM },
	{ "two Signatures, its own last", "%R%F%T%S%r", FORM },
	{ "Signature first", "%R%S%F%r", FORM },
	{ "Signature first and last", "%R%S%F%S%r", FORM },
	{ "Signature behind the root", "%R%F%r%S", FORM },
	{ "Signature before the root", "%S%R%F%r", FORM },
	{ "Signature in a Signature", "%R%F%B%S%I%V%Y%b%r", FORM },
	{ "Signature around a Signature", "%R%F%B%S%b%r", FORM },
	{ "Signature in an element", "%R%F<X>%S</X>%r", FORM },
	{ "Signature alone", "%S", "U-FOREIGN" },
	/* parts of a Signature */
	{ "SignedInfo twice", "%R%F%B%I%I%V%Y%b%r", FORM },
	{ "two SignedInfo", "%R%F%B%I%J%V%Y%b%r", FORM },
	{ "two SignedInfo, another first", "%R%F%B%J%I%V%Y%b%r", FORM },
	{ "liar, two SignedInfo", "%R%E%B%J%I%V%Y%b%r", FORM },
	{ "SignedInfo of another", "%R%F%B%J%V%Y%b%r", CHANGE },
	{ "liar with SignedInfo of another", "%R%E%B%J%V%Y%b%r", CHANGE },
	{ "SignedInfo in SignedInfo",
	    "%R%F%B<ds:SignedInfo>%I</ds:SignedInfo>%V%Y%b%r", FORM },
	{ "SignedInfo in an Object", "%R%F%B%O%I%o%V%Y%b%r", FORM },
	{ "SignedInfo behind", "%R%F%B%V%Y%I%b%r", FORM },
	{ "no SignedInfo", "%R%F%B%V%Y%b%r", FORM },
	{ "an empty SignedInfo",
	    "%R%F%B<ds:SignedInfo></ds:SignedInfo>%V%Y%b%r", FORM },
	{ "SignatureValue twice", "%R%F%B%I%V%V%Y%b%r", FORM },
	{ "SignatureValue first", "%R%F%B%V%I%Y%b%r", FORM },
	{ "SignatureValue last", "%R%F%B%I%Y%V%b%r", FORM },
	{ "no SignatureValue", "%R%F%B%I%Y%b%r", FORM },
	{ "an empty SignatureValue",
	    "%R%F%B%I<ds:SignatureValue></ds:SignatureValue>%Y%b%r", FORM },
	{ "KeyInfo twice", "%R%F%B%I%V%Y%Y%b%r", FORM },
	{ "KeyInfo first", "%R%F%B%Y%I%V%b%r", FORM },
	{ "no KeyInfo", "%R%F%B%I%V%b%r", FORM },
	{ "an empty KeyInfo", "%R%F%B%I%V<ds:KeyInfo></ds:KeyInfo>%b%r", FORM },
	{ "an empty KeyName",
	    "%R%F%B%I%V<ds:KeyInfo><ds:KeyName></ds:KeyName></ds:KeyInfo>%b%r",
	    FORM },
	{ "an empty Signature", "%R%F%B%b%r", FORM },
	{ "a short Signature",
	    "%R%F<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"/>"
	    "%r",
	    FORM },
	{ "Signature of no namespace", "%R%F<Signature>%I%V%Y</Signature>%r",
	    FORM },
	{ "ds is another namespace",
	    "%R%F<ds:Signature xmlns:ds=\"urn:x\">%I%V%Y%b%r", FORM },
	{ "Signature of 2001",
	    "%R%F<ds:Signature xmlns:ds=\"http://www.w3.org/2001/09/xmldsig#\">"
	    "%I%V%Y%b%r",
	    FORM },
	/* hidden */
	{ "the letter in a comment", "<!--%W-->%R%E%r", FORM },
	{ "the letter in a comment, liar signed", "<!--%W-->%R%E%S%r", FORM },
	{ "the letter in a comment within", "%R<!--%F-->%E%S%r", FORM },
	{ "liar in a comment", "%R<!--%E-->%F%S%r", FORM },
	{ "Signature in a comment", "%R%F<!--%S-->%r", FORM },
	{ "Signature in a comment and another", "%R%E<!--%S-->%S%r", FORM },
	{ "liar behind a comment's end", "%R%F<!--x--><!-- > -->%E%S%r", FORM },
	{ "comment in the Signature", "%R%F%B%I<!--x-->%V%Y%b%r", FORM },
	{ "the letter in CDATA", "%R%E<![CDATA[%W]]>%r", FORM },
	{ "fields in CDATA", "%R<![CDATA[%F]]>%S%r", FORM },
	{ "Signature in CDATA", "%R%F<![CDATA[%S]]>%r", FORM },
	{ "the letter in an instruction", "<?x %W?>%R%E%r", FORM },
	{ "fields in an instruction", "%R<?x %F?>%E%S%r", FORM },
	{ "Signature in an instruction", "%R%F<?x %S?>%r", FORM },
	{ "the letter in an attribute", "<X a='%W'>%R%E%r</X>", FORM },
	{ "the letter in a DTD", "<!DOCTYPE X [<!ENTITY a '%W'>]><X>&a;</X>",
	    FORM },
	{ "fields by an entity",
	    "<!DOCTYPE ReferralLetter [<!ENTITY a \"%X\">]>%R&a;%S%r", FORM },
	/* the root */
	{ "root with Id",
	    "<ReferralLetter xmlns=\"urn:sello:letter:1\" "
	    "Id=\"%N\">%F%S%r",
	    FORM },
	{ "root with xml:id",
	    "<ReferralLetter xmlns=\"urn:sello:letter:1\" "
	    "xml:id=\"%N\">%F%S%r",
	    FORM },
	{ "root with ID",
	    "<ReferralLetter xmlns=\"urn:sello:letter:1\" "
	    "ID=\"%N\">%F%S%r",
	    FORM },
	{ "root with Id first",
	    "<ReferralLetter Id=\"a\" xmlns=\"urn:sello:letter:1\">%F%S%r",
	    FORM },
	{ "two with one Id",
	    "<X><ReferralLetter xmlns=\"urn:sello:letter:1\" Id=\"%N\">%E%r"
	    "<ReferralLetter xmlns=\"urn:sello:letter:1\" Id=\"%N\">%F%S%r</X>",
	    FORM },
	{ "root under a prefix",
	    "<l:ReferralLetter "
	    "xmlns:l=\"urn:sello:letter:1\">%F%S"
	    "</l:ReferralLetter>",
	    FORM },
	{ "namespace twice",
	    "<ReferralLetter xmlns=\"urn:sello:letter:1\" "
	    "xmlns=\"urn:sello:letter:1\">%F%S%r",
	    FORM },
	{ "namespace and a prefix for it",
	    "<ReferralLetter xmlns=\"urn:sello:letter:1\" "
	    "xmlns:l=\"urn:sello:letter:1\">%F%S%r",
	    FORM },
	{ "ds for the letter's namespace",
	    "<ReferralLetter xmlns=\"urn:sello:letter:1\" "
	    "xmlns:ds=\"urn:sello:letter:1\">%F%S%r",
	    FORM },
	{ "xml for another namespace",
	    "<ReferralLetter xmlns=\"urn:sello:letter:1\" "
	    "xmlns:xml=\"urn:x\">%F%S%r",
	    FORM },
	{ "the list's root, the letter's namespace",
	    "<TrustList xmlns=\"urn:sello:letter:1\">%F%S</TrustList>", FORM },
	{ "the letter's root, the list's namespace",
	    "<ReferralLetter xmlns=\"urn:sello:trust:1\">%F%S%r", "U-FOREIGN" },
	{ "no namespace", "<ReferralLetter>%F%S%r", "U-FOREIGN" },
	{ "namespace in capitals",
	    "<ReferralLetter xmlns=\"URN:SELLO:LETTER:1\">%F%S%r",
	    "U-FOREIGN" },
	{ "namespace with a space",
	    "<ReferralLetter xmlns=\"urn:sello:letter:1 \">%F%S%r", FORM },
	{ "namespace by number",
	    "<ReferralLetter xmlns=\"urn:sello:letter&#58;1\">%F%S%r",
	    "U-FOREIGN|U-PROFILE" },
	{ "root in small letters",
	    "<referralletter xmlns=\"urn:sello:letter:1\">%F%S"
	    "</referralletter>",
	    FORM },
	{ "roots that differ", "%R%F%S</ReferralLettre>", FORM },
	{ "no end", "%R%F%S", FORM },
	{ "no beginning", "%F%S%r", "U-FOREIGN" },
	{ "schema location",
	    "<ReferralLetter xmlns=\"urn:sello:letter:1\" "
	    "xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" "
	    "i:schemaLocation=\"urn:sello:letter:1 http://127.0.0.1/x\">%F%S%r",
	    FORM },
};

/* From the first `from` up to and with the first `to`. */
static void
add_cut(const struct bytes *text, const char *from, const char *to,
    struct bytes *out)
{
	const char *at = strstr((char *)text->at, from);
	const char *end = strstr(at, to) + strlen(to);

	bytes_add(out, at, (size_t)(end - at));
}

static void
add_signature_part(const struct hostile *h, char what, struct bytes *out)
{
	const struct bytes *one = &h->one.block, *two = &h->two.block;

	switch (what) {
	case 'S':
		bytes_add(out, one->at, one->len);
		break;
	case 'T':
		bytes_add(out, two->at, two->len);
		break;
	case 'I':
		add_cut(one, "<ds:SignedInfo>", "</ds:SignedInfo>", out);
		break;
	case 'J':
		add_cut(two, "<ds:SignedInfo>", "</ds:SignedInfo>", out);
		break;
	case 'V':
		add_cut(
		    one, "<ds:SignatureValue>", "</ds:SignatureValue>", out);
		break;
	case 'Y':
		add_cut(one, "<ds:KeyInfo>", "</ds:KeyInfo>", out);
		break;
	case 'B':
		add_cut(one, "<ds:Signature ", ">", out);
		break;
	case 'b':
		bytes_add_text(out, "</ds:Signature>");
		break;
	case 'O':
		bytes_add_text(out, "<ds:Object>");
		break;
	case 'o':
		bytes_add_text(out, "</ds:Object>");
		break;
	default:
		hostile_must(false, "a part that there is not");
	}
}

static void
add_part(const struct hostile *h, char what, struct bytes *out)
{
	switch (what) {
	case 'R':
		bytes_add_text(
		    out, "<ReferralLetter xmlns=\"urn:sello:letter:1\">");
		break;
	case 'r':
		bytes_add_text(out, "</ReferralLetter>");
		break;
	case 'F':
		bytes_add(out, h->one.fields.at, h->one.fields.len);
		break;
	case 'X':
		bytes_add(out, h->two.fields.at, h->two.fields.len);
		break;
	case 'E':
		hostile_swap(&h->one.fields, NAME, "Batz Liar", out);
		break;
	case 'W':
		bytes_add(out, h->one.file.at, h->one.file.len);
		break;
	case 'D':
		bytes_add(out, h->two.file.at, h->two.file.len);
		break;
	case 'N':
		bytes_add_text(out, h->one.letter.number);
		break;
	default:
		add_signature_part(h, what, out);
	}
}

void
hostile_xml_wrap(struct hostile *h)
{
	struct bytes file = { 0 };
	const char *c;
	size_t i;

	for (i = 0; i < COUNT(made); i++) {
		bytes_reset(&file);
		for (c = made[i].form; *c != '\0'; c++)
			if (*c == '%')
				add_part(h, *++c, &file);
			else
				bytes_add_byte(&file, (uint8_t)*c);
		hostile_put(h, "xml-wrapped", made[i].what, "xml", file.at,
		    file.len, made[i].want);
	}
	bytes_free(&file);
}
