/*
 * pdf.c - PDF files: with all that they can start or bring along, trees and
 * tables that turn in circles, pages that take long to draw. On most of them the
 * code of letter 1 stands: it may be read, and then it is that letter.
 */
#include "tests/hostile/hostile.h"
#include "tests/hostile/picture.h"

#include <stdlib.h>
#include <string.h>

#define NO      "U-UNREADABLE|U-SIZE"
#define PERHAPS "U-UNREADABLE|U-SIZE|" /* or the letter */

#define OBJECTS 20100 /* at most */

/* A file as it grows. */
struct pdf {
	struct bytes out;
	size_t at[OBJECTS], count; /* where objects begin, by their number */
};

static void
object(struct pdf *p, size_t n, const char *text)
{
	hostile_must(n < OBJECTS, "objects");
	p->at[n] = p->out.len;
	if (n >= p->count)
		p->count = n + 1;
	bytes_addf(&p->out, "%zu 0 obj\n%s\nendobj\n", n, text);
}

static void
stream(struct pdf *p, size_t n, const char *dictionary, const void *data,
    size_t len)
{
	hostile_must(n < OBJECTS, "objects");
	p->at[n] = p->out.len;
	if (n >= p->count)
		p->count = n + 1;
	bytes_addf(&p->out, "%zu 0 obj\n<<%s/Length %zu>>\nstream\n", n,
	    dictionary, len);
	if (len > 0)
		bytes_add(&p->out, data, len);
	bytes_add_text(&p->out, "\nendstream\nendobj\n");
}

static void
table(struct pdf *p, const char *trailer)
{
	size_t start = p->out.len, i;

	bytes_addf(&p->out, "xref\n0 %zu\n0000000000 65535 f \n", p->count);
	for (i = 1; i < p->count; i++)
		bytes_addf(&p->out, "%010zu 00000 %c \n", p->at[i],
		    p->at[i] > 0 ? 'n' : 'f');
	bytes_addf(&p->out,
	    "trailer\n<</Size %zu/Root 1 0 R%s>>\nstartxref\n%zu\n%%%%EOF\n",
	    p->count, trailer, start);
}

/* --- a page with the letter's code, and what differs --------------------- */

#define PICTURE "q 280 0 0 280 10 10 cm /I Do Q"

struct page {
	const char *what;
	const char *catalog, *page, *resources; /* more of it */
	const char *pages;                      /* NULL: the one page */
	const char *contents;                   /* NULL: the picture */
	const char *trailer;                    /* NULL: nothing more */
	const char *more[4];                    /* objects 6 to 9 */
	const char *want;                       /* NULL: PERHAPS */
};

static void
add_picture(const struct hostile *h, struct pdf *p)
{
	static struct bytes image;
	static unsigned side;

	if (image.len == 0) {
		struct canvas c;

		canvas_new(&c, 600, 600);
		side = canvas_code(&c, (char *)h->one.code.at, 0, 0, 6);
		canvas_free(&c);
		canvas_new(&c, side, side);
		canvas_code(&c, (char *)h->one.code.at, 0, 0, 6);
		squeeze(c.at, (size_t)side * side, 15, &image);
		canvas_free(&c);
	}
	{
		char dictionary[200];

		snprintf(dictionary, sizeof(dictionary),
		    "/Type/XObject/Subtype/Image/Width %u/Height %u"
		    "/ColorSpace/DeviceGray/BitsPerComponent 8"
		    "/Filter/FlateDecode",
		    side, side);
		stream(p, 5, dictionary, image.at, image.len);
	}
}

static const char * or (const char *text, const char *otherwise)
{
	return text != NULL ? text : otherwise;
}

