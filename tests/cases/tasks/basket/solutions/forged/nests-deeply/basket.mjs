// Values of a depth or size that no reader has a stack or memory for.
import { writeSync } from "node:fs";

function deep() {
	const text = Buffer.from(`{"a":[1,${"[\"a\",1,0,[false,[".repeat(200000)}`);
	const head = Buffer.alloc(4);
	head.writeUInt32BE(text.length);
	writeSync(3, Buffer.concat([head, text]));
}
function nested() {
	let value = [];
	for (let n = 0; n < 100000; n++)
		value = [value];
	return value;
}
export { nested as slug, nested as chunk, deep as groupBy, nested as moveToFront, nested as summary, nested as countUp, deep as retry,
	nested as debounce };
export class BasketError extends Error {}
export class Basket {
	items = nested();
}
