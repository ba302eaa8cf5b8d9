/*
 * support.js - what the tests in a browser share: programs that serve, a browser
 * that is watched, and lines of "ok what" and "not ok what".
 *
 * A test is run by tests/web/run.sh, in its own world. It waits for states of the
 * page, never for seconds: a busy machine is five times slower.
 */
"use strict";
const { chromium } = require("playwright-core");
const { spawn } = require("child_process");
const fs = require("fs");
const path = require("path");

/* Long enough for any machine: what is there sooner is taken sooner. PATIENCE: other
 * seconds, for who looks for a fault. */
const PATIENCE_MS = 1000 * (process.env.PATIENCE || 180);
const LANGUAGES = ["en", "es", "fr", "pt", "ht"];
const WIDE = { width: 1366, height: 768 }, NARROW = { width: 320, height: 640 };
const axe = fs.readFileSync(require.resolve("axe-core"), "utf8");

let failed = 0;
const servers = [], browsers = [], complaints = [], asked = [];

/* --- results --------------------------------------------------------------- */

function check(what, good, seen) {
	failed += good ? 0 : 1;
	console.log(`${good ? "ok" : "not ok"} ${what}` +
	    (good || seen === undefined ? "" : ": " + JSON.stringify(seen)));
}

const equal = (what, got, want) => check(what, got === want, got);

/* --- programs -------------------------------------------------------------- */

/* A file of the world; the first that a pattern fits, with "*" for anything. */
function at(name) {
	const [folder, last] = [path.dirname(name), path.basename(name)];

	if (!last.includes("*"))
		return path.resolve(name);
	const fits = new RegExp("^" + last.split("*").map(RegExp.escape ||
	    ((text) => text.replace(/[.]/g, "\\."))).join(".*") + "$");
	return path.resolve(folder, fs.readdirSync(folder).sort().find((one) => fits.test(one)));
}

function run(program, ...options) {
	return spawn(path.join(process.env.BUILD, program), options, {
		stdio: ["ignore", "pipe", "inherit"],
		env: { ...process.env, LD_PRELOAD: process.env.CHEAP, LC_ALL: "C.UTF-8" },
	});
}

/* serve - a program's pages: {link, origin, port, end()}; it must end with 0. */
async function serve(program, ...options) {
	const child = run(program, "serve", "--no-browser", "--json", ...options);
	/* however this test ends */
	const kill = () => child.kill("SIGKILL");
	const ended = new Promise((done) => child.once("exit", (code, signal) => done(signal || code)));

	process.once("exit", kill);
	const said = await Promise.race([ended,
		new Promise((done) => child.stdout.once("data", done))]);
	const server = { program };

	server.link = JSON.parse(String(said)).url;
	server.origin = new URL(server.link).origin;
	server.port = new URL(server.link).port;
	server.end = async () => {
		child.kill("SIGTERM");
		equal(`${program} ends with 0`, await ended, 0);
		process.removeListener("exit", kill);
		servers.splice(servers.indexOf(server), 1);
	};
	servers.push(server);
	return server;
}

const officer = (home = "post", ...more) => serve("sello-verify", "--home", home, ...more);
const staff = (home = "center", ...more) => serve("sello-issue", "--home", home, ...more);
const auditor = (...more) => serve("sello-audit", "--root", at("root/root.crt"),
    "--seed", "7", "--presentations", at("post.export"), ...more, at("pub"));

/* --- the browser ----------------------------------------------------------- */

/* Root has no sandbox; everybody else does. */
async function launch(...args) {
	const browser = await chromium.launch({
		executablePath: process.env.CHROMIUM,
		chromiumSandbox: process.getuid() !== 0,
		timeout: PATIENCE_MS,
		args: ["--disable-background-networking", ...args],
	});

	browsers.push(browser);
	return browser;
}

/* A refusal that a test asks for is a complaint of the browser's, too. */
const REFUSED = /Failed to load resource: the server responded with a status of (404|409|422) /;

/* watched - a window of its own: whatever it asks, and complains of, is kept. */
async function watched(browser, options) {
	const context = await browser.newContext({ viewport: WIDE, locale: "en", ...options });

	context.setDefaultTimeout(PATIENCE_MS);
	context.on("console", (message) => {
		if (["error", "warning"].includes(message.type()) && !REFUSED.test(message.text()))
			complaints.push(message.text());
	});
	context.on("weberror", (error) => complaints.push(error.error().stack));
	context.on("request", (request) => asked.push(request.url()));
	context.on("dialog", (dialog) => complaints.push("dialog: " + dialog.message()));
	return context;
}