static struct pdf *
begin(const struct hostile *h, const struct page *page)
{
	static struct pdf p;
	struct bytes text = { 0 };
	const char *contents = or (page->contents, PICTURE);
	size_t i;

	bytes_reset(&p.out);
	memset(p.at, 0, sizeof(p.at));
	p.count = 0;
	bytes_add_text(&p.out, "%PDF-1.7\n");
	bytes_addf(
	    &text, "<</Type/Catalog/Pages 2 0 R%s>>", or (page->catalog, ""));
	object(&p, 1, (char *)text.at);
	object(&p, 2, or (page->pages, "<</Type/Pages/Kids[3 0 R]/Count 1>>"));
	bytes_reset(&text);
	bytes_addf(&text,
	    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R"
	    "/Resources<</XObject<</I 5 0 R/F 6 0 R>>%s>>%s>>",
	    or (page->resources, ""), or (page->page, ""));
	object(&p, 3, (char *)text.at);
	stream(&p, 4, "", contents, strlen(contents));
	add_picture(h, &p);
	for (i = 0; i < 4 && page->more[i] != NULL; i++)
		object(&p, 6 + i, page->more[i]);
	bytes_free(&text);
	return &p;
}

static void
put(struct hostile *h, const char *what, const struct bytes *file,
    const char *want)
{
	hostile_put(h, "pdf", what, "pdf", file->at, file->len, want);
}

static void
finish(struct hostile *h, struct pdf *p, const struct page *page)
{
	table(p, or (page->trailer, ""));
	put(h, page->what, &p->out, or (page->want, PERHAPS));
}

/* A stream as a text, for struct page. */
#define STREAM(dictionary, data) \
	"<<" dictionary "/Length 100000>>\nstream\n" data "\nendstream"
#define FORM(more, data) \
	STREAM("/Type/XObject/Subtype/Form/BBox[0 0 300 300]" more, data)
#define RES "/Resources<</XObject<</I 5 0 R/F 6 0 R/G 7 0 R/H 8 0 R>>>>"

