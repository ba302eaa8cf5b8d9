/*
 * strangers.js - who is not the program's own page, at each of the three programs:
 * other hosts and origins, no word and used ones, a name that leads here, pages of
 * another port with forms and scripts, slow and endless bodies, a crowd.
 */
"use strict";
const http = require("http");
const net = require("net");
const { asked, auditor, check, equal, forgive, launch, officer, open, staff, test, watched } = require("./support/support");

/* --- without a browser --------------------------------------------------------- */

/* ask - the status of an answer, or "cut". */
function ask(server, path, { method = "GET", headers = {}, body } = {}) {
	return new Promise((done) => {
		const request = http.request({ host: "127.0.0.1", port: server.port, path, method, headers, agent: false }, (answer) => {
			answer.resume();
			done(answer.statusCode);
		});

		request.on("error", () => done("cut"));
		request.end(body);
	});
}

/* What the page would send, and what a stranger would instead. */
async function refused(name, server, cookie, token) {
	const ours = { Cookie: cookie, Host: `127.0.0.1:${server.port}`, "Content-Type": "application/x-www-form-urlencoded" };
	const post = { ...ours, Origin: server.origin, "X-Sello-Token": token };
	const asks = async (what, want, path, headers, method = "GET", body) =>
		equal(`${name}: ${what}`, await ask(server, path, { method, headers, body }), want);
	const sends = (what, want, headers) => asks(what, want, "/language", headers, "POST", "language=en");

	await asks("ours is answered", 200, "/", ours);
	await sends("ours is taken", 204, post);
	await asks("another host", 421, "/", { ...ours, Host: `evil.example:${server.port}` });
	await asks("another port as host", 421, "/", { ...ours, Host: "127.0.0.1:1" });
	await asks("a name that ends like ours", 421, "/", { ...ours, Host: `127.0.0.1.evil.example:${server.port}` });
	await sends("another host that posts", 421, { ...post, Host: "evil.example" });
	await sends("another origin", 403, { ...post, Origin: "http://evil.example" });
	await sends("no origin at all, which browsers call null", 403, { ...post, Origin: "null" });
	await sends("the origin of another port", 403, { ...post, Origin: "http://127.0.0.1:1" });
	await sends("a page of the same site", 403, { ...post, "Sec-Fetch-Site": "same-site" });
	await sends("no token", 403, { ...post, "X-Sello-Token": "" });
	await sends("another token", 403, { ...post, "X-Sello-Token": token.replace(/^./, (c) => c === "A" ? "B" : "A") });
	await sends("the token without the cookie", 403, { ...post, Cookie: "" });
	await asks("no cookie", 403, "/", { ...ours, Cookie: "" });
	await asks("no cookie, for a file", 403, "/web/sello.css", { ...ours, Cookie: "" });
	await asks("a used link", 403, new URL(server.link).pathname, { Host: ours.Host });
	await asks("a guessed link", 403, "/start/" + "A".repeat(43), { Host: ours.Host });
	await asks("a way out of the folder", 404, "/web/%2e%2e/%2e%2e/etc/passwd", ours);
	await asks("another method", 405, "/", { ...post }, "DELETE");
	await asks("a body that is too long", 413, "/language", { ...post, "Content-Length": String(1 << 30) }, "POST");
}

/* crowd - so many connections, some hundred at a time, that say nothing or half. */
async function crowd(server, count) {
	const port = server.port;

	for (let done = 0; done < count; done += 250)
		await Promise.all(Array.from({ length: 250 }, (_, i) => new Promise((next) => {
			const socket = net.connect(port, "127.0.0.1", () => {
				if (i % 2)
					socket.write("POST /check HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nContent-Len");
				socket.destroy();
			});

			socket.on("error", () => {});
			socket.on("close", next);
		})));
}

/* Sends a byte now and then, for ever; others are answered all the same. */
function slow(server, cookie, token) {
	const socket = net.connect(server.port, "127.0.0.1", () => socket.write(
	    `POST /check HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nCookie: ${cookie}\r\n` +
	    `Origin: ${server.origin}\r\nX-Sello-Token: ${token}\r\nContent-Length: 100000\r\n\r\nS`));
	const timer = setInterval(() => socket.write("E"), 500);
	const cut = new Promise((done) => socket.on("close", done));

	socket.on("error", () => {});
	socket.on("data", () => socket.end());
	socket.on("end", () => socket.destroy());
	return cut.then(() => clearInterval(timer));
}

/* --- with a browser ------------------------------------------------------------- */

/* A stranger's page on another port, which the browser thinks is the same site. */
function stranger(server) {
	const page = `<!doctype html><title>x</title>
<form method="post" action="${server.origin}/language"><input name="language" value="fr"></form>
<form method="post" enctype="text/plain" action="${server.origin}/language"><input name="language" value="fr"></form>
<iframe src="${server.origin}/"></iframe><img src="${server.origin}/"><script src="${server.origin}/web/sello.js"></script>`;

	return new Promise((done) => {
		const other = http.createServer((request, answer) =>
			answer.writeHead(200, { "Content-Type": "text/html" }).end(page));
		other.listen(0, "127.0.0.1", () => done(other));
	});
}

