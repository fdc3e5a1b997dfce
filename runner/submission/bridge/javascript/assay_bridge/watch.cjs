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

/** What is done once for many tests fails if it was refused something, and so do they. It is named as it was. */
function guarded(tester, work) {
	if (typeof work !== "function")
		return work;
	const guard = function (...args) {
		const before = tester.timesRefused;
		let isOver = false; // once, though it may call back and throw
		const end = () => {
			tester.guarded -= isOver ? 0 : 1;
			isOver = true;
			return tester.timesRefused === before ? undefined : new Error(tester.lastReason);
		};
		const settle = (value) => {
			const error = end();
			if (error !== undefined)
				throw error;
			return value;
		};
		const callsBack = work.length > 1 && typeof args[1] === "function", done = args[1];
		if (callsBack)
			args[1] = (error) => { done(end() ?? error); };
		tester.guarded++;
		let value;
		try {
			value = work.apply(this, args);
		} catch (error) {
			throw end() ?? error;
		}
		if (callsBack)
			return value;
		return typeof value?.then === "function" ? value.then(settle, (error) => { throw end() ?? error; }) : settle(value);
	};
	return Object.defineProperties(guard, { length: { value: work.length }, name: { value: work.name } });
}

/** Puts guards around what these functions of node:test are given, as in before(WORK) and describe(NAME, OPTIONS, WORK). */
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
	const running = []; // a test may have tests inside: { context, name, why } of each, the last of which is asked for
	const isWithin = ({ context, name }, outer) => context.fullName !== undefined && name.startsWith(`${outer.name} > `);
	const keep = () => {
		if (running.length > 0)
			running.at(-1).why = tester.why;
	};
	const goOn = () => tester.beginTest(running.at(-1)?.name ?? "", running.at(-1)?.why);
	guardWorks(tester, ["before", "after", "describe", "suite"]);
	beforeEach(async (context) => {
		const test = { context, name: nameOf(context), why: undefined, before: tester.timesRefused };
		keep();
		while (running.at(-1)?.context.signal?.aborted) { // one that skips itself ends without the hook below
			const ended = running.pop(), outer = running.at(-1);
			if (outer !== undefined && isWithin(ended, outer))
				outer.why ??= ended.why;
		}
		// What was refused to the one around it is no error that this one may wait for.
		const outer = running.at(-1);
		if (outer !== undefined && isWithin(test, outer))
			test.why = outer.why;
		tester.closed.add(context);
		running.push(test);
		goOn();
		await tester.revive(module);
	});
	afterEach((context) => {
		keep();
		const at = running.findLastIndex((test) => test.context === context);
		if (at < 0)
			return; // its time was over before, and another one has begun
		const [{ why, before }] = running.splice(at, 1);
		goOn();
		// Of tests that run at the same time nobody knows which one asked: a refusal is one of them all.
		if (why !== undefined || tester.timesRefused !== before)
			throw new Error(why ?? tester.lastReason);
	});
}

module.exports = { watchTests };