static const struct page pages[] = {
	{ .what = "as it is", .want = "" },
	/* what it would start */
	{ .what = "JavaScript when opened",
	    .catalog = "/OpenAction<</S/JavaScript/JS(app.alert(1);)>>" },
	{ .what = "JavaScript by name",
	    .catalog = "/Names<</JavaScript<</Names[(a)<</S/JavaScript"
		       "/JS(while(1);)>>]>>>>" },
	{ .what = "JavaScript of a page",
	    .page = "/AA<</O<</S/JavaScript/JS(while(1);)>>>>" },
	{ .what = "a program when opened",
	    .catalog = "/OpenAction<</S/Launch/F(/bin/sh)>>" },
	{ .what = "a page of the web when opened",
	    .catalog = "/OpenAction<</S/URI/URI(http://127.0.0.1:9/)>>" },
	{ .what = "another file when opened",
	    .catalog = "/OpenAction<</S/GoToR/F(//127.0.0.1/a)/D[0]>>" },
	{ .what = "a form sent when opened",
	    .catalog = "/OpenAction<</S/SubmitForm/F(http://127.0.0.1:9/)>>" },
	{ .what = "data imported when opened",
	    .catalog = "/OpenAction<</S/ImportData/F(/etc/passwd)>>" },
	{ .what = "actions in a circle",
	    .catalog = "/OpenAction 6 0 R",
	    .more = { "<</S/Named/N/NextPage/Next 6 0 R>>" } },
	{ .what = "XFA",
	    .catalog = "/AcroForm<</XFA 6 0 R/Fields[]>>",
	    .more = { STREAM("",
		"<!DOCTYPE a [<!ENTITY b SYSTEM "
		"\"file:///etc/passwd\">]><a>&b;</a>") } },
	{ .what = "metadata with an entity",
	    .catalog = "/Metadata 6 0 R",
	    .more = { STREAM("/Type/Metadata/Subtype/XML",
		"<!DOCTYPE a [<!ENTITY b SYSTEM "
		"\"http://127.0.0.1:9/\">]><a>&b;</a>") } },
	{ .what = "a film",
	    .page =
		"/Annots[<</Type/Annot/Subtype/RichMedia/Rect[0 0 9 9]>>]" },
	{ .what = "a file to attach",
	    .page = "/Annots[<</Type/Annot/Subtype/FileAttachment"
		    "/Rect[0 0 9 9]/FS<</F(/etc/passwd)>>>>]" },
	{ .what = "a picture of another file",
	    .contents = "/F Do",
	    .more = { STREAM("/Type/XObject/Subtype/Image/Width 9/Height 9"
			     "/F(/etc/passwd)/ColorSpace/DeviceGray"
			     "/BitsPerComponent 8",
		"") } },
	{ .what = "a form of another file",
	    .contents = "/F Do",
	    .more = { FORM("/Ref<</F(/etc/passwd)/Page 0>>", "") } },
	{ .what = "outlines in a circle",
	    .catalog = "/Outlines 6 0 R",
	    .more = { "<</First 6 0 R/Last 6 0 R/Next 6 0 R>>" } },
	{ .what = "names in a circle",
	    .catalog = "/Names<</EmbeddedFiles 6 0 R>>",
	    .more = { "<</Kids[6 0 R 6 0 R]>>" } },
	{ .what = "a file that is itself",
	    .catalog = "/Names<</EmbeddedFiles<</Names[(a)6 0 R]>>>>",
	    .more = { "<</Type/Filespec/F(a)/EF<</F 6 0 R>>>>" } },
	{ .what = "a layer that is off",
	    .catalog = "/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>",
	    .resources = "/Properties<</L 6 0 R>>",
	    .contents = "/OC /L BDC " PICTURE " EMC",
	    .more = { "<</Type/OCG/Name(a)>>" } },
	/* trees of pages */
	{ .what = "100000 pages said",
	    .pages = "<</Type/Pages/Kids[3 0 R]/Count 100000>>",
	    .want = "*" },
	{ .what = "2^31 pages said",
	    .pages = "<</Type/Pages/Kids[3 0 R]/Count 2147483648>>",
	    .want = "*" },
	{ .what = "-1 pages said",
	    .pages = "<</Type/Pages/Kids[3 0 R]/Count -1>>" },
	{ .what = "no pages said",
	    .pages = "<</Type/Pages/Kids[3 0 R]/Count 0>>" },
	{ .what = "no pages", .pages = "<</Type/Pages/Kids[]/Count 1>>" },
	{ .what = "pages in themselves",
	    .pages = "<</Type/Pages/Kids[2 0 R]/Count 1>>" },
	{ .what = "pages in themselves, many",
	    .pages = "<</Type/Pages/Kids[2 0 R 2 0 R 2 0 R]/Count 1000>>",
	    .want = "*" },
	{ .what = "pages of a number", .pages = "42" },
	{ .what = "pages of another object",
	    .pages = "<</Type/Pages/Kids[99 0 R]/Count 1>>" },
	{ .what = "a catalog for a page",
	    .pages = "<</Type/Pages/Kids[1 0 R]/Count 1>>" },
	/* shapes of a page */
	{ .what = "a page of 1e9", .page = "/MediaBox[0 0 1e9 1e9]" },
	{ .what = "a page of 1000000",
	    .page = "/MediaBox[0 0 1000000 1000000]" },
	{ .what = "a page of 14400", .page = "/MediaBox[0 0 14400 14400]" },
	{ .what = "a narrow page", .page = "/MediaBox[0 0 0.001 100000]" },
	{ .what = "an empty page", .page = "/MediaBox[0 0 0 0]" },
	{ .what = "a page backwards", .page = "/MediaBox[300 300 0 0]" },
	{ .what = "a page of no numbers", .page = "/MediaBox[(a)(b)/c null]" },
	{ .what = "units of 1e9", .page = "/UserUnit 1000000000" },
	{ .what = "turned by 45", .page = "/Rotate 45" },
	{ .what = "turned by 2^31", .page = "/Rotate 2147483647" },
	{ .what = "cut to nothing", .page = "/CropBox[9000 9000 9001 9001]" },
	{ .what = "contents in a circle", .page = "/Contents[[[4 0 R]]]" },
	{ .what = "contents are the page", .page = "/Contents 3 0 R" },
	{ .what = "resources are the page", .page = "/Resources 3 0 R" },
	{ .what = "parent is the page", .page = "/Parent 3 0 R" },
	/* drawing */
	{ .what = "a form in itself",
	    .contents = "/F Do " PICTURE,
	    .more = { FORM(RES, "/F Do /F Do") } },
	{ .what = "forms in each other",
	    .contents = "/F Do " PICTURE,
	    .more = { FORM(RES, "/G Do /G Do"), FORM(RES, "/F Do /F Do") } },
	{ .what = "a dash of nothing",
	    .contents = "[0.000001] 0 d 0 0 m 300 300 l S " PICTURE },
	{ .what = "a dash far away",
	    .contents = "[1e-9 1e-9] 0 d 1e9 w -1e9 -1e9 m 1e9 1e9 l S" },
	{ .what = "a wide line", .contents = "1e30 w 0 0 m 9 9 l S " PICTURE },
	{ .what = "far away", .contents = "1e38 0 0 1e38 0 0 cm " PICTURE },
	{ .what = "a matrix of zeros", .contents = "0 0 0 0 0 0 cm " PICTURE },
	{ .what = "not restored", .contents = "q q q q q q q " PICTURE },
	{ .what = "restored too often", .contents = "Q Q Q Q Q Q " PICTURE },
	{ .what = "words of nothing", .contents = "/X Do foo bar (( " PICTURE },
	{ .what = "a pattern of itself",
	    .resources = "/Pattern<</P 6 0 R>>",
	    .contents = "/Pattern cs /P scn 0 0 300 300 re f " PICTURE,
	    .more = { STREAM("/PatternType 1/PaintType 1/TilingType 1"
			     "/BBox[0 0 9 9]/XStep 9/YStep 9"
			     "/Resources<</Pattern<</P 6 0 R>>>>",
		"/Pattern cs /P scn 0 0 9 9 re f") } },
	{ .what = "a pattern of small steps",
	    .resources = "/Pattern<</P 6 0 R>>",
	    .contents = "/Pattern cs /P scn 0 0 300 300 re f " PICTURE,
	    .more = { STREAM("/PatternType 1/PaintType 1/TilingType 1"
			     "/BBox[0 0 9 9]/XStep 0.0001/YStep 0.0001"
			     "/Resources<<>>",
		"0 0 9 9 re f") } },
	{ .what = "a font of itself",
	    .resources = "/Font<</T 6 0 R>>",
	    .contents = "BT /T 9 Tf (aaaa) Tj ET " PICTURE,
	    .more = { "<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]"
		      "/FontMatrix[1 0 0 1 0 0]/FirstChar 97/LastChar 97"
		      "/Widths[1]/Encoding<</Differences[97/a]>>"
		      "/CharProcs<</a 7 0 R>>/Resources<</Font<</T 6 0 R>>>>>>",
		STREAM("", "1 0 d0 BT /T 9 Tf (aaaa) Tj ET") } },
	{ .what = "a mask of itself",
	    .resources = "/ExtGState<</S 7 0 R>>",
	    .contents = "/S gs /F Do " PICTURE,
	    .more = { FORM("/Group<</S/Transparency>>/Resources"
			   "<</ExtGState<</S 7 0 R>>/XObject<</F 6 0 R>>>>",
			  "/S gs /F Do"),
		"<</SMask<</S/Luminosity/G 6 0 R>>>>" } },
	{ .what = "a shading of many colors",
	    .resources = "/Shading<</S 6 0 R>>",
	    .contents = "/S sh " PICTURE,
	    .more = { "<</ShadingType 1/ColorSpace/DeviceRGB/Matrix[1e9 0 0 "
		      "1e9 0 0]/Function<</FunctionType 4/Domain[0 1 0 1]"
		      "/Range[0 1 0 1 0 1]>>>>" } },
	{ .what = "an image of 30000",
	    .contents = "/F Do",
	    .more = { STREAM("/Type/XObject/Subtype/Image/Width 30000"
			     "/Height 30000/ColorSpace/DeviceRGB"
			     "/BitsPerComponent 16",
		"a") } },
	{ .what = "an image of 2^31",
	    .contents = "/F Do",
	    .more = { STREAM("/Type/XObject/Subtype/Image/Width 2147483647"
			     "/Height 2147483647/ColorSpace/DeviceGray"
			     "/BitsPerComponent 1",
		"a") } },
	{ .what = "an image of JBIG2",
	    .contents = "/F Do " PICTURE,
	    .more = { STREAM("/Type/XObject/Subtype/Image/Width 20000"
			     "/Height 20000/ColorSpace/DeviceGray"
			     "/BitsPerComponent 1/Filter/JBIG2Decode",
		"\x01\x01\x01\x01\x7f\xff\xff\xff") } },
	{ .what = "an image of JPEG 2000",
	    .contents = "/F Do " PICTURE,
	    .more = { STREAM("/Type/XObject/Subtype/Image/Width 20000"
			     "/Height 20000/Filter/JPXDecode",
		"\xff\x4f\xff\x51\xff\xff\xff\xff\xff\xff\xff\xff") } },
	{ .what = "an image of fax",
	    .contents = "/F Do " PICTURE,
	    .more = { STREAM("/Type/XObject/Subtype/Image/Width 30000"
			     "/Height 30000/ColorSpace/DeviceGray"
			     "/BitsPerComponent 1/Filter/CCITTFaxDecode"
			     "/DecodeParms<</K -1/Columns 2147483647>>",
		"\xff\xff\xff") } },
	{ .what = "fifty filters",
	    .contents = "/F Do " PICTURE,
	    .more = { STREAM("/Type/XObject/Subtype/Image/Width 9/Height 9"
			     "/ColorSpace/DeviceGray/BitsPerComponent 8"
			     "/Filter[/LZW/LZW/LZW/LZW/LZW/LZW/LZW/LZW/LZW"
			     "/Fl/Fl/Fl/Fl/Fl/Fl/Fl/Fl/Fl/Fl/Fl/Fl/Fl/Fl/Fl"
			     "/RL/RL/RL/RL/RL/RL/RL/RL/A85/A85/A85/A85/AHx]",
		"a") } },
	{ .what = "an image in the page",
	    .contents =
		"BI /W 30000 /H 30000 /BPC 8 /CS /RGB ID a EI " PICTURE },
	{ .what = "a color space of itself",
	    .resources = "/ColorSpace<</C 6 0 R>>",
	    .contents = "/C cs 1 scn 0 0 9 9 re f " PICTURE,
	    .more = { "[/Indexed 6 0 R 255 (aaa)]" } },
	{ .what = "a function of itself",
	    .resources = "/ColorSpace<</C 6 0 R>>",
	    .contents = "/C cs 1 scn 0 0 9 9 re f " PICTURE,
	    .more = { "[/Separation/a/DeviceGray 7 0 R]",
		"<</FunctionType 3/Domain[0 1]/Functions[7 0 R]/Bounds[]"
		"/Encode[0 1]>>" } },
	/* tables */
	{ .what = "a table before itself", .trailer = "/Prev 9" },
	{ .what = "a table at 2^31", .trailer = "/Prev 2147483648" },
	{ .what = "a stream for a table", .trailer = "/XRefStm 9" },
	{ .what = "two roots", .trailer = "/Root 3 0 R" },
	{ .what = "a root that is not", .trailer = "/Root 77 0 R" },
	{ .what = "locked",
	    .trailer = "/Encrypt<</Filter/Standard/V 1/R 2/O(a)/U(b)/P -1>>" },
	{ .what = "locked by another way",
	    .trailer = "/Encrypt<</Filter/Other/V 99>>/ID[(a)(b)]" },
	{ .what = "locked by itself",
	    .trailer = "/Encrypt 6 0 R/ID[(a)(a)]",
	    .more = { "<</Filter/Standard/V 5/R 6/O 6 0 R/U 6 0 R>>" } },
	{ .what = "a length of itself",
	    .contents = "/F Do " PICTURE,
	    .more = { "<</Length 6 0 R>>\nstream\na\nendstream" } },
	{ .what = "a length of 2^63",
	    .contents = "/F Do " PICTURE,
	    .more = { "<</Length 9223372036854775807>>\nstream\na\n"
		      "endstream" } },
	{ .what = "objects in itself",
	    .contents = "/F Do " PICTURE,
	    .more = { STREAM("/Type/ObjStm/N 1000000/First 2147483647/Extends "
			     "6 0 R",
		"6 0 6 0") } },
	{ .what = "names with zeros", .page = "/A#00B#00/C#ff 1" },
	{ .what = "a string without end", .page = "/A (((((((" },
	{ .what = "a number without end",
	    .page = "/A 99999999999999999999999999999999999999999999e999" },
};

