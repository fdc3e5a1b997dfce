// Other shapes: functions in a record, an array of records behind a class of old, promises by hand, an iterator object.
function slug(text) {
	if (typeof text !== "string")
		throw new TypeError(`${typeof text} is no text`);
	let made = "";
	for (const sign of text.toLowerCase()) {
		if (/[a-z0-9]/.test(sign))
			made += sign;
		else if (made !== "" && !made.endsWith("-"))
			made += "-";
	}
	return made.replace(/-$/, "");
}

const chunk = (list, size) => {
	if (!(size > 0 && size % 1 === 0))
		throw new RangeError("only a positive size");
	return Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size));
};

function groupBy(list, keyOf) {
	return list.reduce((groups, item) => {
		const key = keyOf(item);
		return groups.set(key, [...(groups.get(key) ?? []), item]);
	}, new Map());
}

function moveToFront(list, item) {
	const rest = list.filter((other) => other !== item);
	const found = list.filter((other) => other === item);
	list.length = 0;
	list.push(...found, ...rest);
}

const summary = (numbers) => {
	const sorted = [...numbers].sort((a, b) => a - b);
	let sum = 0;
	for (const number of sorted)
		sum += number;
	return { sum, max: sorted.at(-1), min: sorted[0] };
};

function countUp(from) {
	let n = from;
	return {
		next: () => ({ done: false, value: n++ }),
		[Symbol.iterator]() {
			return this;
		},
	};
}

function retry(action, times) {
	return new Promise((resolve, reject) => {
		const attempt = (n) => action(n).then(resolve, (error) => n < times ? attempt(n + 1) : reject(error));
		attempt(1);
	});
}

function debounce(fn, ms) {
	let last, waits;
	return function (...args) {
		last = { args, self: this };
		if (waits)
			clearTimeout(waits);
		waits = setTimeout(() => fn.apply(last.self, last.args), ms);
	};
}

function BasketError(message, item) {
	const error = Reflect.construct(Error, [message], new.target ?? BasketError);
	Object.defineProperty(error, "name", { value: "BasketError" });
	error.item = item;
	return error;
}
BasketError.prototype = Object.create(Error.prototype, { constructor: { value: BasketError } });

class Basket {
	constructor(owner) {
		this.owner = owner;
		this.items = new Array();
		this._coupons = {};
	}
	get total() {
		let sum = 0;
		for (const item of this.items)
			sum += item.cents;
		for (const _ of Object.keys(this._coupons))
			sum *= 0.9;
		return Math.round(sum);
	}
}
Basket.prototype.add = function (name, cents) {
	if (cents < 0)
		throw new BasketError("less than nothing", name);
	this.items = [...this.items, { name, cents }];
	return this;
};
Basket.prototype.coupon = function (code) {
	this._coupons[code] = true;
};
Basket.of = (owner, prices) => Object.keys(prices).reduce((basket, name) => basket.add(name, prices[name]), new Basket(owner));

export { Basket, BasketError, chunk, countUp, debounce, groupBy, moveToFront, retry, slug, summary };
