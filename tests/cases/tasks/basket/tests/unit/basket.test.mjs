import { describe, it } from "node:test";
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { Basket, BasketError, chunk, countUp, debounce, groupBy, moveToFront, retry, slug, summary } from "./basket.mjs";

describe("slug", () => {
	it("joins words by dashes", () => {
		assert.equal(slug("Hello, brave  World 2"), "hello-brave-world-2");
	});
	it("of nothing is nothing", () => {
		assert.equal(slug("?!"), "");
	});
	it("takes texts only", () => {
		assert.throws(() => slug(5), TypeError);
	});
});

describe("chunk", () => {
	it("cuts a list", () => {
		assert.deepEqual(chunk([1, 2, 3, 4, 5], 2), [[1, 2], [3, 4], [5]]);
	});
	it("keeps what can't be seen", () => {
		assert.deepEqual(chunk([undefined, NaN, -0, 10n, null], 3), [[undefined, NaN, -0], [10n, null]]);
	});
	it("keeps the items themselves", () => {
		const item = { id: 1 };
		assert.equal(chunk([item], 1)[0][0], item);
	});
	it("leaves nothing out", () => {
		const list = [4, 5, 6];
		const parts = chunk(list, 2);
		assert.ok(parts.length < 3);
		assert.deepEqual(parts.flat(), list);
	});
	it("can be searched", () => {
		assert.ok(chunk([7, 8, 9], 2).some((part) => part.includes(9)));
	});
	it("refuses a size of nothing", () => {
		assert.throws(() => chunk([1], 0), { name: "RangeError", message: /positive/ });
	});
});

describe("groupBy", () => {
	it("asks the caller for keys", () => {
		const seen = [];
		const groups = groupBy(["ant", "bee", "ape"], (word) => {
			seen.push(word);
			return word[0];
		});
		assert.deepEqual(groups, new Map([["a", ["ant", "ape"]], ["b", ["bee"]]]));
		assert.deepEqual(seen, ["ant", "bee", "ape"]);
	});
	it("lets an error of the caller through", () => {
		const mine = new Error("mine");
		assert.throws(() => groupBy([1], () => { throw mine; }), (error) => error === mine);
	});
});

describe("moveToFront", () => {
	it("changes the list that was passed", () => {
		const list = ["a", "b", "c"];
		assert.equal(moveToFront(list, "c"), undefined);
		assert.deepEqual(list, ["c", "a", "b"]);
	});
});

describe("summary", () => {
	it("is an object", () => {
		assert.deepEqual(summary([3, 1, 2]), { min: 1, max: 3, sum: 6 });
	});
});

describe("countUp", () => {
	it("goes on", () => {
		const first = [];
		for (const n of countUp(5)) {
			first.push(n);
			if (first.length === 3)
				break;
		}
		assert.deepEqual(first, [5, 6, 7]);
	});
});

describe("retry", () => {
	it("gives the first success", async () => {
		let calls = 0;
		const value = await retry(async () => {
			await sleep(2);
			if (++calls < 3)
				throw new Error("not yet");
			return { calls };
		}, 5);
		assert.deepEqual(value, { calls: 3 });
	});
	it("gives up with the last error", async () => {
		await assert.rejects(retry(async (n) => { throw new RangeError(`try ${n}`); }, 2), { name: "RangeError", message: "try 2" });
	});
});

describe("debounce", () => {
	it("calls once, with what came last", async () => {
		const calls = [];
		const later = debounce((value) => calls.push(value), 20);
		later(1);
		later(2);
		assert.deepEqual(calls, []);
		await sleep(100);
		assert.deepEqual(calls, [2]);
	});
});

describe("Basket", () => {
	it("holds its owner and items", () => {
		const basket = new Basket("Ada");
		assert.equal(basket.owner, "Ada");
		assert.deepEqual(basket.items, []);
		assert.ok(basket instanceof Basket);
	});
	it("adds, and can be chained", () => {
		const basket = new Basket("Ada");
		assert.equal(basket.add("tea", 300).add("milk", 120), basket);
		assert.deepEqual(basket.items, [{ name: "tea", cents: 300 }, { name: "milk", cents: 120 }]);
		assert.equal(basket.total, 420);
	});
	it("sees what a test puts into it", () => {
		const basket = new Basket("Ada");
		basket.items.push({ name: "salt", cents: 50 });
		basket.owner = "Bob";
		assert.equal(basket.total, 50);
		assert.equal(basket.owner, "Bob");
	});
	it("takes coupons once", () => {
		const basket = Basket.of("Ada", { tea: 1000 });
		basket.coupon("X");
		basket.coupon("X");
		assert.equal(basket.total, 900);
	});
	it("refuses a negative price", () => {
		assert.throws(() => new Basket("Ada").add("tea", -1), (error) => {
			assert.ok(error instanceof BasketError && error instanceof Error);
			assert.equal(error.name, "BasketError");
			assert.equal(error.item, "tea");
			return true;
		});
	});
});
