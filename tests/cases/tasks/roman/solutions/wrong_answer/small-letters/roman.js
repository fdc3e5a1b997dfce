const lines = require("fs").readFileSync(0, "utf8").split("\n").filter(Boolean);

const roman = (number) => "i".repeat(number);

for (const line of lines) console.log(roman(Number(line)));
