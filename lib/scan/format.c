/*
 * format.c - format.h.
 */
#include "scan/format.h"

#include "base/i18n.h"
#include "scan/magic.h"

#include <strings.h>

/* --- what they are, and what to do ------------------------------------------ */

#define ASK  N_("ask for the PDF, a picture or the paper")
#define OPEN N_("ask for it without a password, or for the paper")
#define SHOT N_("take a photo of the code, or ask for the PDF or the paper")
#define MORE N_("unpack it, and check the files in it")
#define SAVE N_("save what is behind it as a PDF, or ask for the paper")
#define MAIL                                                           \
	N_("open it with your e-mail program, save what is attached, " \
	   "and check that")
#define LEAVE N_("do not open it; ask for the PDF, a picture or the paper")

static const struct {
	const char *word, *is, *next;
} formats[] = {
	{ "word", N_("this is a Word document"), ASK },
	{ "excel", N_("this is a spreadsheet of Excel"), ASK },
	{ "powerpoint", N_("this is a PowerPoint presentation"), ASK },
	{ "opendocument", N_("this is a document of LibreOffice or OpenOffice"),
	    ASK },
	{ "pages", N_("this is a document of Apple's Pages or Numbers"), ASK },
	{ "office", N_("this is a document of Microsoft Office"), ASK },
	{ "office-locked",
	    N_("this is a document of Microsoft Office with a password"), ASK },
	{ "works", N_("this is a document of another program"), ASK },
	{ "rtf", N_("this is a text document (RTF)"), ASK },
	{ "book", N_("this is an electronic book"), ASK },
	{ "xps", N_("this is an XPS document"), ASK },
	{ "postscript", N_("this is a PostScript file"), ASK },
	{ "html", N_("this is a web page"), ASK },
	{ "drawing", N_("this is a drawing"), ASK },
	{ "picture", N_("this is a picture of a kind that is not read"),
	    N_("save or scan it again as PNG, JPEG or PDF") },
	{ "archive", N_("this is a packed archive of a kind that is not read"),
	    MORE },
	{ "archive-within", N_("this is an archive, which is not opened here"),
	    MORE },
	{ "mail-within", N_("this is an e-mail, which is not opened here"),
	    N_("save what is attached to it, and check that") },
	{ "archive-locked", N_("this archive is locked with a password"),
	    OPEN },
	{ "film", N_("this is a film"), SHOT },
	{ "sound", N_("this is a sound recording"), ASK },
	{ "outlook", N_("this is an e-mail as Outlook keeps it (.msg)"),
	    N_("save what is attached to it, and check that") },
	{ "outlook-packet",
	    N_("this is an attachment packed by Outlook "
	       "(winmail.dat)"),
	    N_("ask for the e-mail again, with the PDF attached") },
	{ "sealed", N_("this is signed or encrypted as a whole (.p7m)"), MAIL },
	{ "shortcut", N_("this is only a link to a page or a file"), SAVE },
	{ "contact", N_("this is an address card or an appointment"), ASK },
	{ "font", N_("this is a typeface"), ASK },
	{ "program", N_("this is a program"), LEAVE },
};

#define FORMATS (sizeof(formats) / sizeof(formats[0]))

/* --- how they begin --------------------------------------------------------- */

