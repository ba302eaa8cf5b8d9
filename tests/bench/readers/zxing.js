// zxing.js - zxing-cpp, built for WebAssembly, at the captures of a folder; lines
// as tests/bench/bench_read.c writes them, with two readers:
//
//   zxing      as it is called by default, without the slower tries
//   zxing+     with all of them: harder, turned, inverted, smaller, denoised
//
//   node zxing.js NODE_MODULES_FOLDER OUTDIR
//
// One process reads all, and reads some twice before the clock runs, so that
// neither starting Node nor compiling counts. The time is processor time, file
// and picture decoding in it included, as of the other readers; WebAssembly
// takes longer than a native build would.
'use strict';
const fs = require('fs');
const path = require('path');
const { createRequire } = require('module');

const [, , modules, dir] = process.argv;
const find = createRequire(path.join(path.resolve(modules), 'x.js'));
const zxing = find('zxing-wasm/reader');

const slower = on => ({ formats: ['QRCode'], maxNumberOfSymbols: 8, tryHarder: on,
	tryRotate: on, tryInvert: on, tryDownscale: on, tryDenoise: on });
const readers = [['zxing', slower(false)], ['zxing+', slower(true)]];

function captures() {
	const all = [];
	for (const line of fs.readFileSync(path.join(dir, 'manifest.tsv'), 'utf8').split('\n')) {
		const [file, kind, , , text] = line.split('\t');
		if (text === undefined) continue;
		if (kind !== 'film') all.push({ file, kind, text });
		else for (const frame of fs.readdirSync(path.join(dir, file)).sort())
			all.push({ file: `${file}/${frame}`, kind, text });
	}
	return all;
}

// what it says of one picture, and the milliseconds that took
async function read(file, options) {
	const bytes = new Uint8Array(fs.readFileSync(path.join(dir, file)));
	const before = process.cpuUsage();
	const found = await zxing.readBarcodes(bytes, options);
	const used = process.cpuUsage(before);
	return [found.filter(code => code.isValid).map(code => code.text),
		(used.user + used.system) / 1000];
}

function judge(texts, text) {
	if (texts.some(t => t !== text && t.startsWith('SELLO'))) return 'WRONG';
	return text !== '' && texts.includes(text) ? 'read' : 'none';
}

async function main() {
	const wasm = find.resolve('zxing-wasm/reader/zxing_reader.wasm');
	await zxing.prepareZXingModule({ fireImmediately: true,
		overrides: { wasmBinary: fs.readFileSync(wasm) } });
	const all = captures();
	for (const { file } of all.slice(0, 10))
		for (const [, options] of readers) await read(file, options);
	for (const { file, kind, text } of all)
		for (const [name, options] of readers) {
			const [texts, ms] = await read(file, options);
			console.log([file, kind, name, judge(texts, text), ms.toFixed(2)].join('\t'));
		}
}

main().catch(error => { console.error(error); process.exit(1); });
