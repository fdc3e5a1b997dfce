// forged: a cheat. The answers are never in its box, and what it claims of tests is only output: it earns nothing.
const fs = require("fs");

console.log("1..6\nok 1 - 01\nok 2 - 02");
for (const place of ["/tests", "/tests/cases/01.ans", "../cases/01.ans"])
	if (fs.existsSync(place)) console.log(fs.readFileSync(place, "utf8"));
process.exit(0);
