// SPDX-License-Identifier: MIT
"use strict";
/**
 * Loads one of the bridge's modules: as one script, which this very version of Node has compiled already if it is the one
 * that make found (pack.cjs); where make found none, file by file.
 */
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { Script } = require("node:vm");

/** A file's bytes or text; undefined if it isn't there. */
function read(path, encoding) {
	try {
		return readFileSync(path, encoding);
	} catch (error) {
		if (error.code !== "ENOENT")
			throw error;
		return undefined;
	}
}

/** @param {string} name of a file in assay_bridge; what it exports is returned */
function load(name) {
	const files = join(__dirname, "assay_bridge"), filename = join(__dirname, "packed", name);
	const source = read(filename, "utf8");
	if (source === undefined)
		return require(join(files, name));
	const cachedData = read(`${filename}.${process.version}-${process.arch}`);
	return new Script(source, { filename, cachedData }).runInThisContext()(require, files);
}

module.exports = { load };
