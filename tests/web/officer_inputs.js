/*
 * officer_inputs.js - everything that may come to an officer's counter: scanners
 * of all keyboards, files, what is dropped and pasted, typed numbers; and how the
 * four verdicts look.
 */
"use strict";
const fs = require("fs");
const path = require("path");
const { at, check, equal, launch, officer, open, picture, test, watched } = require("./support/support");
const { clear, codeOf, files, judged, keys, letter, shown, KEYBOARDS } = require("./support/counter");

let page, context;

const box = () => page.evaluate(() => ({ value: document.querySelector("#code").value,
	focus: document.activeElement.id }));

async function scanners() {
	for (const [name, keyboard] of Object.entries(KEYBOARDS)) {
		await keys(page, codeOf(5) + "\n", keyboard);
		equal(`a scanner, ${name}`, await judged(page), "valid");
		await clear(page);
	}
	const { value, focus } = await box();
	check("the box is empty, and has the focus", value === "" && focus === "code", [value, focus]);
	await keys(page, codeOf(5).replace(/.{60}/g, "$& ") + "\n");
	equal("a scanner that types spaces", await judged(page), "valid");
	await clear(page);
	await keys(page, codeOf(5));
	equal("a scanner without Enter", await judged(page), "valid");
	equal("... leaves nothing in the box", (await box()).value, "");
	await clear(page);
	await keys(page, codeOf(5).slice(0, -1) + "\n");
	equal("a scan that lacks a character", await judged(page), "unchecked U-GARBLED");
	await keys(page, codeOf(5) + "\n" + codeOf(6) + "\n");
	await page.waitForFunction((number) => document.querySelector("#verdict").textContent.includes(number),
	    path.basename(letter(6), ".xml"));
	equal("of two scans in a row the last one stays", await shown(page), "valid");
	await page.focus("#language");
	await keys(page, codeOf(5) + "\n");
	await clear(page);
}

/* Whether keys come fast is a question to a clock that stands still. */
async function quick(browser) {
	const other = await (await watched(browser)).newPage();
	const server = await officer("quick");

	await other.clock.install();
	await other.goto(server.link);
	await other.clock.pauseAt(Date.now() + 3600000);
	await keys(other, codeOf(5) + "\t");
	await other.waitForFunction(() => document.querySelector("#verdict").dataset.verdict !== "");
	equal("a scanner that ends with Tab", await shown(other), "valid");
	await keys(other, "2GTGUA01");
	equal("a scanner's first digit is no answer", await other.inputValue("#code"), "2GTGUA01");
	equal("... and nothing is answered", await other.getAttribute("#answer-mismatch", "aria-pressed"), "false");
	await other.fill("#code", "");
	await keys(other, "2");
	await other.clock.runFor(200);
	await other.waitForSelector('#answer-mismatch[aria-pressed="true"]');
	check("a digit alone is one", true);
	await other.close();
	await server.end();
}

/* --- files, dropped and pasted ---------------------------------------------- */

const PAPERS = {
	"valid": [letter(1), "valid", "the signed file"],
	"valid-picture": [letter(1, "png"), "valid", "a picture of the code"],
	"valid-pdf": [letter(1, "pdf"), "valid", "the printed letter"],
	"attention": [at("shown/withdrawn.xml"), "attention R-WITHDRAWN", "one that was withdrawn"],
	"unchecked": [at("shown/unknown-center.xml"), "unchecked U-ISSUER", "one of an unknown center"],
	"nonsense": [at("shown/nonsense.txt"), "unchecked U-FOREIGN", "nonsense"],
	"not-authentic": [at("shown/changed.xml"), "not-authentic F-SIGNATURE", "a changed one"],
	"not-logged": [at("shown/copied.xml"), "not-authentic F-UNLOGGED R-PRESENTED", "one of a copied disk"],
};

async function papers() {
	for (const [name, [file, want, what]] of Object.entries(PAPERS)) {
		equal(`a file: ${what}`, await files(page, file), want);
		const seen = await page.evaluate(() => ({
			fields: document.querySelectorAll("#verdict [data-field]").length,
			focus: document.activeElement.id,
			word: document.querySelector("#verdict section").textContent.trim() !== "",
			shape: document.querySelector("#verdict section svg, #verdict section .shape") !== null,
		}));
		const open = /^(valid|attention)/.test(want);
		check(`... ${open ? "every" : "no"} field is shown`, open ? seen.fields > 10 : seen.fields === 0, seen);
		check("... as word and shape; the box has the focus", seen.word && seen.shape && seen.focus === "code", seen);
		await picture(page, name);
	}
	await files(page, letter(4), at("shown/changed.xml"), at("shown/nonsense.txt"));
	equal("of several the worst first", await page.getAttribute("#verdict section", "data-verdict"), "not-authentic");
	await picture(page, "several");
	await clear(page);
}

async function drop(names, text) {
	const cdp = await context.newCDPSession(page);
	const data = { files: names, dragOperationsMask: 1,
		items: text ? [{ mimeType: "text/plain", data: text }] : [] };

	for (const type of ["dragEnter", "dragOver", "drop"])
		await cdp.send("Input.dispatchDragEvent", { type, x: 900, y: 500, data });
	await cdp.detach();
}

/* pasted as from another program: through the browser's clipboard */
async function paste(type, bytes) {
	await page.evaluate(async ([type, bytes]) => {
		const blob = new Blob([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], { type });

		await navigator.clipboard.write([new ClipboardItem({ [type]: blob })]);
	}, [type, Buffer.from(bytes).toString("base64")]);
	await page.keyboard.press("Control+V");
}

async function dropped() {
	await drop([letter(4, "pdf")]);
	equal("a dropped file", await judged(page), "valid");
	await clear(page);
	await drop([letter(4), at("shown/changed.xml")]);
	equal("two dropped files", await judged(page), "not-authentic F-SIGNATURE");
	await clear(page);
	await drop([], codeOf(5));
	equal("a dropped text", await judged(page), "valid");
	await clear(page);
	await paste("image/png", fs.readFileSync(letter(4, "png")));
	equal("a pasted picture", await judged(page), "valid");
	await clear(page);
	await paste("text/plain", fs.readFileSync(letter(5)));
	equal("a pasted signed file", await judged(page), "valid");
	await clear(page);
	await paste("text/plain", codeOf(5));
	equal("a pasted code", await judged(page), "valid");
	await clear(page);
	await paste("text/plain", codeOf(5) + "\n" + codeOf(6) + "\n");
	await judged(page);
	equal("several pasted codes", await page.locator("#verdict section").count(), 2);
	await clear(page);
}

async function numbers() {
	const number = path.basename(letter(5), ".xml");

	await page.fill("#number", number.toLowerCase());
	await page.press("#number", "Enter");
	equal("a typed number is never green", await judged(page), "unchecked U-REGISTER");
	await picture(page, "number");
	await page.fill("#number", number.slice(0, -1) + "!");
	await page.press("#number", "Enter");
	await page.waitForFunction(() => document.querySelector("#hint").textContent !== "");
	check("a mistyped number gets a word", true);
	await clear(page);
}

test(async () => {
	/* one that has seen nobody yet */
	fs.cpSync("post", "quick", { recursive: true });
	const server = await officer();
	const browser = await launch();

	context = await watched(browser, { permissions: ["clipboard-read", "clipboard-write"] });
	page = await open(context, server);
	await picture(page, "empty");
	await scanners();
	await quick(browser);
	await papers();
	await dropped();
	await numbers();
});
