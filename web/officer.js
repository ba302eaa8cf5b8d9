/*
 * officer.js - the consulate's desk: what is scanned, typed, dropped or seen by
 * the camera goes to the program; what it says goes to the screen. Nothing is
 * judged here.
 */
const KEEP_SECONDS = 60; /* a verdict stays so long ... */
const WARN_SECONDS = 10; /* ... and says so at its end */
const SILENCE_MS = 300; /* after it what was typed may be a whole code */
const BEGUN_MAX = 4296; /* characters: no code has more */
const SCANNER_MS = 80; /* keys of a scanner come sooner one after another */
const KNOWN_MS = 15000;
const SWAPPED_MS = 400; /* sooner nobody has seen that it is another letter */
const FRAME_MS = 200;
const FILE_MAX = 32 * 1024 * 1024;

const code = by("code");
const verdict = by("verdict");

/* --- focus ----------------------------------------------------------------- */

const TYPED_IN = "input:not([type=checkbox]):not([type=file]), select, textarea";

function focusCode() {
	code.focus({ preventScroll: true });
}

/* --- tones ----------------------------------------------------------------- */

const TONES = {
	"valid": [[660, 0, 0.12], [990, 0.13, 0.2]],
	"attention": [[550, 0, 0.12], [550, 0.2, 0.12], [550, 0.4, 0.12]],
	"unchecked": [[196, 0, 0.5]],
	"not-authentic": [[196, 0, 0.5]],
};
let audio = null;

function sound(name) {
	if (!by("sounds").checked || !window.AudioContext)
		return;
	audio = audio || new AudioContext();
	audio.resume();
	for (const [pitch, start, length] of TONES[name]) {
		const tone = audio.createOscillator(), loud = audio.createGain();
		const at = audio.currentTime + start;

		tone.type = pitch < 300 ? "square" : "sine";
		tone.frequency.value = pitch;
		loud.gain.setValueAtTime(pitch < 300 ? 0.12 : 0.3, at);
		loud.gain.setTargetAtTime(0, at + length * 0.7, length / 8);
		tone.connect(loud).connect(audio.destination);
		tone.start(at);
		tone.stop(at + length + 0.1);
	}
}

document.addEventListener("gone", () => wipe());

/* --- the verdict ----------------------------------------------------------- */

let inputs = []; /* what is on the screen: asked again in another language */
let shown = 0; /* seconds */
let told = {}; /* answers by visit */
let coming = 0; /* looks that are not judged yet: until then nobody is asked */
let swapped = -SWAPPED_MS; /* when the camera put a letter in the place of another one */

function wipe() {
	inputs = [];
	told = {};
	shown = 0;
	verdict.replaceChildren();
	verdict.dataset.verdict = "";
	verdict.dataset.reasons = "";
	by("answer").hidden = true;
	by("clearing").hidden = true;
	by("said").textContent = by("copied").textContent = "";
	by("copy").disabled = true;
	by("empty").hidden = false;
	by("more").hidden = true;
}

/* The worst first, whichever input it came with; a page that goes on with a letter
 * stays behind it; counts before all. */
function show(pieces) {
	const holder = document.createElement("template");
	let sections;

	holder.innerHTML = pieces.join("");
	sections = [...holder.content.querySelectorAll("section")];
	if (sections.length === 0)
		return;
	sections = groups(sections)
	    .sort((a, b) => b[0].dataset.rank - a[0].dataset.rank).flat();
	verdict.dataset.verdict = sections[0].dataset.verdict;
	verdict.dataset.reasons = sections[0].dataset.reasons;
	verdict.classList.toggle("several", sections.length > 1);
	verdict.replaceChildren(...sections.length > 1 ?
	    [counts(holder.content.querySelectorAll("[data-counted]"))] : [], ...sections);
	by("copy").disabled = false;
	by("empty").hidden = true;
	offerAnswer();
	tellMore();
}

function groups(sections) {
	const all = [];

	for (const section of sections)
		if ("further" in section.dataset && all.length > 0)
			all[all.length - 1].push(section);
		else
			all.push([section]);
	return all;
}

