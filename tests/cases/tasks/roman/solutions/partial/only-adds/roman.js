const lines = require("fs").readFileSync(0, "utf8").split("\n").filter(Boolean);

const signs = [[1000, "M"], [500, "D"], [100, "C"], [50, "L"], [10, "X"], [5, "V"], [1, "I"]];

// Takes nothing off: four is IIII.
function roman(number) {
	let numeral = "";
	for (const [value, sign] of signs)
		for (; number >= value; number -= value) numeral += sign;
	return numeral;
}

for (const line of lines) console.log(roman(Number(line)));
