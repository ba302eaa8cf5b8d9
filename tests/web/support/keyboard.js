/*
 * keyboard.js - a page without a mouse: Tab until it is there, and every stop on
 * the way can be seen.
 */
"use strict";
const { check } = require("./support");

const unseen = new Set();

/* What has the focus; a name for it where the focus cannot be seen. */
const stop = (page, selector) => page.evaluate((selector) => {
	const one = document.activeElement, look = getComputedStyle(one);
	const ring = one.matches("input[type=file]") ? getComputedStyle(one.closest("label") || one) : look;
	const seen = one === document.body || one.tagName === "IFRAME" || one.tabIndex < 0 ||
	    [look, ring].some((its) => (its.outlineStyle !== "none" && parseFloat(its.outlineWidth) > 0) ||
		its.boxShadow !== "none");

	return { there: one.matches(selector), unseen: seen ? null : one.outerHTML.slice(0, 100) };
}, selector);

/* tabTo - with Tab alone, forwards, once around at most. */
async function tabTo(page, selector) {
	for (let i = 0; i < 400; i++) {
		const at = await stop(page, selector);

		if (at.unseen)
			unseen.add(at.unseen);
		if (at.there)
			return;
		await page.keyboard.press("Tab");
	}
	throw new Error(`no Tab leads to ${selector}`);
}

/* press - go there and press a key on it. */
async function press(page, selector, key = "Enter") {
	await tabTo(page, selector);
	await page.keyboard.press(key);
}

/* write - go there and type: into a box, or the beginning of an option's words. */
async function write(page, selector, text) {
	await tabTo(page, selector);
	await page.keyboard.type(text);
}

/* choose - a file, by the keyboard. */
async function choose(page, selector, ...files) {
	await tabTo(page, selector);
	const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.keyboard.press("Space")]);
	await chooser.setFiles(files);
}

const focusSeen = () => check("the focus is seen at every stop", unseen.size === 0, [...unseen]);

module.exports = { choose, focusSeen, press, tabTo, write };
