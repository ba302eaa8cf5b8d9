/*
 * staff.js - the center's desk: forms go to the program, and what it answers
 * takes the place of the page. Nothing is judged here.
 */
const WARN_SECONDS = 60; /* before the program locks */
/* --- asking the program ---------------------------------------------------- */

let asked = Date.now();

/* Whose page this is: in another window somebody else may sign in meanwhile. */
const signedIn = () => "&" + form({ "signed-in": by("page").dataset.signedIn });

async function send(path, body, type) {
	const answer = type === undefined ?
	    await ask(path, body + signedIn(), FORM, "application/json") :
	    await ask(path + signedIn(), body, type, "application/json");

	asked = Date.now();
	by("locking").hidden = true;
	if (answer.headers.get("X-Sello-Desk") === "locked")
		location.assign("/");
	return answer;
}

/* The page as it is now; what stands around it stays. */
async function take(answer) {
	const type = answer.headers.get("Content-Type") || "";

	if (answer.redirected) {
		renew(await answer.text());
		history.pushState(null, "", answer.url);
		focusNext();
		return;
	}
	if (!type.startsWith("text/html")) {
		const text = await problem(answer);

		if (answer.status >= 400)
			gone(text);
		return;
	}
	by("page").innerHTML = await answer.text();
	drawDependants();
	/* an address that does not change would show the sheet of before */
	for (const frame of document.querySelectorAll("iframe"))
		frame.src += "?" + Date.now();
	focusNext();
}

/* A whole page in the place of this one. */
function renew(text) {
	const next = new DOMParser().parseFromString(text, "text/html");

	document.documentElement.lang = next.documentElement.lang;
	document.title = next.title;
	document.body.className = next.body.className;
	/* the select of languages keeps the focus */
	for (const part of ["h1", ".quiet span", "#training", "#bar", "#locking", "#page", "#words"])
		document.querySelector(part).replaceWith(next.querySelector(part));
	drawDependants();
}
addEventListener("popstate", () => location.reload());

function focusNext() {
	const next = document.querySelector("#page .open .whole, #page .open, #said");

	if (next === null)
		return;
	next.tabIndex = -1;
	next.focus({ preventScroll: true });
	next.scrollIntoView({ block: "nearest" });
}

/* --- forms ----------------------------------------------------------------- */

document.addEventListener("submit", async (event) => {
	const form = event.target;
	const fields = new URLSearchParams(new FormData(form, event.submitter));
	const buttons = form.querySelectorAll("button:not(:disabled)");

	/* what only asks for another page the browser does by itself */
	if (form.hasAttribute("action"))
		return;
	event.preventDefault();
	/* once is enough */
	if (form.dataset.to === undefined || form.dataset.busy !== undefined)
		return;
	form.dataset.busy = "";
	buttons.forEach((one) => one.disabled = true);
	try {
		await kept(form.id !== "intake");
		const answer = await send(form.dataset.to, fields.toString());
		const row = form.dataset.mend !== undefined ? typedBeside(form) : null;

		await take(answer);
		if (row !== null)
			typeAgain(row);
	} finally {
		delete form.dataset.busy;
		buttons.forEach((one) => one.disabled = false);
	}
});

/* While one row is mended somebody types into the next one. */
function typedBeside(form) {
	const kept = { focus: document.activeElement.id, values: new Map() };

	for (const one of document.querySelectorAll("#rows input"))
		if (one.form !== form && one.value !== one.defaultValue)
			kept.values.set(one.id, one.value);
	return kept;
}

function typeAgain(kept) {
	for (const [id, value] of kept.values)
		if (by(id) !== null)
			by(id).value = value;
	if (kept.focus !== "" && by(kept.focus) !== null)
		by(kept.focus).focus();
}

document.addEventListener("change", async (event) => {
	const box = event.target;

	if (box.id === "language") {
		await changeLanguage(box.value);
	} else if (box.type === "file" && box.files.length > 0) {
		const file = box.files[0];
		const to = box.form.dataset.file;

		await take(await send(to + "?name=" + encodeURIComponent(file.name),
		    file, "application/octet-stream"));
	} else if (box.form && box.form.dataset.mend !== undefined) {
		box.form.requestSubmit();
	}
});

/* --- the form of a person: judged when a control is left -------------------- */

let judging = 0;

document.addEventListener("focusout", async (event) => {
	const form = event.target.form;

	if (!form || form.id !== "intake" || !event.target.name ||
	    event.target.tagName === "BUTTON")
		return;
	event.target.dataset.left = "";
	const turn = ++judging;
	const answer = await send("/intake/judge",
	    new URLSearchParams(new FormData(form)).toString());
	const holder = document.createElement("template");
	/* read it in any case: an answer that nobody reads holds a connection */
	holder.innerHTML = await answer.text();
	if (turn !== judging || !answer.ok || !form.isConnected)
		return;
	for (const box of form.querySelectorAll("[data-problems]")) {
		const key = box.dataset.problems;
		const control = form.elements[key];

		/* what is said already is taken back when it is mended */
		if (key !== "" && control && control.dataset.left === undefined &&
		    box.querySelector("[data-problem]") === null)
			continue;
		box.replaceChildren(...[...holder.content.querySelectorAll("[data-problem]")]
		    .filter((one) => one.dataset.field === key));
		if (control)
			control.setAttribute("aria-invalid",
			    box.querySelector(".problem") !== null);
	}
	const alike = holder.content.querySelector("[data-alike]");
	by("alike").replaceChildren(...(alike ? alike.childNodes : []));
});

/* --- dependants: a row each writes the box of them all ----------------------- */

const PARTS = "[data-part]";

