// SPDX-License-Identifier: MIT
/** Puts the stand-in for the module in place, and writes down what the bridge saw when the tests are over. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import Module, { register } from "node:module";
import { dirname, join } from "node:path";
import { Profile } from "./profile.mjs";
import { isMeant } from "./resolve.mjs";
import { offer, sourceOfCommon, sourceOfFailure, sourceOfModule } from "./stand_in.mjs";
import { Supply } from "./supply.mjs";
import { Tester } from "./tester.mjs";
import { watchTests } from "./watch.mjs";

/** What a solution prints: a test that replaced console.log sees it; else it goes where no report is read from. */
function printer() {
	const { log, error } = console, { stdout, stderr } = process;
	const write = stdout.write, complain = stderr.write;
	return (number, text) => {
		const replaced = number === 2 ? console.error !== error && "error" : console.log !== log && "log";
		if (replaced)
			console[replaced](text.replace(/\n$/, ""));
		else if (number === 1 && stdout.write !== write)
			stdout.write(text);
		else
			(number === 2 && stderr.write !== complain ? stderr.write : complain).call(stderr, text);
	};
}

function writeRecord(tester, path) {
	const { profile, refusals } = tester;
	const record = {
		format: 1,
		self_judged: [], // nothing that a test compares asks the solution: JavaScript compares data, and that is here
		refused: [...refusals].sort().map(([test, why]) => ({ test, why })),
		profile: profile.recording ? profile.document() : null,
	};
	try {
		writeFileSync(path, JSON.stringify(record));
	} catch (error) {
		process.stderr.write(`assay: the record of the bridge can't be written: ${error.message}\n`);
	}
}

/** The source of the stand-in; what it exports is offered beside. */
function sourceOf(tester, name) {
	let isCommon, value, exports;
	try {
		[isCommon, value, exports] = tester.load(name);
	} catch (error) {
		return sourceOfFailure(`the module can't be loaded: ${error?.message ?? error}`);
	}
	const { profile } = tester;
	if (profile.recording)
		[...exports.keys()].forEach((name) => profile.exports.add(name));
	// What is missing is missing, as without a bridge; what the accepted solutions don't have isn't seen.
	const names = [...exports.keys()].filter((name) => profile.recording || profile.exports.has(name));
	offer(new Map([...exports, ["module.exports", value]]));
	return isCommon ? sourceOfCommon(names) : sourceOfModule(names);
}

function hookIntoResolving(path) {
	const resolve = Module._resolveFilename;
	Module._resolveFilename = function (request, ...rest) {
		try {
			return resolve.call(this, request, ...rest);
		} catch (error) {
			if (!isMeant(request, path))
				throw error;
			return path;
		}
	};
	register?.("./resolve.mjs", { parentURL: import.meta.url, data: path });
}

/** @param {number} fd assay's socket
 *  @param {string} settingsFile what assay wrote
 *  @param {string} recordFile where it wants the record
 *  @param {string} work where the module lies, on both sides */
export async function install(fd, settingsFile, recordFile, work = "/work") {
	const settings = JSON.parse(readFileSync(settingsFile, "utf8"));
	const path = join(work, settings.module);
	const tester = new Tester(new Supply(fd), new Profile(settings.suite, settings.profile, settings.recording), {
		test_ms: settings.test_ms,
		total_ms: settings.total_ms,
		tests: new Map(settings.tests.map((test) => [test.name, test.test_ms])),
	});
	tester.print = printer();
	process.on("exit", () => writeRecord(tester, recordFile));
	await tester.revive(settings.module);
	const source = sourceOf(tester, settings.module);
	mkdirSync(dirname(path), { recursive: true });
	rmSync(path, { force: true });
	writeFileSync(path, source);
	hookIntoResolving(path);
	watchTests(tester, settings.module);
}
