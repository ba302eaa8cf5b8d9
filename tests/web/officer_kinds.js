/*
 * officer_kinds.js - what people send to an officer, and how scanners type: photos,
 * faxes, mails, archives and folders, as the command judges them; what cannot be read
 * says why; and whatever a scanner adds to a code.
 */
"use strict";
const { execFileSync } = require("child_process");
const fs = require("fs");
const path = require("path");
const { accessible, at, check, equal, launch, officer, open, picture, test, watched } =
    require("./support/support");
const { clear, codeOf, files, judged, letter, shown } = require("./support/counter");

let page, context;

/* --- what people send --------------------------------------------------------- */

const sh = (script) => execFileSync("bash", ["-ec", script], { cwd: path.resolve("sent"), stdio: "pipe" });
const sent = (name) => path.resolve("sent", name);

const MADE = `
convert ${letter(5, "png")} -bordercolor white -border 60 one.png
convert ${letter(6, "png")} -bordercolor white -border 60 two.png
convert -size 400x300 xc:white -font DejaVu-Sans -pointsize 30 -annotate +20+100 'a page of words' words.png
convert one.png -threshold 50% -compress group4 fax.tif
convert one.png -rotate 90 -compress lzw turned.tif
convert words.png one.png two.png pages.tif
convert one.png PNG24:h.png && heif-enc h.png -o photo.heic && heif-enc -A -p speed=9 h.png -o photo.avif
convert one.png picture.gif
convert one.png picture.bmp
convert one.png BMP2:old.bmp
cat >square.pdf <<'END'
%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R>> endobj
4 0 obj <</Length 19>>
stream
20 20 100 100 re f
endstream
endobj
trailer <</Root 1 0 R/Size 5>>
END
qpdf --warning-exit-0 --empty --pages ${letter(6, "pdf")} square.pdf -- two-pages.pdf
{ printf 'From: Ana <a@example.org>\\r\\nSubject: letter\\r\\nMIME-Version: 1.0\\r\\n'
  printf 'Content-Type: multipart/mixed; boundary=b\\r\\n\\r\\n--b\\r\\n\\r\\nsee below\\r\\n'
  for name in one.png words.png; do
    printf -- '--b\\r\\nContent-Type: image/png; name=%s\\r\\nContent-Transfer-Encoding: base64\\r\\n\\r\\n' $name
    base64 $name
  done
  printf -- '--b--\\r\\n'; } >mail.eml
sed '/name=one/,/^--b/d; /name=words/,/^--b/d' mail.eml >empty.eml
zip -q archive.zip one.png words.png
mkdir folder folder/deeper && cp one.png two.png words.png folder && cp one.png folder/.hidden.png
`;
const READ = ["fax.tif", "turned.tif", "pages.tif", "photo.heic", "photo.avif", "picture.gif", "picture.bmp",
	"old.bmp", "two-pages.pdf", "mail.eml", "archive.zip"];

/* Of a code that is the same in every world, as what is seen of one depends on it. */
const SPOILED = `
ZXingWriter -size 621x621 QRCode "SELLO$(printf 'A7KQ2MZP5XWD3RNVB6TYHC4GJFUSLEIO%.0s' {1..15})" same.png
convert same.png -bordercolor white -border 60 same.png
convert same.png -resize 10% -background white -gravity center -extent 300x300 too-small.png
convert same.png -blur 0x12 blurred.png
convert same.png -evaluate multiply 0.03 -seed 2 -attenuate 1.5 +noise Gaussian dark.png
convert same.png -evaluate multiply 0.8 \\( -clone 0 -fill black -colorize 100 -fill white \
    -draw 'circle 370,370 370,600' -blur 0x20 \\) -compose plus -composite glare.png
convert same.png -gravity West -crop 52%x100%+0+0 +repage cut-off.png
convert same.png -fill black -draw 'rectangle 180,180 600,600' damaged.png
mkdir word && echo '<x/>' >word/document.xml && zip -qr word.docx word
printf application/vnd.oasis.opendocument.text >mimetype && echo '<x/>' >content.xml
zip -q -0 open.odt mimetype content.xml
qpdf ${letter(5, "pdf")} --encrypt secret secret 256 -- locked.pdf
printf 'Rar!\\032\\007\\1\\0' >packed.rar
printf '0\\200\\006\\011\\052\\206\\110\\206\\367\\015\\001\\007\\002' >sealed.p7m
`;
/* Why each could not be read: the hint, and words of the sentence. */
const UNREAD = {
	"words.png": ["no-code", "No code is seen here"],
	"too-small.png": ["too-small", "too small here"],
	"blurred.png": ["blurred", "hold still"],
	"dark.png": ["dark", "more light"],
	"glare.png": ["glare", "tilt it"],
	"cut-off.png": ["cut-off", "The code is cut off"],
	"damaged.png": ["damaged", "The code is there, but cannot be read"],
	"word.docx": ["format", "This is a Word document; ask for the PDF"],
	"open.odt": ["format", "LibreOffice"],
	"locked.pdf": ["format", "locked with a password"],
	"empty.eml": ["format", "There is no letter in this e-mail"],
	"packed.rar": ["format", "unpack it"],
	"sealed.p7m": ["format", "open it with your e-mail program"],
};

