// SPDX-License-Identifier: MIT
"use strict";
/**
 * Tells the bridge which test of node:test is running, gives the next one a fresh process when the last has ended, and
 * fails those that the bridge refused something, whatever they made of the error. A test is known by the names of those
 * around it and its own, as in a report.
 */
const { syncBuiltinESMExports } = require("node:module");

/** Without fullName (before Node 20.16) the name of the test itself has to do. */
const nameOf = (context) => context.fullName ?? context.name;

/** What is done once for many tests fails if it was refused something, and so do they. */
function guarded(tester, work) {
	if (typeof work !== "function")
		return work;
	const told = (value, before) => {
		if (tester.timesRefused !== before)
			throw new Error(tester.lastReason);
		return value;
	};
	const guard = function (...args) {
		const before = tester.timesRefused;
		if (work.length > 1 && typeof args[1] === "function") // it calls back
			args[1] = ((done) => (error) => done(error ?? (tester.timesRefused === before ? undefined : new Error(tester.lastReason))))(args[1]);
		const value = work.apply(this, args);
		return typeof value?.then === "function" ? value.then((settled) => told(settled, before)) : told(value, before);
	};
	return Object.defineProperty(guard, "length", { value: work.length });
}

/** Puts guards around what the functions of node:test are given: before(WORK), describe(NAME, OPTIONS, WORK). */
function guardWorks(tester, names) {
	const library = require("node:test");
	const wrap = (original) => {
		const wrapped = function (...args) {
			return original.apply(this, args.map((arg) => guarded(tester, arg)));
		};
		for (const [name, value] of Object.entries(original))
			wrapped[name] = typeof value === "function" ? wrap(value) : value;
		return wrapped;
	};
	for (const name of names)
		if (typeof library[name] === "function")
			library[name] = wrap(library[name]);
	syncBuiltinESMExports();
}

function watchTests(tester, module) {
	const { beforeEach, afterEach } = require("node:test");
	const around = []; // a test may have tests inside
	const goBack = () => {
		const outer = around.pop();
		tester.beginTest(outer?.test ?? "", outer?.why);
	};
	guardWorks(tester, ["before", "describe", "suite"]);
	beforeEach(async (context) => {
		const name = nameOf(context);
		// One that skips itself has ended without the hook below.
		while (context.fullName !== undefined && tester.test !== "" && !name.startsWith(`${tester.test} > `))
			goBack();
		tester.closed.add(context);
		around.push({ test: tester.test, why: tester.why });
		// What was refused to the one around it is no error that this one may wait for.
		tester.beginTest(name, tester.test === "" ? undefined : tester.why);
		await tester.revive(module);
	});
	afterEach(() => {
		const { why } = tester;
		goBack();
		if (why !== undefined)
			throw new Error(why);
	});
}

module.exports = { watchTests };
