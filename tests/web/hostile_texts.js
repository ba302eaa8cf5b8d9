/*
 * hostile_texts.js - HTML, scripts and characters that turn a line around, in every
 * box, cell, note and name of a file: nothing of it runs, all of it is text.
 */
"use strict";
const fs = require("fs");
const path = require("path");
const { at, auditor, check, launch, officer, open, staff, test, watched } = require("./support/support");
const { answered, csv, fill, go, PERSON } = require("./support/desk");
const { clear, judged, letter } = require("./support/counter");

const BITES = [
	"<img src=x onerror=window.bitten=1>", "<script>window.bitten=1</script>",
	"\"'><svg onload=window.bitten=1>", "</textarea></select><b id=bitten>", "{{=token}}{{Verdict}}",
	"javascript:window.bitten=1", "\u202egnp.exe\u2066", "&lt;b&gt;&amp;", "=cmd|' /C calc'!A0",
];

let context;

/* harmless - nothing ran, nothing was made, and the text is there as it is. */
async function harmless(page, what, ...texts) {
	const seen = await page.evaluate(() => ({
		bitten: window.bitten !== undefined || document.getElementById("bitten") !== null,
		made: document.querySelectorAll("main img, main script, main [onerror], main [onload]").length,
		/* an override that is not held in would turn what follows */
		loose: [...document.querySelectorAll("main *")].filter((one) => one.children.length === 0 &&
		    /[\u202a-\u202e\u2066-\u2069]/.test(one.textContent) && !one.closest("bdi, input, textarea, select, option"))
		    .map((one) => one.outerHTML.slice(0, 100)),
		text: document.body.innerText + [...document.querySelectorAll("input")].map((one) => one.value).join("\n"),
	}));

	check(`${what}: nothing ran`, !seen.bitten && seen.made === 0, seen.made);
	check(`${what}: no line is turned around`, seen.loose.length === 0, seen.loose);
	for (const text of texts)
		check(`${what}: it is shown as text: ${JSON.stringify(text)}`, seen.text.includes(text));
}

async function desk() {
	const page = await open(context, await staff(), "en");
	const boxes = "#intake input[type=text][name]";

	for (const [i, bite] of BITES.slice(0, 3).entries()) {
		await page.fill("#person", bite);
		await page.fill("#passphrase", bite);
		await answered(page, () => page.click("#sign-in"));
		if (i === 0)
			await harmless(page, "signing in");
	}
	for (;;) {
		await signInOnce(page);
		if (await page.locator("#sign-out").count())
			break;
	}
	await go(page, "intake");
	for (const [i, bite] of BITES.entries()) {
		await page.locator(boxes).evaluateAll((all, bite) => all.forEach((one) => one.value = bite), bite);
		await answered(page, () => page.click("#save-draft"));
		await harmless(page, `the form, ${i + 1}`, ...(i < 3 ? [bite] : []));
	}
	await fill(page, { ...PERSON, surnames: "O'Brien", givenNames: "A&B" });
	await page.locator(`${boxes}:not([name=${Object.keys(PERSON).join("]):not([name=")}])`)
	    .evaluateAll((all) => all.forEach((one) => one.value = ""));
	await answered(page, () => page.click("#save-draft"));
	await harmless(page, "what was stored, or not");

	await go(page, "batch");
	const file = `${BITES[0]}${BITES[6]}.csv`.replace(/\//g, "");
	fs.writeFileSync(file, csv(...BITES.map((bite, i) => ({ surnames: bite, givenNames: bite,
		offerReference: bite, birthDate: bite, documentNumber: `22345678${i}0101` }))));
	await answered(page, () => page.setInputFiles("#csv", file));
	await page.waitForSelector("tr[data-row]");
	await harmless(page, "a file of people", BITES[0], BITES[2]);
	await page.fill("tr[data-row='2'] input[name=birthDate]", BITES[1]);
	await answered(page, () => page.press("tr[data-row='2'] input[name=birthDate]", "Enter"));
	await harmless(page, "a mended cell", BITES[1]);
	await answered(page, () => page.click("#set-aside"));
	await harmless(page, "what is set aside");

	await go(page, "letters");
	for (const bite of BITES.slice(0, 3)) {
		await page.fill("#search", bite);
		await answered(page, () => page.press("#search", "Enter"));
		await harmless(page, "looking for a letter", bite);
	}
	await page.fill("#search", path.basename(letter(1), ".xml"));
	await answered(page, () => page.press("#search", "Enter"));
	await page.fill("[name=why]", BITES[0]);
	await page.fill("#second-person", BITES[1]);
	await answered(page, () => page.click("[data-act=reprint]"));
	await harmless(page, "why it is printed again");
	await go(page, "publish");
	for (const bite of [BITES[0], BITES[2]]) {
		await page.fill("#publish-to", bite);
		await answered(page, () => page.click("#publish"));
		await harmless(page, "a place to publish to", bite);
	}
}

async function signInOnce(page) {
	await page.fill("#person", "OF1007");
	await page.fill("#passphrase", fs.readFileSync("pass/drafter", "utf8").split("\n")[0]);
	await answered(page, () => page.click("#sign-in"));
}

async function counter() {
	const page = await open(context, await officer());

	for (const [i, bite] of BITES.entries()) {
		const file = `${bite}.xml`.replace(/\//g, "");
		const xml = fs.readFileSync(letter(4), "utf8").replace(/<Surnames>[^<]*/,
		    "<Surnames>" + bite.replace(/&/g, "&amp;").replace(/</g, "&lt;"));

		fs.writeFileSync(file, i % 2 ? xml : bite);
		await page.setInputFiles("#file", [file, at("shown/nonsense.txt")]);
		await judged(page);
		await harmless(page, `a file and its name, ${i + 1}`);
		await page.fill("#code", bite);
		await page.press("#code", "Enter");
		await judged(page);
		await harmless(page, `what is typed, ${i + 1}`);
		await clear(page);
		await page.fill("#number", bite);
		await page.press("#number", "Enter");
		await page.waitForFunction(() => document.querySelector("#hint").textContent !== "");
		await harmless(page, `a number, ${i + 1}`);
		await clear(page);
	}
	for (const bite of BITES.slice(0, 3)) {
		await page.fill("#source", bite);
		await page.press("#source", "Enter");
		await page.waitForSelector("#taking .ended");
		await harmless(page, "a place to take from", bite);
		await page.evaluate(() => document.querySelector("#taking").replaceChildren());
	}
}

async function audit() {
	const strange = path.resolve(BITES[0] + BITES[6] + "\"'");

	fs.mkdirSync(strange);
	fs.cpSync("pub", path.join(strange, "pub"), { recursive: true });
	const page = await open(context, await auditor(strange));
	await page.waitForSelector("body[data-state=done]");
	await page.evaluate(() => document.querySelectorAll("details").forEach((one) => one.open = true));
	await harmless(page, "a folder's name", BITES[0]);
	await page.goto(page.url() + "?center=" + encodeURIComponent(BITES[0]) + "&kind=" + encodeURIComponent(BITES[2]) + "#" + BITES[0]);
	await page.waitForSelector("body[data-state=done]");
	await harmless(page, "an address");
}

test(async () => {
	context = await watched(await launch());
	await desk();
	await counter();
	await audit();
});