/* How many of each verdict, of all inputs together. */
function counts(spans) {
	const whole = document.createElement("p");

	whole.className = "counts";
	for (const kind of ["not-authentic", "unchecked", "attention", "valid"]) {
		const some = [...spans].filter((one) => one.dataset.counted === kind);
		const sum = some.reduce((all, one) => all + Number(one.dataset.count), 0);

		if (some.length === 0)
			continue;
		some[0].textContent = some[0].textContent.replace(/\d+$/, sum);
		whole.append(some[0]);
	}
	return whole;
}

/* Fields that the answer's bar hides, or the window's end. */
function tellMore() {
	const bar = document.querySelector(".foot");
	const end = getComputedStyle(bar).position === "sticky" ?
	    bar.getBoundingClientRect().top : Infinity;

	by("more").hidden = ![...verdict.querySelectorAll(".letter")]
	    .some((letter) => letter.getBoundingClientRect().bottom > end + 1);
}
for (const moved of ["scroll", "resize"])
	addEventListener(moved, tellMore);

/* Of several letters one after the other is asked for. */
function offerAnswer() {
	const open = [...verdict.querySelectorAll("[data-visit]")]
	    .filter((one) => !(one.dataset.visit in told));

	by("answer").hidden = coming > 0 || verdict.querySelector("[data-visit]") === null;
	by("answer").dataset.visit = open.length > 0 ? open[0].dataset.visit :
	    by("answer").dataset.visit;
	by("whose").textContent = open.length > 0 &&
	    verdict.querySelectorAll("section").length > 1 ? open[0].dataset.number : "";
	if (Object.keys(told).length === 0)
		by("said").textContent = "";
	markAnswer();
}

function markAnswer() {
	const given = told[by("answer").dataset.visit];

	for (const button of by("answer").querySelectorAll("button"))
		button.setAttribute("aria-pressed", String(button.dataset.answer === given));
}

/* Whom a key or button of this moment is about; null: nobody has compared anything
 * yet with what the camera has just put there. */
function askedVisit() {
	return performance.now() - swapped < SWAPPED_MS ? null : by("answer").dataset.visit;
}

async function giveAnswer(which, visit) {
	if (visit === null)
		return;
	const answer = await ask("/answer", form({ visit: visit, answer: which }),
	    FORM, "application/json");
	const section = verdict.querySelector(`[data-visit="${visit}"]`);

	focusCode();
	if (!answer.ok || section === null) {
		by("said").textContent = answer.ok ? "" : await problem(answer);
		return;
	}
	told[visit] = which;
	by("said").textContent = (await answer.json()).text;
	by("said").className = which;
	if (which === "mismatch")
		by("said").textContent += " " + [...section.querySelectorAll(".phone")]
		    .map((phone) => phone.textContent).join(" ");
	/* whom to call when it is another person */
	for (const phone of section.querySelectorAll(".phone"))
		phone.hidden = which !== "mismatch" && section.dataset.verdict === "valid";
	offerAnswer();
	refreshKnown();
}

/* --- inputs, one after the other -------------------------------------------- */

let queue = Promise.resolve();

function next(work) {
	queue = queue.then(work).catch(() => {});
	return queue;
}

function begin() {
	wipe();
	by("waiting").querySelector("progress").removeAttribute("value");
	by("count").textContent = "";
	by("waiting").hidden = false;
}

function settle() {
	by("waiting").hidden = coming === 0 && begun === "";
}

/* Each is {path, body}, {file} or {folder}; all of them are one look of the
 * officer's. What stands there is of before: it goes at once, however long others
 * take. */
function judge(list) {
	coming++;
	begin();
	return next(async () => {
		let pieces;

		begin();
		try {
			pieces = await judgeAll(list);
		} finally {
			coming--;
			settle();
		}
		inputs = list;
		arrive(pieces);
	});
}

