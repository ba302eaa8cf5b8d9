/*
 * keys_officer.js - an officer's work without a mouse: a code, a file, the answer,
 * clearing, taking lists, a typed number, another language.
 */
"use strict";
const path = require("path");
const { at, check, equal, launch, officer, open, test, watched } = require("./support/support");
const { codeOf, judged, keys, letter, shown } = require("./support/counter");
const { choose, focusSeen, press, tabTo, write } = require("./support/keyboard");

test(async () => {
	const page = await open(await watched(await launch()), await officer());
	const focus = () => page.evaluate(() => document.activeElement.id);

	equal("the box has the focus from the beginning", await focus(), "code");
	await keys(page, codeOf(5) + "\n");
	equal("a code", await judged(page), "valid");
	equal("... the focus is back", await focus(), "code");
	await page.keyboard.press("1");
	await page.waitForSelector('#answer-match[aria-pressed="true"]');
	check("1: the person is the letter's", true);
	await page.keyboard.press("2");
	await page.waitForSelector('#answer-mismatch[aria-pressed="true"]');
	check("2: it is another one", true);
	await press(page, "#answer-none", "Space");
	await page.waitForSelector('#answer-none[aria-pressed="true"]');
	check("the button does it, too", true);
	equal("... the focus is back", await focus(), "code");
	await press(page, "#clear");
	await page.waitForFunction(() => document.querySelector("#verdict").dataset.verdict === "");
	check("cleared", true);
	equal("... the focus is back", await focus(), "code");
	await choose(page, "#file", letter(6));
	equal("a file", await judged(page), "valid");
	equal("... the focus is back", await focus(), "code");
	await page.keyboard.press("3");
	await page.waitForSelector('#answer-none[aria-pressed="true"]');
	check("3: none was shown", true);
	await press(page, "#clear");
	await write(page, "#number", path.basename(letter(5), ".xml"));
	await page.keyboard.press("Enter");
	equal("a number", await judged(page), "unchecked U-REGISTER");
	await press(page, "#clear");
	await write(page, "#source", at("pub"));
	await page.keyboard.press("Enter");
	await page.waitForSelector("#taking .ended");
	check("lists and logs are taken", true);
	await press(page, "details.today summary");
	equal("today's visits open", await page.locator("details.today[open]").count(), 1);
	await tabTo(page, "#language");
	await page.keyboard.type("Fran");
	await page.waitForFunction(() => document.documentElement.lang === "fr");
	check("another language", true);
	equal("... nothing is on the screen", await shown(page), "");
	focusSeen();
});
