/*
 * day.js - one letter's whole way with pages alone, in two languages: a person is
 * entered, approved and printed; the PDF goes to the officer, before and after the
 * evening's log; the auditor sees it.
 *
 *   make pages-test, or after make demo: BUILD=build node tests/web/day.js
 *
 * Needs playwright-core and chromium. Prints "ok what" or "not ok what" a line, and
 * leaves pictures, wide and of 320 pixels, in BUILD/pictures-day, to be looked at.
 */
"use strict";
const { chromium } = require("playwright-core");
const { execFileSync, spawn } = require("child_process");
const fs = require("fs");
const path = require("path");

const build = path.resolve(process.env.BUILD || "build");
const demo = path.join(build, "demo");
const pictures = path.join(build, "pictures-day");
const servers = [];
let failed = 0;

function check(what, good, seen) {
	failed += good ? 0 : 1;
	console.log(`${good ? "ok" : "not ok"} ${what}${good ? "" : ": " + JSON.stringify(seen)}`);
}

async function serve(program, ...options) {
	const process = spawn(path.join(build, program), ["serve", "--no-browser", ...options],
	    { stdio: ["ignore", "pipe", "inherit"] });

	servers.push(process);
	return String(await new Promise((done) => process.stdout.once("data", done))).trim();
}

const word = (name) => fs.readFileSync(path.join(demo, "pass", name), "utf8").split("\n")[0];
const day = (days) => new Date(Date.now() + days * 86400000).toISOString().slice(0, 10);

const PERSON = {
	pathway: "LCI", offerReference: "GECCO-2026-00001", requestedAction: "APPOINTMENT",
	consulate: "ES-GTGUA", destination: "ESP", surnames: "Ixcoy Mejía", givenNames: "Lucía",
	birthDate: "1991-07-12", sex: "F", nationality: "GTM", identityBasis: "DOC",
	documentType: "I", documentCountry: "GTM", documentNumber: "2345678901234",
	validFrom: day(0), validUntil: day(90),
};

