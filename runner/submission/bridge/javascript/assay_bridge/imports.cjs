// SPDX-License-Identifier: MIT
"use strict";
/**
 * What the tests import, as far as it can be seen without running them. Node's hooks, which find the module wherever a test
 * looks for it, run in a thread whose start costs as much as Node's own: only tests that need them shall pay for it.
 */
const { readdirSync, readFileSync, readlinkSync, statSync } = require("node:fs");
const { dirname, join, resolve } = require("node:path");
const { isMeant } = require("./meant.cjs");

/** A larger folder of tests, or file, isn't looked through. */
const MOST_FILES = 200, MOST_BYTES = 1 << 20;

/** Whether a text in quotes stands where no `import` has its module's name: behind a sign, or as the argument of a function.
 *  Only its own line is looked at, up to it: nothing there is a comment that hides what comes before. */
function isElsewhere(text, quote) {
	const before = text.slice(Math.max(0, quote - 100), quote).split(/[\n\r\u2028\u2029]/).at(-1).trimEnd();
	return /[\w$]\s*\($/.test(before) ? !/\bimport\s*\($/.test(before) : /[[{,=:+?&|>]$/.test(before);
}

/** Whether it is the module's path, or a link to it: assay lays one beside the tests. */
function leadsTo(path, at) {
	try {
		return at === path || readlinkSync(at) === path;
	} catch {
		return false;
	}
}

/** Whether an `import` of this file may look for the module where it isn't. To be asked in vain costs nothing but time. */
function mayImport(text, file, path) {
	if (!/\b(import|export)\b/.test(text))
		return false;
	if (/\bimport\s*\((?!\s*(["'])[^"'\n\\]*\1\s*[,)])/.test(text))
		return true; // what a program puts together can't be seen
	// import.meta.resolve takes any text, also by another name.
	const resolves = /\bimport\s*\.\s*(?!meta\s*\.\s*(url|dirname|filename)\b)/.test(text);
	// From any quote to the next one: an apostrophe hides nothing.
	return [...text.matchAll(/["'](?=([^"'\n]*)["'])/g)].some(({ 1: name, index }) =>
		isMeant(name, path) && (resolves || !isElsewhere(text, index)) && !(/^\.{0,2}\//.test(name) && leadsTo(path, resolve(dirname(file), name))));
}

/** Whether any test may look for the module where it isn't.
 *  @param {string} tests the folder of the tests
 *  @param {string} path the module's file */
function needHooks(tests, path) {
	try {
		const files = readdirSync(tests, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile() && /\.[cm]?[jt]s$/.test(entry.name));
		return files.length > MOST_FILES || files.some((entry) => {
			const file = join(entry.parentPath ?? entry.path, entry.name);
			return statSync(file).size > MOST_BYTES || mayImport(readFileSync(file, "utf8"), file, path);
		});
	} catch {
		return true;
	}
}

module.exports = { needHooks };
