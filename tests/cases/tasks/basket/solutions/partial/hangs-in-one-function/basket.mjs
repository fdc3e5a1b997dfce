/** The words of a text, in lower case, joined by dashes. */
export function slug(text) {
	if (typeof text !== "string")
		throw new TypeError("slug needs a text");
	return text.toLowerCase().split(/[^a-z0-9]+/).filter(Boolean).join("-");
}

/** The list in pieces of so many. */
export function chunk(list, size) {
	if (!Number.isInteger(size) || size < 1)
		throw new RangeError("size must be a positive whole number");
	const pieces = [];
	for (let at = 0; at < list.length; at += size)
		pieces.push(list.slice(at, at + size));
	return pieces;
}

/** A Map of the lists of items that have the same key. */
export function groupBy(list, keyOf) {
	const groups = new Map();
	for (const item of list) {
		const key = keyOf(item);
		if (!groups.has(key))
			groups.set(key, []);
		groups.get(key).push(item);
	}
	return groups;
}

/** Moves the item to the front of the list that was passed. */
export function moveToFront(list, item) {
	const at = list.indexOf(item);
	if (at > 0) {
		list.splice(at, 1);
		list.unshift(item);
	}
}

/** The smallest and the largest number, their sum, as {min, max, sum}. */
export function summary(numbers) {
	for (;;);
	return {
		min: Math.min(...numbers),
		max: Math.max(...numbers),
		sum: numbers.reduce((a, b) => a + b, 0),
	};
}

/** The numbers from one on, without end. */
export function* countUp(from) {
	for (let n = from; ; n++)
		yield n;
}

/** Calls an asynchronous action until it succeeds, so many times at most; then its last error. */
export async function retry(action, times) {
	let last;
	for (let n = 1; n <= times; n++) {
		try {
			return await action(n);
		} catch (error) {
			last = error;
		}
	}
	throw last;
}

/** A function that calls fn once, when it hasn't been called for so long, with the last arguments. */
export function debounce(fn, ms) {
	let timer;
	return (...args) => {
		clearTimeout(timer);
		timer = setTimeout(fn, ms, ...args);
	};
}

/** What is wrong with a basket. */
export class BasketError extends Error {
	constructor(message, item) {
		super(message);
		this.name = "BasketError";
		this.item = item;
	}
}

/** Items with a price in cents. */
export class Basket {
	#coupons = new Set();

	constructor(owner) {
		this.owner = owner;
		this.items = [];
	}

	/** Adds an item; returns the basket. */
	add(name, cents) {
		if (cents < 0)
			throw new BasketError("a price can't be negative", name);
		this.items.push({ name, cents });
		return this;
	}

	/** Ten percent off, once for each code. */
	coupon(code) {
		this.#coupons.add(code);
	}

	/** What is to be paid. */
	get total() {
		const sum = this.items.reduce((all, { cents }) => all + cents, 0);
		return Math.round(sum * 0.9 ** this.#coupons.size);
	}

	static of(owner, prices) {
		const basket = new this(owner);
		for (const [name, cents] of Object.entries(prices))
			basket.add(name, cents);
		return basket;
	}
}
