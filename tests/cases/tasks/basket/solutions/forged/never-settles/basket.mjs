// Promises that never end, with a timer that keeps the process busy.
setInterval(() => {}, 1);
const never = () => new Promise(() => {});
export { never as slug, never as chunk, never as groupBy, never as moveToFront, never as summary, never as countUp, never as retry,
	never as debounce };
export class BasketError extends Error {}
export class Basket {}
