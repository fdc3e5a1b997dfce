// Writes into the stream what is no frame.
import { writeSync } from "node:fs";

const say = () => writeSync(3, "HTTP/1.1 200 OK\r\n\r\n");
export { say as slug, say as chunk, say as groupBy, say as moveToFront, say as summary, say as countUp, say as retry, say as debounce };
export class BasketError extends Error {}
export class Basket {
	constructor() {
		say();
	}
}
