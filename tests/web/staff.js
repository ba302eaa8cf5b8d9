/*
 * staff.js - the center's pages in a real browser, over the demo world: a day,
 * with the keyboard where that is asked for.
 *
 *   make pages-test, or after make demo: BUILD=build node tests/web/staff.js
 *
 * Needs playwright-core and chromium, and axe-core where it is there. Prints "ok
 * what" or "not ok what" a line, and leaves a picture of every state in
 * BUILD/pictures-staff, to be looked at.
 */
"use strict";
const { chromium } = require("playwright-core");
const { spawn } = require("child_process");
const fs = require("fs");
const path = require("path");

const build = path.resolve(process.env.BUILD || "build");
const demo = path.join(build, "demo");
const pictures = path.join(build, "pictures-staff");
const home = path.join(pictures, "center");
let axe = null;
try {
	axe = fs.readFileSync(require.resolve("axe-core"), "utf8");
} catch (error) {
	/* then nobody judges */
}
let failed = 0;

function check(what, good, seen) {
	failed += good ? 0 : 1;
	console.log(`${good ? "ok" : "not ok"} ${what}${good ? "" : ": " + JSON.stringify(seen)}`);
}

async function serve() {
	const process = spawn(path.join(build, "sello-issue"),
	    ["serve", "--home", home, "--no-browser"],
	    { stdio: ["ignore", "pipe", "inherit"] });
	const said = await new Promise((done) => process.stdout.once("data", done));

	return { process: process, link: String(said).trim() };
}

const word = (name) => fs.readFileSync(path.join(demo, "pass", name), "utf8").split("\n")[0];
const day = (days) => new Date(Date.now() + days * 86400000).toISOString().slice(0, 10);

const PERSON = {
	language: "es", pathway: "LCI", offerReference: "GECCO-2026-00001",
	requestedAction: "APPOINTMENT", consulate: "ES-GTGUA", destination: "ESP",
	surnames: "Xiloj Pérez", givenNames: "Marta", birthDate: "1990-05-02", sex: "F",
	nationality: "GTM", identityBasis: "DOC", documentType: "I", documentCountry: "GTM",
	documentNumber: "1234567890101", validFrom: day(0), validUntil: day(90),
};
const FILE = [Object.keys(PERSON).join(","),
	...["Choc A", "Choc B", "Choc C"].map((name, i) =>
	    Object.values({ ...PERSON, surnames: name, documentNumber: `22345678${i}0101` }).join(",")),
	Object.values({ ...PERSON, surnames: "<b>Tzul</b>", birthDate: "1990-15-02", documentNumber: "3234567810101" }).join(","),
].join("\r\n");

