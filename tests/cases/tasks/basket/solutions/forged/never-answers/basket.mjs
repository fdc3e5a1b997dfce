// Does not return, whatever is called.
const wait = () => {
	for (;;);
};
export { wait as slug, wait as chunk, wait as groupBy, wait as moveToFront, wait as summary, wait as countUp, wait as retry,
	wait as debounce, wait as BasketError, wait as Basket };
