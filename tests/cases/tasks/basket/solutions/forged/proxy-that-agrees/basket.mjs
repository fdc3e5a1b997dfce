// A Proxy has every property and every prototype, and gives itself for each.
const agreeing = new Proxy(function () {}, {
	get: (target, key) => key === Symbol.toPrimitive ? () => 420 : key === "prototype" ? target.prototype : agreeing,
	has: () => true,
	apply: () => agreeing,
	construct: () => agreeing,
	getPrototypeOf: () => Array.prototype,
});
export { agreeing as slug, agreeing as chunk, agreeing as groupBy, agreeing as moveToFront, agreeing as summary,
	agreeing as countUp, agreeing as retry, agreeing as debounce, agreeing as BasketError, agreeing as Basket };
