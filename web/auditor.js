/*
 * auditor.js - the audit: how far it is, which findings are looked at, which
 * letters are drawn. Nothing is judged here.
 */
const POLL_MS = 300;
const PARTS = ["program", "now", "summary", "findings", "unchecked", "letters",
	"sample-list", "read"];

const filter = by("findings-filter");
const FILTERS = ["center", "severity", "kind"];

/* --- the filter ------------------------------------------------------------ */

function isWanted(finding) {
	const { center, severity, kind } = filter.elements;

	return (center.value === "" || center.value ===
		(finding.dataset.center || "-")) &&
	    (severity.value === "" || severity.value === finding.dataset.severity) &&
	    (kind.value === "" || kind.value === finding.dataset.finding);
}

function applyFilter() {
	const found = by("findings").querySelectorAll("[data-finding]");

	for (const finding of document.querySelectorAll("[data-finding]"))
		finding.hidden = !isWanted(finding);
	for (const kind of document.querySelectorAll("[data-kind]"))
		kind.hidden = kind.querySelector("[data-finding]:not([hidden])") === null;
	/* what was not checked stands beside them, and is none of them */
	const shown = [...found].filter((finding) => !finding.hidden).length;
	const left = by("unchecked").querySelectorAll("[data-finding][hidden]").length;

	by("left-out").textContent = left > 0 ? `${word("leftOut")} ${left}` : "";
	by("matches").textContent = found.length > 0 ? `${word("shown")} ${shown} / ${found.length}` : "";
	by("filter-none").disabled = FILTERS.every((name) =>
		filter.elements[name].value === "");
}

/* In the address: a page that is loaded again looks at the same. */
function keepFilter() {
	const query = new URLSearchParams();

	for (const name of FILTERS)
		if (filter.elements[name].value !== "")
			query.set(name, filter.elements[name].value);
	history.replaceState(null, "",
	    "/" + (String(query) === "" ? "" : "?" + query) + location.hash);
}

/* A value that is no more there is all of them. */
function setFilter(values) {
	for (const name of FILTERS) {
		const select = filter.elements[name];

		select.value = values[name] || "";
		if (select.selectedIndex < 0)
			select.value = "";
	}
}

filter.addEventListener("change", () => {
	keepFilter();
	applyFilter();
});
filter.addEventListener("reset", (event) => {
	event.preventDefault();
	setFilter({});
	keepFilter();
	applyFilter();
	filter.elements.center.focus();
});
filter.addEventListener("submit", (event) => event.preventDefault());

/* --- evidence --------------------------------------------------------------- */

async function readLine(place) {
	const query = new URLSearchParams({ center: place.dataset.center,
		log: place.dataset.log, line: place.dataset.line });
	place.textContent = word("reading");
	const answer = await ask("/line?" + query, undefined, undefined,
	    "application/json");

	place.textContent = answer.ok ? await answer.text() : await problem(answer);
}

document.addEventListener("toggle", (event) => {
	const place = event.target.open ?
	    event.target.querySelector(".line[data-line]:empty") : null;

	if (place !== null)
		readLine(place).catch(() => {});
}, true);

/* --- letters ----------------------------------------------------------------- */

let choice = null; /* a query; null: as the program begins */

async function drawLetters(focus) {
	const answer = await ask("/letters?" + choice).catch(() => null);

	if (answer === null || !answer.ok)
		return;
	by("letters").innerHTML = await answer.text();
	if (focus && by(focus))
		by(focus).focus();
}

by("letters").addEventListener("change", (event) => {
	const chosen = event.target.closest("form");

	/* a person is one of a center */
	if (event.target.name === "center")
		chosen.elements.person.value = "";
	choice = new URLSearchParams(new FormData(chosen));
	drawLetters(event.target.id);
});
by("letters").addEventListener("submit", (event) => event.preventDefault());

/* --- the sample --------------------------------------------------------------- */

by("print-sample").addEventListener("click", () => {
	document.body.classList.add("print-sample");
	window.print();
});
addEventListener("afterprint", () => document.body.classList.remove("print-sample"));

/* --- the audit ----------------------------------------------------------------- */

let following = 0;

function showStep(step) {
	by("step").textContent = step.text || word("begins");
	if (step.total > 0) {
		by("bar").max = step.total;
		by("bar").value = step.done;
	} else
		by("bar").removeAttribute("value");
}

async function follow() {
	clearTimeout(following);
	const answer = await ask("/progress", undefined, undefined,
	    "application/json").catch(() => null);
	const step = answer !== null && answer.ok ? await answer.json() : null;

	if (step !== null && !step.running) {
		await renew();
		return;
	}
	if (step !== null)
		showStep(step);
	following = setTimeout(follow, POLL_MS);
}

/* The same page anew: words and results. What was chosen stays. */
async function renew() {
	const answer = await ask("/" + location.search).catch(() => null);

	if (answer === null || !answer.ok)
		return;
	take(new DOMParser().parseFromString(await answer.text(), "text/html"));
}

function take(page) {
	const chosen = Object.fromEntries(FILTERS.map((name) =>
		[name, filter.elements[name].value]));

	for (const name of ["center", "kind"])
		by("filter-" + name).innerHTML = page.getElementById("filter-" + name).innerHTML;
	for (const id of PARTS)
		by(id).innerHTML = page.getElementById(id).innerHTML;
	renewWords(page);
	document.body.className = page.body.className;
	document.body.dataset.state = page.body.dataset.state;
	/* while it runs there is nothing to choose from */
	if (page.body.dataset.state === "done") {
		setFilter(kept || chosen);
		kept = null;
	} else
		kept = kept || chosen;
	begin();
	if (choice !== null && page.body.dataset.state === "done")
		drawLetters(null);
}

/* Where the page is narrow a cell has no column above it (auditor.css). */
function nameCells() {
	for (const table of by("read").querySelectorAll("table")) {
		const names = [...table.querySelectorAll("thead th")].map((one) => one.textContent);

		for (const row of table.querySelectorAll("tbody tr"))
			[...row.cells].forEach((cell, i) => {
				if (names[i])
					cell.dataset.label = names[i];
			});
	}
}

let kept = Object.fromEntries(new URLSearchParams(location.search));

function begin() {
	by("language").value = document.documentElement.lang;
	if (document.body.dataset.state === "running") {
		showStep({});
		follow();
	} else {
		nameCells();
		applyFilter();
	}
}

by("again").addEventListener("click", async () => {
	const answer = await ask("/again", "", FORM, "application/json").catch(() => null);

	if (answer === null || !answer.ok)
		return;
	kept = kept || Object.fromEntries(FILTERS.map((name) =>
		[name, filter.elements[name].value]));
	document.body.dataset.state = "running";
	begin();
});

by("language").addEventListener("change", async (event) => {
	const language = event.target.value;

	await ask("/language", form({ language: language }), FORM).catch(() => {});
	await renew();
	by("language").focus();
});

if (document.body.dataset.state === "done") {
	setFilter(kept);
	kept = null;
}
begin();
