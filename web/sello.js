/* Sello: what all pages share. */
"use strict";

/* The word that each POST carries (docs/pages.md). */
function selloToken() {
	return document.querySelector('meta[name="sello-token"]').content;
}

/*
 * A POST to this program. fetch's own mode ("cors") stays as it is: with
 * another the browser would send "Origin: null", which is refused.
 */
function selloPost(path, body, type) {
	return fetch(path, {
		method: "POST",
		headers: {
			"X-Sello-Token": selloToken(),
			"Content-Type": type || "application/octet-stream",
			"Accept": "application/json",
		},
		body: body,
	});
}