async function oneDay(browser, language) {
	const world = path.join(pictures, language);
	const at = (name) => path.join(world, name);
	for (const part of ["center", "post", "pub"])
		fs.cpSync(path.join(demo, part), at(part), { recursive: true });

	const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
	const page = await context.newPage();
	const is = (what, good, seen) => check(`${language}: ${what}`, good, seen);
	page.on("pageerror", (error) => is("no error of a script", false, error.stack));

	let count = 0;
	const settled = async () => {
		await page.waitForLoadState("networkidle");
		await page.waitForTimeout(100);
	};
	const picture = async (name) => {
		const file = at(`${String(++count).padStart(2, "0")}-${name}`);

		await page.screenshot({ path: file + ".png", fullPage: true });
		await page.setViewportSize({ width: 320, height: 640 });
		const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
		is(`${name} fits into 320 pixels`, over <= 0, over);
		await page.screenshot({ path: file + "-320.png", fullPage: true });
		await page.setViewportSize({ width: 1366, height: 768 });
	};
	const open = async (link) => {
		await page.goto(link);
		await settled();
		await page.selectOption("#language", language);
		await page.waitForFunction((one) => document.documentElement.lang === one, language);
		await settled();
	};
	const answered = async (act) => {
		const come = page.waitForResponse((answer) => answer.request().method() === "POST" &&
		    !answer.url().endsWith("/judge"));
		await act();
		await come;
		await settled();
	};
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
	const good = () => page.locator("#said.good").count();

	/* --- the center --- */
	await open(await serve("sello-issue", "--home", at("center")));
	await picture("sign-in");
	await signIn("OF1007", "drafter");
	await go("intake");
	await answered(() => page.click("#save-draft"));
	is("what lacks is told", await page.locator("#intake [data-problem=E-MISSING]").count() > 5);
	await picture("intake-empty");
	for (const [key, value] of Object.entries(PERSON)) {
		const box = page.locator(`#intake [name=${key}]`);

		await box.focus();
		if (await box.evaluate((one) => one.tagName) === "SELECT")
			await box.selectOption(value);
		else
			await box.fill(value);
	}
	await page.press("#intake [name=validUntil]", "Tab");
	await page.waitForFunction(() => document.querySelector("#intake [data-problem=E-MISSING]") === null);
	is("what was told is taken back", true);
	await picture("intake");
	await answered(() => page.click("#save-draft"));
	is("a draft is stored", await good() === 1);
	await page.click("#sign-out");
	await page.waitForSelector("#sign-in");
	await signIn("AP2003", "approver");
	await go("queue");
	is("nothing can be signed yet", await page.locator("#approve").isDisabled());
	await answered(() => page.click("[data-draft] [data-act=open]"));
	await picture("open");
	await answered(() => page.click("[data-draft] [data-act=approve]"));
	await picture("marked");
	await answered(() => page.click("#approve"));
	is("it is signed", await good() === 1);
	is("nothing to press where nobody waits", await page.locator("#approve, #sample").count() === 0);
	await picture("signed");
	const number = await page.getAttribute("#signed [data-letter]", "data-letter");
	const print = await context.request.get(await page.evaluate(() =>
	    document.querySelector("#signed [data-act=print]").href));
	is("it prints", print.headers()["content-type"] === "application/pdf", print.status());
	fs.writeFileSync(at("letter.pdf"), await print.body());

	/* --- the officer, who has the log of yesterday --- */
	const staff = page.url();
	await open(await serve("sello-verify", "--home", at("post")));
	const shown = async () => {
		await page.setInputFiles("#file", at("letter.pdf"));
		await page.waitForFunction(() => document.querySelector("#verdict").dataset.verdict !== "" &&
		    document.querySelector("#waiting").hidden);
		await settled();
		return page.evaluate(() => Object.values({ ...document.querySelector("#verdict").dataset }).join(" "));
	};
	const before = await shown();
	is("newer than the log: amber", before === "attention R-LOG-PENDING", before);
	await picture("officer-before");
	const officer = page.url();

	/* --- the evening --- */
	await page.goto(staff);
	await settled();
	await go("publish");
	await page.fill("#publish-to", at("pub"));
	await answered(() => page.click("#publish"));
	is("it is published", await good() === 1);
	await picture("published");
	await page.goto(officer);
	await settled();
	await page.fill("#source", at("pub"));
	await page.press("#source", "Enter");
	await page.waitForSelector("#taking .ended");
	await settled();
	/* the demo's forged letter has the next number */
	is("that another letter has its number is proof",
	    await page.getAttribute("#taking .ended", "data-exit") === "3");
	await picture("officer-taken");
	const after = await shown();
	is("then it is green", after === "valid ", after);
	await page.click("#answer-match");
	await page.waitForSelector('#answer-match[aria-pressed="true"]');
	await picture("officer-after");

	/* --- the auditor --- */
	execFileSync(path.join(build, "sello-verify"),
	    ["export", "--home", at("post"), "--to", at("post.export")]);
	await open(await serve("sello-audit", "--root", path.join(demo, "root", "root.crt"),
	    "--presentations", at("post.export"), at("pub")));
	await page.waitForSelector("body[data-state=done]");
	await settled();
	is("the auditor's sample has it", (await page.textContent("#sample")).includes(number));
	is("and finds the forged one", await page.locator("[data-finding=A-UNLOGGED][data-severity=proof]").count() > 0);
	await picture("audit");
	await context.close();
}

async function main() {
	fs.rmSync(pictures, { recursive: true, force: true });
	fs.mkdirSync(pictures, { recursive: true });
	const browser = await chromium.launch({
		executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
		args: ["--no-sandbox"],
	});
	for (const language of ["es", "ht"])
		await oneDay(browser, language);
	await browser.close();
	for (const server of servers) {
		const end = new Promise((done) => server.once("exit", done));
		server.kill("SIGTERM");
		const status = await end;
		check("it ends with 0", status === 0, status);
	}
	process.exit(failed > 0 ? 1 : 0);
}

main().catch((error) => {
	console.log("not ok " + error.stack);
	servers.forEach((server) => server.kill("SIGTERM"));
	process.exit(1);
});
