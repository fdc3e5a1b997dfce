// Announces a frame of four gigabytes and sends a little of it.
import { writeSync } from "node:fs";

const say = () => writeSync(3, Buffer.concat([Buffer.from([255, 255, 255, 255]), Buffer.alloc(1000, "[")]));
export { say as slug, say as chunk, say as groupBy, say as moveToFront, say as summary, say as countUp, say as retry, say as debounce };
export class BasketError extends Error {}
export class Basket {
	constructor() {
		say();
	}
}