async function judgeAll(list) {
	const pieces = [], bar = by("waiting").querySelector("progress");

	bar.max = list.length;
	for (const input of list) {
		if (list.length > 1) {
			bar.value = pieces.length;
			by("count").textContent = `${pieces.length + 1} / ${list.length}`;
		}
		pieces.push(await judgeOne(input.file ? await readFile(input.file) :
		    input.folder ? await readFolder(input.folder) : input));
	}
	return pieces;
}

/* Read here: a file that is gone is not a program that is gone. The program says
 * what the command says of one, and of one that is too large. */
async function readFile(file) {
	const path = "/check?name=" + encodeURIComponent(file.name);

	if (file.size > FILE_MAX)
		return { path: path + "&as=large", body: "" };
	try {
		return { path: path, body: await file.arrayBuffer() };
	} catch (error) {
		return { path: path + "&as=gone", body: "" };
	}
}

/* Its files as verify/desk/folder.h has them: neither hidden ones nor folders in it,
 * and no more than the program takes at once. */
async function readFolder(folder) {
	const path = "/check?as=folder&name=" + encodeURIComponent(folder.name);
	const parts = [];
	let room = FILE_MAX - (1 << 16), cut = false;

	try {
		for (const entry of await entriesIn(folder)) {
			const file = await new Promise((done) => entry.file(done, () => done(null)));
			const body = file === null || file.size > room ? null :
			    await file.arrayBuffer().catch(() => null);
			const name = new TextEncoder().encode(entry.name);

			cut = cut || body === null;
			if (body === null)
				continue;
			parts.push(`${name.length} ${body.byteLength}\n`, name, body);
			room -= body.byteLength + name.length + 20;
		}
	} catch (error) {
		return { path: "/check?as=gone&name=" + encodeURIComponent(folder.name), body: "" };
	}
	return { path: path + (cut ? "&cut=1" : ""), body: new Blob(parts) };
}

/* A browser tells some of them at a time. */
async function entriesIn(folder) {
	const reader = folder.createReader(), all = [];
	let some;

	do {
		some = await new Promise((done, failed) => reader.readEntries(done, failed));
		all.push(...some);
	} while (some.length > 0);
	return all.filter((one) => one.isFile && !one.name.startsWith("."))
	    .sort((a, b) => a.name < b.name ? -1 : 1);
}

async function judgeOne(input) {
	const answer = await ask(input.path, input.body);

	if (answer.status === 200)
		return answer.text();
	if (answer.status !== 204)
		by("hint").textContent = answer.status === 413 ? word("large") :
		    await problem(answer);
	return "";
}

/* What is on the screen, by what is known now and in today's language. */
async function judgeAgain() {
	const again = inputs, verdictBefore = verdict.dataset.verdict;

	if (again.length === 0)
		return;
	const pieces = await judgeAll(again);
	if (inputs !== again || pieces.includes(""))
		return;
	keepOn();
	show(pieces);
	if (verdict.dataset.verdict !== verdictBefore)
		sound(verdict.dataset.verdict);
}

/* Why a picture could not be read; of several each says so itself. */
function unread() {
	const means = verdict.querySelectorAll("section").length > 1 ? null : verdict.querySelector('[data-reason="U-UNREADABLE"] .means');

	return means === null ? "" : means.firstChild.textContent;
}

/* Its word is not below the window's half, nor behind the band. */
function isWordSeen() {
	const { top } = verdict.getBoundingClientRect();
	const band = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop);

	return top >= band && top <= innerHeight / 2;
}

function arrive(pieces) {
	if (pieces.join("") === "")
		return;
	show(pieces);
	by("hint").textContent = unread();
	shown = KEEP_SECONDS;
	sound(verdict.dataset.verdict);
	if (!isWordSeen())
		verdict.scrollIntoView();
	focusCode();
	refreshKnown();
}

function judgeFiles(list) {
	if (list.length > 0)
		judge(list);
}

