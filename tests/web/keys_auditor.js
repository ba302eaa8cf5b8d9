/*
 * keys_auditor.js - an auditor's work without a mouse: the filter, a finding's
 * evidence, letters of a center, the sample.
 */
"use strict";
const { auditor, check, equal, launch, open, test, watched } = require("./support/support");
const { focusSeen, press, tabTo, write } = require("./support/keyboard");

test(async () => {
	const context = await watched(await launch());
	await context.addInitScript(() => window.print = () => window.printed = true);
	const page = await open(context, await auditor());
	const visible = () => page.locator("[data-finding]:not([hidden])").count();

	await page.waitForSelector("body[data-state=done]");
	const all = await visible();
	await write(page, "#filter-severity", "question");
	await page.waitForFunction(() => document.querySelector("#filter-severity").value === "question" &&
	    document.querySelector("[data-finding]:not([data-severity=question]):not([hidden])") === null);
	check("questions alone", await visible() > 0 && await visible() < all, [await visible(), all]);
	check("... which is in the address", page.url().includes("severity=question"), page.url());
	await press(page, "[data-finding]:not([hidden]) summary, details:has([data-finding]) > summary");
	equal("evidence opens", await page.evaluate(() => document.activeElement.closest("details").open), true);
	await page.reload();
	await page.waitForSelector("body[data-state=done]");
	equal("loaded anew the filter stays", await page.inputValue("#filter-severity"), "question");
	await press(page, "#filter-none");
	equal("all again", await visible(), all);
	await tabTo(page, "#letters select");
	check("letters can be chosen", true);
	await tabTo(page, "#sample-list");
	check("the sample can be read through", true);
	await press(page, "#print-sample");
	check("the sample is printed", await page.evaluate(() => window.printed === true));
	await press(page, "#again");
	await page.waitForSelector("body[data-state=done]");
	equal("checked again it is the same", await visible(), all);
	await tabTo(page, "#language");
	await page.keyboard.type("Port");
	await page.waitForFunction(() => document.documentElement.lang === "pt");
	check("another language", true);
	focusSeen();
});