/* A result in short, as the command tells it in JSON. */
const short = (one, source) => [path.basename(path.dirname(source)) === "sent" ? path.basename(source) : source,
	one.page, one.verdict, one.reasons.join(), one.ignored, one.ignoredFiles, one.hint].join(" ");

/* What the command says of them, at a post that has seen nobody. */
function commanded(...names) {
	let said;

	try {
		said = execFileSync(path.join(process.env.BUILD, "sello-verify"), ["check", "--json", "--home",
			path.resolve("fresh"), ...names], { cwd: path.resolve("sent"), stdio: ["ignore", "pipe", "ignore"],
			env: { ...process.env, LD_PRELOAD: process.env.CHEAP, LC_ALL: "C.UTF-8" } });
	} catch (error) {
		said = error.stdout; /* not all are valid */
	}
	return String(said).trim().split("\n").map((text) => JSON.parse(text))
	    .map((one) => short(one, one.source)).sort();
}

/* What stands on the page; the report has no source, which stands above it. */
const results = async () => (await page.evaluate(() => [...document.querySelectorAll("#verdict section")]
    .map((one) => [JSON.parse(one.querySelector(".report").textContent), one.querySelector(".source").textContent])))
    .map(([one, source]) => short(one, source.replace(/, (page|pages) .*/, ""))).sort();

async function alike(what, ...names) {
	const got = await results(), want = commanded(...names);

	check(`${what}: as the command says`, JSON.stringify(got) === JSON.stringify(want), { got, want });
	return got;
}

async function kinds() {
	await files(page, ...READ.map(sent));
	const got = await alike("files of eleven kinds", ...READ);
	for (const name of READ)
		check(`... ${name}`, got.some((one) => one.startsWith(name) && / valid /.test(one)));
	equal("... they are counted together", await page.textContent("#verdict .counts"),
	    "COULD NOT BE CHECKED: 1AUTHENTIC AND VALID: 12");
	await picture(page, "kinds");
	await clear(page);
	equal("a page that shows no letter stands behind its letter", await files(page, sent("two-pages.pdf")), "valid");
	const text = await page.textContent("#verdict section[data-further]");
	check("... and it is told which page", /No letter was found on page 2/.test(text), text);
	equal("... both are counted", await page.textContent("#verdict .counts"),
	    "COULD NOT BE CHECKED: 1AUTHENTIC AND VALID: 1");
	await picture(page, "pages");
	await clear(page);
}

async function unread() {
	const names = Object.keys(UNREAD);

	await files(page, ...names.map(sent));
	const got = await alike("what cannot be read", ...names);
	for (const [name, [hint, words]] of Object.entries(UNREAD)) {
		check(`${name}: ${hint}`, got.includes(`${name}  unchecked U-UNREADABLE 0 0 ${hint}`), got);
		const section = page.locator("#verdict section", { has: page.getByText(name, { exact: true }) });
		const said = await section.locator('[data-reason="U-UNREADABLE"]').textContent();
		check(`... ${words}`, said.includes(words), said);
	}
	equal("... each says so itself", await page.textContent("#hint"), "");
	await picture(page, "unread");
	await accessible(page, "what could not be read");
	await clear(page);
}

async function threeCodes() {
	sh(`ZXingWriter -size 300x300 QRCode https://example.org/ web.png
	    ZXingWriter -size 300x300 QRCode 'WIFI:S:consulate;T:WPA;P:secret;;' wifi.png
	    convert web.png one.png wifi.png -background white -gravity center +append three.png
	    convert web.png wifi.png +append others.png`);
	equal("a letter between two other codes", await files(page, sent("three.png")), "valid");
	const text = await page.textContent("#verdict");
	equal("... which are named once", text.split("Other codes beside it, ignored: 2").length, 2);
	await alike("... all of it", "three.png");
	await picture(page, "three-codes");
	await clear(page);
	await files(page, sent("others.png"));
	await alike("two codes that are none of ours", "others.png");
	await clear(page);
}

