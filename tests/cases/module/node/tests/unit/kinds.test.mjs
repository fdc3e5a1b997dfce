// SPDX-License-Identifier: MIT
import { beforeEach, describe, it, mock } from "node:test";
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import def, * as m from "./kinds.mjs";

it("constants cross, frozen ones frozen", () => {
	assert.deepEqual(m.CONST, { a: 1, deep: [1] });
	assert.ok(Object.isFrozen(m.CONST) && Object.isFrozen(m.CONST.deep));
	assert.equal(m.sym, Symbol.for("x"));
	assert.equal(m.ident(m.own), m.own);
});

it("values of every kind go there and back", () => {
	const d = new Date(3);
	assert.deepEqual(m.echo(1, "a", undefined, null, -0, NaN, 5n, d, /x/y, new Map([[1, 2]]), new Set(["s"]), new Uint8Array([1]), [1, , 2]), [1, "a", undefined, null, -0, NaN, 5n, new Date(3), /x/y, new Map([[1, 2]]), new Set(["s"]), new Uint8Array([1]), [1, , 2]]);
});

it("what goes there comes back the same", () => {
	const o = { a: [1] };
	assert.equal(m.ident(o), o);
	const f = () => 1;
	assert.equal(m.ident(f), f);
	class T { x = 1; y() { return 3; } }
	const t = new T();
	assert.equal(m.ident(t), t);
	assert.equal(m.ident(T), T);
	assert.equal(m.ident(Math.max), Math.max);
	const e = new Error("q");
	assert.equal(m.ident(e), e);
});

it("an object of closures and accessors lives on", () => {
	const c = m.counter();
	assert.equal(c.inc(), 1);
	assert.equal(c.count, 1);
	assert.equal(c.self(), c);
});

it("a class keeps its fields, accessors, statics and words", () => {
	const before = m.Shape.made;
	const s = new m.Shape();
	assert.equal(m.Shape.made, before + 1);
	assert.equal(s.area(), 2);
	s.size = 7;
	assert.equal(s.area(), 7);
	assert.equal(`${s}`, "Shape(7)");
	assert.equal(JSON.stringify(s), '{"k":"shape"}');
	assert.ok(s.big);
	assert.equal(+s, 7);
	assert.deepEqual(new m.Shape(), new m.Shape());
	assert.ok(m.Shape.make() instanceof m.Shape);
	assert.equal(s.constructor, m.Shape);
	assert.equal(m.Shape.name, "Shape");
	assert.equal(s.describe(), "Shape 7");
	assert.throws(() => m.Shape(), TypeError);
	assert.equal(typeof m.Shape.prototype.area, "function");
});

it("a subclass extends a class, and can be iterated", () => {
	const q = new m.Square(3);
	assert.equal(q.area(), 11);
	assert.ok(q instanceof m.Shape);
	assert.deepEqual([...q], [3, 2]);
	assert.deepEqual({ ...q }, { kind: "shape", s: 3 });
	q.s = 4;
	assert.equal(q.area(), 18);
	assert.ok(Object.getPrototypeOf(m.Square) === m.Shape);
});

it("a subclass of Array is an array", () => {
	const s = new m.Stack();
	s.push(1, 2);
	assert.equal(s.peek(), 2);
	assert.equal(s.length, 2);
	assert.ok(Array.isArray(s));
});

it("a callback is called with the object itself", () => {
	const b = new m.Bus();
	const got = [];
	b.on("hi", (x, me) => got.push(x, me === b));
	b.hi(4);
	assert.deepEqual(got, [4, true]);
});

it("an error keeps its class, name, code and cause", () => {
	assert.throws(() => m.thrower(3), { name: "MyErr", message: "bad", code: 3 });
	assert.throws(() => m.thrower(3), m.MyErr);
	assert.throws(() => m.thrower(3), TypeError);
	try { m.thrower(1); } catch (e) { assert.equal(e.cause.message, "inner"); assert.equal(String(e), "MyErr: bad"); }
});

it("a ring stays a ring", () => {
	const c = m.cyc();
	assert.equal(c.self, c);
	assert.equal(c.list[0], c);
});

