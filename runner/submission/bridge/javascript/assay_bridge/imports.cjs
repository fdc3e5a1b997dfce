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

/** How far a line is looked back along. */
const LOOK = 200;

/** What makes Node run more than what lies there. */
const MORE = /^(--import|--(experimental-)?loader|-e|--eval|-p|--print|-pe|-ep|--input-type)(=|$)/;

/** Whether a text in quotes stands where no `import` has its module's name: behind a sign, or as the argument of a function.
 *  Only its own line is looked at, up to it: nothing there is a comment that hides what comes before. */
function isElsewhere(text, quote) {
	const near = text.slice(Math.max(0, quote - LOOK), quote);
	const line = near.split(/[\n\r\u2028\u2029]/).at(-1);
	// What was cut off may be the end of a word.
	const before = (line.length === LOOK ? line.replace(/^[\w$]*/, "") : line).trimEnd();
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
	// What a program puts together can't be seen, nor what stands behind a comment.
	if (/\bimport\s*(\/[*/]|\((?!\s*(["'])[^"'\n\\]*\2\s*[,)]))/.test(text))
		return true;
	// import.meta.resolve takes any text, also by another name.
	const resolves = /\bmeta\b(?!\s*\.\s*(url|dirname|filename)\b)|\bimport\s*\.\s*(defer|source)\b/.test(text);
	const isMeantBy = (name) => isMeant(name, path) || /\\[ux0-7]/.test(name);
	// From any quote to the next one: an apostrophe hides nothing.
	return [...text.matchAll(/["'](?=([^"'\n]*)["'])/g)].some(({ 1: name, index }) =>
		isMeantBy(name) && (resolves || !isElsewhere(text, index)) && !(/^\.{0,2}\//.test(name) && leadsTo(path, resolve(dirname(file), name))));
}

/** The scripts in a folder, and what may be one. */
function scriptsIn(folder) {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && /^[^.]*$|\.[cm]?[jt]sx?$/.test(entry.name))
		.map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/** Whether any script may look for the module where it isn't.
 *  @param {string[]} folders those of the tests and of the starter
 *  @param {string} path the module's file
 *  @param {string[]} flags Node's own */
function needHooks(folders, path, flags) {
	try {
		const files = folders.flatMap(scriptsIn);
		return flags.some((flag) => MORE.test(flag.replaceAll("_", "-"))) || files.length > MOST_FILES ||
			files.some((file) => statSync(file).size > MOST_BYTES || mayImport(readFileSync(file, "utf8"), file, path));
	} catch {
		return true;
	}
}

module.exports = { needHooks };
