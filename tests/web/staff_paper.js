/*
 * staff_paper.js - letters on their way to paper and what is done beside them: one
 * PDF of several, which is printed again, appointments, a duplicate, a correction,
 * the own passphrase, a backup; in Spanish.
 */
"use strict";
const fs = require("fs");
const path = require("path");
const { check, equal, launch, open, picture, staff, test, watched } = require("./support/support");
const { answered, drawn, fill, go, signIn, signOut, word, PEOPLE, PERSON } = require("./support/desk");

let page;

async function several() {
	await go(page, "letters");
	await page.fill("#search", new Date().toISOString().slice(0, 10));
	await answered(page, () => page.press("#search", "Enter"));
	const boxes = page.locator("[data-letter] input[type=checkbox]");
	check("letters can be chosen", await boxes.count() > 2, await boxes.count());
	await boxes.nth(0).check();
	await boxes.nth(1).check();
	await picture(page, "letters-chosen");
	await answered(page, () => page.click("[data-act=join]"));
	await page.waitForSelector("#joined");
	await picture(page, "joined");
	const pdf = await page.request.get(await page.evaluate(() => document.querySelector("#joined [data-act=print]").href));
	equal("one PDF of those chosen", pdf.headers()["content-type"], "application/pdf");
	await answered(page, () => page.click("#joined [data-act=leave]"));
	equal("it is put away", await page.locator("#joined").count(), 0);
	const number = await page.locator("[data-letter]").first().getAttribute("data-letter");
	await page.fill("#search", number);
	await answered(page, () => page.press("#search", "Enter"));
	check("what was printed before is told", await page.locator("[data-printed]").count() === 1);
	await picture(page, "letter-printed");
	return number;
}

async function appointments() {
	await go(page, "lists");
	await page.selectOption("#appointments-consulate", "ES-GTGUA");
	await page.press("#appointments-consulate", "Tab");
	await page.keyboard.press("Tab");
	await page.keyboard.press("Enter");
	await page.waitForSelector("#list, #none");
	check("appointments at a consulate", true);
	await picture(page, "appointments");
}

async function corrected(number) {
	await signIn(page, "drafter");
	await go(page, "letters");
	await page.fill("#search", number);
	await answered(page, () => page.press("#search", "Enter"));
	await answered(page, () => page.click("[data-act=correct]"));
	await page.waitForSelector("#intake");
	check("a correction begins with what the letter says", await page.inputValue("#intake [name=surnames]") !== "");
	await picture(page, "correcting");
	await Promise.all([page.waitForResponse((answer) => answer.url().endsWith("/intake/keep") &&
		new URLSearchParams(answer.request().postData() || "").get("givenNames") === "Lucía Fernanda"),
	    page.fill("#intake [name=givenNames]", "Lucía Fernanda")]);
	await page.reload();
	equal("what is changed waits", await page.inputValue("#intake [name=givenNames]"), "Lucía Fernanda");
	await answered(page, () => page.click("[data-act=leave]"));
	await fill(page, PERSON);
	await answered(page, () => page.click("#save-draft"));
	await fill(page, PERSON);
	await page.press("#intake [name=surnames]", "Tab");
	await page.waitForSelector("[data-problem=W-DUPLICATE]");
	/* each control that is left is judged: what stands last counts */
	await page.waitForFunction(() => document.querySelectorAll("#alike pre").length === 1);
	check("who looks the same stands side by side", true);
	await picture(page, "duplicate");
	await answered(page, () => page.click("[data-act=empty]"));
	await page.waitForFunction(() => document.querySelector("#intake [name=surnames]").value === "");
	check("a form is emptied", true);
}

async function own() {
	await go(page, "people");
	await page.click("#own");
	await page.waitForSelector("#change-passphrase");
	await page.fill("#old-passphrase", word("drafter"));
	await page.fill("#own-passphrase", "seven quiet herons at dusk");
	await page.fill("#again-passphrase", "seven quiet herons at dusk");
	await answered(page, () => page.click("#change-passphrase"));
	check("alone no passphrase is changed", await page.locator("#said.bad").count() === 1);
	await picture(page, "own");
	await page.fill("#old-passphrase", word("drafter"));
	await page.fill("#own-passphrase", "seven quiet herons at dusk");
	await page.fill("#again-passphrase", "seven quiet herons at dusk");
	await page.fill("#second-person", PEOPLE.approver);
	await page.fill("#second-passphrase", word("approver"));
	await page.click("#change-passphrase");
	await page.waitForSelector("#sign-in");
	check("beside somebody it is", await page.locator("#said.good").count() === 1);
	await page.click("summary");
	await picture(page, "own-changed");
}

async function backup() {
	await signIn(page, "approver");
	await go(page, "backup");
	fs.mkdirSync("stick");
	await page.fill("#backup-to", path.resolve("stick"));
	await answered(page, () => page.click("#backup"));
	equal("a backup is made", fs.readdirSync("stick").length, 1);
	await picture(page, "backup");
}

test(async () => {
	page = await open(await watched(await launch()), await staff(), "es");
	await signIn(page, "approver");
	const number = await several();
	await appointments();
	await signOut(page);
	await corrected(number);
	await own();
	await backup();
	await drawn(page);
});
