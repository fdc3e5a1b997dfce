// SPDX-License-Identifier: MIT
"use strict";
/**
 * What the tests' end leaves behind for assay, which takes it whole or not at all: nothing that a solution says may be too
 * long for it, or no text at all. The bounds are those of runner/submission/bridge_record.c, in bytes.
 */
const { writeFileSync } = require("node:fs");

const SENTENCE = 1000; // UTF-16 units, of at most three bytes each; 8192 bytes may be said of a test
const NAME = 1000; // bytes; no test of a manifest has a longer name
const MOST_REFUSED = 5000;
const MOST_EXPLAINED = 1000, BRIEF = 60; // the others are explained in a few characters
/** The name of what is refused when a test has begun before, and none is running. */
const BETWEEN = "(between two tests)";

/** A text of so many characters: what is in its middle gives way. */
function shortened(text, most = SENTENCE) {
	return text.length <= most ? text : `${text.slice(0, most * 2 / 3)}[...]${text.slice(-most / 4)}`;
}

/** A text without what is none in JSON: halves of characters, and the end of a text in C. */
const fit = (text) => Buffer.from(text).toString().replaceAll("\0", "\ufffd");

/** Writes what the bridge saw, once the tests are over. */
function writeRecord({ profile, refusals }, path) {
	const explained = (why, at) => fit(at < MOST_EXPLAINED ? why : shortened(why, BRIEF));
	const refused = [...refusals].sort().map(([test, why], at) => ({ test: fit(test), why: explained(why, at) }))
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

module.exports = { BETWEEN, shortened, writeRecord };
