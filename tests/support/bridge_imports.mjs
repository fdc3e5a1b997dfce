// SPDX-License-Identifier: MIT
// bridge_imports.mjs BRIDGE FOLDER: which tests make the Node bridge look for the module where it isn't. FOLDER is made.
import assert from "node:assert/strict";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [bridge, folder] = process.argv.slice(2);
const { needHooks } = await import(pathToFileURL(`${bridge}/assay_bridge/imports.cjs`));
const path = "/work/say.mjs", here = 'import { x } from "/work/say.mjs";\n';

/** Whether hooks are needed for one file with this text; beside it lies what assay lays there. */
function needs(text, { link = path, name = "say.test.mjs", flags = [] } = {}) {
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder);
	for (const name of link === null ? [] : ["say", "say.mjs"])
		symlinkSync(link, join(folder, name));
	writeFileSync(join(folder, name), text);
	return needHooks([folder], path, flags);
}

const no = ['import { x } from "/work/say.mjs"', 'import { x } from "./say.mjs"', "import x from './say'", 'export * from"./say.mjs"', 'await import("./say.mjs")',
	`${here}describe("say", () => {});`, `${here}describe ( 'say', () => {});`, `${here}const a = "say", b = ["say", "say"], c = { k: "say" }; f(1, "say");`,
	`${here}d ? "say" : "say"; a > "say" && "say" || "say" + "say"`, `${here}\`\${"say"}\``, `${here}x("a${" ".repeat(300)}"); describe("say");`, `${here}log(import.meta.url, "say")`, 'const x = require("say")', 'import "./day.mjs"; import("./day.mjs");'];
const yes = ['import { x } from "say"', "import'say'", 'import { x } from "../say.mjs"', "export*from'./lib/say.mjs'", 'import a from // b,\n"say"',
	'import a from // b,\r"say"', 'import a from /* b, */ "say"', 'await import(\n"say")', 'await import\n("say")', 'await import /* */ ("say")',
	'import.meta.resolve("say")', 'const { resolve } = import.meta; resolve("say")', 'import.defer("say")', 'import\n.meta\n.resolve("say")', 'import/**/.meta.resolve("say")', `import${" ".repeat(190)}("say")`, `import${" ".repeat(197)}("say")`, `import(${" ".repeat(300)}"say")`,
	'const n = "say"; await import/**/(n)', 'import //\n(n)', 'import/**/.defer("say")', 'import "./s\\u0061y.mjs"', 'import("./d" + y)', "import(`./say.mjs`)", `${here}const text = 'it\\'s'; export { x } from "say";`];

for (const text of no)
	assert.equal(needs(text), false, text);
for (const text of yes)
	assert.equal(needs(text), true, text);
// Where no link lies, or one that leads elsewhere, what lies beside the tests isn't the module.
assert.equal(needs('import { x } from "./say.mjs"', { link: null }), true);
assert.equal(needs('import { x } from "./say.mjs"', { link: "/work/day.mjs" }), true);
assert.equal(needs('import { x } from "say"', { name: "notes.txt" }), false);
assert.equal(needs('import { x } from "say"', { name: "run" }), true);
assert.equal(needs(here, { flags: ["--import", "./setup.mjs"] }), true);
assert.equal(needs(here, { flags: ["--loader=x"] }), true);
assert.equal(needs(here, { flags: ["--experimental_loader", "x"] }), true);
assert.equal(needs(here, { flags: ["--test-reporter=junit"] }), false);