static void
put_pages(struct hostile *h)
{
	size_t i;

	for (i = 0; i < COUNT(pages); i++)
		finish(h, begin(h, &pages[i]), &pages[i]);
}

/* --- made by counting ---------------------------------------------------- */

static void
repeat(struct bytes *out, const char *text, size_t count)
{
	while (count-- > 0)
		bytes_add_text(out, text);
}

/* Contents that are the same words so often, and then the picture. */
static void
put_contents(
    struct hostile *h, const char *what, const char *words, size_t count)
{
	struct bytes text = { 0 };
	struct page page = { .what = what };

	repeat(&text, words, count);
	bytes_add_text(&text, " " PICTURE);
	page.contents = (char *)text.at;
	finish(h, begin(h, &page), &page);
	bytes_free(&text);
}

/* A value of the page that nests or goes on so often. */
static void
put_value(struct hostile *h, const char *what, const char *open,
    const char *one, const char *close, size_t count)
{
	struct bytes text = { 0 };
	struct page page = { .what = what };

	bytes_add_text(&text, open);
	repeat(&text, one, count);
	bytes_add_text(&text, close);
	page.page = (char *)text.at;
	finish(h, begin(h, &page), &page);
	bytes_free(&text);
}

/* Each form draws the next one ten times. */
static void
put_laughs(struct hostile *h, size_t depth)
{
	struct page page = { .contents = "/F Do " PICTURE };
	struct pdf *p = begin(h, &page);
	char what[64], dictionary[200];
	size_t i;

	for (i = 0; i < depth; i++) {
		snprintf(dictionary, sizeof(dictionary),
		    "/Type/XObject/Subtype/Form/BBox[0 0 300 300]"
		    "/Resources<</XObject<</F %zu 0 R>>>>",
		    7 + i);
		stream(p, 6 + i, dictionary,
		    "/F Do /F Do /F Do /F Do /F Do /F Do /F Do /F Do /F Do "
		    "/F Do",
		    59);
	}
	stream(p, 6 + depth,
	    "/Type/XObject/Subtype/Form/BBox[0 0 300 300]/Resources<<>>",
	    "0 0 300 300 re f", 16);
	snprintf(what, sizeof(what), "forms of forms, %zu deep", depth);
	page.what = what;
	finish(h, p, &page);
}

