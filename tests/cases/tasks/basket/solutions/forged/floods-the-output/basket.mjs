// Prints without end in place of answering.
const flood = () => {
	for (let n = 0; n < 400; n++)
		console.log("x".repeat(100000));
	return null;
};
export { flood as slug, flood as chunk, flood as groupBy, flood as moveToFront, flood as summary, flood as countUp, flood as retry,
	flood as debounce };
export class BasketError extends Error {}
export class Basket {}
