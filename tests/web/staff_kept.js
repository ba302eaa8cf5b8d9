/*
 * staff_kept.js - a form that is half typed waits for who typed it: over another
 * language, a page loaded anew, another page; and the browser keeps nothing of it.
 */
"use strict";
const { check, equal, launch, open, picture, speak, staff, test, watched } = require("./support/support");
const { drawn, fill, go, signIn, signOut, PEOPLE, PERSON } = require("./support/desk");

const typed = (page, key) => page.inputValue(`#intake [name=${key}]`);

/* left - what is typed has come to the program, which keeps it. */
async function left(page) {
	const come = page.waitForResponse((answer) => answer.url().endsWith("/intake/judge"));

	await page.press("#intake [name=surnames]", "Tab");
	await (await come).finished();
	await drawn(page);
}

/* type - into one box, until the program has it. */
const type = (page, text) => Promise.all([page.waitForResponse((answer) => answer.url().endsWith("/intake/keep") &&
	(answer.request().postData() || "").includes(`caseReference=${text}&`)),
    page.fill("#intake [name=caseReference]", text)]);

test(async () => {
	const context = await watched(await launch());
	const server = await staff();
	const page = await open(context, server, "en");

	await signIn(page, "drafter");
	await go(page, "intake");
	await fill(page, PERSON);
	await left(page);
	for (const language of ["es", "fr", "pt", "ht", "en"]) {
		await speak(page, language);
		equal(`in ${language} what is typed stays`, await typed(page, "surnames"), PERSON.surnames);
	}
	await type(page, "ABC");
	await page.reload();
	equal("a page loaded anew has it", await typed(page, "surnames"), PERSON.surnames);
	equal("... also what was typed last", await typed(page, "caseReference"), "ABC");
	await picture(page, "loaded-anew");
	await type(page, "");
	await go(page, "home");
	equal("the first page leads there", await page.locator("#begun a[href='/intake']").count(), 1);
	await picture(page, "begun");
	await page.click("#begun a[href='/intake']");
	equal("another page and back", await typed(page, "givenNames"), PERSON.givenNames);
	equal("... what was emptied is empty", await typed(page, "caseReference"), "");
	const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
	check("the browser keeps nothing", !kept.includes(PERSON.surnames), kept);
	await page.click("#sign-out");
	await page.waitForSelector("#throw-away");
	check("who signs out is asked", true);
	await picture(page, "leaving");
	await page.click("#begun a[href='/intake']");
	equal("... and goes back", await typed(page, "surnames"), PERSON.surnames);
	await signOutThrowing(page);
	await signIn(page, "drafter");
	await go(page, "intake");
	equal("what was thrown away is gone", await typed(page, "surnames"), "");
	await fill(page, PERSON);
	await left(page);

	/* somebody else signs in, in another window; this one is still open */
	const other = await context.newPage();
	await other.goto(server.origin);
	await signOutThrowing(other);
	await signIn(other, "approver");
	/* what was sent last may have led it there already */
	await page.evaluate(() => {
		const box = document.querySelector("#intake [name=surnames]");

		if (box !== null)
			box.dispatchEvent(new Event("input", { bubbles: true }));
	}).catch(() => {});
	await page.waitForSelector("[data-go=home]");
	await page.waitForFunction(() => document.getElementById("intake") === null);
	equal("who types on in a window of before is led to who is signed in",
	    await page.locator("#signed-in").textContent(), PEOPLE.approver);
	await go(other, "intake");
	equal("... who gets nothing of it", await typed(other, "surnames"), "");
	await signOut(other);

	/* nor by another language */
	await signIn(other, "drafter");
	await go(other, "intake");
	await fill(other, PERSON);
	await left(other);
	await page.goto(server.origin);
	await signOutThrowing(page);
	await signIn(page, "approver");
	await speak(other, "es");
	/* or it is led away at this moment */
	equal("a window of before that speaks another language keeps nothing", await other.evaluate(() => {
		const box = document.querySelector("#intake [name=surnames]");

		return box === null ? "" : box.value;
	}).catch(() => ""), "");
	await warned(page.context(), server);
	await signOut(page);
});

/* The program locks by its own clock; the page says so a minute before. */
async function warned(context, server) {
	const page = await context.newPage();

	await page.clock.install();
	await page.goto(server.origin);
	await page.clock.pauseAt(Date.now() + 20000);
	await page.clock.runFor(215000);
	equal("for four minutes nothing is said", await page.isVisible("#locking"), false);
	await page.clock.runFor(40000);
	equal("then that the desk will lock", await page.isVisible("#locking"), true);
	await page.close();
}

async function signOutThrowing(page) {
	await page.click("#sign-out");
	await page.click("#throw-away");
	await page.waitForSelector("#sign-in");
}
