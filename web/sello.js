/* Sello: what all pages share. */
"use strict";

/* Words of this page (docs/pages.md): "token" goes with each POST, "proof" comes with
 * each answer. */
const selloWord = (name) => document.querySelector(`meta[name="sello-${name}"]`).content;

const by = (id) => document.getElementById(id);
const word = (name) => by("words").dataset[name];

/* --- asking the program ---------------------------------------------------- */

/* As fetch, but of nobody else: where the program has ended, somebody else who uses
 * this computer may listen in its place, and say anything. */
async function fetchOurs(path, request) {
	let answer;

	try {
		answer = await fetch(path, request);
	} catch (error) {
		gone(word("gone"));
		throw error;
	}
	if (answer.headers.get("X-Sello-Proof") !== selloWord("proof")) {
		gone(word("over"));
		throw new Error("not this page's program");
	}
	by("gone").hidden = true;
	return answer;
}

/*
 * GET, or POST where there is a body: names and passphrases, which nobody gets who has
 * not shown before that it is the program. fetch's own mode ("cors") stays as it is:
 * with another the browser would send "Origin: null", which is refused.
 */
async function ask(path, body, type, accept) {
	const request = { headers: { "Accept": accept || "text/html" } };

	if (body !== undefined) {
		await fetchOurs("/web/sello.css", { method: "HEAD" });
		request.method = "POST";
		request.body = body;
		request.headers["X-Sello-Token"] = selloWord("token");
		request.headers["Content-Type"] = type || "application/octet-stream";
	}
	return fetchOurs(path, request);
}

const FORM = "application/x-www-form-urlencoded";
const form = (fields) => new URLSearchParams(fields).toString();

/* What the page shows is nobody's any more: it hears "gone". */
function gone(text) {
	by("gone").textContent = text;
	by("gone").hidden = false;
	document.dispatchEvent(new Event("gone"));
}

/* What went wrong, in the program's words. */
async function problem(answer) {
	try {
		return (await answer.json()).error;
	} catch (error) {
		return word("failed");
	}
}

/* --- what a browser keeps --------------------------------------------------- */

function remembered(name) {
	try {
		return localStorage.getItem("sello-" + name);
	} catch (error) {
		return null;
	}
}

function remember(name, value) {
	try {
		localStorage.setItem("sello-" + name, value);
	} catch (error) {
		/* then it is chosen again next time */
	}
}

/* --- language --------------------------------------------------------------- */

/* The page's own words from the same page in another language: nothing else. */
function renewWords(page) {
	const old = document.querySelectorAll("[data-t]");
	const renewed = page.querySelectorAll("[data-t]");

	old.forEach((one, i) => {
		if (one.children.length === 0)
			one.textContent = renewed[i].textContent;
		for (const { name, value } of renewed[i].attributes)
			if (name === "aria-label" || name.startsWith("data-"))
				one.setAttribute(name, value);
	});
	document.documentElement.lang = page.documentElement.lang;
}