/* A stack of groups: each wants a picture of its own. */
static void
put_groups(struct hostile *h, size_t depth)
{
	struct page page = { .contents = "/F Do " PICTURE };
	struct pdf *p = begin(h, &page);
	char what[64], dictionary[250];
	size_t i;

	for (i = 0; i < depth; i++) {
		snprintf(dictionary, sizeof(dictionary),
		    "/Type/XObject/Subtype/Form/BBox[0 0 300 300]"
		    "/Group<</S/Transparency/I true/K true>>"
		    "/Resources<</XObject<</F %zu 0 R>>>>",
		    7 + i);
		stream(p, 6 + i, dictionary, "0 0 300 300 re f /F Do", 22);
	}
	snprintf(what, sizeof(what), "groups in groups, %zu deep", depth);
	page.what = what;
	finish(h, p, &page);
}

/* Flate data of so many zeros, as what the page says or as an image. */
static void
put_zeros(struct hostile *h)
{
	static const char image[] =
	    "/Type/XObject/Subtype/Image/Width 30000/Height 30000"
	    "/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode";
	struct page page = { .what = "an image of a GiB of zeros",
		.contents = "q 300 0 0 300 0 0 cm /F Do Q" };
	struct bytes zeros = { 0 };
	struct pdf *p = begin(h, &page);

	squeeze_same(0, 1 << 30, 15, &zeros);
	stream(p, 6, image, zeros.at, zeros.len);
	finish(h, p, &page);
	page.what = "contents of a GiB of zeros";
	p = begin(h, &page);
	stream(p, 4, "/Filter/FlateDecode", zeros.at, zeros.len);
	finish(h, p, &page);
	page.what = "contents of a GiB of q";
	bytes_reset(&zeros);
	squeeze_same('q', 1 << 30, 15, &zeros);
	p = begin(h, &page);
	stream(p, 4, "/Filter/FlateDecode", zeros.at, zeros.len);
	finish(h, p, &page);
	bytes_free(&zeros);
}

