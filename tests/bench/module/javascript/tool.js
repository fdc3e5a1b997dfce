const twice = (numbers) => numbers.map((number) => number * 2);

function add(a, b) {
	if (typeof b !== "number") throw new TypeError("not a number");
	return a + b;
}

class Counter {
	count = 0;

	up(by = 1) {
		return (this.count += by);
	}
}

module.exports = { add, twice, Counter };
