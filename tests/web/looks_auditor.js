/*
 * looks_auditor.js - the auditor's page in five languages: accessible, with all its
 * words, and narrow; with the evidence of findings open.
 */
"use strict";
const { auditor, check, fits, good, launch, open, picture, speak, test, watched, LANGUAGES } = require("./support/support");

test(async () => {
	const page = await open(await watched(await launch()), await auditor());

	await page.waitForSelector("body[data-state=done]");
	check("there is something to look at", await page.locator("[data-finding]").count() > 2 &&
	    await page.locator("figure[data-plot] svg").count() > 0);
	const [said, found] = await page.evaluate(() => [document.querySelector("#matches").textContent,
		document.querySelectorAll("#findings [data-finding]").length]);
	check("findings are counted, not what was not checked", said.endsWith(` ${found} / ${found}`), said);
	for (const language of LANGUAGES) {
		await speak(page, language);
		await page.waitForSelector("body[data-state=done]");
		await page.evaluate(() => document.querySelectorAll("details").forEach((one) => one.open = true));
		await good(page, language);
		await fits(page, language);
		await picture(page, language);
	}
});