/* So many names of one page, or pages that nest so deep. */
static void
put_page_trees(struct hostile *h)
{
	struct page page = { .what = "100000 times one page", .want = "*" };
	struct bytes text = { 0 };
	struct pdf *p;
	size_t i;

	bytes_add_text(&text, "<</Type/Pages/Count 100000/Kids[");
	repeat(&text, "3 0 R ", 100000);
	bytes_add_text(&text, "]>>");
	page.pages = (char *)text.at;
	finish(h, begin(h, &page), &page);
	page = (struct page){ .what = "pages 20000 deep",
		.pages = "<</Type/Pages/Kids[6 0 R]/Count 1>>" };
	p = begin(h, &page);
	for (i = 6; i < 20006; i++) {
		bytes_reset(&text);
		bytes_addf(&text,
		    "<</Type/Pages/Parent %zu 0 R/Kids[%zu 0 R]/Count 1>>",
		    i == 6 ? 2 : i - 1, i == 20005 ? 3 : i + 1);
		object(p, i, (char *)text.at);
	}
	finish(h, p, &page);
	bytes_free(&text);
}

/* --- files in it --------------------------------------------------------- */

/* An attached file, so often. */
static void
put_attached(struct hostile *h, const char *what, const char *name,
    const char *dictionary, const struct bytes *data, size_t count,
    const char *want)
{
	struct bytes names = { 0 }, one = { 0 };
	struct page page = { .what = what, .want = want };
	struct pdf *p;
	size_t i;

	bytes_add_text(&names, "/Names<</EmbeddedFiles<</Names[");
	for (i = 0; i < count; i++)
		bytes_addf(&names, "(%zu)%zu 0 R ", 10000 + i, 6 + 2 * i);
	bytes_add_text(&names, "]>>>>");
	page.catalog = (char *)names.at;
	p = begin(h, &page);
	for (i = 0; i < count; i++) {
		bytes_reset(&one);
		bytes_addf(&one,
		    "<</Type/Filespec/F(%s)/UF(%s)/EF<</F %zu 0 R>>>>", name,
		    name, 7 + 2 * i);
		object(p, 6 + 2 * i, (char *)one.at);
		stream(p, 7 + 2 * i, dictionary, data->at, data->len);
	}
	finish(h, p, &page);
	bytes_free(&names);
	bytes_free(&one);
}

