// SPDX-License-Identifier: MIT
// bridge_frames.mjs BRIDGE SEED COUNT: gives the tests' end of the Node bridge COUNT frames that were right until
// something in them was changed. Each has to be taken, or has to end the process that sent it; nothing else may happen.
import assert from "node:assert";
import { pathToFileURL } from "node:url";

const [bridge, seed, count] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(`${bridge}/assay_bridge/${name}.cjs`));
const [{ Encoder }, { Table }, { Profile }, { Refused, Tester }] = await Promise.all(["encode", "table", "profile", "tester"].map(load));

let state = Number(seed) >>> 0 || 1;
function random(below) {
	state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9 >>> 0;
	return (state ^ (state >>> 13)) % below >>> 0;
}
const pick = (list) => list[random(list.length)];

class Point {
	constructor() {
		this.x = 1;
	}
	get twice() {
		return 2 * this.x;
	}
	move() {
		return this;
	}
	static origin = 0;
}
class Sorted extends Array {
	first() {
		return this[0];
	}
}
const ring = { list: [1, , undefined] };
ring.self = ring;
const samples = [1, "text", [1, [2, -0]], { a: 1, ["__proto__"]: 2 }, new Map([[{}, new Set([1n])]]), new Float64Array(3), new Date(0), /a/g,
	new Point(), Sorted.of(1, 2), ring, () => 1, async () => 1, Promise.resolve(1), (function* () {})(), new RangeError("no"), Symbol("own"),
	{ get live() { return 1; } }, Object.freeze({ f() {} }), new URL("http://a.b/")];

/** A frame as an honest process sends it for one value. */
function honest(value) {
	const table = new Table(1);
	const encoder = new Encoder(table, true);
	return { a: [0, encoder.encode(value)], u: random(4) ? undefined : [[table.next - 2, [false, [], []]]], d: undefined };
}

const junk = () => pick([null, -1, 0, 1, 2, 3, 1e300, 2 ** 53, "", "__proto__", "constructor", "length", "k", "F", [], ["k", 1], ["k", 2], ["u"], ["T", "Function"],
	["i", "zz"], ["y", 0, "iterator"], ["y", 1, "x"], [[[]]], true, {}, "x".repeat(300)]);

function places(node, found = []) {
	if (node !== null && typeof node === "object")
		for (const key of Object.keys(node)) {
			found.push([node, key]);
			places(node[key], found);
		}
	return found;
}

/** Changes up to three places of a frame. */
function change(frame) {
	for (let n = random(4); n > 0; n--) {
		const all = places(frame);
		const [node, key] = pick(all);
		const other = pick(all);
		node[key] = random(2) ? junk() : JSON.parse(JSON.stringify(other[0][other[1]] ?? null));
	}
	return frame;
}

process.on("unhandledRejection", () => {}); // promises of a process that is gone
const pristine = [Object, Array, Function, Map, Set, Error, Promise].map((cls) => [cls, JSON.stringify(Reflect.ownKeys(cls.prototype).map(String))]);

const tester = new Tester({ ended: () => {} }, new Profile("x", null, true), { test_ms: 1e9, total_ms: 1e9, tests: new Map() });
let sent, taken = 0, ended = 0;
for (let n = 0; n < Number(count); n++) {
	tester.dead = undefined;
	tester.restart({
		send: (frame) => { sent = frame; },
		receive: () => {
			if (sent.q === undefined)
				return { a: [tester.last, null] };
			tester.last = sent.q[0];
			const text = JSON.stringify(honest(pick(samples)));
			const frame = change(JSON.parse(text));
			if (Array.isArray(frame.a) && frame.a[0] === 0)
				frame.a[0] = sent.q[0];
			return random(20) ? frame : { q: [1, "call", random(4), ["u"]] };
		},
	});
	const entry = tester.table.add(() => 1, "F", 1);
	try {
		tester.ask(tester.life, "call", entry.number, [undefined, [1, 2], () => 3]);
		taken++;
	} catch (error) {
		assert.ok(error instanceof Refused || tester.dead === undefined, `frame ${n}: ${error?.stack}`);
		ended++;
	}
	for (const [cls, keys] of pristine)
		assert.equal(JSON.stringify(Reflect.ownKeys(cls.prototype).map(String)), keys, `frame ${n} changed ${cls.name}.prototype`);
	for (const { reject } of tester.waiting.values())
		reject(new Refused("over"));
}
assert.ok(taken > Number(count) / 20 && ended > Number(count) / 20, `${taken} taken, ${ended} ended: nothing was tried`);
process.exit(0);
