// SPDX-License-Identifier: MIT
"use strict";
/**
 * The file that stands for the candidate's module in the tests' box: a module of the same kind at the same place, so that
 * `import` and `require` are Node's own and nothing has to hook into either.
 */
const KEY = "assay.bridge.module";
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** Lets the stand-in find what it exports. */
function offer(module) {
	globalThis[Symbol.for(KEY)] = module;
}

const here = `globalThis[Symbol.for(${JSON.stringify(KEY)})]`;

/** The source of an ES module that exports these names. */
function sourceOfModule(names) {
	const lines = names.map((name, at) => `const e${at} = module.get(${JSON.stringify(name)});`);
	const exported = names.map((name, at) => `\te${at} as ${name === "default" ? name : JSON.stringify(name)},`);
	return [`const module = ${here};`, ...lines, "export {", ...exported, "};", ""].join("\n");
}

/** The source of a CommonJS module; the line behind tells an `import` of it which names there are. */
function sourceOfCommon(names) {
	const listed = names.filter((name) => name !== "default" && IDENTIFIER.test(name));
	return `module.exports = ${here}.get("module.exports");\n0 && (module.exports = { ${listed.join(", ")} });\n`;
}

/** The source of a module that couldn't be loaded, of either kind. */
function sourceOfFailure(sentence) {
	return `throw new Error(${JSON.stringify(sentence)});\n`;
}

module.exports = { offer, sourceOfModule, sourceOfCommon, sourceOfFailure };
