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

/** What tells an `import` of a CommonJS module which names there are. */
function listed(names) {
	return `0 && (module.exports = { ${names.filter((name) => name !== "default" && IDENTIFIER.test(name)).join(", ")} });\n`;
}

/** The source of a CommonJS module that exports these names. */
function sourceOfCommon(names) {
	return `module.exports = ${here}.get("module.exports");\n${listed(names)}`;
}

/** The source of a module that couldn't be loaded. It has the names all the same, or Node would complain of them instead. */
function sourceOfFailure(sentence, names, isModule) {
	const why = `throw new Error(${JSON.stringify(sentence)});\n`;
	return isModule ? `const missing = undefined;\nexport {\n${names.map((name) =>
		`\tmissing as ${name === "default" ? name : JSON.stringify(name)},\n`).join("")}};\n${why}` : why + listed(names);
}

module.exports = { offer, sourceOfModule, sourceOfCommon, sourceOfFailure };