async function drop(...names) {
	const cdp = await context.newCDPSession(page);
	const data = { files: names, items: [], dragOperationsMask: 1 };

	for (const type of ["dragEnter", "dragOver", "drop"])
		await cdp.send("Input.dispatchDragEvent", { type, x: 900, y: 500, data });
	await cdp.detach();
}

async function folders() {
	await drop(sent("folder"));
	equal("a dropped folder", await judged(page), "valid");
	await alike("... its letters", "folder");
	await picture(page, "folder");
	await clear(page);
	await drop(sent("folder/deeper"));
	equal("an empty one", await judged(page), "unchecked U-UNREADABLE");
	await clear(page);
	await drop(sent("folder"), sent("blurred.png"));
	equal("a folder and a file", await judged(page), "unchecked U-UNREADABLE");
	equal("... three results", await page.locator("#verdict section").count(), 3);
	await clear(page);
}

/* --- scanners as they are --------------------------------------------------------- */

const fold = (text, before) => text.match(/.{1,200}/g).map((part) => before + part);

/* What is typed: a text as it is, or a key by its name within braces. */
async function typed(desk, ...parts) {
	for (const part of parts) {
		const key = /^\{(.+)\}$/.exec(part);

		if (key)
			await desk.keyboard.press(key[1]);
		else {
			await desk.keyboard.press(part[0]);
			await desk.keyboard.insertText(part.slice(1));
		}
	}
}

async function scanners() {
	const one = codeOf(5), two = codeOf(6);
	const desk = await context.newPage();
	const lines = fold(one, "> ").flatMap((part) => [part, "{Enter}"]);
	const ways = {
		"an AIM identifier": ["]Q1" + one, "{Enter}"],
		"STX and ETX": ["{Control+b}", one, "{Control+c}"],
		"CR and LF as control characters": [one, "{Control+m}", "{Control+j}"],
		"EOT": [one, "{Control+d}"],
		"a start character": ["^" + one, "{Enter}"],
		"a code id and Enter before": ["{Enter}", "Q" + one, "{Enter}"],
		"Tab": [one, "{Tab}"],
		"Tab before": ["{Tab}", one, "{Enter}"],
		"Enter twice": [one, "{Enter}", "{Enter}"],
		"a sentence around it": [`the code is (${one}), thank you.`, "{Enter}"],
		"lines of a mail": lines,
	};

	/* how fast keys come, and how long nothing, is a question to a clock that stands still */
	await desk.clock.install();
	await desk.goto(page.url());
	await desk.clock.pauseAt(Date.now() + 3600000);
	for (const [what, parts] of Object.entries(ways)) {
		await typed(desk, ...parts);
		equal(`a scanner: ${what}`, await judged(desk), "valid");
		equal("... the box is empty, and has the focus", await desk.evaluate(() =>
			document.activeElement.id + document.querySelector("#code").value), "code");
		await clear(desk);
	}
	await typed(desk, `${one} ${two}`, "{Enter}");
	equal("two codes in one line", await judged(desk), "valid");
	equal("... are two letters", await desk.locator("#verdict section").count(), 2);
	await clear(desk);
	await silent(desk, one, lines);
	await desk.fill("#number", one);
	await desk.press("#number", "Enter");
	equal("a code in the box for numbers is one all the same", await judged(desk), "valid");
	await desk.close();
}

/* A moment passes, and again until the page has seen that nothing comes. */
async function later(desk) {
	do
		await desk.clock.runFor(400);
	while (await shown(desk) === "");
	return judged(desk);
}

async function silent(desk, one, lines) {
	await typed(desk, one);
	equal("without an end it is not judged at once", await shown(desk), "");
	equal("... but a moment later", await later(desk), "valid");
	check("... and it is said how to set the scanner", (await desk.textContent("#hint")).includes("sends nothing behind"));
	await clear(desk);
	await typed(desk, ...lines.slice(0, -1));
	equal("lines of which the last one has no end", await later(desk), "valid");
	await clear(desk);
	await typed(desk, ...lines.slice(0, -2));
	check("a code that lacks a line is waited for", await desk.isVisible("#waiting"));
	equal("... and told", await later(desk), "unchecked U-GARBLED");
	await clear(desk);
}

test(async () => {
	fs.mkdirSync("sent");
	fs.cpSync("post", "fresh", { recursive: true });
	sh(MADE + SPOILED);
	const server = await officer();

	context = await watched(await launch());
	page = await open(context, server);
	equal("every file may be chosen: what it is, is said", await page.getAttribute("#file", "accept"), null);
	await kinds();
	await unread();
	await threeCodes();
	await folders();
	await scanners();
	await server.end();
});