/* What was dropped or pasted; a folder looks like a file, but cannot be read as one. */
function filesOf(data) {
	return [...data.items].filter((one) => one.kind === "file").map((one) => {
		const entry = one.webkitGetAsEntry();

		return entry !== null && entry.isDirectory ? { folder: entry } :
		    { file: one.getAsFile() };
	});
}

/* --- what is typed ---------------------------------------------------------- */

let silence = 0;
let lastKey = 0;
let digit = null; /* 1, 2 or 3: an answer, or the first key of a scanner */
let begun = ""; /* lines that are no whole code yet: the next one may complete it */
let pastedIn = false; /* what the box has was typed by no scanner */
let advised = false; /* of one that sends nothing behind a code */

function line(text) {
	if (text.trim() !== "")
		judge([{ path: "/check?as=line", body: text }]);
}

function wait() {
	clearTimeout(silence);
	silence = setTimeout(quiet, SILENCE_MS);
}

/* What a whole code comes to; null: it is none. */
async function whole(text) {
	const answer = await ask("/check?as=typed", text);

	return answer.status === 200 ? answer.text() : null;
}

function arriveTyped(text, piece) {
	wipe();
	inputs = [{ path: "/check?as=line", body: text }];
	arrive([piece]);
}

/* Nothing came for a moment: a code without Enter, or one that stays broken. */
function quiet() {
	const part = code.value;

	if (begun === "" && part.trim().length < 20)
		return;
	next(async () => {
		const broken = begun;

		/* Enter came meanwhile */
		if (!code.value.startsWith(part))
			return;
		begun = "";
		const piece = part.trim() === "" ? null : await whole(broken + part);
		if (piece === null) {
			line(broken);
			return;
		}
		settle();
		arriveTyped(broken + part, piece);
		/* more may have come meanwhile: the next letter */
		if (code.value.startsWith(part))
			code.value = code.value.slice(part.length);
		if (!advised && !pastedIn) {
			by("hint").textContent = word("unended");
			advised = true;
		}
	});
}

function enter() {
	const text = code.value;

	clearTimeout(silence);
	code.value = "";
	if (text.trim() === "")
		return;
	coming++;
	begin();
	next(async () => {
		const lines = begun + text + "\n";
		let piece;

		begun = "";
		begin();
		try {
			piece = await whole(lines);
			begun = piece === null ? lines.slice(-BEGUN_MAX) : "";
		} finally {
			coming--;
			settle();
		}
		if (piece === null)
			wait();
		else
			arriveTyped(lines, piece);
	});
}

function forgetTyped() {
	clearTimeout(silence);
	code.value = begun = "";
	settle();
}

code.addEventListener("input", (event) => {
	pastedIn = event.inputType !== "insertText";
	wait();
});

function settleDigit(alone) {
	const waiting = digit;

	if (waiting === null)
		return;
	digit = null;
	clearTimeout(waiting.timer);
	if (!alone)
		code.value = waiting.key + code.value;
	else
		giveAnswer(waiting.answer, waiting.visit).catch(() => {});
}

/* Is this key an answer? */
function answerKey(event) {
	const answer = { "1": "match", "2": "mismatch", "3": "none" }[event.key];

	if (answer === undefined || code.value !== "" || by("answer").hidden ||
	    (event.target !== code && event.target.matches(TYPED_IN)))
		return false;
	event.preventDefault();
	digit = { key: event.key, answer: answer, visit: askedVisit(),
		timer: setTimeout(() => settleDigit(true), SCANNER_MS) };
	return true;
}

/* Some scanners type control characters around a code: STX, ETX, EOT, Tab, LF, CR.
 * A browser takes them for its own keys, and opens bookmarks or downloads. */
function isMark(event, fast) {
	const key = event.key.toLowerCase();
	const ends = "cdijm".includes(key) && fast && code.value.length > 20;

	if (!event.ctrlKey || event.altKey || event.metaKey || event.target !== code ||
	    (!ends && key !== "b"))
		return false;
	event.preventDefault();
	if (ends)
		enter();
	return true;
}