async function main() {
	fs.rmSync(pictures, { recursive: true, force: true });
	fs.mkdirSync(pictures, { recursive: true });
	fs.cpSync(path.join(demo, "center"), home, { recursive: true });
	fs.writeFileSync(path.join(pictures, "people.csv"), FILE);

	const server = await serve();
	const browser = await chromium.launch({
		executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
		args: ["--no-sandbox"],
	});
	const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: "en" });
	const page = await context.newPage();
	const complaints = [], asked = [];
	/* what Chromium advises about password managers ("debug") is no complaint */
	page.on("console", (message) => {
		if (["error", "warning"].includes(message.type()))
			complaints.push(message.text());
	});
	page.on("pageerror", (error) => complaints.push(error.stack));
	context.on("request", (request) => asked.push(request.url()));

	/* wide, narrow, and what a judge of pages says */
	const picture = async (name) => {
		await page.screenshot({ path: path.join(pictures, name + ".png"), fullPage: true });
		await page.setViewportSize({ width: 320, height: 640 });
		const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
		check(`${name} fits into 320 pixels`, over <= 0, over);
		await page.screenshot({ path: path.join(pictures, name + "-320.png"), fullPage: true });
		await page.setViewportSize({ width: 1366, height: 768 });
		if (axe === null)
			return;
		const found = await page.evaluate(`${axe}; axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })`);
		check(`${name} is accessible`, found.violations.length === 0,
		    found.violations.map((one) => [one.id, one.nodes.map((node) => node.html.slice(0, 160)).slice(0, 3)]));
	};
	const settled = () => page.waitForLoadState("networkidle");
	/* an answer has come, and stands on the page */
	const answered = async (act, path) => {
		const come = page.waitForResponse((answer) => answer.request().method() === "POST" &&
		    answer.url().endsWith("/judge") === Boolean(path));
		await act();
		await come;
		await settled();
		await page.waitForTimeout(50);
	};
	const said = async () => (await page.locator("#said").count()) ? page.textContent("#said") : "";
	const go = async (name) => {
		await page.click(`[data-go=${name}]`);
		await settled();
	};
	const signIn = async (code, name) => {
		await page.fill("#person", code);
		await page.fill("#passphrase", word(name));
		await page.press("#passphrase", "Enter");
		await page.waitForSelector("#sign-out");
		await settled();
	};
	const signOut = async () => {
		await page.click("#sign-out");
		await page.waitForSelector("#sign-in");
	};
	const fill = async (values) => {
		for (const [key, value] of Object.entries(values)) {
			const box = page.locator(`#intake [name=${key}]`);
			if (await box.evaluate((one) => one.tagName) === "SELECT")
				await box.selectOption(value);
			else
				await box.fill(value);
		}
	};

	await page.goto(server.link);
	await settled();
	check("the page of the staff", await page.locator("main[data-page=staff]").count() === 1);
	await picture("sign-in");
	await page.fill("#person", "OF1007");
	await page.fill("#passphrase", "not this one, surely not");
	await answered(() => page.click("#sign-in"));
	check("a wrong passphrase is told", await page.locator("#wrong-tries").count() === 1, await said());
	await picture("sign-in-wrong");
	await page.waitForTimeout(2500);
	await signIn("OF1007", "drafter");
	await picture("home");

	await go("intake");
	await fill({ ...PERSON, birthDate: "1990-15-02" });
	await answered(() => page.press("#intake [name=birthDate]", "Tab"), "judge");
	await page.waitForSelector('#intake [data-problem="E-DATE"][data-field="birthDate"]');
	check("a control that is left is judged", true);
	check("... others are not", await page.locator('#intake [data-field="surnames"][data-problem]').count() === 0);
	await picture("intake-problem");
	await page.selectOption("#language", "es");
	await page.waitForFunction(() => document.documentElement.lang === "es");
	await settled();
	check("another language keeps what is typed", await page.inputValue("#intake [name=surnames]") === "Xiloj Pérez");
	await picture("intake-es");
	await page.selectOption("#language", "en");
	await page.waitForFunction(() => document.documentElement.lang === "en");
	await settled();
	/* a form half typed waits, for who typed it */
	await page.fill("#intake [name=caseReference]", "ABC");
	await page.reload();
	await settled();
	check("a page loaded anew has what is typed", await page.inputValue("#intake [name=surnames]") === "Xiloj Pérez");
	check("... also what was typed last", await page.inputValue("#intake [name=caseReference]") === "ABC");
	await picture("intake-kept");
	await page.fill("#intake [name=caseReference]", "");
	await go("home");
	check("the first page leads there", await page.locator("#begun a[href='/intake']").count() === 1);
	await picture("home-begun");
	await go("intake");
	check("another page and back", await page.inputValue("#intake [name=givenNames]") === "Marta");
	check("... what was emptied is empty", await page.inputValue("#intake [name=caseReference]") === "");
	const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
	check("the browser keeps nothing", !kept.includes("Xiloj"), kept);
	await answered(() => page.click("#sign-out"));
	check("who signs out is asked", await page.locator("#throw-away").count() === 1);
	await picture("leaving");
	await page.click("#begun a[href='/intake']");
	await settled();
	check("... and goes back", await page.inputValue("#intake [name=surnames]") === "Xiloj Pérez");
	await page.fill("#intake [name=birthDate]", "1990-05-02");
	await answered(() => page.click("#preview"));
	check("a preview", await page.locator("iframe#sheet").count() === 1, await said());
	await picture("intake-preview");
	await page.click("#save-draft");
	await page.waitForFunction(() => document.querySelector("#said.good") !== null);
	check("a draft is stored", /Draft \d+ is stored/.test(await said()), await said());
	await go("drafts");
	await answered(() => page.click("[data-draft] [data-act=open] >> nth=0"));
	await picture("drafts");

	await go("batch");
	await answered(() => page.setInputFiles("#csv", path.join(pictures, "people.csv")));
	check("rows of a file", await page.locator("tr[data-row]").count() === 4);
	check("what is typed is text", await page.locator("tr[data-row] b:text('Tzul')").count() === 0);
	await picture("batch");
	const cell = "tr[data-row='5'] input[name=birthDate]";
	await page.fill(cell, "1990-12-02");
	await answered(() => page.press(cell, "Enter"));
	check("a cell is mended in place", await page.locator("[data-problem='E-DATE']").count() === 0,
	    await page.textContent("#rows"));
	await picture("batch-mended");
	const name = page.locator("tr[data-row='5'] input[name=surnames]");
	if (await name.count()) {
		await name.fill("Tzul");
		await answered(() => name.press("Enter"));
	}
	await answered(() => page.click("#save-batch"));
	check("a batch is stored", /4 drafts are stored/.test(await said()), await said());
	await signOut();
	check("no name stays", !(await page.content()).includes("OF1007"));

	await signIn("AP2003", "approver");
	await go("queue");
	await picture("queue");
	const first = page.locator("[data-draft]").first();
	const id = await first.getAttribute("data-draft");
	const row = `[data-draft="${id}"]`;
	check("unopened nothing can be marked", await page.locator(`${row} [data-act=approve]`).isDisabled());
	await answered(() => page.click(`${row} [data-act=open]`));
	await picture("queue-open");
	await answered(() => page.click(`${row} [data-act=approve]`));
	check("opened it is marked", await page.locator(`${row} [data-marked]`).count() === 1, await said());
	await answered(() => page.click("#approve"));
	check("it is signed", /Signed: 1 letter/.test(await said()), await said());
	await picture("queue-signed");
	const number = await page.getAttribute("#signed [data-letter]", "data-letter");
	const print = await page.request.get(await page.evaluate((one) => document.querySelector(one).href,
	    "#signed [data-act=print]"));
	check("it prints as a PDF", print.headers()["content-type"] === "application/pdf", print.status());
	await answered(() => page.click("#sample"));
	await picture("queue-batch");
	for (let drawn; (drawn = page.locator("[data-draft]:has([data-drawn])").first()) && await drawn.count();) {
		const one = `[data-draft="${await drawn.getAttribute("data-draft")}"]`;
		if (await page.locator(`${one} [data-act=approve]`).isDisabled())
			await answered(() => page.click(`${one} [data-act=open]`));
		await answered(() => page.click(`${one} [data-act=approve]`));
	}
	await answered(() => page.click("#approve"));
	check("a batch is signed", /Signed: /.test(await said()), await said());

	await go("letters");
	await page.fill("#search", number);
	await answered(() => page.press("#search", "Enter"));
	await picture("letters");
	await page.fill("[name=why]", "the paper got wet");
	await answered(() => page.click("[data-act=reprint]"));
	check("a copy is counted", /Copy 2/.test(await said()), await said());
	await page.selectOption("[name=reason]", "LOST");
	await answered(() => page.click("[data-act=withdraw]"));
	check("a letter is withdrawn", /is withdrawn/.test(await said()), await said());
	await picture("letters-withdrawn");

	await go("lists");
	await picture("lists");
	await page.click("#show-letters");
	await page.waitForSelector("#list");
	check("a list of the day", await page.locator("#list tr[data-listed]").count() >= 5);
	check("... says of which", /\d{4}-\d\d-\d\d/.test(await page.textContent("#list-title")));
	await picture("lists-day");
	await page.emulateMedia({ media: "print" });
	check("... on paper it is the list alone", !await page.isVisible("#bar") && !await page.isVisible("#csv-file") &&
	    await page.isVisible("#list"));
	await page.screenshot({ path: path.join(pictures, "lists-paper.png"), fullPage: true });
	await page.emulateMedia({ media: null });
	const [file] = await Promise.all([page.waitForEvent("download"), page.click("#csv-file")]);
	check("... as a file without a name of a person", file.suggestedFilename() === "letters.csv", file.suggestedFilename());
	await go("publish");
	await page.fill("#publish-to", path.join(pictures, "pub"));
	await answered(() => page.click("#publish"));
	check("it is published", /Log 1/.test(await said()), await said());
	await picture("publish");
	await go("people");
	await picture("people");
	await go("home");
	await picture("home-after");

	check("nothing is asked of anybody else", asked.every((url) => !/^(https?|wss?):/.test(url) || url.startsWith("http://127.0.0.1:")),
	    asked.filter((url) => url.startsWith("http") && !url.startsWith("http://127.0.0.1:")));
	check("no complaint", complaints.every((one) => /status of (404|409|422)/.test(one)),
	    complaints.filter((one) => !/status of (404|409|422)/.test(one)));
	await browser.close();
	server.process.kill("SIGTERM");
	check("it ends with 0", await new Promise((done) => server.process.once("exit", done)) === 0);
	process.exit(failed > 0 ? 1 : 0);
}

main().catch((error) => {
	console.log("not ok: " + error.stack);
	process.exit(1);
});
