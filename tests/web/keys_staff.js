/*
 * keys_staff.js - the center's work without a mouse: signing in, a person, a file of
 * people that is mended, opening and signing, printing, withdrawing.
 */
"use strict";
const fs = require("fs");
const { check, equal, launch, open, staff, test, watched } = require("./support/support");
const { answered, csv, told, word, PEOPLE, PERSON } = require("./support/desk");
const { choose, focusSeen, press, tabTo, write } = require("./support/keyboard");

let page;

async function signIn(who) {
	await write(page, "#person", PEOPLE[who]);
	await write(page, "#passphrase", word(who));
	await page.keyboard.press("Enter");
	await page.waitForSelector("#sign-out");
}

async function go(name) {
	await press(page, `[data-go=${name}]`);
	await page.waitForSelector(`[data-go=${name}][aria-current=page]`);
	/* its script is there, too: before it a form is not ours */
	await page.waitForLoadState("domcontentloaded");
}

async function person() {
	await go("intake");
	for (const [key, value] of Object.entries(PERSON)) {
		await write(page, `#intake [name=${key}]`, value);
		equal(`typed: ${key}`, await page.inputValue(`#intake [name=${key}]`), value);
	}
	await answered(page, () => press(page, "#save-draft"));
	check("a person is entered", /is stored/.test(await told(page)), await told(page));
}

async function batch() {
	await go("batch");
	fs.writeFileSync("batch.csv", csv({ surnames: "Choc", documentNumber: "2234567800101" },
	    { surnames: "Tzul", documentNumber: "3234567810101", birthDate: "1990-15-02" }));
	await answered(page, () => choose(page, "#csv", "batch.csv"));
	await page.waitForSelector("tr[data-row]");
	const cell = "tr[data-row='3'] input[name=birthDate]";
	await tabTo(page, cell);
	await page.keyboard.press("Control+A");
	await page.keyboard.type("1990-12-02");
	await answered(page, () => page.keyboard.press("Enter"));
	equal("a cell is mended in place", await page.locator("[data-problem='E-DATE']").count(), 0);
	await answered(page, () => press(page, "#save-batch"));
	check("a file is stored", /2 drafts are stored/.test(await told(page)), await told(page));
}

async function approve() {
	await go("queue");
	await answered(page, () => press(page, "[data-draft] [data-act=open]"));
	const row = `[data-draft="${await page.getAttribute("[data-draft].open", "data-draft")}"]`;
	check("what was opened has the focus", await page.evaluate((row) =>
		document.activeElement.closest(row) !== null, row));
	await answered(page, () => press(page, `${row} [data-act=approve]`));
	equal("opened it is marked", await page.locator(`${row} [data-marked]`).count(), 1);
	await answered(page, () => press(page, "#approve"));
	check("it is signed", /Signed: 1 letter/.test(await told(page)), await told(page));
	await tabTo(page, "#signed [data-act=print]");
	const [asked] = await Promise.all([page.context().waitForEvent("request"), page.keyboard.press("Enter")]);
	check("it is printed", /\/print\/GTGUA01-/.test(asked.url()), asked.url());
	return page.getAttribute("#signed [data-letter]", "data-letter");
}

test(async () => {
	page = await open(await watched(await launch()), await staff(), "en");
	equal("who comes can type at once", await page.evaluate(() => document.activeElement.id), "person");
	await signIn("drafter");
	await person();
	await batch();
	await press(page, "#sign-out");
	await page.waitForSelector("#sign-in");
	await signIn("approver");
	await press(page, "[data-reminder=drafts] a");
	await page.waitForSelector("[data-go=queue][aria-current=page]");
	check("what waits leads to where it is done", true);
	const number = await approve();
	await go("letters");
	await write(page, "#search", number);
	await answered(page, () => page.keyboard.press("Enter"));
	await write(page, "[name=reason]", "LOST");
	await answered(page, () => press(page, "[data-act=withdraw]"));
	check("it is withdrawn", /is withdrawn/.test(await told(page)), await told(page));
	await press(page, "#sign-out");
	await page.waitForSelector("#sign-in");
	focusSeen();
});
