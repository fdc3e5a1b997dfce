/** The words of a text, in lower case, joined by dashes. TypeError for anything but a text. */
export function slug(text) {
	return text;
}

/** The list in pieces of so many. RangeError unless size is a positive whole number. */
export function chunk(list, size) {
	return list;
}

/** A Map of the lists of items that have the same key. */
export function groupBy(list, keyOf) {
	return list;
}

/** Moves the item to the front of the list that was passed. */
export function moveToFront(list, item) {
	return list;
}

/** The smallest and the largest number, their sum, as {min, max, sum}. */
export function summary(numbers) {
	return numbers;
}

/** The numbers from one on, without end. */
export function* countUp(from) {
}

/** Calls an asynchronous action until it succeeds, so many times at most; then its last error. */
export async function retry(action, times) {
}

/** A function that calls fn once, when it hasn't been called for so long, with the last arguments. */
export function debounce(fn, ms) {
	return () => {};
}

/** What is wrong with a basket; says with which item. */
export class BasketError extends Error {
}

/** The items of an owner, with a price in cents: {name, cents}. */
export class Basket {
	/** Adds an item; returns the basket. BasketError for a negative price. */
	add(name, cents) {
	}

	/** Ten percent off, once for each code. */
	coupon(code) {
	}

	/** What is to be paid. */
	get total() {
		return 0;
	}

	/** A basket with items, from an object of prices. */
	static of(owner, prices) {
		return new Basket();
	}
}