static void
put_files(struct hostile *h)
{
	struct bytes liar = { 0 }, bomb = { 0 };
	const char *name = "letter.xml";

	hostile_swap(&h->one.file, "Q'anil Batz", "Batz Liar", &liar);
	put_attached(h, "its own file", name, "", &h->one.file, 1, "");
	put_attached(h, "a liar's file", name, "", &liar, 1, "*");
	put_attached(h, "another letter's file", name, "", &h->two.file, 1,
	    "R-MIXED;R-MIXED");
	put_attached(
	    h, "a path", "../../../../tmp/evil.xml", "", &h->one.file, 1, "");
	put_attached(h, "a file of this machine", "/etc/passwd", "",
	    &h->one.file, 1, "");
	put_attached(h, "a hundred files", name, "", &h->one.file, 100, "");
	put_attached(h, "a thousand files", name, "", &liar, 1000, "*");
	squeeze_same(' ', 1 << 30, 15, &bomb);
	put_attached(h, "a file of a GiB", name, "/Filter/FlateDecode", &bomb,
	    1, PERHAPS);
	put_attached(h, "20 files of a GiB", name, "/Filter/FlateDecode", &bomb,
	    20, "*");
	bytes_free(&liar);
	bytes_free(&bomb);
}

/* --- damaged ------------------------------------------------------------- */

