// SPDX-License-Identifier: MIT
"use strict";
/**
 * Loads one of the bridge's modules: as one script that V8 has compiled already, where make found a Node to do so
 * (pack.cjs); else file by file. Another version of Node, or one with flags of V8, compiles the script anew.
 */
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { Script } = require("node:vm");

/** @param {string} name of a file in assay_bridge; what it exports is returned */
function load(name) {
	const files = join(__dirname, "assay_bridge"), filename = join(__dirname, "packed", name);
	let source, cachedData;
	try {
		source = readFileSync(filename, "utf8");
		cachedData = readFileSync(`${filename}.compiled`);
	} catch (error) {
		if (error.code !== "ENOENT")
			throw error;
		return require(join(files, name));
	}
	return new Script(source, { filename, cachedData }).runInThisContext()(require, files);
}

module.exports = { load };