it("holes and names in an array stay", () => {
	const a = m.sparse();
	assert.ok(!(1 in a));
	assert.equal(a.length, 3);
	assert.equal(a.extra, "x");
});

it("values of the language's classes cross", () => {
	const t = m.types();
	assert.deepEqual(t.d, new Date(5));
	assert.deepEqual(t.r, /a+/gi);
	assert.deepEqual([...t.m][0], [{ k: 1 }, new Set([1])]);
	assert.deepEqual(t.t, new Float64Array([1.5, NaN]));
	assert.deepEqual(t.b, Buffer.from("hé"));
	assert.ok("u" in t && t.u === undefined);
	assert.ok(Object.is(t.z, -0));
	assert.equal(t.i, 123456789012345678901234567890n);
	assert.equal(t.url.host, "x.y");
	assert.equal(Object.getPrototypeOf(t.nul), null);
	assert.ok(Object.hasOwn(t, "__proto__"));
});

it("an array is sorted in place", () => {
	const a = [3, 1, 2];
	assert.equal(m.sortInPlace(a), a);
	assert.deepEqual(a, [1, 2, 3]);
});

it("an asynchronous generator is read", async () => {
	const g = [];
	for await (const x of m.agen(3)) g.push(x);
	assert.deepEqual(g, [0, 1, 2]);
});

it("promises overlap", async () => {
	const order = [], arrives = (value) => order.push(value);
	await Promise.all([m.later(500, "slow").then(arrives), m.later(1, "fast").then(arrives)]);
	assert.deepEqual(order, ["fast", "slow"]);
	assert.deepEqual(await Promise.all([m.later(30, 1), m.later(1, 2)]), [1, 2]);
});

it("the fastest promise wins", async () => {
	assert.equal(await Promise.race([m.later(500, "slow"), m.later(1, "fast")]), "fast");
});

it("a mock of the tests counts its calls", () => {
	const f = mock.fn((x) => x * 2);
	const g = m.mem(f);
	assert.equal(g(2), 4);
	assert.equal(g(2), 4);
	assert.equal(f.mock.callCount(), 1);
	assert.equal(g.cache.size, 1);
});

it("what is printed is seen by a mocked console", (t) => {
	const l = t.mock.method(console, "log", () => {});
	m.print();
	assert.deepEqual(l.mock.calls[0].arguments, ["hello"]);
});

it("a default export has its name", () => {
	assert.equal(def(), "main");
	assert.equal(def.name, "main");
});

it("plain data is passed as this", () => {
	assert.equal(m.withThis.call({ v: 4 }), 4);
	assert.equal(m.withThis(), undefined);
	const o = { v: 9, f: m.withThis };
	assert.equal(o.f(), 9);
});

it("functions give functions", () => {
	assert.equal(m.curry(1)(2)(3), 6);
});

it("objects hold objects of other classes", () => {
	const l = new m.LL();
	l.push(1).push(2);
	assert.equal(l.size, 2);
	assert.equal(l.head.next.v, 1);
	assert.ok(l.head instanceof m.Node2);
});

it("a promise that is given back may fail there", async () => {
	assert.equal(await m.settled([m.fails(1), m.fails(5)]), 2);
});

it("promises of the tests are awaited", async () => {
	assert.equal(await m.acall(async (x) => { await sleep(3); return x + 1; }, 1), 2);
	await assert.rejects(m.acall(async () => { throw new RangeError("r"); }), RangeError);
});
it("and what waits for one goes on as it ends, not when the bridge looks next", async () => {
	const { setTimeout } = globalThis; // the bridge looks each millisecond; here it never does
	globalThis.setTimeout = (run, ms, ...given) => ms === 1 ? { ref() {}, unref() {} } : setTimeout(run, ms, ...given);
	try {
		assert.equal(await m.acall(async (x) => { await sleep(3); return x + 1; }, 1), 2);
	} finally {
		globalThis.setTimeout = setTimeout;
	}
});

it("callbacks may come later", (t, done) => {
	m.parallel([(cb) => setTimeout(cb, 3, null, 1), (cb) => cb(null, 2)], (e, out) => { assert.deepEqual(out, [1, 2]); done(); });
});

it("an assertion in a callback fails the test, whatever becomes of it", () => {
	assert.throws(() => m.call(() => assert.equal(1, 2)), assert.AssertionError);
});

