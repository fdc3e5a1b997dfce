// SPDX-License-Identifier: MIT
/** Runs when the tests' Node starts (--import): puts the stand-in in place before any test is loaded. */
import { isMainThread } from "node:worker_threads";

if (isMainThread && process.env.ASSAY_BRIDGE !== undefined) {
	// Set for the processes of `node --test`; they have none of our descriptors.
	if (process.env.NODE_TEST_CONTEXT !== undefined)
		throw new Error("the bridge can't follow `node --test`, which starts a process for each file: let the suite's argv name the " +
			"file itself, such as node --test-reporter=junit --test-reporter-destination=/report/report.xml /tests/all.test.mjs");
	const settings = process.env.ASSAY_BRIDGE;
	delete process.env.ASSAY_BRIDGE;
	delete process.env.NODE_OPTIONS;
	const { install } = await import("./assay_bridge/install.mjs");
	await install(3, settings, "/report/bridge.json");
}
