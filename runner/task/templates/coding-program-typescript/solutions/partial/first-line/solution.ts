// partial: a mistake that people make. It reads the first line only; expect.json beside it says which tests must notice.
// What we use of Node; the compiler knows the language only.
declare function require(name: "fs"): { readFileSync(file: number | string, encoding: "utf8"): string; existsSync(path: string): boolean };
declare const console: { log(line: unknown): void };

const text: string = require("fs").readFileSync(0, "utf8").split("\n")[0];
const numbers: number[] = text.split(/\s+/).filter(Boolean).map(Number);

console.log(numbers.reduce((sum, number) => sum + number, 0));
