const lines = require("fs").readFileSync(0, "utf8").split("\n").filter(Boolean);

const signs = [
	[1000, "M"], [900, "CM"], [500, "D"], [400, "CD"], [100, "C"], [90, "XC"],
	[50, "L"], [40, "XL"], [10, "X"], [9, "IX"], [5, "V"], [4, "IV"], [1, "I"],
];

function roman(number) {
	let numeral = "";
	for (const [value, sign] of signs)
		for (; number >= value; number -= value) numeral += sign;
	return numeral;
}

for (const line of lines) console.log(roman(Number(line)));
