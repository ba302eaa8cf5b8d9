/*
 * staff_day.js - a day at the center: somebody signs in, enters people, one by one
 * and by a file; somebody else opens and signs them; letters are printed, copied,
 * withdrawn and published.
 */
"use strict";
const fs = require("fs");
const path = require("path");
const { check, equal, launch, open, picture, speak, staff, test, watched } = require("./support/support");
const { answered, csv, drawn, fill, go, signIn, signOut, told, PEOPLE, PERSON } = require("./support/desk");

let page;

async function signs() {
	equal("the page of the staff", await page.locator("main[data-page=staff]").count(), 1);
	await page.fill("#person", PEOPLE.drafter);
	await page.fill("#passphrase", "not this one, surely not");
	await answered(page, () => page.click("#sign-in"));
	equal("a wrong passphrase is told", await page.locator("#wrong-tries").count(), 1);
	await picture(page, "sign-in-wrong");
	/* until it keeps nobody waiting any more */
	for (;;) {
		await page.fill("#person", PEOPLE.drafter);
		await page.fill("#passphrase", fs.readFileSync("pass/drafter", "utf8").split("\n")[0]);
		await answered(page, () => page.click("#sign-in"));
		if (await page.locator("#sign-out").count())
			break;
	}
	await picture(page, "home");
}

async function intake() {
	await go(page, "intake");
	await answered(page, () => page.click("#save-draft"));
	check("what lacks is told", await page.locator("#intake [data-problem=E-MISSING]").count() > 5);
	await picture(page, "intake-empty");
	await fill(page, { ...PERSON, birthDate: "1990-15-02" });
	await page.press("#intake [name=birthDate]", "Tab");
	await page.waitForSelector('#intake [data-problem="E-DATE"][data-field="birthDate"]');
	check("a control that is left is judged", true);
	await picture(page, "intake-problem");
	await speak(page, "es");
	await drawn(page);
	equal("another language keeps what is typed", await page.inputValue("#intake [name=surnames]"), PERSON.surnames);
	await picture(page, "intake-es");
	await speak(page, "en");
	await dependants();
	check("a country has its name beside its code", await page.evaluate(() =>
		[...document.querySelector("#in-nationality").list.options].some((one) =>
			one.value === "GTM" && one.label === "Guatemala")));
	await page.fill("#intake [name=birthDate]", PERSON.birthDate);
	await page.press("#intake [name=birthDate]", "Tab");
	await page.waitForFunction(() => document.querySelector("#intake [data-problem^=E-]") === null);
	check("what was told is taken back", true);
	await answered(page, () => page.click("#preview"));
	equal("a preview", await page.locator("iframe#sheet").count(), 1);
	await page.waitForFunction(() => {
		const { top, bottom } = document.querySelector("#sheet").getBoundingClientRect();

		return top >= 0 && bottom <= innerHeight;
	});
	check("... which stands in the window, below a long form", true);
	await picture(page, "intake-preview");
	await answered(page, () => page.click("#save-draft"));
	check("a draft is stored", /Draft \d+ is stored/.test(await told(page)), await told(page));
	await go(page, "drafts");
	await answered(page, () => page.click("[data-draft] [data-act=open] >> nth=0"));
	await picture(page, "drafts");
}

/* Each has a row, and the box of them all is what is sent. */
async function dependants() {
	const part = (row, key) => `#dependant-${row}-${key}`;

	await page.fill("#in-dependants", "Ana Ixcoy|2019-11-05|CHILD; Eva Paz|1960|abuela");
	await page.press("#in-dependants", "Tab");
	equal("a row for each dependant", await page.inputValue(part(1, "relationship")), "CHILD");
	equal("... also with a word that is no code", await page.inputValue(part(2, "relationship")), "abuela");
	await page.fill(part(2, "name"), "Eva; Paz|");
	await page.selectOption(part(2, "relationship"), "GRANDPARENT");
	await page.fill(part(3, "name"), "Luis Ixcoy");
	await page.fill(part(3, "birthDate"), "2010-02-30");
	await page.selectOption(part(3, "relationship"), "SIBLING");
	await page.press(part(3, "relationship"), "Tab");
	await page.waitForSelector('[data-problem="E-DATE"][data-field="dependants"]');
	await Promise.all([page.waitForResponse((answer) => answer.url().endsWith("/intake/keep") &&
		/2010-02-28/.test(answer.request().postData())), page.fill(part(3, "birthDate"), "2010-02-28")]);
	await page.reload();
	await page.waitForSelector(part(4, "name"));
	equal("rows write the box", await page.inputValue("#in-dependants"),
	    "Ana Ixcoy|2019-11-05|CHILD; Eva  Paz|1960|GRANDPARENT; Luis Ixcoy|2010-02-28|SIBLING");
	await picture(page, "intake-dependants");
}

const FILE = csv(
    { surnames: "Choc A", documentNumber: "2234567800101" },
    { surnames: "Choc B", documentNumber: "2234567810101" },
    { surnames: "Choc C", documentNumber: "2234567820101" },
    { surnames: "Tzul", documentNumber: "3234567810101", birthDate: "1990-15-02" });

