/*
 * looks_staff.js - each page of the staff's in five languages: accessible, with all
 * its words, and in screens of all sizes; with a person half entered, a file that has
 * faults and somebody who is there already, a draft that is open and a letter that was
 * found.
 */
"use strict";
const fs = require("fs");
const path = require("path");
const { check, fits, good, launch, open, picture, speak, staff, test, watched, LANGUAGES } = require("./support/support");
const { answered, csv, drawn, fill, go, signIn, PERSON } = require("./support/desk");
const counter = require("./support/counter");

let page;

/* What there is to see on some of the pages. */
const DO = {
	intake: async () => {
		await fill(page, { ...PERSON, birthDate: "1990-15-02", documentNumber: "" });
		await answered(page, () => page.click("#save-draft"));
		await page.waitForSelector("#intake [data-problem]");
	},
	batch: async () => {
		fs.writeFileSync("batch.csv", csv({ surnames: "Choc", documentNumber: "2234567800101" },
		    { surnames: "Tzul", birthDate: "1990-15-02" }, { ...PERSON, givenNames: "Ana" }));
		await answered(page, () => page.setInputFiles("#csv", "batch.csv"));
		await page.waitForSelector("tr[data-row]");
	},
	drafts: () => answered(page, () => page.click("[data-draft] [data-act=open] >> nth=0")),
	/* the same draft is open here */
	queue: () => answered(page, () => page.click("#sample")),
	letters: async () => {
		await page.fill("#search", path.basename(counter.letter(1), ".xml"));
		await answered(page, () => page.press("#search", "Enter"));
	},
};

async function inAll(what) {
	for (const language of LANGUAGES) {
		await speak(page, language);
		await drawn(page);
		await good(page, `${what}, ${language}`);
		await fits(page, `${what}, ${language}`);
		/* a page of each language: the words are the same */
		if (["en", "ht"].includes(language))
			await picture(page, `${what}-${language}`);
	}
	await speak(page, "en");
	await drawn(page);
}

async function show(name) {
	await go(page, name);
	if (DO[name])
		await DO[name]();
	await inAll(name);
}

test(async () => {
	page = await open(await watched(await launch()), await staff(), "en");
	await inAll("sign-in");
	await signIn(page, "drafter");
	/* a draft for the others to open */
	await go(page, "intake");
	await fill(page, PERSON);
	await answered(page, () => page.click("#save-draft"));
	/* theirs are the pages on which people are entered */
	for (const name of ["intake", "batch"])
		await show(name);
	await page.click("#sign-out");
	await page.click("#throw-away");
	await page.waitForSelector("#sign-in");
	await signIn(page, "approver");
	const pages = await page.evaluate(() => [...document.querySelectorAll("[data-go]")].map((one) => one.dataset.go));
	check("pages", pages.length >= 8, pages);
	for (const name of pages.filter((one) => !["intake", "batch"].includes(one)))
		await show(name);
});