document.addEventListener("keydown", (event) => {
	const fast = event.timeStamp - lastKey < SCANNER_MS;
	const plain = !event.ctrlKey && !event.altKey && !event.metaKey;

	lastKey = event.timeStamp;
	keepOn();
	if (plain && event.key.length === 1 && event.key !== " " &&
	    !event.target.matches(TYPED_IN))
		focusCode();
	if (isMark(event, fast) || !plain)
		return;
	settleDigit(false);
	if (answerKey(event) || event.target !== code)
		return;
	/* some scanners end with Tab */
	if (event.key === "Enter" ||
	    (event.key === "Tab" && !event.shiftKey && fast && code.value.length > 20)) {
		event.preventDefault();
		enter();
	}
});

by("numbers").addEventListener("submit", (event) => {
	event.preventDefault();
	if (by("number").value.trim() !== "")
		judge([{ path: "/check?as=number", body: by("number").value }]);
	by("number").value = "";
});

/* --- files, dropped and pasted things ---------------------------------------- */

by("file").addEventListener("change", (event) => {
	judgeFiles([...event.target.files].map((file) => ({ file: file })));
	event.target.value = "";
	focusCode();
});
document.addEventListener("dragover", (event) => {
	event.preventDefault();
	document.body.classList.add("dragged");
});
document.addEventListener("dragleave", (event) => {
	if (event.relatedTarget === null)
		document.body.classList.remove("dragged");
});
document.addEventListener("drop", (event) => {
	event.preventDefault();
	document.body.classList.remove("dragged");
	if (event.dataTransfer.files.length > 0)
		judgeFiles(filesOf(event.dataTransfer));
	else
		pasted(event.dataTransfer.getData("text/plain"));
	focusCode();
});

/* A letter's file, or several codes, each on its line. */
function pasted(text) {
	const several = /\n/.test(text.trim());

	if (several || text.trimStart().startsWith("<"))
		judge([{ path: "/check", body: text }]);
	else if (text !== "")
		line(text);
}

document.addEventListener("paste", (event) => {
	const data = event.clipboardData;
	const text = data.getData("text/plain");

	if (data.files.length > 0) {
		event.preventDefault();
		judgeFiles(filesOf(data));
		focusCode();
	} else if (event.target === code
	    ? /\n/.test(text.trim()) || text.trimStart().startsWith("<")
	    : !event.target.matches(TYPED_IN)) {
		event.preventDefault();
		pasted(text);
		focusCode();
	}
});

/* --- clearing ----------------------------------------------------------------- */

function keepOn() {
	if (!by("clearing").hidden) {
		shown = KEEP_SECONDS;
		by("clearing").hidden = true;
	}
}

setInterval(() => {
	if (shown === 0)
		return;
	shown--;
	if (shown === 0) {
		wipe();
		return;
	}
	if (shown <= WARN_SECONDS) {
		by("left").textContent = shown;
		by("clearing").hidden = false;
	}
}, 1000);

by("keep").addEventListener("click", () => {
	keepOn();
	focusCode();
});
by("clear").addEventListener("click", () => {
	wipe();
	forgetTyped();
	by("hint").textContent = "";
	focusCode();
});
document.addEventListener("pointerdown", keepOn);
document.addEventListener("click", (event) => {
	const on = event.target;

	if (!on.closest("a, button, label, summary, details, " + TYPED_IN) &&
	    String(getSelection()) === "")
		focusCode();
});
by("answer").addEventListener("click", (event) => {
	const button = event.target.closest("button");

	if (button !== null)
		giveAnswer(button.dataset.answer, askedVisit()).catch(() => {});
});

by("copy").addEventListener("click", async () => {
	const lines = [...verdict.querySelectorAll(".report")]
	    .map((one) => one.textContent);

	try {
		await navigator.clipboard.writeText(lines.join("\n") + "\n");
		by("copied").textContent = word("copied");
	} catch (error) {
		by("copied").textContent = word("uncopied");
	}
	focusCode();
});

/* --- what is known, and taken -------------------------------------------------- */