#define BYTES(text) text, sizeof(text) - 1
/* 1.2.840.113549.1.7 */
#define CMS "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07"
static const struct {
	const char *word;
	size_t at;
	const char *bytes;
	size_t len;
} begins[] = {
	{ "picture", 0, BYTES("\0\0\0\x0cjP  ") },
	{ "picture", 0, BYTES("\xff\x4f\xff\x51") },
	{ "picture", 0, BYTES("\0\0\0\x0cJXL ") },
	{ "picture", 0, BYTES("\xff\x0a") },
	{ "picture", 0, BYTES("8BPS") },
	{ "picture", 0, BYTES("AT&TFORM") },
	{ "picture", 0, BYTES("\0\0\1\0") },
	/* what scanners' programs write, and old faxes */
	{ "picture", 0, BYTES("P1\n") },
	{ "picture", 0, BYTES("P2\n") },
	{ "picture", 0, BYTES("P3\n") },
	{ "picture", 0, BYTES("P4\n") },
	{ "picture", 0, BYTES("P5\n") },
	{ "picture", 0, BYTES("P6\n") },
	{ "picture", 0, BYTES("P7\n") },
	{ "picture", 0, BYTES("P4 ") },
	{ "picture", 0, BYTES("P5 ") },
	{ "picture", 0, BYTES("P6 ") },
	{ "picture", 0, BYTES("\x0a\x05\x01") },
	{ "picture", 0, BYTES("\xb1\x68\xde\x3a") },
	{ "picture", 0, BYTES("\x97JB2") },
	/* of cameras as they are */
	{ "picture", 4, BYTES("ftypcrx ") },
	{ "picture", 0, BYTES("FUJIFILMCCD-RAW") },
	{ "picture", 0, BYTES("IIU\0") },
	{ "picture", 0, BYTES("IIRO") },
	{ "picture", 0, BYTES("IIRS") },
	{ "picture", 0, BYTES("MMOR") },
	/* of Windows, Macintosh, Unix and films */
	{ "picture", 0, BYTES("II\xbc\x01") },
	{ "picture", 0, BYTES("icns\0") },
	{ "picture", 0, BYTES("\x01\xda\x00") },
	{ "picture", 0, BYTES("\x01\xda\x01") },
	{ "picture", 0, BYTES("\x59\xa6\x6a\x95") },
	{ "picture", 0, BYTES("\x8aMNG") },
	{ "picture", 0, BYTES("\x8bJNG") },
	{ "picture", 0, BYTES("SDPX") },
	{ "picture", 0, BYTES("XPDS") },
	{ "picture", 0, BYTES("\x76\x2f\x31\x01") },
	{ "drawing", 0, BYTES("\xd7\xcd\xc6\x9a") },
	{ "drawing", 40, BYTES(" EMF\0") },
	{ "drawing", 0, BYTES("AC10") },
	{ "works", 0, BYTES("\xffWPC") },
	{ "works", 0, BYTES("\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d") },
	{ "archive", 0, BYTES("\x1f\x9d") },
	{ "archive", 0, BYTES("LZIP") },
	{ "archive", 0, BYTES("\x04\x22\x4d\x18") },
	{ "archive", 0, BYTES("Rar!\x1a\x07") },
	{ "archive", 0, BYTES("7z\xbc\xaf\x27\x1c") },
	{ "archive", 0, BYTES("\x1f\x8b") },
	{ "archive", 0, BYTES("BZh") },
	{ "archive", 0,
	    BYTES("\xfd"
		  "7zXZ\0") },
	{ "archive", 0, BYTES("\x28\xb5\x2f\xfd") },
	{ "archive", 0, BYTES("MSCF") },
	{ "archive", 257, BYTES("ustar") },
	{ "archive", 2, BYTES("-lh") },
	{ "film", 0, BYTES("\x1a\x45\xdf\xa3") },
	{ "film", 0, BYTES("FLV\1") },
	{ "film", 0, BYTES("\0\0\1\xba") },
	{ "film", 0, BYTES("\0\0\1\xb3") },
	{ "film", 0, BYTES("\x30\x26\xb2\x75\x8e\x66\xcf\x11") },
	{ "film", 8, BYTES("AVI LIST") },
	{ "sound", 8, BYTES("WAVEfmt ") },
	{ "sound", 4, BYTES("ftypM4A") },
	{ "sound", 4, BYTES("ftypM4B") },
	{ "film", 4, BYTES("ftyp") }, /* HEIC was asked for before */
	{ "film", 4, BYTES("moov") },
	{ "film", 4, BYTES("mdat") },
	{ "sound", 0, BYTES("ID3") },
	{ "sound", 0, BYTES("\xff\xfb") },
	{ "sound", 0, BYTES("\xff\xf3") },
	{ "sound", 0, BYTES("\xff\xf1") },
	{ "sound", 0, BYTES("OggS") },
	{ "sound", 0, BYTES("fLaC") },
	{ "sound", 0, BYTES("#!AMR") },
	{ "sound", 0, BYTES("MThd") },
	{ "outlook-packet", 0, BYTES("\x78\x9f\x3e\x22") },
	/* RFC 5652: a sequence of whatever length, then what it holds */
	{ "sealed", 2, BYTES(CMS) },
	{ "sealed", 3, BYTES(CMS) },
	{ "sealed", 4, BYTES(CMS) },
	{ "sealed", 5, BYTES(CMS) },
	{ "shortcut", 0, BYTES("L\0\0\0\1\x14\2\0") },
	{ "font", 0, BYTES("OTTO\0") },
	{ "font", 0, BYTES("\0\1\0\0\0") },
	{ "font", 0, BYTES("wOF") },
	{ "program", 0, BYTES("MZ") },
	{ "program", 0,
	    BYTES("\x7f"
		  "ELF") },
	{ "program", 0, BYTES("\xca\xfe\xba\xbe") },
	{ "program", 0, BYTES("\xcf\xfa\xed\xfe") },
	{ "program", 0, BYTES("dex\n") },
};

/* What a text begins with, in large or small letters, behind white space and
 * behind_these. */