/* Rows as the box has them, and an empty one. */
function drawDependants() {
	const all = by("in-dependants");

	if (all === null)
		return;
	const rows = all.value.split(";").filter((one) => one.trim() !== "");
	by("dependants").querySelectorAll("div").forEach((row) => row.remove());
	for (const one of [...rows, ""])
		addDependant(one.split("|"));
}

function addDependant(parts) {
	const template = by("dependants").querySelector("template");
	const row = template.content.firstElementChild.cloneNode(true);
	const number = by("dependants").querySelectorAll("div").length + 1;

	row.setAttribute("aria-label", String(number));
	row.querySelectorAll(PARTS).forEach((one, i) => {
		const value = (parts[i] || "").trim();

		one.id = `dependant-${number}-${one.dataset.part}`;
		/* a word that the program may understand */
		if (one.tagName === "SELECT" && ![...one.options].some((option) => option.value === value))
			one.add(new Option(value, value));
		one.value = value;
	});
	by("dependants").append(row);
}

function writeDependants() {
	const rows = [...by("dependants").querySelectorAll("div")]
	    .map((row) => [...row.querySelectorAll(PARTS)].map((one) => one.value.replace(/[|;]/g, " ").trim()));
	const named = rows.filter((row) => row.join("") !== "");

	by("in-dependants").value = named.map((row) => row.join("|")).join("; ");
	if (named.length === rows.length)
		addDependant([]);
	by("in-dependants").dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("input", (event) => {
	if (event.target.matches(PARTS))
		writeDependants();
});
document.addEventListener("change", (event) => {
	if (event.target.id === "in-dependants")
		drawDependants();
});
document.addEventListener("focusout", (event) => {
	const row = event.target.matches(PARTS) ? event.target.parentElement : null;

	/* a row is judged whole */
	if (row !== null && !row.contains(event.relatedTarget))
		by("in-dependants").dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
});

/* --- a person half entered: the program keeps it, the browser does not ------- */

const KEEP_EVERY = 300; /* milliseconds, at most */
let dirty = false; /* typed and not sent */
let waiting = 0;
let keeping = Promise.resolve();

/* Also while the page goes: then nobody reads the answer. */
function keep() {
	dirty = false;
	if (by("intake") === null)
		return;
	asked = Date.now();
	const sent = fetch("/intake/keep", {
		method: "POST",
		keepalive: true,
		headers: { "X-Sello-Token": selloWord("token"), "Content-Type": FORM, "Accept": "application/json" },
		body: new URLSearchParams(new FormData(by("intake"))).toString() + signedIn(),
	}).then((answer) => {
		if (answer.headers.get("X-Sello-Desk") === "locked")
			location.assign("/");
		return answer.text();
	}).catch(() => null); /* who asks next is told */
	keeping = Promise.all([keeping, sent]);
}

/* The first key at once, or a page loaded anew would be quicker. */
function typed() {
	dirty = true;
	if (waiting !== 0)
		return;
	keep();
	waiting = setTimeout(() => {
		waiting = 0;
		if (dirty)
			typed();
	}, KEEP_EVERY);
}

/* Before anything else is asked; what is sent whole need not be kept. */
function kept(wanted) {
	if (dirty && wanted)
		keep();
	dirty = false;
	return keeping;
}

for (const kind of ["input", "change"])
	document.addEventListener(kind, (event) => {
		if (event.target.form && event.target.form.id === "intake")
			typed();
	});
addEventListener("beforeunload", () => {
	if (dirty)
		keep();
});

/* --- language: what is typed stays ------------------------------------------ */

const place = (one) => [one.form ? one.form.dataset.draft || one.form.dataset.letter : "",
    one.closest("tr") ? one.closest("tr").dataset.row : "", one.id, one.name].join("|");
const CONTROLS = "#page input:not([type=hidden]), #page select, #page textarea";

async function changeLanguage(language) {
	const kept = new Map();
	const left = new Map();
	const mine = by("page").dataset.signedIn;

	await send("/language", form({ language }));
	for (const one of document.querySelectorAll(CONTROLS)) {
		kept.set(place(one), one.type === "file" ? one.files :
		    one.type === "checkbox" ? one.checked : one.value);
		left.set(place(one), one.dataset.left);
	}
	const answer = await fetchOurs(location.href, { headers: { "Accept": "text/html" } });
	renew(await answer.text());
	/* what was typed here is not for somebody else */
	if (by("page").dataset.signedIn !== mine)
		return;
	for (const one of document.querySelectorAll(CONTROLS)) {
		const value = kept.get(place(one));

		if (value === undefined)
			continue;
		if (one.type === "file")
			one.files = value;
		else if (one.type === "checkbox")
			one.checked = value;
		else
			one.value = value;
		if (left.get(place(one)) !== undefined)
			one.dataset.left = "";
	}
	drawDependants();
	const touched = document.querySelector("#intake [data-left]");
	if (touched !== null)
		touched.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
}

/* --- locking ---------------------------------------------------------------- */

document.addEventListener("click", (event) => {
	if (event.target.closest("#stay"))
		send("/stay", "");
	else if (event.target.closest("[data-print]"))
		print();
});

setInterval(() => {
	const left = by("page").dataset.idle - (Date.now() - asked) / 1000;

	if (!document.body.classList.contains("open"))
		return;
	if (left <= 0)
		location.assign("/");
	else
		by("locking").hidden = left > WARN_SECONDS;
}, 1000);

/* a page of before has names of before */
addEventListener("pageshow", (event) => {
	if (event.persisted)
		location.reload();
});

by("language").value = document.documentElement.lang;
drawDependants();
