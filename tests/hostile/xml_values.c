/*
 * xml_values.c - each field of a letter, changed in each way that readers of
 * XML have been fooled with; once under the old signature, and once signed
 * anew with the center's own key, as a thief or a faulty issuer would: then
 * libxml2 sees it.
 */
#include "tests/hostile/hostile.h"

#include <string.h>

#define DAMAGE "U-PROFILE"   /* a form that no issuer writes */
#define CHANGE "F-SIGNATURE" /* only a person does that */
#define EITHER "U-PROFILE|F-SIGNATURE"
#define SIGNED "U-PROFILE|F-UNLOGGED|F-KEY|U-CLOCK"

#define LATER \
	"U-PROFILE|U-VERSION" /* or a newer version's, for all one knows */

/*
 * %o, %c: the tags; %n: the name; %v: the value, %1 and %2 its halves, %e
 * another one; %d: its first character by number, %r the rest; %L: the whole
 * letter.
 */
static const struct way {
	const char *what, *form, *changed, *thief;
} ways[] = {
	{ "comment within", "%o%1<!--x-->%2%c", DAMAGE, DAMAGE },
	{ "empty comment within", "%o%1<!---->%2%c", DAMAGE, DAMAGE },
	{ "comment first", "%o<!--x-->%v%c", DAMAGE, DAMAGE },
	{ "comment last and more", "%o%v<!--x-->%e%c", DAMAGE, DAMAGE },
	{ "comment in place", "<!--%o%v%c-->%o%e%c", DAMAGE, DAMAGE },
	{ "in CDATA", "%o<![CDATA[%v]]>%c", DAMAGE, DAMAGE },
	{ "half in CDATA", "%o%1<![CDATA[%2]]>%c", DAMAGE, DAMAGE },
	{ "empty CDATA", "%o%v<![CDATA[]]>%c", DAMAGE, DAMAGE },
	{ "tags in CDATA", "%o<![CDATA[%c%o]]>%v%c", DAMAGE, DAMAGE },
	{ "instruction within", "%o%1<?x y?>%2%c", DAMAGE, DAMAGE },
	{ "instruction in place", "<?x %o%v%c?>%o%e%c", DAMAGE, DAMAGE },
	{ "character by number", "%o%d%r%c", DAMAGE, DAMAGE },
	{ "unknown entity", "%o%v&x;%c", DAMAGE, DAMAGE },
	{ "entity of HTML", "%o&nbsp;%v%c", DAMAGE, DAMAGE },
	{ "NUL by number", "%o%v&#0;%c", DAMAGE, DAMAGE },
	{ "bare ampersand", "%o%v& %c", EITHER, DAMAGE },
	{ "twice", "%o%v%c%o%v%c", CHANGE, SIGNED },
	{ "another before", "%o%e%c%o%v%c", CHANGE, SIGNED },
	{ "another behind", "%o%v%c%o%e%c", CHANGE, SIGNED },
	{ "another value", "%o%e%c", CHANGE, SIGNED },
	{ "missing", "", CHANGE, SIGNED },
	{ "empty", "%o%c", EITHER, DAMAGE },
	{ "short form", "<%n/>", DAMAGE, DAMAGE },
	{ "space first", "%o %v%c", DAMAGE, DAMAGE },
	{ "space last", "%o%v %c", DAMAGE, DAMAGE },
	{ "line feed first", "%o\n%v%c", DAMAGE, DAMAGE },
	{ "CR last", "%o%v\r%c", DAMAGE, DAMAGE },
	{ "CR by number", "%o%v&#13;%c", DAMAGE, DAMAGE },
	{ "tab between", "\t%o%v%c", DAMAGE, DAMAGE },
	{ "fixed space last", "%o%v\xc2\xa0%c", DAMAGE, DAMAGE },
	{ "byte order mark", "%o\xef\xbb\xbf%v%c", DAMAGE, DAMAGE },
	{ "turned around", "%o\xe2\x80\xae%v%c", DAMAGE, DAMAGE },
	{ "bell", "%o%v\a%c", DAMAGE, DAMAGE },
	{ "overlong", "%o%v\xc0\xaf%c", DAMAGE, DAMAGE },
	{ "surrogate", "%o%v\xed\xa0\x80%c", DAMAGE, DAMAGE },
	{ "Cyrillic look-alike", "%o%v\xd0\xb0%c", CHANGE, DAMAGE },
	{ "full width", "%o%v\xef\xbc\xa1%c", EITHER, DAMAGE },
	{ "xml:id", "<%n xml:id=\"a\">%v%c", CHANGE, DAMAGE },
	{ "Id", "<%n Id=\"a\">%v%c", CHANGE, DAMAGE },
	{ "xml:space", "<%n xml:space=\"preserve\">%v%c", CHANGE, DAMAGE },
	{ "xml:lang", "<%n xml:lang=\"en\">%v%c", CHANGE, DAMAGE },
	{ "xml:base", "<%n xml:base=\"file:///etc/\">%v%c", CHANGE, DAMAGE },
	{ "nil",
	    "<%n xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" "
	    "i:nil=\"true\">%v%c",
	    EITHER, DAMAGE },
	{ "same namespace again", "<%n xmlns=\"urn:sello:letter:1\">%v%c",
	    DAMAGE, DAMAGE },
	{ "no namespace", "<%n xmlns=\"\">%v%c", EITHER, DAMAGE },
	{ "another namespace", "<%n xmlns=\"urn:x\">%v%c", EITHER, DAMAGE },
	{ "under a prefix", "<l:%n xmlns:l=\"urn:sello:letter:1\">%v</l:%n>",
	    EITHER, DAMAGE },
	{ "under no prefix", "<l:%n>%v</l:%n>", CHANGE, DAMAGE },
	{ "wrapped", "<X>%o%v%c</X>", CHANGE, LATER },
	{ "a child", "%o<b>%v</b>%c", CHANGE, DAMAGE },
	{ "text beside", "x%o%v%c", CHANGE, DAMAGE },
	{ "space in the end tag", "%o%v</%n >", DAMAGE, DAMAGE },
	{ "other end tag", "%o%v</X>", CHANGE, DAMAGE },
	{ "no end tag", "%o%v", CHANGE, DAMAGE },
	{ "the letter in it", "%o%L%c", DAMAGE, DAMAGE },
	{ "the letter before", "%L%o%v%c", DAMAGE, DAMAGE },
	{ "include",
	    "%o<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" "
	    "href=\"file:///etc/hostname\" parse=\"text\"/>%c",
	    DAMAGE, DAMAGE },
	{ "markup by number", "%o&#60;b&#62;%c", DAMAGE, DAMAGE },
	{ "a formula", "%o=1+1%c", CHANGE, SIGNED },
};

