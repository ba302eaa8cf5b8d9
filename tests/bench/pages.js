/*
 * pages.js - what a browser adds: a code in the officer's box, from Enter until the
 * verdict is painted. Prints a line of seconds each.
 *
 *   LINK=http://127.0.0.1:PORT/start/WORD CHROMIUM=FILE node pages.js CODE N
 */
"use strict";
const { chromium } = require("playwright-core");
const [code, count] = process.argv.slice(2);

/* In the page: the clock runs from the key to the picture after the verdict. */
function watch() {
	let begun = 0;

	addEventListener("keydown", (event) => begun = event.key === "Enter" ? performance.now() : begun, true);
	new MutationObserver(() => {
		const now = document.querySelector("#verdict").dataset.verdict;

		if (now !== "" && begun !== 0)
			requestAnimationFrame(() => requestAnimationFrame(() => {
				window.took = (performance.now() - begun) / 1000;
				begun = 0;
			}));
	}).observe(document.querySelector("#verdict"), { childList: true, subtree: true });
}

async function main() {
	const browser = await chromium.launch({
		executablePath: process.env.CHROMIUM,
		args: ["--no-sandbox", "--disable-background-networking"],
	});
	const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });

	await page.goto(process.env.LINK);
	await page.evaluate(watch);
	for (let i = 0; i < Number(count); i++) {
		await page.evaluate(() => window.took = 0);
		await page.fill("#code", code);
		await page.press("#code", "Enter");
		await page.waitForFunction(() => window.took > 0);
		console.log(await page.evaluate(() => window.took));
	}
	await browser.close();
}
main().catch((error) => {
	console.error(error.message);
	process.exit(1);
});