static void
put_damaged(struct hostile *h)
{
	struct page page = { .what = "whole" };
	struct pdf *p = begin(h, &page);
	struct bytes file = { 0 }, whole = { 0 };
	char what[64];
	size_t i, k;

	table(p, "");
	bytes_add(&whole, p->out.at, p->out.len);
	for (i = 0; i < 10; i++) {
		snprintf(what, sizeof(what), "of %zu tenths", i);
		hostile_put(h, "pdf", what, "pdf", whole.at, whole.len * i / 10,
		    PERHAPS);
		bytes_reset(&file);
		bytes_add(&file, whole.at, whole.len);
		for (k = whole.len * i / 10;
		     k < whole.len * i / 10 + 16 && k < whole.len; k++)
			file.at[k] ^= 0x15;
		snprintf(what, sizeof(what), "hurt at %zu tenths", i);
		put(h, what, &file, PERHAPS "|U-FOREIGN");
	}
	bytes_reset(&file);
	repeat(&file, "x", 1000);
	bytes_add(&file, whole.at, whole.len);
	put(h, "begins at 1000", &file, PERHAPS);
	bytes_reset(&file);
	repeat(&file, "x", 100000);
	bytes_add(&file, whole.at, whole.len);
	put(h, "begins at 100000", &file, "*");
	bytes_reset(&file);
	for (i = 0; i < 20; i++)
		bytes_add(&file, whole.at, whole.len);
	put(h, "twenty in one", &file, PERHAPS);
	bytes_reset(&file);
	bytes_add_text(&file, "%PDF-1.7\n");
	repeat(&file, "1 0 obj\nnull\nendobj\n", 300000);
	put(h, "300000 objects", &file, NO);
	bytes_reset(&file);
	bytes_add_text(&file, "%PDF-1.7\n");
	repeat(&file, "startxref\n9\n%%EOF\n", 100000);
	put(h, "100000 ends", &file, NO);
	bytes_free(&file);
	bytes_free(&whole);
}

void
hostile_pdf(struct hostile *h)
{
	put_pages(h);
	put_contents(h, "a million q", "q ", 1000000);
	put_contents(h, "a million Q", "Q ", 1000000);
	put_contents(h, "50000 lines", "0 0 m 300 300 l S ", 50000);
	put_contents(h, "50000 squares", "0 0 300 300 re f ", 50000);
	put_contents(h, "100000 clips", "0 0 300 300 re W n ", 100000);
	put_contents(h, "100000 curves", "0 0 m 1 2 3 4 300 300 c ", 100000);
	put_contents(h, "10000 pictures", PICTURE " ", 10000);
	put_contents(h, "100000 words", "BT /T 9 Tf (hello) Tj ET ", 100000);
	put_value(h, "100000 brackets", "/A ", "[", "", 100000);
	put_value(h, "100000 dictionaries", "/A ", "<</A ", "", 100000);
	put_value(h, "100000 notes", "/Annots[",
	    "<</Type/Annot/Subtype/Text/Rect[0 0 9 9]>>", "]", 100000);
	put_value(h, "a long number", "/A ", "9", "", 1000000);
	put_value(h, "a long name", "/A /", "a", "", 1000000);
	put_value(h, "a long string", "/A (", "(a)", ")", 1000000);
	put_value(h, "the word of objects", "/A (", " obj", ")", 3000000);
	put_laughs(h, 3);
	put_laughs(h, 9);
	put_laughs(h, 60);
	put_groups(h, 30);
	put_groups(h, 3000);
	put_zeros(h);
	put_page_trees(h);
	put_files(h);
	put_damaged(h);
}
