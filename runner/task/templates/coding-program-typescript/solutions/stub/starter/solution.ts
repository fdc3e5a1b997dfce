// Read the numbers from standard input, print their sum.
// What we use of Node; the compiler knows the language only.
declare function require(name: "fs"): { readFileSync(file: number | string, encoding: "utf8"): string; existsSync(path: string): boolean };
declare const console: { log(line: unknown): void };

export {};
