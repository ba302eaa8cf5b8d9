/*
 * officer_windows.js - what happens around an officer's work: the screen clears by
 * itself, the language changes, the page is loaded anew, there are two of it, two
 * programs serve one post, and the program ends and is started again.
 */
"use strict";
const fs = require("fs");
const { at, check, equal, forgive, launch, officer, open, picture, speak, test, watched } = require("./support/support");
const { clear, codeOf, files, judged, keys, letter, shown } = require("./support/counter");

const numberOf = (sequence) => letter(sequence).match(/([^/]+)\.xml$/)[1];
let browser;

/* A clock that stands still until it is told to go on. */
async function frozen(server) {
	const page = await (await watched(browser, { permissions: ["clipboard-read", "clipboard-write"] })).newPage();

	await page.clock.install();
	await page.goto(server.link);
	await page.clock.pauseAt(Date.now() + 3600000);
	return page;
}

async function clears() {
	const server = await officer();
	const page = await frozen(server);

	await page.setInputFiles("#file", letter(1));
	await page.waitForFunction(() => document.querySelector("#verdict").dataset.verdict !== "");
	await page.clock.runFor(49000);
	equal("for 49 s a verdict stays", await page.isVisible("#clearing"), false);
	await page.clock.runFor(2000);
	equal("then it is said that it will not", await page.isVisible("#clearing"), true);
	check("... and when", /\d/.test(await page.textContent("#left")), await page.textContent("#left"));
	await picture(page, "clearing");
	await page.click("#keep");
	await page.clock.runFor(30000);
	equal("it can be kept", await shown(page), "valid");
	await page.click("#copy");
	await page.waitForFunction(() => document.querySelector("#copied").textContent !== "");
	const copied = await page.evaluate(() => navigator.clipboard.readText());
	check("what is copied is codes and versions", /valid/i.test(copied) && !/Xiloj|Candelaria|19\d\d-/.test(copied), copied);
	await page.clock.runFor(61000);
	equal("after 60 s it is gone", await shown(page), "");
	equal("... and all of it", await page.locator("#verdict *").count(), 0);
	/* what is known is asked anew every 15 s; now the list is not there */
	fs.renameSync("post/trust.xml", "trust.kept");
	await page.clock.runFor(16000);
	await page.waitForSelector('#knowledge [data-code="U-LIST-STALE"]');
	check("a list that is gone is said without being asked", true);
	fs.renameSync("trust.kept", "post/trust.xml");
	await page.clock.runFor(16000);
	await page.waitForFunction(() => document.querySelector('#knowledge [data-code="U-LIST-STALE"]') === null);
	check("a list that is back counts at once", true);
	await page.context().close();
	await server.end();
}

async function languages(page) {
	const half = codeOf(6).slice(0, 60);

	await keys(page, half);
	for (const language of ["fr", "ht", "es", "pt", "en"]) {
		await speak(page, language);
		equal(`half a code stays in ${language}`, await page.inputValue("#code"), half);
	}
	await page.focus("#code");
	await keys(page, codeOf(6).slice(60) + "\n");
	equal("... and its other half makes it whole", await judged(page), "valid");
	await speak(page, "es");
	equal("a verdict stays, in other words", await judged(page), "valid");
	await speak(page, "en");
	await clear(page);
}

/* The answer to a letter that was scanned takes its time: the one before is gone. */
async function slow(page) {
	let goOn;
	const wait = new Promise((done) => goOn = done);

	await keys(page, codeOf(5) + "\n");
	equal("a letter is judged", await judged(page), "valid");
	await page.route("**/check?as=typed", async (route) => {
		await wait;
		await route.continue();
	});
	await keys(page, codeOf(6) + "\n");
	equal("while the next one is judged nothing is shown", await shown(page), "");
	equal("... and nobody is asked", await page.isVisible("#answer"), false);
	await keys(page, codeOf(9) + "\n");
	const asked = page.waitForResponse((answer) => answer.url().endsWith("/answer"));
	goOn();
	equal("both are judged", await judged(page), "valid");
	equal("... the last one is shown", await page.getAttribute("#verdict section", "data-number"),
	    numberOf(9));
	await page.unroute("**/check?as=typed");
	/* what is pressed is about what stands there then */
	const visit = await page.getAttribute("#answer", "data-visit");
	await page.evaluate(() => {
		document.querySelector("#code").dispatchEvent(new KeyboardEvent("keydown",
		    { key: "2", bubbles: true, cancelable: true }));
		document.querySelector("#answer").dataset.visit = "999";
	});
	check("a key is of the letter that stood there when it was pressed",
	    new URLSearchParams((await asked).request().postData()).get("visit") === visit);
	await clear(page);
}

async function tabs(page) {
	const other = await page.context().newPage();

	await other.goto(page.url());
	await files(page, letter(9));
	await files(other, at("shown/changed.xml"));
	equal("two windows show each their own", `${await shown(page)}, ${await shown(other)}`,
	    "valid, not-authentic F-SIGNATURE");
	await page.bringToFront();
	await page.keyboard.press("1");
	await page.waitForSelector('#answer-match[aria-pressed="true"]');
	equal("the one's answer is not the other's", await other.isVisible("#answer"), false);
	await other.close();
	await page.reload();
	equal("loaded anew it is empty", await shown(page), "");
	await keys(page, codeOf(5) + "\n");
	equal("... and goes on", await judged(page), "valid");
	await clear(page);
}

/* Two counters of one post: what one has seen the other one knows. */
async function counters(page) {
	const second = await officer();
	const other = await open(await watched(browser), second);

	await files(page, letter(6));
	await page.keyboard.press("2");
	await page.waitForSelector('#answer-mismatch[aria-pressed="true"]');
	await files(other, letter(6));
	await other.waitForFunction(() => document.querySelector("#knowledge").textContent.includes("another person"));
	check("what one counter answered the other one knows", true);
	await other.keyboard.press("1");
	await other.waitForSelector('#answer-match[aria-pressed="true"]');
	check("both record", true);
	await Promise.all([files(page, letter(7)), files(other, letter(8))]);
	equal("at the same time, too", `${await shown(page)}, ${await shown(other)}`, "valid, valid");
	await other.context().close();
	await second.end();
	await clear(page);
}

async function restarted(page, server) {
	await files(page, letter(2));
	await server.end();
	await page.setInputFiles("#file", letter(4));
	await page.waitForSelector("#gone:not([hidden])");
	check("that the program ended is said", /does not answer/.test(await page.textContent("#gone")),
	    await page.textContent("#gone"));
	equal("... and nothing of before stands there", await shown(page), "");
	await picture(page, "gone");
	const again = await officer("post", "--port", server.port);
	await page.setInputFiles("#file", letter(4));
	await page.waitForFunction(() => /has ended/.test(document.querySelector("#gone").textContent));
	check("one that was started again has another link", true);
	/* what was asked in the moment of its end is refused, cut off or left without an answer */
	forgive(/ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE)|status of 403/);
	await page.goto(again.link);
	equal("with it work goes on", await files(page, letter(4)), "valid");
}

test(async () => {
	browser = await launch();
	await clears();
	const server = await officer();
	const page = await open(await watched(browser), server);
	await languages(page);
	await slow(page);
	await tabs(page);
	await counters(page);
	await restarted(page, server);
});
