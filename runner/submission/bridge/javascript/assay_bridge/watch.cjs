// SPDX-License-Identifier: MIT
"use strict";
/**
 * Tells the bridge which test of node:test is running, gives the next one a fresh process when the last has ended, and
 * fails those that the bridge refused something. A test is known by the names of those around it and its own, as in a
 * report.
 */
/** Without fullName (before Node 20.16) the name of the test itself has to do. */
const nameOf = (context) => context.fullName ?? context.name;

function watchTests(tester, module) {
	const { beforeEach, afterEach } = require("node:test");
	const around = []; // a test may have tests inside
	beforeEach(async (context) => {
		tester.closed.add(context);
		around.push({ test: tester.test, why: tester.why });
		tester.beginTest(nameOf(context));
		await tester.revive(module);
	});
	afterEach(() => {
		const { why } = tester, outer = around.pop();
		tester.beginTest(outer?.test ?? "", outer?.why);
		if (why !== undefined)
			throw new Error(why);
	});
}

module.exports = { watchTests };
