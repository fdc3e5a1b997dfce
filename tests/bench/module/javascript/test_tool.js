const assert = require("node:assert/strict");
const test = require("node:test");
const tool = require("/work/tool.js");

for (let number = 0; number < 50; number++) {
	test(`adds ${number}`, () => assert.equal(tool.add(number, 1), number + 1));

	test(`doubles ${number}`, () => {
		const numbers = [...Array(number).keys()];

		assert.deepEqual(tool.twice(numbers), numbers.map((at) => 2 * at));
	});

	test(`counts ${number}`, () => {
		const counter = new tool.Counter();

		counter.up();
		assert.equal(counter.up(number), number + 1);
		assert.equal(counter.count, number + 1);
	});

	test(`fails well ${number}`, () => assert.throws(() => tool.add(number, "x"), TypeError));
}
