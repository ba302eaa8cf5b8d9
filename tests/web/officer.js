/*
 * officer.js - the officer's page in a real browser, over the demo world.
 *
 *   make pages-test, or after make demo: BUILD=build node tests/web/officer.js
 *
 * Needs playwright-core, chromium and zbarimg. Prints "ok what" or "not ok what"
 * a line, and leaves a picture of every state in BUILD/pictures, to be looked at.
 */
"use strict";
const { chromium } = require("playwright-core");
const { execFileSync, spawn } = require("child_process");
const fs = require("fs");
const path = require("path");

const build = path.resolve(process.env.BUILD || "build");
const demo = path.join(build, "demo");
const pictures = path.join(build, "pictures");
const home = path.join(pictures, "post");
let failed = 0;

function check(what, good, seen) {
	failed += good ? 0 : 1;
	console.log(`${good ? "ok" : "not ok"} ${what}${good ? "" : ": " + JSON.stringify(seen)}`);
}

async function serve() {
	const process = spawn(path.join(build, "sello-verify"),
	    ["serve", "--home", home, "--no-browser"],
	    { stdio: ["ignore", "pipe", "inherit"] });
	const said = await new Promise((done) => process.stdout.once("data", done));

	return { process: process, link: String(said).trim() };
}

const letters = () => fs.readdirSync(path.join(demo, "letters"))
    .filter((name) => name.endsWith(".xml"))
    .map((name) => path.join(demo, "letters", name));
const codeOf = (letter) => execFileSync("zbarimg",
    ["-q", "--raw", letter.replace(/xml$/, "png")],
    { stdio: ["ignore", "pipe", "ignore"] }).toString().trim();
const shown = (name) => path.join(demo, "shown", name);

/* What a scanner for US keys types where the computer reads French. */
const FRENCH = { A: "q", Q: "a", Z: "w", W: "z", M: ",", 2: "é", 3: '"', 4: "'", 5: "(", 6: "-", 7: "è" };
const french = (text) => [...text].map((c) => FRENCH[c] || c.toLowerCase()).join("");

async function main() {
	fs.rmSync(pictures, { recursive: true, force: true });
	fs.mkdirSync(pictures, { recursive: true });
	fs.cpSync(path.join(demo, "post"), home, { recursive: true });

	const server = await serve();
	const browser = await chromium.launch({
		executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
		args: ["--no-sandbox"],
	});
	const page = await (await browser.newContext(
	    { viewport: { width: 1366, height: 768 } })).newPage();
	const complaints = [], asked = [];
	page.on("console", (message) => complaints.push(message.text()));
	page.on("pageerror", (error) => complaints.push(error.stack));
	page.on("request", (request) => asked.push(request.url()));

	const picture = (name, whole) => page.screenshot(
	    { path: path.join(pictures, name + ".png"), fullPage: Boolean(whole) });
	const verdict = () => page.getAttribute("#verdict", "data-verdict");
	const reasons = () => page.getAttribute("#verdict", "data-reasons");
	const judged = () => page.waitForFunction(() =>
	    document.querySelector("#verdict").dataset.verdict !== "" &&
	    document.querySelector("#waiting").hidden);
	const files = async (...list) => {
		await page.setInputFiles("#file", list);
		await judged();
	};
	const type = (text) => page.keyboard.type(text, { delay: 2 });
	const clear = () => page.click("#clear");

	await page.goto(server.link);
	await page.waitForLoadState("networkidle");
	check("three requests after the link", asked.length === 4, asked);
	await picture("empty");

	/* --- a scanner --- */
	const [, , , , fifth, sixth, seventh, eighth] = letters();
	await type(codeOf(fifth));
	await page.keyboard.press("Enter");
	await judged();
	check("a code and Enter", await verdict() === "valid", await verdict());
	check("the box is empty, and has the focus", await page.evaluate(() =>
	    document.activeElement.id === "code" && document.activeElement.value === ""));
	await picture("valid");
	await page.keyboard.press("1");
	await page.waitForSelector('#answer-match[aria-pressed="true"]');
	check("the answer is taken", await page.textContent("#said") !== "");
	await clear();
	check("cleared", await verdict() === "" && await page.locator("#verdict *").count() === 0);
	await type(codeOf(sixth).toLowerCase());
	await judged();
	check("a code without Enter", await verdict() === "valid", await verdict());
	await type("2GTGUA01");
	await page.waitForTimeout(200);
	check("a scanner's digit is no answer",
	    await page.getAttribute("#answer-mismatch", "aria-pressed") === "false" &&
	    await page.inputValue("#code") === "2GTGUA01");
	await clear();
	await type(french(codeOf(seventh)));
	await page.keyboard.press("Enter");
	await judged();
	check("a French keyboard", await verdict() === "valid", await reasons());

	/* --- language --- */
	await clear();
	await type(codeOf(seventh).slice(0, 60));
	await page.selectOption("#language", "fr");
	await page.waitForFunction(() => document.documentElement.lang === "fr");
	check("half a code stays", await page.inputValue("#code") === codeOf(seventh).slice(0, 60) &&
	    await verdict() === "");
	await page.selectOption("#language", "en");
	await page.waitForFunction(() => document.documentElement.lang === "en");
	await clear();

	/* --- files and numbers --- */
	for (const name of ["changed.xml", "unknown-center.xml", "nonsense.txt", "photo.jpg"]) {
		await files(shown(name));
		check(`${name}: ${await verdict()} ${await reasons()}`, true);
		await picture(name);
	}
	await files(shown("changed.xml"));
	check("red shows no field", await page.locator("#verdict [data-field]").count() === 0);
	await files(eighth, shown("changed.xml"), shown("nonsense.txt"));
	check("of several the worst first", await verdict() === "not-authentic");
	await picture("several", true);
	await page.fill("#number", path.basename(fifth, ".xml").toLowerCase());
	await page.press("#number", "Enter");
	await page.waitForSelector('[data-reason="U-REGISTER"]');
	check("a number is never green", await verdict() === "unchecked");
	await picture("number");
	await files(eighth);
	await page.keyboard.press("2");
	await page.waitForSelector("#said.mismatch");
	await picture("mismatch");

	/* --- looks --- */
	for (const language of ["es", "fr", "pt", "ht", "en"]) {
		await page.selectOption("#language", language);
		await page.waitForFunction((one) => document.documentElement.lang === one, language);
		await page.waitForTimeout(300);
		await picture("language-" + language);
	}
	await page.setViewportSize({ width: 320, height: 640 });
	check("320 px are wide enough",
	    await page.evaluate(() => document.documentElement.scrollWidth) <= 320);
	await picture("narrow", true);
	await page.setViewportSize({ width: 1366, height: 768 });
	await page.emulateMedia({ forcedColors: "active" });
	await picture("forced-colors");
	await page.emulateMedia({ forcedColors: "none" });

	check("the browser complains of nothing", complaints.length === 0, complaints);
	check("nobody else is asked", asked.every((url) =>
	    url.startsWith(new URL(server.link).origin) || url.startsWith("data:")), asked);
	await browser.close();
	server.process.kill("SIGTERM");
	const status = await new Promise((done) => server.process.on("exit", done));
	check("it ends with 0", status === 0, status);
	process.exit(failed > 0 ? 1 : 0);
}

main().catch((error) => {
	console.log("not ok " + error.stack);
	process.exit(1);
});