async function crossSite(name, server, context, ours) {
	const other = await stranger(server);
	const page = await context.newPage();
	const statuses = [];

	page.on("response", (answer) => {
		if (answer.url().startsWith(server.origin))
			statuses.push(answer.status());
	});
	for (const host of ["127.0.0.1", "localhost", "evil.example"]) {
		const from = `http://${host}:${other.address().port}/`;

		for (const form of [0, 1]) {
			await page.goto(from);
			await Promise.all([page.waitForURL(server.origin + "/language"),
				page.evaluate((i) => document.forms[i].submit(), form)]);
		}
		await page.goto(from);
		const fetched = await page.evaluate(async (origin) => {
			const tries = [];

			for (const mode of ["cors", "no-cors"])
				for (const method of ["GET", "POST"])
					tries.push(await fetch(origin + "/", { method, mode, credentials: "include" })
					    .then((answer) => answer.text(), () => ""));
			return tries.join("") + (typeof selloWord) +
			    (document.querySelector("iframe").contentDocument ? "frame" : "");
		}, server.origin);
		equal(`${name}: a page of ${host} reads nothing`, fetched, "undefined");
	}
	check(`${name}: ... and is refused all it asks`, statuses.length > 10 &&
	    statuses.every((status) => status === 403), statuses);
	/* the name of the stranger leads to us: DNS rebinding */
	const rebound = await page.goto(`http://evil.example:${server.port}/`);
	equal(`${name}: a name that leads here`, rebound.status(), 421);
	const before = await ours.getAttribute("html", "lang");
	await ours.reload();
	equal(`${name}: nothing was changed`, await ours.getAttribute("html", "lang"), before);
	await page.close();
	other.close();
}

/* The program has ended, its page stands open, and somebody else has its port. */
async function impostor(browser) {
	const server = await officer(), desk = await staff();
	const context = await watched(browser);
	const page = await open(context, server, "en"), form = await open(context, desk, "en");
	const taken = [];
	const lies = (port) => new Promise((done) => {
		const other = http.createServer((request, answer) => {
			taken.push(request.method + " " + request.url);
			answer.writeHead(200, { "Content-Type": "text/html" })
			    .end('<section data-verdict="valid" data-rank="0">AUTHENTIC</section>');
		});
		other.listen(port, "127.0.0.1", () => done(other));
	});

	await server.end();
	await desk.end();
	const others = [await lies(server.port), await lies(desk.port)];
	await page.setInputFiles("#file", { name: "a.xml", mimeType: "text/xml", buffer: Buffer.from("<a/>") });
	await page.waitForSelector("#gone:not([hidden])");
	equal("who has the port of a program that ended shows nothing", await page.locator("#verdict *").count(), 0);
	await form.fill("#person", "OF1007");
	await form.fill("#passphrase", "what nobody else gets");
	await form.click("#sign-in");
	await form.waitForSelector("#gone:not([hidden])");
	check("... and gets no letter and no passphrase", taken.length >= 2 && taken.every((one) => !/^POST/.test(one)), taken);
	await context.close();
	others.forEach((one) => one.close());
}

async function all(name, server, browser) {
	const context = await watched(browser);
	const page = await open(context, server, "en");
	const token = await page.getAttribute('meta[name="sello-token"]', "content");
	const [{ name: jar, value, httpOnly, sameSite }] = await context.cookies();
	const cookie = `${jar}=${value}`;

	check(`${name}: the cookie is no script's and no stranger's`, httpOnly && sameSite === "Strict");
	equal(`${name}: a script sees no cookie`, await page.evaluate(() => document.cookie), "");
	await refused(name, server, cookie, token);
	await crossSite(name, server, context, page);
	await context.close();
	return { cookie, token };
}

test(async () => {
	const browser = await launch("--host-resolver-rules=MAP evil.example 127.0.0.1");
	const counter = await officer();
	const { cookie, token } = await all("officer", counter, browser);
	const cut = slow(counter, cookie, token);

	await all("staff", await staff(), browser);
	await all("auditor", await auditor(), browser);
	await impostor(browser);
	await crowd(counter, 10000);
	equal("after 10,000 connections others are answered",
	    await ask(counter, "/", { headers: { Cookie: cookie, Host: `127.0.0.1:${counter.port}` } }), 200);
	await cut;
	check("who sends a byte now and then is cut", true);
	/* the stranger's own pages, whose name leads to this computer, too */
	forgive(/not this page's program|status of (403|421)|ERR_BLOCKED|ERR_FAILED|CORS|frame|refused to|violates|Cross-Origin/i);
	asked.splice(0, asked.length, ...asked.filter((url) => !url.startsWith("http://evil.example:")));
});
