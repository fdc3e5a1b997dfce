declare function require(name: "fs"): { readFileSync(file: number, encoding: "utf8"): string };
declare const console: { log(line: unknown): void };

const evaluate = (line: string): string => line.split(" ").reverse().join("_") + "_";

for (const line of require("fs").readFileSync(0, "utf8").split("\n").filter(Boolean)) console.log(evaluate(line));