/* open - a page, as the link opens it, in a language. */
async function open(context, server, language) {
	const page = await context.newPage();

	/* a dialog for files is ours from now on, not from when it is waited for */
	page.on("filechooser", () => {});
	await page.goto(server.link);
	if (language !== undefined)
		await speak(page, language);
	return page;
}

async function speak(page, language) {
	if (await page.getAttribute("html", "lang") === language)
		return;
	await page.selectOption("#language", language);
	await page.waitForFunction((one) => document.documentElement.lang === one, language);
}

/* what was asked of the browser is not a complaint of it */
function forgive(pattern) {
	for (let i = complaints.length; i-- > 0;)
		if (pattern.test(complaints[i]))
			complaints.splice(i, 1);
}

/* --- looks ----------------------------------------------------------------- */

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/* accessible - no violation of WCAG 2.2 AA that a program can find. */
async function accessible(page, what) {
	if (!await page.evaluate(() => "axe" in window))
		await page.evaluate(axe);
	const found = await page.evaluate((tags) => axe.run(document,
	    { runOnly: tags, resultTypes: ["violations"] }), TAGS);

	check(`${what}: accessible`, found.violations.length === 0, found.violations
	    .map((one) => [one.id, one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160))]));
}

/* said - every word is there, and none is a name of ours in braces. */
async function said(page, what) {
	const braces = await page.evaluate(() =>
		document.documentElement.outerHTML.match(/\{\{[^}]*\}\}|undefined|\(null\)/g));

	check(`${what}: no word in braces`, braces === null, braces);
}

/* good - both, in a word. */
async function good(page, what) {
	await accessible(page, what);
	await said(page, what);
}

/* What does not fit as the page is now: how much wider it is than the window, and
 * words whose letters stand one below the other. */
const tooNarrow = (page) => page.evaluate(() => {
	const over = document.documentElement.scrollWidth - innerWidth;
	const letter = parseFloat(getComputedStyle(document.documentElement).fontSize);
	const stacked = [...document.querySelectorAll("th, td, button, a, dt, dd")].filter((one) => {
		const { width, height } = one.getBoundingClientRect();
		const seen = getComputedStyle(one.closest("thead") || one).clipPath === "none";

		return seen && width > 0 && width < 4 * letter && height > 5 * letter && one.innerText.length > 4;
	});

	return [...over > 0 ? [over] : [], ...stacked.map((one) => one.innerText)];
});

async function narrowed(page, what) {
	const seen = await tooNarrow(page);

	check(what, seen.length === 0, seen);
}

/* fits - on screens of all sizes, and with letters twice as large. */
async function fits(page, what) {
	for (const width of [WIDE.width, 800, NARROW.width]) {
		await page.setViewportSize({ width, height: WIDE.height });
		await narrowed(page, `${what}: fits into ${width} pixels`);
	}
	await page.setViewportSize(WIDE);
	await page.evaluate(() => document.documentElement.style.fontSize = "200%");
	await narrowed(page, `${what}: fits with letters of 200 %`);
	await page.evaluate(() => document.documentElement.style.fontSize = "");
}

/* picture - wide and narrow, to be looked at; the narrow one must fit. */
async function picture(page, name) {
	const file = path.join(process.env.PICTURES, name);

	await page.screenshot({ path: file + ".png", fullPage: true });
	await page.setViewportSize(NARROW);
	await narrowed(page, `${name}: fits into 320 pixels`);
	await page.screenshot({ path: file + "-320.png", fullPage: true });
	await page.setViewportSize(WIDE);
}

/* --- the whole test -------------------------------------------------------- */

/* test - runs `main`; then nobody may have complained or asked elsewhere. */
async function test(main) {
	try {
		await main();
	} catch (error) {
		check("it goes to its end", false, error.stack);
	}
	for (const browser of browsers)
		await browser.close();
	for (const server of [...servers])
		await server.end();
	check("the browser complains of nothing", complaints.length === 0, complaints.slice(0, 5));
	/* its own viewer shows PDF files */
	const elsewhere = asked.filter((url) => !/^(blob|data|about|chrome|chrome-extension):/.test(url) &&
	    !/^http:\/\/(127\.0\.0\.1|\[::1\]|localhost):/.test(url));
	check("nothing is asked of anybody else", elsewhere.length === 0, elsewhere.slice(0, 5));
	process.exit(failed > 0 ? 1 : 0);
}

module.exports = { accessible, asked, at, auditor, check, equal, fits, forgive, good, launch, officer,
	open, picture, run, said, serve, speak, staff, test, watched, LANGUAGES, NARROW, WIDE };
