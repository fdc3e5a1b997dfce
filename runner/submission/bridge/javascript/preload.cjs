// SPDX-License-Identifier: MIT
"use strict";
/** Runs when the tests' Node starts (--require): puts the stand-in in place before any test is loaded. */
if (process.env.ASSAY_BRIDGE !== undefined) {
	// Set for the processes of `node --test`; they have none of our descriptors.
	if (process.env.NODE_TEST_CONTEXT !== undefined)
		throw new Error("the bridge can't follow `node --test`, which starts a process for each file: let the suite's argv name the " +
			"file itself, such as node --test-reporter=junit --test-reporter-destination=/report/report.xml /tests/all.test.mjs");
	const settings = process.env.ASSAY_BRIDGE;
	// Threads and processes of the tests' own have nothing to put in place.
	delete process.env.ASSAY_BRIDGE;
	delete process.env.NODE_OPTIONS;
	require("./load.cjs").load("install.cjs").install({ asking: 3, stream: 4, settings, record: "/report/bridge.json" });
}
