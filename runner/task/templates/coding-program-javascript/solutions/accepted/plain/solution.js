// accepted: must earn all points, five times in a row.
const text = require("fs").readFileSync(0, "utf8");
const numbers = text.split(/\s+/).filter(Boolean).map(Number);

console.log(numbers.reduce((sum, number) => sum + number, 0));
