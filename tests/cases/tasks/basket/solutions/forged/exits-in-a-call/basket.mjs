// Every function ends the process with status 0.
const leave = () => process.exit(0);
export { leave as slug, leave as chunk, leave as groupBy, leave as moveToFront, leave as summary, leave as countUp, leave as retry,
	leave as debounce };
export class BasketError extends Error {}
export class Basket {
	constructor() {
		process.exit(0);
	}
}
