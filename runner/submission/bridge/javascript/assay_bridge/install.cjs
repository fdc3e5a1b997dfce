// SPDX-License-Identifier: MIT
"use strict";
/** Puts the stand-in for the module in place, and writes down what the bridge saw when the tests are over. */
const { mkdirSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const { register } = Module;
const { dirname, join } = require("node:path");
const { pathToFileURL } = require("node:url");
const { needHooks } = require("./imports.cjs");
const { isMeant } = require("./meant.cjs");
const { Printed, placing } = require("./printed.cjs");
const { Profile } = require("./profile.cjs");
const { writeRecord } = require("./record.cjs");
const { offer, sourceOfCommon, sourceOfFailure, sourceOfModule } = require("./stand_in.cjs");
const { Supply } = require("./supply.cjs");
const { Tester } = require("./tester.cjs");
const { watchTests } = require("./watch.cjs");

/** Whether Node takes the file for an ES module: by its ending, or by the nearest package.json. */
function isModule(path) {
	if (/\.[cm]js$/.test(path))
		return path.endsWith(".mjs");
	for (let dir = dirname(path); ; dir = dirname(dir)) {
		try {
			return JSON.parse(readFileSync(join(dir, "package.json"), "utf8"))?.type === "module";
		} catch (error) {
			if (error.code !== "ENOENT" || dir === dirname(dir))
				return false;
		}
	}
}

/** An error in a few words. */
function wordsOf(error) {
	const name = error?.name, message = error?.message ?? error;
	return name === undefined || name === "Error" ? `${message}` : `${name}: ${message}`;
}

/** The source of the stand-in at a path; what it exports is offered beside. */
function sourceOf(tester, name, path) {
	const { profile } = tester;
	let isCommon, value, exports;
	try {
		[isCommon, value, exports] = tester.load(name);
	} catch (error) {
		return sourceOfFailure(`the module can't be loaded: ${wordsOf(error)}`, [...profile.exports], isModule(path));
	}
	if (profile.recording)
		[...exports.keys()].forEach((name) => profile.exports.add(name));
	// What is missing is missing, as without a bridge; what the accepted solutions don't have isn't seen.
	const names = [...exports.keys()].filter((name) => profile.recording || profile.exports.has(name));
	offer(new Map([...exports, ["module.exports", value]]));
	return isCommon ? sourceOfCommon(names) : sourceOfModule(names);
}

function hookIntoResolving(folders, path) {
	const resolveFilename = Module._resolveFilename;
	Module._resolveFilename = function (request, ...rest) {
		try {
			return resolveFilename.call(this, request, ...rest);
		} catch (error) {
			if (!isMeant(request, path))
				throw error;
			return path;
		}
	};
	if (needHooks(folders, path, process.execArgv))
		register?.(pathToFileURL(join(__dirname, "resolve.mjs")), { data: path });
}

/** @param {object} given { asking: assay's socket, stream: the one to the first process, settings: the file that assay
 *  wrote, record: the file that it wants }
 *  @param {string} work where the module lies, on both sides
 *  @param {string} tests where the tests lie */
function install(given, work = "/work", tests = "/tests") {
	const settings = JSON.parse(readFileSync(given.settings, "utf8"));
	const path = join(work, settings.module);
	const tester = new Tester(new Supply(given.asking, given.stream), new Profile(settings.suite, settings.profile, settings.recording), {
		test_ms: settings.test_ms,
		total_ms: settings.total_ms,
		tests: new Map(settings.tests.map((test) => [test.name, test.test_ms])),
	});
	// Of what the box may print, the rest is for those who run the tests.
	tester.printed = new Printed(placing(), settings.output_kib * 1024 / 4);
	let listenersAtFirst;
	process.on("exit", () => {
		try {
			// Whoever listens behind us may still want to ask. Who put something else in place of process.emit can't.
			if (process.listenerCount("exit") === listenersAtFirst)
				tester.leave();
		} finally {
			writeRecord(tester, given.record);
		}
	});
	tester.meetFirst(settings.module);
	hookIntoResolving([tests, work], path);
	watchTests(tester, settings.module);
	const source = sourceOf(tester, settings.module, path);
	mkdirSync(dirname(path), { recursive: true });
	rmSync(path, { force: true });
	writeFileSync(path, source);
	listenersAtFirst = process.listenerCount("exit");
}

module.exports = { install };
