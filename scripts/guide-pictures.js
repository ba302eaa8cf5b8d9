/*
 * guide-pictures.js - the pages of one language, photographed for the guides;
 * started by scripts/guide-pictures.
 *
 *   node scripts/guide-pictures.js WORLD DEMO TO LANGUAGE MJPEG
 *
 * WORLD has an honest center and its post, DEMO one with a fraud. What the pictures
 * show is made by the pages themselves; nothing is painted over.
 */
"use strict";
const { chromium } = require("playwright-core");
const { spawn } = require("child_process");
const fs = require("fs");
const path = require("path");

const [world, demo, to, language, mjpeg] = process.argv.slice(2);
const build = process.env.BUILD;
const work = path.join(to, "work");
const servers = [];
const day = (days) => new Date(Date.now() + days * 86400000).toISOString().slice(0, 10);
const word = (name) => fs.readFileSync(path.join(world, "pass", name), "utf8").split("\n")[0];
const letter = (n, kind) => path.join(world, "letters", fs.readdirSync(path.join(world, "letters"))
    .find((name) => name.includes(`-00000${n}-`) && name.endsWith(kind)));

const PERSON = {
	language: "es", pathway: "LCI", offerReference: "GECCO-2026-00001", requestedAction: "APPOINTMENT",
	consulate: "ES-GTGUA", destination: "ESP", surnames: "Ixcoy Mejía", givenNames: "Lucía",
	birthDate: "1991-07-12", sex: "F", nationality: "GTM", identityBasis: "DOC",
	documentType: "I", documentCountry: "GTM", documentNumber: "2345678901234",
	validFrom: day(0), validUntil: day(90),
};
const row = (changed) => Object.values({ ...PERSON, ...changed }).join(",");
const FILE = [Object.keys(PERSON).join(","),
	row({ surnames: "Choc Tzul", givenNames: "Rosa", documentNumber: "2234567850101" }),
	row({ surnames: "Pop Cucul", givenNames: "Elvira", birthDate: "1990-15-02", documentNumber: "3234567810101" }),
].join("\r\n");

/* A program of ours, its link; `later`: days that its clock is ahead. */
async function serve(later, program, ...options) {
	const command = [path.join(build, program), "serve", "--no-browser", ...options];
	if (later > 0)
		command.unshift("faketime", "-f", `+${later}d`);
	const process = spawn(command[0], command.slice(1),
	    { stdio: ["ignore", "pipe", "inherit"], detached: true });

	servers.push(process);
	return String(await new Promise((done) => process.stdout.once("data", done))).trim();
}

async function desk(browser, link, size) {
	const context = await browser.newContext({ viewport: size, permissions: ["camera"] });
	const page = await context.newPage();

	page.settled = async () => {
		await page.waitForLoadState("networkidle");
		await page.waitForTimeout(250);
	};
	/* what is named, from the first to the last of it, or the window */
	page.picture = async (name, ...parts) => {
		const file = path.join(to, name + ".png");

		await page.evaluate(() => window.scrollTo(0, 0));
		if (parts.length === 0)
			return page.screenshot({ path: file });
		const boxes = [];
		for (const part of parts)
			boxes.push(await page.locator(part).first().boundingBox());
		const x = Math.min(...boxes.map((box) => box.x));
		const y = Math.min(...boxes.map((box) => box.y));
		const clip = { x, y,
			width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
			height: Math.max(...boxes.map((box) => box.y + box.height)) - y };
		return page.screenshot({ path: file, clip, fullPage: true });
	};
	page.answered = async (act) => {
		const come = page.waitForResponse((answer) => answer.request().method() === "POST" &&
		    !answer.url().endsWith("/judge"));
		await act();
		await come;
		await page.settled();
	};
	await page.goto(link);
	await page.settled();
	await page.selectOption("#language", language);
	await page.waitForFunction((one) => document.documentElement.lang === one, language);
	await page.settled();
	return page;
}

async function officer(browser) {
	const size = { width: 1100, height: 700 };
	const home = path.join(work, "post");
	fs.cpSync(path.join(world, "post"), home, { recursive: true });
	const page = await desk(browser, await serve(0, "sello-verify", "--home", home), size);
	const judged = async (...files) => {
		await page.setInputFiles("#file", files);
		await page.waitForFunction(() => document.querySelector("#verdict").dataset.verdict !== "" &&
		    document.querySelector("#waiting").hidden);
		await page.settled();
	};

	await page.picture("officer-ready");
	await judged(letter(5, "xml"));
	await page.picture("officer-valid");
	await judged(letter(3, "xml"));
	await page.picture("officer-attention", "#verdict .result .word", "#verdict .result .reasons");
	const changed = path.join(work, "changed.xml");
	fs.writeFileSync(changed, fs.readFileSync(letter(4, "xml"), "utf8").replace("<Surnames>A", "<Surnames>O"));
	await judged(changed);
	await page.picture("officer-not-authentic", "#verdict .result .word", "#verdict .result");
	fs.writeFileSync(path.join(work, "note.txt"), "SELLO");
	await judged(path.join(work, "note.txt"));
	await page.picture("officer-unchecked", "#verdict .result .word", "#verdict .result .reasons");
	await page.click("#clear");
	await page.click("#camera");
	await page.waitForFunction(() => document.querySelector("#verdict").dataset.verdict !== "", null, { timeout: 20000 });
	await page.settled();
	await page.picture("officer-camera", ".ways", "#frame");

	/* ten days without a stick */
	const late = await desk(browser, await serve(10, "sello-verify", "--home", home), size);
	await late.picture("officer-old", ".state h2", "#knowledge dl");
}

