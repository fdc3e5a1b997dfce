// A tester in the candidate's language, or any other: it speaks HTTP to ASSAY_URL and TAP on its standard output.
//
// The candidate's server runs in a box of its own. It can't see this file, nor write what we report. Whatever it answers,
// a test here fails or passes and the next one begins.
import { inspect, isDeepStrictEqual } from "node:util";

/** Ends what a test waits for, so that the next one begins. */
let signal;

/** The status and the body of an answer. */
async function call(method, path, body) {
	const answer = await fetch(process.env.ASSAY_URL + path, { method, body, signal });
	return [answer.status, Buffer.from(await answer.arrayBuffer())];
}

function equal(got, wanted) {
	const short = (value) => inspect(value, { breakLength: Infinity }).slice(0, 80);
	if (!isDeepStrictEqual(got, wanted))
		throw new Error(`${short(got)} instead of ${short(wanted)}`);
}

const tests = {
	async "a note can be read back"() {
		equal((await call("PUT", "/notes/one", "first"))[0], 204);
		equal(await call("GET", "/notes/one"), [200, Buffer.from("first")]);
	},
	async "a newer text replaces the older one"() {
		await call("PUT", "/notes/two", "older");
		await call("PUT", "/notes/two", "newer");
		equal(await call("GET", "/notes/two"), [200, Buffer.from("newer")]);
	},
	async "a text comes back byte by byte"() {
		const text = Buffer.from(Array.from({ length: 2560 }, (_, i) => i % 256));
		await call("PUT", "/notes/bytes", text);
		equal(await call("GET", "/notes/bytes"), [200, text]);
	},
	async "an unknown note is 404"() {
		equal((await call("GET", "/notes/nothing"))[0], 404);
	},
};

console.log(`1..${Object.keys(tests).length}`);
let number = 0;
for (const [name, test] of Object.entries(tests)) {
	number++;
	signal = AbortSignal.timeout(4000);
	try {
		await test();
		console.log(`ok ${number} - ${name}`);
	} catch (error) {
		const message = JSON.stringify(String(error.cause?.message ?? error.message).slice(0, 300));
		console.log(`not ok ${number} - ${name}\n  ---\n  message: ${message}\n  ...`);
	}
}