static const struct {
	const char *word, *text;
} texts[] = {
	{ "rtf", "{\\rtf" },
	{ "postscript", "%!PS" },
	{ "program", "#!/" },
	{ "html", "<!doctype html" },
	{ "html", "<html" },
	{ "html", "<head" },
	{ "html", "<body" },
	{ "html", "<meta" },
	{ "html", "<title" },
	{ "html", "<div" },
	{ "html", "<table" },
	{ "html", "<p>" },
	{ "picture", "/* XPM */" },
	{ "picture", "SIMPLE  =" },
	{ "picture", "id=ImageMagick" },
	{ "drawing", "<svg" },
	{ "drawing", "<!doctype svg" },
	{ "shortcut", "[InternetShortcut]" },
	{ "shortcut", "[Desktop Entry]" },
	{ "sealed", "-----BEGIN PKCS7-----" },
	{ "sealed", "-----BEGIN CMS-----" },
	{ "sealed", "-----BEGIN PGP MESSAGE-----" },
	{ "contact", "BEGIN:VCARD" },
	{ "contact", "BEGIN:VCALENDAR" },
};

/* Office's old files are little disks of their own; what lies there has names
 * of two bytes a letter: [MS-CFB], [MS-DOC], [MS-OXMSG]. */
static const struct {
	const char *word, *inside;
} disks[] = {
	{ "office-locked", "EncryptedPackage" },
	{ "outlook", "__nameid_version1.0" },
	{ "word", "WordDocument" },
	{ "excel", "Workbook" },
	{ "powerpoint", "PowerPoint Document" },
};
static const char disk[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/* --- which one it is ---------------------------------------------------------- */

/* Letters alone begin a text, too. */
static bool
is_plain(const char *bytes, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (bytes[i] < ' ' || bytes[i] > '~')
			return false;
	return true;
}

/* What may stand before the first element: XML 1.0. */
static const struct {
	const char *begin, *end;
} behind_these[] = { { "<?xml", "?>" }, { "<!--", "-->" } };

static void
skip_space(struct reader *r)
{
	struct reader part;

	while (r->left > 0 && strchr(" \t\r\n", r->at[0]) != NULL &&
	    r->at[0] != '\0')
		reader_take(r, 1, &part);
}

/* False where none of them begins, or it has no end. */
static bool
skip_one(struct reader *r)
{
	struct reader part;
	const uint8_t *end;
	size_t i;

	for (i = 0; i < sizeof(behind_these) / sizeof(behind_these[0]); i++) {
		if (!reader_skip_text(r, behind_these[i].begin))
			continue;
		end = memmem(r->at, r->left, behind_these[i].end,
		    strlen(behind_these[i].end));
		if (end == NULL)
			return false;
		reader_take(r,
		    (size_t)(end - r->at) + strlen(behind_these[i].end), &part);
		return true;
	}
	return false;
}

static const char *
by_text(struct reader r)
{
	size_t i;

	reader_skip_text(&r, "\xef\xbb\xbf");
	do
		skip_space(&r);
	while (skip_one(&r));
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (r.left >= strlen(texts[i].text) &&
		    strncasecmp((const char *)r.at, texts[i].text,
			strlen(texts[i].text)) == 0)
			return texts[i].word;
	return NULL;
}

static const char *
by_disk(const uint8_t *data, size_t len)
{
	size_t i;

	for (i = 0; i < sizeof(disks) / sizeof(disks[0]); i++)
		if (bytes_has_wide(data, len, disks[i].inside))
			return disks[i].word;
	return "office";
}

const char *
format_of(const uint8_t *data, size_t len)
{
	bool text = magic_of(data, len) == MAGIC_TEXT;
	size_t i;

	if (len >= sizeof(disk) - 1 &&
	    memcmp(data, disk, sizeof(disk) - 1) == 0)
		return by_disk(data, len);
	for (i = 0; i < sizeof(begins) / sizeof(begins[0]); i++)
		if (!(text && is_plain(begins[i].bytes, begins[i].len)) &&
		    len >= begins[i].at + begins[i].len &&
		    memcmp(data + begins[i].at, begins[i].bytes,
			begins[i].len) == 0)
			return begins[i].word;
	return by_text((struct reader){ data, len });
}

bool
format_is(const char *word)
{
	size_t i;

	for (i = 0; i < FORMATS; i++)
		if (strcmp(formats[i].word, word) == 0)
			return true;
	return false;
}

enum err
format_blame(const char *word, struct errtext *err)
{
	size_t i;

	for (i = 0; i < FORMATS && word != NULL; i++)
		if (strcmp(formats[i].word, word) == 0)
			return err_set(err, ERR_UNREADABLE, "%s; %s",
			    _(formats[i].is), _(formats[i].next));
	return err_set(err, ERR_UNREADABLE, "%s; %s",
	    _("this is a file of a kind that is not known here"), _(ASK));
}