/* The clock and how old lists are: in the band they are always in view. */
function raiseStanding() {
	document.querySelector(".band .standing").replaceChildren(...by("standing").childNodes);
}

async function refreshKnown() {
	const answer = await ask("/knowledge").catch(() => null);

	if (answer === null || !answer.ok)
		return;
	const text = await answer.text();
	const open = by("knowledge").querySelector("details[open]") !== null;

	if (by("knowledge").dataset.text === text)
		return;
	by("knowledge").dataset.text = text;
	by("knowledge").innerHTML = text;
	raiseStanding();
	if (open && by("knowledge").querySelector("details"))
		by("knowledge").querySelector("details").open = true;
}
setInterval(refreshKnown, KNOWN_MS);

let following = 0;
let taking = false;

async function follow() {
	const answer = await ask("/sync").catch(() => null);

	if (answer !== null && answer.ok)
		by("taking").innerHTML = await answer.text();
	clearTimeout(following);
	if (by("taking").querySelector(".running") !== null) {
		taking = true;
		following = setTimeout(follow, 1000);
		return;
	}
	refreshKnown();
	if (taking)
		next(judgeAgain); /* the letter on the screen waited for it */
	taking = false;
}

by("sync").addEventListener("submit", async (event) => {
	event.preventDefault();
	const answer = await ask("/sync", form({ source: by("source").value }), FORM,
	    "application/json").catch(() => null);

	if (answer !== null && answer.ok) {
		by("taking").innerHTML = await answer.text();
		taking = true;
		following = setTimeout(follow, 300);
	} else if (answer !== null)
		by("taking").textContent = await problem(answer);
	focusCode();
});
by("taking").addEventListener("click", (event) => {
	const place = event.target.closest("[data-place]");

	if (place !== null) {
		by("source").value = place.dataset.place;
		by("source").focus();
	}
});
/* sticks come and go */
by("source").addEventListener("focus", () => {
	if (by("taking").querySelector(".running") === null)
		follow();
});
if (by("taking").querySelector(".running") !== null)
	follow();

/* --- the camera ------------------------------------------------------------------ */

const preview = by("preview");
const canvas = document.createElement("canvas");
let stream = null;
let first = null; /* whose first frame was looked at */

function cameraOff() {
	if (stream !== null)
		for (const track of stream.getTracks())
			track.stop();
	stream = null;
	preview.srcObject = null;
	by("frame").hidden = true;
	by("camera").setAttribute("aria-pressed", "false");
	by("cameras").hidden = true;
}

function noCamera(error) {
	const name = error === null ? "" : error.name;

	cameraOff();
	by("hint").textContent = name === "NotAllowedError" ||
	    name === "SecurityError" || error === null ? word("forbidden") :
	    name === "NotFoundError" || name === "OverconstrainedError" ?
	    word("noCamera") : word("busy");
}

/* The one that was chosen; another one where that is gone. */
async function openCamera(video, chosen) {
	const devices = navigator.mediaDevices;

	if (chosen)
		try {
			return await devices.getUserMedia(
			    { video: { ...video, deviceId: { exact: chosen } } });
		} catch (error) {
			if (error.name !== "OverconstrainedError" && error.name !== "NotFoundError")
				throw error;
		}
	return devices.getUserMedia({ video: video });
}

async function cameraOn() {
	const chosen = remembered("camera");
	const video = { width: { ideal: 1280 }, height: { ideal: 720 } };

	if (!navigator.mediaDevices) {
		noCamera(null);
		return;
	}
	by("camera").disabled = true; /* the browser asks: once is enough */
	try {
		stream = await openCamera(video, chosen);
	} catch (error) {
		noCamera(error);
		return;
	} finally {
		by("camera").disabled = false;
	}
	by("hint").textContent = "";
	by("frame").hidden = false;
	by("camera").setAttribute("aria-pressed", "true");
	preview.srcObject = stream;
	await preview.play().catch(() => {}); /* it was put away meanwhile */
	if (stream === null)
		return;
	stream.getTracks()[0].addEventListener("ended", () => noCamera({ name: "" }));
	await listCameras();
	watch(stream);
}