async function batch() {
	await go(page, "batch");
	fs.writeFileSync("batch.csv", FILE);
	await answered(page, () => page.setInputFiles("#csv", "batch.csv"));
	await page.waitForSelector("tr[data-row]");
	equal("rows of a file", await page.locator("tr[data-row]").count(), 4);
	await picture(page, "batch");
	await page.fill("tr[data-row='5'] input[name=birthDate]", "1990-12-02");
	await answered(page, () => page.press("tr[data-row='5'] input[name=birthDate]", "Enter"));
	equal("a cell is mended in place", await page.locator("[data-problem='E-DATE']").count(), 0);
	await picture(page, "batch-mended");
	await answered(page, () => page.click("#save-batch"));
	check("a batch is stored", /4 drafts are stored/.test(await told(page)), await told(page));
	await signOut(page);
	check("no name stays", !(await page.content()).includes(PEOPLE.drafter));
}

async function queue() {
	await signIn(page, "approver");
	await go(page, "queue");
	await picture(page, "queue");
	check("nothing can be signed yet", await page.locator("#approve").isDisabled());
	const id = await page.locator("[data-draft]").first().getAttribute("data-draft");
	const row = `[data-draft="${id}"]`;
	check("unopened nothing can be marked", await page.locator(`${row} [data-act=approve]`).isDisabled());
	await answered(page, () => page.click(`${row} [data-act=open]`));
	await picture(page, "queue-open");
	await answered(page, () => page.click(`${row} [data-act=approve]`));
	equal("opened it is marked", await page.locator(`${row} [data-marked]`).count(), 1);
	await answered(page, () => page.click("#approve"));
	check("it is signed", /Signed: 1 letter/.test(await told(page)), await told(page));
	await picture(page, "queue-signed");
	const print = await page.request.get(await page.evaluate(() =>
		document.querySelector("#signed [data-act=print]").href));
	equal("it prints as a PDF", print.headers()["content-type"], "application/pdf");
	return page.getAttribute("#signed [data-letter]", "data-letter");
}

async function many() {
	await answered(page, () => page.click("#sample"));
	await picture(page, "queue-batch");
	for (let drawn; (drawn = page.locator("[data-draft]:has([data-drawn])").first()) && await drawn.count();) {
		const one = `[data-draft="${await drawn.getAttribute("data-draft")}"]`;

		if (await page.locator(`${one} [data-act=approve]`).isDisabled())
			await answered(page, () => page.click(`${one} [data-act=open]`));
		await answered(page, () => page.click(`${one} [data-act=approve]`));
	}
	await answered(page, () => page.click("#approve"));
	check("a batch is signed", /Signed: /.test(await told(page)), await told(page));
}

async function letters(number) {
	await go(page, "letters");
	await page.fill("#search", number);
	await answered(page, () => page.press("#search", "Enter"));
	await picture(page, "letters");
	await page.fill("[name=why]", "the paper got wet");
	await answered(page, () => page.click("[data-act=reprint]"));
	check("a copy is counted", /Copy 2/.test(await told(page)), await told(page));
	await page.selectOption("[name=reason]", "LOST");
	await answered(page, () => page.click("[data-act=withdraw]"));
	check("a letter is withdrawn", /is withdrawn/.test(await told(page)), await told(page));
	await picture(page, "letters-withdrawn");
}

async function lists() {
	await go(page, "lists");
	await picture(page, "lists");
	await page.click("#show-letters");
	await page.waitForSelector("#list");
	check("a list of the day", await page.locator("#list tr[data-listed]").count() >= 5);
	check("... says of which", /\d{4}-\d\d-\d\d/.test(await page.textContent("#list-title")));
	await picture(page, "lists-day");
	await page.emulateMedia({ media: "print" });
	check("... on paper it is the list alone", !await page.isVisible("#bar") &&
	    !await page.isVisible("#csv-file") && await page.isVisible("#list"));
	await page.emulateMedia({ media: null });
	const [file] = await Promise.all([page.waitForEvent("download"), page.click("#csv-file")]);
	equal("... as a file without a name of a person", file.suggestedFilename(), "letters.csv");
}

test(async () => {
	page = await open(await watched(await launch()), await staff(), "en");
	await signs();
	await intake();
	await batch();
	const number = await queue();
	await many();
	await letters(number);
	await lists();
	await go(page, "publish");
	await page.fill("#publish-to", path.resolve("stick"));
	await answered(page, () => page.click("#publish"));
	check("it is published", /Log 1/.test(await told(page)), await told(page));
	await picture(page, "publish");
	await go(page, "people");
	await picture(page, "people");
	await go(page, "home");
	await speak(page, "pt");
	await drawn(page);
	const clock = await page.textContent("[data-fact=clock] dd");
	check("a moment is told in the language's words", /^\d+ de \p{L}+ de \d{4}, \d\d:\d\d /u.test(clock), clock);
	await picture(page, "home-after");
});
