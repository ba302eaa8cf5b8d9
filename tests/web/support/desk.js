/*
 * desk.js - what the tests of the staff's pages share: who signs in, what is typed
 * into the form, and how an answer is waited for.
 */
"use strict";
const fs = require("fs");
const { speak } = require("./support");

const day = (days) => new Date(Date.now() + days * 86400000).toISOString().slice(0, 10);
const word = (name) => fs.readFileSync(`pass/${name}`, "utf8").split("\n")[0];

/* Who works here, with the passphrases of tests/cli/lib.sh. */
const PEOPLE = { drafter: "OF1007", approver: "AP2003", admin: "AD0001" };
const PERSON = {
	language: "es", pathway: "LCI", offerReference: "GECCO-2026-00001",
	requestedAction: "APPOINTMENT", consulate: "ES-GTGUA", destination: "ESP",
	surnames: "Ixcoy Mejía", givenNames: "Lucía", birthDate: "1991-07-12", sex: "F",
	nationality: "GTM", identityBasis: "DOC", documentType: "I", documentCountry: "GTM",
	documentNumber: "2345678901234", validFrom: day(0), validUntil: day(90),
};

/* csv - a file of people like PERSON, each with what differs. */
function csv(...people) {
	const cell = (text) => '"' + String(text).replace(/"/g, '""') + '"';

	return [PERSON, ...people].map((one, i) => Object.keys(PERSON).map((key) =>
		i === 0 ? key : cell({ ...PERSON, ...one }[key])).join(",")).join("\r\n");
}

/* answered - something is done, its answer has come and stands on the page. */
async function answered(page, act, path = "") {
	const come = page.waitForResponse((answer) => answer.request().method() === "POST" &&
	    (path ? answer.url().endsWith(path) : !answer.url().endsWith("/judge")));

	await Promise.all([come, act()]);
	await drawn(page);
}

/* drawn - forms that were sent have been answered: the page shows it. */
const drawn = (page) => page.waitForFunction(() => document.readyState === "complete" &&
	document.querySelector("form[data-busy]") === null);

async function go(page, name) {
	await page.click(`[data-go=${name}]`);
	await page.waitForSelector(`[data-go=${name}][aria-current=page]`);
	/* its script is there, too: before it a form is not ours */
	await page.waitForLoadState("domcontentloaded");
}

async function signIn(page, who) {
	await page.fill("#person", PEOPLE[who]);
	await page.fill("#passphrase", word(who));
	await page.press("#passphrase", "Enter");
	await page.waitForSelector("#sign-out");
}

async function signOut(page) {
	await page.click("#sign-out");
	await page.waitForSelector("#sign-in");
}

async function fill(page, values) {
	for (const [key, value] of Object.entries(values)) {
		const box = page.locator(`#intake [name=${key}]`);

		if (await box.evaluate((one) => one.tagName) === "SELECT")
			await box.selectOption(value);
		else
			await box.fill(value);
	}
}

const told = async (page) => await page.locator("#said").count() ? page.textContent("#said") : "";

module.exports = { answered, csv, day, drawn, fill, go, signIn, signOut, speak, told, word, PEOPLE, PERSON };
