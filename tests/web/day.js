/*
 * day.js - one letter's whole way with pages alone, in a language that is not
 * English: a person is entered, approved and printed; the PDF goes to the officer,
 * before and after the evening's log; the auditor sees it.
 */
"use strict";
const fs = require("fs");
const path = require("path");
const { at, auditor, check, equal, launch, officer, open, picture, staff, test, watched } = require("./support/support");
const { answered, fill, go, signIn, signOut, PERSON } = require("./support/desk");
const { files } = require("./support/counter");

const LANGUAGE = "ht";
let context;

async function center() {
	const page = await open(context, await staff(), LANGUAGE);
	const good = () => page.locator("#said.good").count();

	await picture(page, "sign-in");
	await signIn(page, "drafter");
	await go(page, "intake");
	await fill(page, PERSON);
	await picture(page, "intake");
	await answered(page, () => page.click("#save-draft"));
	equal("a draft is stored", await good(), 1);
	await signOut(page);
	await signIn(page, "approver");
	await go(page, "queue");
	await answered(page, () => page.click("[data-draft] [data-act=open]"));
	await picture(page, "open");
	await answered(page, () => page.click("[data-draft] [data-act=approve]"));
	await answered(page, () => page.click("#approve"));
	equal("it is signed", await good(), 1);
	await picture(page, "signed");
	const number = await page.getAttribute("#signed [data-letter]", "data-letter");
	const print = await page.request.get(await page.evaluate(() =>
		document.querySelector("#signed [data-act=print]").href));
	equal("it prints", print.headers()["content-type"], "application/pdf");
	fs.writeFileSync("letter.pdf", await print.body());
	return { page, number };
}

async function publish(page) {
	await go(page, "publish");
	await page.fill("#publish-to", at("pub"));
	await answered(page, () => page.click("#publish"));
	equal("it is published", await page.locator("#said.good").count(), 1);
	await picture(page, "published");
}

async function counter(page) {
	await page.fill("#source", at("pub"));
	await page.press("#source", "Enter");
	await page.waitForSelector("#taking .ended");
	/* the letter of the copied disk has the next number */
	equal("that another letter has its number is proof",
	    await page.getAttribute("#taking .ended", "data-exit"), "3");
	await picture(page, "taken");
	await page.waitForSelector('#verdict[data-verdict="valid"]');
	check("what is on the screen is green by what was taken", true);
	equal("and when it is shown again", await files(page, path.resolve("letter.pdf")), "valid");
	await page.click("#answer-match");
	await page.waitForSelector('#answer-match[aria-pressed="true"]');
	await picture(page, "valid");
}

test(async () => {
	context = await watched(await launch());
	const { page, number } = await center();
	const counterPage = await open(context, await officer(), LANGUAGE);
	equal("newer than the log: amber", await files(counterPage, path.resolve("letter.pdf")),
	    "attention R-LOG-PENDING");
	await picture(counterPage, "before");
	await publish(page);
	await counter(counterPage);
	const audit = await open(context, await auditor(), LANGUAGE);
	await audit.waitForSelector("body[data-state=done]");
	check("the auditor's sample has it", (await audit.textContent("#sample")).includes(number));
	await picture(audit, "audit");
});
