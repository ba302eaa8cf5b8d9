/*
 * looks_officer.js - the officer's page in five languages: accessible, with all its
 * words, and narrow; the four verdicts, and colors that somebody else chose.
 */
"use strict";
const { at, check, fits, good, launch, officer, open, picture, speak, test, watched, LANGUAGES } = require("./support/support");
const { clear, files, letter } = require("./support/counter");

const SHOWN = [letter(1), at("shown/withdrawn.xml"), at("shown/unknown-center.xml"), at("shown/changed.xml")];

test(async () => {
	const page = await open(await watched(await launch()), await officer());

	await page.click("details.today summary");
	check("a letter's number is not broken", await page.evaluate(() =>
		[...document.querySelectorAll(".today td b")].every((one) => one.getClientRects().length === 1) &&
		document.querySelector(".today td b") !== null));
	for (const language of LANGUAGES) {
		await speak(page, language);
		await good(page, `${language}, nothing on the screen`);
		await files(page, ...SHOWN);
		await good(page, `${language}, all four verdicts`);
		await fits(page, `${language}, all four verdicts`);
		await picture(page, language);
		await clear(page);
	}
	await speak(page, "en");
	for (const [i, name] of ["valid", "attention", "unchecked", "not-authentic"].entries()) {
		await files(page, SHOWN[i]);
		await good(page, name);
		await page.emulateMedia({ forcedColors: "active" });
		await picture(page, `${name}-forced-colors`);
		await page.emulateMedia({ forcedColors: "none", colorScheme: "dark" });
		await good(page, `${name}, where people like it dark`);
		await page.emulateMedia({ colorScheme: "light" });
	}
	/* one stands behind the other in a line */
	await files(page, at("shown/copied.xml"));
	const facts = await page.evaluate(() => [...document.querySelectorAll(".reason p.next")].map((one) => one.innerText));
	check("facts end as sentences do", facts.some((one) => /First shown/.test(one)) &&
	    facts.every((one) => /[.:!?]$/.test(one)), facts);
});