async function listCameras() {
	const all = (await navigator.mediaDevices.enumerateDevices())
	    .filter((one) => one.kind === "videoinput");
	const used = stream === null ? "" : stream.getTracks()[0].getSettings().deviceId;

	by("cameras").replaceChildren(...all.map((one, i) => new Option(
	    one.label || word("camera") + " " + (i + 1), one.deviceId, false,
	    one.deviceId === used)));
	by("cameras").hidden = all.length < 2;
}

/* One picture in shades of gray: a PGM. */
function picture() {
	const width = preview.videoWidth, height = preview.videoHeight;
	const head = new TextEncoder().encode(`P5 ${width} ${height} 255\n`);
	const pgm = new Uint8Array(head.length + width * height);
	const draw = canvas.getContext("2d", { willReadFrequently: true });

	canvas.width = width;
	canvas.height = height;
	draw.drawImage(preview, 0, 0);
	pgm.set(head);
	const rgb = draw.getImageData(0, 0, width, height).data;
	for (let i = 0, at = head.length; at < pgm.length; i += 4, at++)
		pgm[at] = (rgb[i] * 77 + rgb[i + 1] * 150 + rgb[i + 2] * 29) >> 8;
	return pgm;
}

/* About five a second, one at a time, until the camera is another or off. */
async function watch(mine) {
	while (stream === mine) {
		const began = performance.now();

		if (preview.videoWidth > 0 && !document.hidden)
			await next(() => look(mine));
		await new Promise((done) => setTimeout(done,
		    Math.max(20, FRAME_MS - (performance.now() - began))));
	}
}

async function look(mine) {
	const body = picture();
	const answer = await ask(first === mine ? "/frame" : "/frame?again=1", body);
	const type = answer.headers.get("Content-Type") || "";

	first = mine;
	if (stream !== mine)
		return;
	by("frame").dataset.hint = answer.status === 200 ? "" : "held";
	if (answer.status !== 200) {
		by("hint").textContent = answer.status === 204 ? "" : word("failed");
		return;
	}
	if (type.startsWith("application/json")) {
		const hint = await answer.json();

		by("frame").dataset.hint = hint.hint;
		if (by("hint").textContent !== hint.text)
			by("hint").textContent = hint.text;
		return;
	}
	const piece = await answer.text();
	if (!by("answer").hidden && !(by("answer").dataset.visit in told))
		swapped = performance.now();
	wipe();
	inputs = [{ path: "/frame?again=1", body: body }];
	arrive([piece]);
	by("frame").dataset.hint = "held";
}

by("camera").addEventListener("click", () => {
	if (stream !== null)
		cameraOff();
	else
		cameraOn();
	focusCode();
});
by("cameras").addEventListener("change", (event) => {
	remember("camera", event.target.value);
	cameraOff();
	cameraOn();
	focusCode();
});

/* --- language ---------------------------------------------------------------------- */

/* Words come anew, and nothing else: what is typed stays. */
function renew(page) {
	renewWords(page);
	for (const id of ["knowledge", "taking"])
		by(id).innerHTML = page.getElementById(id).innerHTML;
	raiseStanding();
	delete by("knowledge").dataset.text;
}

async function switchLanguage(language) {
	await ask("/language", form({ language: language }), FORM);
	const answer = await ask("/");

	if (!answer.ok)
		return;
	renew(new DOMParser().parseFromString(await answer.text(), "text/html"));
	await judgeAgain(); /* the same visits, in other words */
}

by("language").value = document.documentElement.lang;
by("language").addEventListener("change", (event) => {
	by("said").textContent = by("hint").textContent = by("copied").textContent = "";
	next(() => switchLanguage(event.target.value));
	focusCode();
});

by("sounds").checked = remembered("sounds") !== "off";
by("sounds").addEventListener("change", (event) => {
	remember("sounds", event.target.checked ? "on" : "off");
	focusCode();
});
focusCode();
raiseStanding();
