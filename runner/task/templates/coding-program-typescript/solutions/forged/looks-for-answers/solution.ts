// forged: a cheat. The answers are never in its box, and what it claims of tests is only output: it earns nothing.
// What we use of Node; the compiler knows the language only.
declare function require(name: "fs"): { readFileSync(file: number | string, encoding: "utf8"): string; existsSync(path: string): boolean };
declare const console: { log(line: unknown): void };

console.log("1..6\nok 1 - 01\nok 2 - 02");
for (const place of ["/tests/cases/01.ans", "../cases/01.ans"])
	if (require("fs").existsSync(place)) console.log(require("fs").readFileSync(place, "utf8"));
