/*
 * officer_files.js - files that come badly to an officer's counter: a slow one
 * before a fast one, one that is gone, one that is too large, two hundred at once;
 * what the answer's bar hides of a letter, and the warning before it is cleared.
 */
"use strict";
const fs = require("fs");
const path = require("path");
const { accessible, at, check, equal, launch, officer, open, speak, test, watched, LANGUAGES } =
    require("./support/support");
const { clear, files, judged, letter, shown } = require("./support/counter");

let page;

/* Holds what is asked of the program about one file until it is let go. */
async function hold(name) {
	const pattern = (url) => url.searchParams.get("name") === name;
	let release, asked;
	const held = new Promise((done) => { release = done; });
	const seen = new Promise((done) => { asked = done; });

	await page.route(pattern, async (route) => {
		asked();
		await held;
		await route.continue();
	});
	return { seen, release };
}

const source = () => page.textContent("#verdict .source");

async function inTurn() {
	const slow = await hold("changed.xml");

	await page.setInputFiles("#file", at("shown/changed.xml"));
	await slow.seen;
	await page.setInputFiles("#file", letter(5));
	slow.release();
	await page.waitForFunction((name) => document.querySelector("#waiting").hidden &&
	    document.querySelector("#verdict").textContent.includes(name), path.basename(letter(5)));
	equal("of a slow file and a fast one behind it the last one stays", await shown(page), "valid");
	await clear(page);
}

async function gone() {
	const slow = await hold("nonsense.txt");
	const file = path.resolve("gone.xml");

	fs.copyFileSync(letter(5), file);
	await page.setInputFiles("#file", at("shown/nonsense.txt"));
	await slow.seen;
	await page.setInputFiles("#file", file);
	fs.unlinkSync(file);
	slow.release();
	await page.waitForSelector('[data-reason="U-INPUT"]');
	equal("a file that is gone", await shown(page), "unchecked U-INPUT");
	check("... is named", (await source()).includes("gone.xml"));
	check("... and the program is there", await page.isHidden("#gone"));
	await clear(page);
}

async function large() {
	const file = path.resolve("large.jpg");

	await files(page, letter(5));
	fs.writeFileSync(file, "");
	fs.truncateSync(file, 33 << 20);
	await page.setInputFiles("#file", [file]);
	await page.waitForSelector('[data-reason="U-SIZE"]');
	equal("a file of 33 MB replaces what stood there", await shown(page), "unchecked U-SIZE");
	await page.setInputFiles("#file", [file, letter(5)]);
	await page.waitForSelector('[data-verdict="valid"]');
	equal("... and stands beside a letter", await shown(page), "unchecked U-SIZE");
	fs.unlinkSync(file);
	await clear(page);
}

async function many() {
	const list = [];

	for (let i = 0; i < 200; i++) {
		list.push(path.resolve(`many-${i}.xml`));
		fs.copyFileSync(i === 150 ? at("shown/changed.xml") : letter(5), list[i]);
	}
	await page.setInputFiles("#file", list);
	await page.waitForFunction(() => document.querySelector("#waiting progress").value > 20);
	check("of 200 files it is told how many are judged",
	    / \/ 200$/.test(await page.textContent("#count")), await page.textContent("#count"));
	await judged(page);
	equal("the worst of 200 stands first", await shown(page), "not-authentic F-SIGNATURE");
	equal("all are shown", await page.locator("#verdict > section").count(), 200);
	list.forEach((file) => fs.unlinkSync(file));
	await clear(page);
}

/* How many fields of a letter the answer's bar hides, and whether that is told:
 * waited for, as the page is drawn anew. */
const hides = (wanted, told) => page.waitForFunction(([some, said]) => {
	const bar = document.querySelector(".foot").getBoundingClientRect().top;
	const under = [...document.querySelectorAll(".letter > div")]
	    .filter((line) => line.getBoundingClientRect().bottom > bar + 1).length;

	return (under > 0) === some && document.querySelector("#more").hidden !== said;
}, [wanted, told]);

async function bar() {
	await files(page, letter(4));
	const word = () => page.textContent("#verdict .word");
	for (const language of LANGUAGES) {
		const before = await word();

		await speak(page, language);
		if (language !== LANGUAGES[0])
			await page.waitForFunction((old) => document.querySelector("#verdict .word").textContent !== old, before);
		await hides(false, false);
		check(`${language}: no field of a letter with three dependants is under the bar`, true);
	}
	await page.setViewportSize({ width: 1366, height: 500 });
	await hides(true, true);
	check("in a low window it is told that more stands below", true);
	await accessible(page, "a letter that goes on below the bar");
	await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
	await hides(false, false);
	check("... until it is seen", true);
	const seen = (selector) => page.evaluate((selector) => {
		const { left, top, bottom } = document.querySelector(selector).getBoundingClientRect();

		return bottom <= innerHeight && document.elementFromPoint(left + 1, top + 1).closest(selector) !== null;
	}, selector);
	check("clock, list and log are in view there, too", await seen(".band .standing span") &&
	    /\d\d:\d\d[^]*GTGUA01/.test(await page.textContent(".band .standing")), await page.textContent(".band .standing"));
	await files(page, letter(4));
	check("a new verdict's word is brought into view", await seen("#verdict .word"));
}

/* After a minute nothing of a person is left; before, that is told where it is seen. */
async function warned(context, server) {
	const other = await context.newPage();

	await other.clock.install();
	await other.setViewportSize({ width: 1366, height: 500 });
	await other.goto(server.origin + "/");
	await files(other, letter(4));
	await other.evaluate(() => scrollTo(0, document.body.scrollHeight));
	await other.clock.runFor(53000);
	await other.waitForSelector("#clearing:not([hidden])");
	check("the warning is in view where the page was scrolled", await other.evaluate(() => {
		const { top, bottom } = document.querySelector("#clearing").getBoundingClientRect();

		return scrollY > 0 && top >= 0 && bottom <= innerHeight;
	}));
	await other.clock.runFor(10000);
	await other.waitForFunction(() => document.querySelector("#verdict").children.length === 0);
	check("after a minute nothing of the letter is left", true);
	await other.close();
}

test(async () => {
	const server = await officer();
	const context = await watched(await launch());

	page = await open(context, server);
	await warned(context, server);
	await inTurn();
	await gone();
	await large();
	await many();
	await bar();
	await server.end();
});