async function staff(browser) {
	const home = path.join(work, "center");
	fs.cpSync(path.join(world, "center"), home, { recursive: true });
	const page = await desk(browser, await serve(0, "sello-issue", "--home", home), { width: 1180, height: 640 });
	const go = async (name) => {
		await page.click(`[data-go=${name}]`);
		await page.settled();
	};
	const signIn = async (code, name) => {
		await page.fill("#person", code);
		await page.fill("#passphrase", word(name));
		await page.press("#passphrase", "Enter");
		await page.waitForSelector("#sign-out");
		await page.settled();
	};

	await page.fill("#person", "OF1007");
	await page.picture("staff-sign-in", ".band", "#sign-in");
	await signIn("OF1007", "drafter");
	await go("intake");
	for (const [key, value] of Object.entries({ ...PERSON, birthDate: "1991-31-12" })) {
		const box = page.locator(`#intake [name=${key}]`);

		await box.focus();
		if (await box.evaluate((one) => one.tagName) === "SELECT")
			await box.selectOption(value);
		else
			await box.fill(value);
	}
	await page.press("#intake [name=validUntil]", "Tab");
	await page.waitForSelector("#intake [data-problem]");
	await page.settled();
	await page.picture("staff-intake", "#page h2", "[data-problem]");
	await page.fill("#intake [name=birthDate]", PERSON.birthDate);
	await page.answered(() => page.click("#save-draft"));
	await go("batch");
	fs.writeFileSync(path.join(work, "people.csv"), FILE);
	await page.answered(() => page.setInputFiles("#csv", path.join(work, "people.csv")));
	await page.picture("staff-batch", "#page h2", "#rows");
	await page.fill("#rows [name=birthDate]", "1990-12-15");
	await page.answered(() => page.press("#rows [name=birthDate]", "Enter"));
	await page.answered(() => page.click("#save-batch"));
	await page.click("#sign-out");
	await page.waitForSelector("#sign-in");

	await signIn("AP2003", "approver");
	await page.picture("staff-start");
	await go("queue");
	await page.answered(() => page.click("[data-draft] [data-act=open]"));
	await page.picture("staff-approve", "[data-draft]");
	await page.answered(() => page.click("[data-draft] [data-act=approve]"));
	await page.answered(() => page.click("#approve"));
	await page.picture("staff-signed", "#said", "#signed");
	const number = await page.getAttribute("#signed [data-letter]", "data-letter");
	await go("letters");
	await page.fill("#search", number);
	await page.answered(() => page.press("#search", "Enter"));
	await page.picture("staff-letters", "[data-letter]");
	await go("publish");
	await page.fill("#publish-to", "/media/stick");
	await page.picture("staff-publish", "#page");
}

async function auditor(browser) {
	const letters = path.join(demo, "copied", "letters");
	const copied = path.join(letters, fs.readdirSync(letters).find((name) => name.endsWith(".xml")));
	const page = await desk(browser, await serve(0, "sello-audit", "--root", path.join(demo, "root", "root.crt"),
	    "--presentations", path.join(demo, "post.export"), "--letter", copied, path.join(demo, "pub")),
	    { width: 1000, height: 640 });

	await page.waitForSelector("body[data-state=done]");
	await page.settled();
	await page.evaluate(() => document.activeElement.blur());
	await page.picture("auditor-result");
	await page.click("[data-severity=proof] details summary");
	await page.settled();
	await page.picture("auditor-proof", "[data-kind]:has([data-severity=proof])");
	await page.picture("auditor-sample", "#sample");
}

async function main() {
	fs.rmSync(to, { recursive: true, force: true });
	fs.mkdirSync(work, { recursive: true });
	const browser = await chromium.launch({
		executablePath: process.env.CHROMIUM,
		args: ["--no-sandbox", "--disable-background-networking", "--use-fake-ui-for-media-stream",
			"--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${mjpeg}`],
	});
	try {
		await officer(browser);
		await staff(browser);
		await auditor(browser);
	} finally {
		await browser.close();
		for (const server of servers)
			process.kill(-server.pid, "SIGTERM");
	}
}

main().catch((error) => {
	console.error("guide-pictures: " + error.stack);
	process.exit(1);
});