it("a signal of the tests aborts", async () => {
	const c = new AbortController();
	const p = m.abortable(c.signal);
	setTimeout(() => c.abort(), 5);
	await assert.rejects(p, /aborted/);
});

it("many objects cross at once", () => {
	const a = Array.from({ length: 1000 }, (_, i) => ({ i }));
	const b = m.ident(a);
	assert.equal(b.length, 1000);
	for (let i = 0; i < 500; i++) m.ident(i);
});

it("a change is seen by every name", () => {
	const c = new m.LL();
	const f = c;
	m.call((x) => { x.size = 50; }, c);
	assert.equal(f.size, 50);
});

describe("a hook of the tests", () => {
	let list;
	beforeEach(() => {
		list = new m.LL();
	});
	it("gives each test its own", () => {
		list.push(1);
		assert.equal(list.size, 1);
	});
	it("... and nothing of another's", () => {
		assert.equal(list.size, 0);
	});
});

it("an instance of a test's class is used", () => {
	class P { constructor() { this.x = 1; } get y() { return this.x + 1; } up() { this.x++; return this; } }
	const p = new P();
	assert.equal(m.call((q) => q.up().y, p), 3);
	assert.equal(p.x, 2);
});

for (const how of ["microtask", "tick", "promise", "immediate", "timer", "chain"])
	it(`what a call leaves to its ${how} comes to pass, though nobody asks for it`, async () => {
		m.ident(1);
		assert.equal(await new Promise((resolve) => m.afterwards[how](resolve)), how);
	});

it("and an object of the tests that is filled then is filled here", async () => {
	const list = [];
	m.afterwards.filled(list);
	await sleep(20);
	assert.deepEqual(list, [1]);
});

it("a change to an error, an array's elements or a frozen state is seen", () => {
	const error = new RangeError("once"), list = [1, , 3], plain = { a: 1 };
	for (const change of [m.change, (...all) => all.forEach((one) => m.ident(one))])
		change(error, list, plain);
	assert.equal(error.message, "once, again");
	assert.deepEqual([error.tries, Object.keys(error)], [1, ["tries"]]);
	assert.deepEqual(list, [1, undefined, 3]);
	assert.ok(Object.isFrozen(plain));
	error.message = "other";
	delete error.tries;
	delete list[1];
	assert.deepEqual(m.words(error, list), ["other", [], false]);
});

it("a getter that asks the solution is called once for a call", () => {
	const held = { x: 1 };
	m.ident(held);
	let reads = 0;
	Object.defineProperty(held, "x", { get() { reads++; return m.ident(1); }, enumerable: true });
	m.ident(2);
	assert.equal(reads, 1);
});

it("bytes whose view is frozen stay what they are", () => {
	const view = new DataView(new ArrayBuffer(2));
	m.freeze(view);
	assert.equal(m.ident(view), view);
	view.setUint8(1, 7);
	assert.equal(m.ident(view).getUint8(1), 7);
});

it("many small objects later, the one that is kept on both sides is still the same", () => {
	const kept = [1];
	const keep = m.curry(kept);
	for (let i = 0; i < 200; i++)
		m.ident([i]);
	kept.push(2);
	assert.deepEqual(m.call((f) => f("")("x"), keep), "1,2x");
});

it("what waits for a promise goes on when a later call ends it", async () => {
	const heard = [];
	m.onOpen((x) => heard.push(x));
	await sleep(20);
	m.openDoor(5);
	await sleep(20);
	assert.deepEqual(heard, [5]);
});

it("or when the tests end theirs", async () => {
	const heard = [];
	let end;
	m.onEnd(new Promise((resolve) => { end = resolve; }), (x) => heard.push(x));
	await sleep(20);
	end(7);
	m.ident(1);
	await sleep(20);
	assert.deepEqual(heard, [7]);
});

describe("what is kept from test to test", () => {
	const board = m.board(30);
	for (const at of [0, 1, 2])
		it(`is the same on both sides in all its parts: ${at}`, () => {
			m.fire(board, at);
			m.fire(board, at + 10);
			assert.equal(board[at].cells[0].hit && board[at + 10].cells[0].hit, true);
		});
});
