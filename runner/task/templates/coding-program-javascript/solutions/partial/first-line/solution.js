// partial: a mistake that people make. It reads the first line only; expect.json beside it says which tests must notice.
const text = require("fs").readFileSync(0, "utf8").split("\n")[0];
const numbers = text.split(/\s+/).filter(Boolean).map(Number);

console.log(numbers.reduce((sum, number) => sum + number, 0));