struct leaf {
	size_t start, end; /* with its tags, within the fields */
	char open[128], name[64], close[72], value[256], other[256];
};

/* Another value of the same look. */
static void
make_other(struct leaf *leaf)
{
	char *c = leaf->other;

	strcpy(leaf->other, leaf->value);
	while (*c != '\0' && (*c < '0' || *c > 'z'))
		c++;
	if (*c != '\0')
		*c = *c == '9'  ? '8'
		    : *c == 'Z' ? 'Y'
		    : *c == 'z' ? 'y'
				: *c + 1;
}

/* The next element that holds only text; false at the end. */
static bool
next_leaf(const char *fields, size_t *at, struct leaf *leaf)
{
	const char *open = fields + *at, *text, *end;

	for (; (open = strchr(open, '<')) != NULL; open++) {
		if (open[1] == '/' || (text = strchr(open, '>')) == NULL)
			continue;
		end = strchr(++text, '<');
		if (end != NULL && end[1] == '/' && end > text)
			break;
	}
	if (open == NULL)
		return false;
	snprintf(
	    leaf->open, sizeof(leaf->open), "%.*s", (int)(text - open), open);
	snprintf(leaf->name, sizeof(leaf->name), "%.*s",
	    (int)strcspn(open + 1, " >"), open + 1);
	snprintf(leaf->close, sizeof(leaf->close), "</%s>", leaf->name);
	snprintf(
	    leaf->value, sizeof(leaf->value), "%.*s", (int)(end - text), text);
	make_other(leaf);
	leaf->start = (size_t)(open - fields);
	leaf->end = (size_t)(end - fields) + strlen(leaf->close);
	*at = leaf->end;
	return true;
}

static void
add_part(const struct hostile *h, const struct leaf *leaf, char what,
    struct bytes *out)
{
	size_t half = strlen(leaf->value) / 2;

	/* not within a character of several bytes */
	while ((leaf->value[half] & 0xc0) == 0x80)
		half++;
	switch (what) {
	case 'o':
		bytes_add_text(out, leaf->open);
		break;
	case 'c':
		bytes_add_text(out, leaf->close);
		break;
	case 'n':
		bytes_add_text(out, leaf->name);
		break;
	case 'v':
		bytes_add_text(out, leaf->value);
		break;
	case '1':
		bytes_add(out, leaf->value, half);
		break;
	case '2':
		bytes_add_text(out, leaf->value + half);
		break;
	case 'e':
		bytes_add_text(out, leaf->other);
		break;
	case 'd':
		if ((leaf->value[0] & 0x80) == 0)
			bytes_addf(out, "&#%d;", leaf->value[0]);
		else /* O with an accent */
			bytes_add_text(out, "&#211;");
		break;
	case 'r':
		bytes_add_text(
		    out, leaf->value + ((leaf->value[0] & 0x80) ? 2 : 1));
		break;
	case 'L':
		bytes_add(out, h->two.file.at, h->two.file.len);
		break;
	default:
		hostile_must(false, "a part that there is not");
	}
}

static void
put_way(struct hostile *h, const struct leaf *leaf, const struct way *way)
{
	const char *fields = (const char *)h->one.fields.at, *c;
	struct bytes text = { 0 }, file = { 0 };
	char what[128];

	bytes_add(&text, fields, leaf->start);
	for (c = way->form; *c != '\0'; c++)
		if (*c == '%')
			add_part(h, leaf, *++c, &text);
		else
			bytes_add_byte(&text, (uint8_t)*c);
	bytes_add_text(&text, fields + leaf->end);
	snprintf(what, sizeof(what), "%s %s", leaf->name, way->what);
	bytes_addf(&file,
	    "<ReferralLetter xmlns=\"urn:sello:letter:1\">%s%s"
	    "</ReferralLetter>",
	    (char *)text.at, (char *)h->one.block.at);
	hostile_put(
	    h, "xml-changed", what, "xml", file.at, file.len, way->changed);
	bytes_reset(&file);
	hostile_thief(h, &h->one, (char *)text.at, text.len, &file);
	hostile_put(
	    h, "xml-signed", what, "xml", file.at, file.len, way->thief);
	bytes_free(&text);
	bytes_free(&file);
}

void
hostile_xml_values(struct hostile *h)
{
	struct leaf leaf;
	size_t at = 0, i;

	while (next_leaf((const char *)h->one.fields.at, &at, &leaf))
		for (i = 0; i < COUNT(ways); i++)
			put_way(h, &leaf, &ways[i]);
}
