/*
 * counter.js - what the tests of the officer's page share: how a scanner types,
 * and how the page says what it came to.
 */
"use strict";
const fs = require("fs");
const { at } = require("./support");

/* A letter of the world, by its sequence: its files, and its code's text. */
const letter = (sequence, kind = "xml") => at(`letters/*-00000${sequence}-*.${kind}`);
const codeOf = (sequence) => fs.readFileSync(letter(sequence, "code"), "utf8").trim();

/* --- keyboards ------------------------------------------------------------- */

/*
 * What arrives for the characters of a code that a layout moves. `keys` are where
 * the scanner presses: the computer says which character that is, and the browser
 * tells both. docs/packed-form.md has the same table.
 */
const MOVED = "AQZWM234567";
const ON_US = ["KeyA", "KeyQ", "KeyZ", "KeyW", "KeyM", "Digit2", "Digit3", "Digit4", "Digit5",
	"Digit6", "Digit7"];
const ON_FRENCH = ["KeyQ", "KeyA", "KeyW", "KeyZ", "Semicolon", ...ON_US.slice(5)];
const KEYBOARDS = {
	"US": { typed: "AQZWM234567", keys: ON_US },
	"US, small letters": { typed: "aqzwm234567", keys: ON_US, small: true },
	"French": { typed: "QAWZ?é\"'(-è", keys: ON_US },
	"French, small letters": { typed: "qawz,é\"'(-è", keys: ON_US, small: true },
	"French, Caps Lock shifts": { typed: "QAWZ?234567", keys: ON_US },
	"French, Caps Lock makes capitals": { typed: "QAWZ,É\"'(-È", keys: ON_US },
	"Belgian": { typed: "QAWZ?é\"'(§è", keys: ON_US },
	"scanner French, computer US": { typed: "QAWZ:@#$%^&", keys: ON_FRENCH },
	"the same, small letters": { typed: "qawz;@#$%^&", keys: ON_FRENCH, small: true },
};

function pressed(keyboard, c) {
	const i = MOVED.indexOf(c);

	if (i >= 0)
		return { key: keyboard.typed[i], code: keyboard.keys[i] };
	return { key: keyboard.small ? c.toLowerCase() : c,
		code: c === " " ? "Space" : /[0-9]/.test(c) ? "Digit" + c : "Key" + c };
}

const NAMED = { "\n": ["Enter", 13, "\r"], "\t": ["Tab", 9, "\t"] };

/* keys - types text as a scanner does, a key each 2 ms; "\n" is Enter. */
async function keys(page, text, keyboard = KEYBOARDS.US) {
	const cdp = await page.context().newCDPSession(page);
	const sent = [];

	for (const c of text) {
		const [name, number, typed] = NAMED[c] || [];
		const { key, code } = name ? { key: name, code: name } : pressed(keyboard, c);
		/* by the key, not by what it types: 39 is an arrow, and an apostrophe */
		const event = { key, code, text: typed || key, windowsVirtualKeyCode: number ||
			(code === "Semicolon" ? 186 : code === "Space" ? 32 : code.slice(-1).charCodeAt(0)) };

		sent.push(cdp.send("Input.dispatchKeyEvent", { type: "keyDown", ...event }),
		    cdp.send("Input.dispatchKeyEvent", { ...event, type: "keyUp", text: undefined }));
		await new Promise((done) => setTimeout(done, 2));
	}
	await Promise.all(sent);
	await cdp.detach();
}

/* --- verdicts -------------------------------------------------------------- */

/* judged - what stands on the page when it has judged: "verdict reasons". */
async function judged(page) {
	await page.waitForFunction(() => document.querySelector("#waiting").hidden &&
	    document.querySelector("#verdict").dataset.verdict !== "");
	return shown(page);
}

const shown = (page) => page.evaluate(() => {
	const { verdict, reasons } = document.querySelector("#verdict").dataset;

	return `${verdict} ${reasons}`.trim();
});

async function clear(page) {
	await page.click("#clear");
	await page.waitForFunction(() => document.querySelector("#verdict").dataset.verdict === "");
}

async function files(page, ...names) {
	await page.setInputFiles("#file", names);
	return judged(page);
}

module.exports = { clear, codeOf, files, judged, keys, letter, shown, KEYBOARDS };
