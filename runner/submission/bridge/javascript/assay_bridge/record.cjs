// SPDX-License-Identifier: MIT
"use strict";
/**
 * What the tests' end leaves behind for assay, which takes it whole or not at all: nothing that a solution says may be too
 * long for it, or no text at all. The bounds are those of runner/submission/bridge_record.c, in bytes.
 */
const { writeFileSync } = require("node:fs");

const SENTENCE = 1000; // UTF-16 units, of at most three bytes each; 8192 bytes may be said of a test
const NAME = 1000; // bytes; no test of a manifest has a longer name
const MOST_REFUSED = 1000;

/** A text of so many characters: what is in its middle gives way. */
function shortened(text) {
	return text.length <= SENTENCE ? text : `${text.slice(0, SENTENCE * 2 / 3)}[...]${text.slice(-SENTENCE / 4)}`;
}

/** A text without what is none in JSON: halves of characters, and the end of a text in C. */
const fit = (text) => Buffer.from(text).toString().replaceAll("\0", "\ufffd");

/** Writes what the bridge saw, once the tests are over. */
function writeRecord({ profile, refusals }, path) {
	const refused = [...refusals].sort().map(([test, why]) => ({ test: fit(test), why: fit(why) }))
		.filter(({ test }) => Buffer.byteLength(test) <= NAME);
	const record = {
		format: 1,
		self_judged: [], // nothing that a test compares asks the solution: JavaScript compares data, and that is here
		refused: refused.slice(0, MOST_REFUSED),
		profile: profile.recording ? profile.document() : null,
	};
	try {
		writeFileSync(path, JSON.stringify(record));
	} catch (error) {
		process.stderr.write(`assay: the record of the bridge can't be written: ${error.message}\n`);
	}
}

module.exports = { shortened, writeRecord };
