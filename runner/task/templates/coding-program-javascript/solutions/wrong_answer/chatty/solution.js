// wrong_answer: runs well and earns nothing, since only the sum may be printed.
const text = require("fs").readFileSync(0, "utf8");
const numbers = text.split(/\s+/).filter(Boolean).map(Number);

console.log(`The sum is: ${numbers.reduce((sum, number) => sum + number, 0)}`);
