/*
 * camera.js - a letter held before the camera, which is a film made of the printed
 * sheet: steady, tilted, by a hand in dim light; and shaking, in the dark, far away, half
 * outside. And what the page says where there is no camera, or none that it may use.
 */
"use strict";
const { execFileSync } = require("child_process");
const fs = require("fs");
const path = require("path");
const { accessible, check, equal, launch, officer, open, picture, test, watched } = require("./support/support");
const { clear, judged, letter, shown } = require("./support/counter");

/* --- films: the corner of the sheet that has the code, 640 x 480 ------------- */

const convert = (...options) => execFileSync("convert", options);

/* film - each picture is the sheet's corner after some of convert's options. */
function film(name, ...pictures) {
	const frames = pictures.map((options, i) => {
		convert("corner.png", ...options, "-quality", "85", `${name}-${i}.jpg`);
		return fs.readFileSync(`${name}-${i}.jpg`);
	});

	fs.writeFileSync(name + ".mjpeg", Buffer.concat(frames));
}

function makeFilms() {
	execFileSync("pdftoppm", ["-r", "150", "-gray", "-png", "-singlefile", letter(5, "pdf"), "sheet"]);
	/* paper is brighter than all else, and no camera shows it white */
	convert("sheet.png", "-crop", "640x480+620+1090", "+repage", "-evaluate", "multiply", "0.85", "corner.png");
	film("steady", []);
	film("shaking", ...[["+3", "-9"], ["-8", "+4"], ["+9", "+8"], ["-4", "-7"]]
	    .map(([x, y]) => ["-roll", x + y, "-blur", "0x4"]));
	film("tilted", ["-virtual-pixel", "edge", "-distort", "Perspective",
		"0,0 40,10 640,0 600,60 640,480 640,430 0,480 10,470"]);
	film("by-hand", ...[["+3-2", 20], ["-2+3", 100], ["+1+2", 60], ["-3-1", 150]].map(([roll, way]) =>
		["-roll", roll, "-motion-blur", "0x1.6+" + way, "-evaluate", "multiply", "0.4",
			"-seed", "3", "-attenuate", "0.3", "+noise", "Gaussian"]));
	film("dim", ["-blur", "0x3", "-evaluate", "multiply", "0.12"]);
	film("cut", ["-background", "#777", "-gravity", "west", "-splice", "300x0",
		"-gravity", "northwest", "-crop", "640x480+0+0", "+repage"]);
	film("far", ["-resize", "17%", "-background", "#777", "-gravity", "center", "-extent", "640x480"]);
}

/* --- before the camera ------------------------------------------------------- */

/* held - a page of its own, with this film before the camera. A browser may keep a
 * film that it has begun: each has its own. */
async function held(name) {
	const browser = await launch("--use-fake-device-for-media-stream",
	    `--use-file-for-fake-video-capture=${path.resolve(name + ".mjpeg")}`);
	const page = await open(await watched(browser, { permissions: ["camera"] }), await officer());
	const seen = { page, browser, looks: 0, verdicts: 0 };

	page.on("response", (answer) => {
		const look = /\/frame/.test(answer.url());

		seen.looks += look;
		seen.verdicts += look && answer.status() === 200 && /html/.test(answer.headers()["content-type"]);
	});
	await page.evaluate(() => {
		document.querySelector("#preview").addEventListener("playing",
		    () => window.seen = performance.now(), { once: true });
		new MutationObserver((changes, observer) => {
			if (document.querySelector("#verdict").dataset.verdict === "")
				return;
			window.took = Math.round(performance.now() - window.seen);
			observer.disconnect();
		}).observe(document.querySelector("#verdict"), { attributes: true });
	});
	await page.click("#camera");
	await page.waitForSelector('#camera[aria-pressed="true"]');
	return seen;
}

async function hint(name, ...wants) {
	const { page, browser, ...seen } = await held(name);

	await page.waitForFunction((any) => any.includes(document.querySelector("#frame").dataset.hint), wants);
	const text = await page.textContent("#hint");
	check(`${name}: ${text}`, text !== "");
	check(`${name}: nothing is judged`, await shown(page) === "" && seen.verdicts === 0);
	await picture(page, name);
	await browser.close();
}

/* Each is another program's visit. */
async function read(name, want = "attention R-PRESENTED") {
	const seen = await held(name);

	equal(name, await judged(seen.page), want);
	check(`... ${await seen.page.evaluate(() => window.took)} ms after the first picture`, true);
	return seen;
}

async function steady() {
	const seen = await read("steady", "valid");
	const page = seen.page;

	await accessible(page, "a letter before the camera");
	await picture(page, "steady");
	for (const before = seen.looks; seen.looks < before + 3;)
		await page.waitForResponse(/\/frame/);
	equal("held on it is told once", seen.verdicts, 1);
	equal("the box has the focus", await page.evaluate(() => document.activeElement.id), "code");
	await page.keyboard.press("1");
	await page.waitForSelector('#answer-match[aria-pressed="true"]');
	check("and answered while it is held", true);
	await page.click("#camera");
	await page.waitForSelector('#camera[aria-pressed="false"]');
	equal("put away it shows nothing", await page.evaluate(() => document.querySelector("#preview").srcObject), null);
	await clear(page);
	await seen.browser.close();
}

/* --- none, forbidden, several -------------------------------------------------- */

async function without() {
	const server = await officer();
	const browser = await launch("--use-fake-device-for-media-stream=device-count=2");
	const page = await open(await watched(browser, { permissions: ["camera"] }), server);

	await page.click("#camera");
	await page.waitForSelector("#cameras:not([hidden])");
	equal("of two cameras one is chosen", await page.locator("#cameras option").count(), 2);
	const other = await page.evaluate(() => [...document.querySelectorAll("#cameras option")]
	    .find((one) => !one.selected).value);
	await page.selectOption("#cameras", other);
	await page.waitForFunction((one) => document.querySelector("#preview").srcObject &&
	    document.querySelector("#preview").srcObject.getTracks()[0].getSettings().deviceId === one, other);
	check("... the other one", true);
	await page.reload();
	await page.click("#camera");
	await page.waitForSelector("#cameras:not([hidden])");
	equal("... and remembered", await page.inputValue("#cameras"), other);
	await page.context().clearPermissions();
	await page.reload();
	await page.click("#camera");
	await page.waitForFunction(() => document.querySelector("#hint").textContent !== "");
	check("a forbidden camera", /forbids/.test(await page.textContent("#hint")), await page.textContent("#hint"));
	await picture(page, "forbidden");
	await browser.close();
	await server.end();
}

test(async () => {
	makeFilms();
	await hint("shaking", "blurred");
	await hint("dim", "dark");
	/* each letter's code is another one: of one in twenty, so small or so little of it,
	 * a mark is seen where there is none, or none; which is for tests/lib/scan */
	await hint("far", "too-small", "cut-off", "no-code");
	await hint("cut", "cut-off", "no-code");
	await steady();
	for (const name of ["tilted", "by-hand"])
		await (await read(name)).browser.close();
	await without();
	const browser = await launch("--use-fake-device-for-media-stream=device-count=0");
	const page = await open(await watched(browser, { permissions: ["camera"] }), await officer());
	await page.click("#camera");
	await page.waitForFunction(() => document.querySelector("#hint").textContent !== "");
	check("no camera", /no camera/.test(await page.textContent("#hint")), await page.textContent("#hint"));
});
