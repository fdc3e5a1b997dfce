// accepted: must earn all points, five times in a row.
// What we use of Node; the compiler knows the language only.
declare function require(name: "fs"): { readFileSync(file: number | string, encoding: "utf8"): string; existsSync(path: string): boolean };
declare const console: { log(line: unknown): void };

const text: string = require("fs").readFileSync(0, "utf8");
const numbers: number[] = text.split(/\s+/).filter(Boolean).map(Number);

console.log(numbers.reduce((sum, number) => sum + number, 0));
