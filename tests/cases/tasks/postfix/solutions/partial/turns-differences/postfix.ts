declare function require(name: "fs"): { readFileSync(file: number, encoding: "utf8"): string };
declare const console: { log(line: unknown): void };

// Takes the operands in the wrong order, which a difference notices.
function evaluate(line: string): number {
	const stack: number[] = [];
	for (const word of line.trim().split(/\s+/)) {
		if (!["+", "-", "*"].includes(word)) {
			stack.push(Number(word));
			continue;
		}
		const a = stack.pop() as number, b = stack.pop() as number;
		stack.push(word === "+" ? a + b : word === "-" ? a - b : a * b);
	}
	return stack[0];
}

for (const line of require("fs").readFileSync(0, "utf8").split("\n").filter(Boolean)) console.log(evaluate(line));
