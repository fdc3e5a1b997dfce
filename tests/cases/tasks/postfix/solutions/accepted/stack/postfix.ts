declare function require(name: "fs"): { readFileSync(file: number, encoding: "utf8"): string };
declare const console: { log(line: unknown): void };

const operators = new Map<string, (a: number, b: number) => number>([
	["+", (a, b) => a + b],
	["-", (a, b) => a - b],
	["*", (a, b) => a * b],
]);

function evaluate(line: string): number {
	const stack: number[] = [];
	for (const word of line.trim().split(/\s+/)) {
		const operator = operators.get(word);
		const [a, b] = operator ? stack.splice(-2) : [0, 0];
		stack.push(operator ? operator(a, b) : Number(word));
	}
	return stack[0];
}

for (const line of require("fs").readFileSync(0, "utf8").split("\n").filter(Boolean)) console.log(evaluate(line));
