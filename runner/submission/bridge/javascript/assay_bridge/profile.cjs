// SPDX-License-Identifier: MIT
"use strict";
/**
 * What the accepted solutions gave, test by test, and what that says about others: for each name that a test used, the
 * kinds of values, not the values. The kinds are those of every language (tasks/README.md).
 */
const NONE = 1, PLAIN = 2, CONTAINER = 4, ITERATOR = 8, OBJECT = 16, CHANGES = 32;
const KINDS = { none: NONE, plain: PLAIN, container: CONTAINER, iterator: ITERATOR, object: OBJECT, changes: CHANGES };

const MOST_NAMES = 2000;

class Profile {
	constructor(suite, document, recording) {
		this.suite = suite;
		this.recording = recording;
		this.exports = new Set(document?.exports ?? []);
		this.tests = new Map((document?.tests ?? []).map(({ name, gives }) => [name,
			new Map(Object.entries(gives).map(([key, words]) =>
				[key, words.split(" ").reduce((bits, word) => bits | (KINDS[word] ?? 0), 0)]))]));
	}

	#of(test) {
		if (!this.tests.has(test))
			this.tests.set(test, new Map());
		return this.tests.get(test);
	}

	/** What the accepted solutions gave for a name: bits. Not every version of Node tells what is around a test
	 *  (watch.cjs): then tests of the same name are one. */
	gives(test, key) {
		const exact = this.tests.get(test);
		if (exact !== undefined || test === "")
			return exact?.get(key) ?? 0;
		let bits = 0;
		for (const [name, gives] of this.tests)
			if (name.endsWith(` > ${test}`) || test.endsWith(` > ${name}`) && name !== "")
				bits |= gives.get(key) ?? 0;
		return bits;
	}

	/** Records that one gave it. */
	record(test, key, bits) {
		const gives = this.#of(test);
		if (gives.has(key) || gives.size < MOST_NAMES)
			gives.set(key, (gives.get(key) ?? 0) | bits);
	}

	/** The profile as it is kept. */
	document() {
		const words = (bits) => Object.keys(KINDS).filter((word) => bits & KINDS[word]).join(" ");
		const sorted = (gives) => Object.fromEntries([...gives].sort().map(([key, bits]) => [key, words(bits)]));
		return {
			id: this.suite,
			exports: [...this.exports].sort(),
			tests: [...this.tests].map(([name, gives]) => ({ name, gives: sorted(gives) })),
		};
	}
}

module.exports = { NONE, PLAIN, CONTAINER, ITERATOR, OBJECT, CHANGES, KINDS, Profile };
