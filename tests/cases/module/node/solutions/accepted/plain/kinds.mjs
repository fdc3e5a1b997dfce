import { EventEmitter } from "node:events";
export const CONST = Object.freeze({ a: 1, deep: Object.freeze([1]) });
export const sym = Symbol.for("x"); export const own = Symbol("own");
export const echo = (...a) => a;
export const ident = (x) => x;
export const call = (f, ...a) => f(...a);
export async function acall(f, ...a) { return await f(...a); }
export function counter() { let n = 0; return { inc() { return ++n; }, get count() { return n; }, self() { return this; } }; }
export class Shape {
	#a = 2;
	kind = "shape";
	static made = 0;
	constructor() { Shape.made++; }
	area() { return this.#a; }
	get big() { return this.#a > 1; }
	set size(v) { this.#a = v; }
	static make() { return new this(); }
	toString() { return `Shape(${this.#a})`; }
	toJSON() { return { k: this.kind }; }
	valueOf() { return this.#a; }
	describe() { return `${this.constructor.name} ${this.area()}`; }
}
export class Square extends Shape { constructor(s) { super(); this.s = s; } area() { return this.s ** 2 + super.area(); } *[Symbol.iterator]() { yield this.s; yield 2; } }
export class Stack extends Array { peek() { return this.at(-1); } }
export class Bus extends EventEmitter { hi(x) { this.emit("hi", x, this); } }
export class MyErr extends TypeError { constructor(m, code) { super(m, { cause: new Error("inner") }); this.code = code; } get name() { return "MyErr"; } }
export function thrower(c) { throw new MyErr("bad", c); }
export function cyc() { const o = { n: 1 }; o.self = o; o.list = [o]; return o; }
export function sparse() { const a = [1, , 3]; a.extra = "x"; return a; }
export function types() { return { d: new Date(5), r: /a+/gi, m: new Map([[{ k: 1 }, new Set([1])]]), t: new Float64Array([1.5, NaN]), b: Buffer.from("hé"), u: undefined, n: null, z: -0, i: 123456789012345678901234567890n, url: new URL("http://x.y/z"), nul: Object.assign(Object.create(null), { q: 1 }) , ["__proto__"]: 7}; }
export function sortInPlace(a) { a.sort(); return a; }
export async function* agen(n) { for (let i = 0; i < n; i++) { await new Promise((r) => setTimeout(r, 1)); yield i; } }
export const later = (ms, v) => new Promise((r) => setTimeout(r, ms, v));
export function mem(f) { const m = new Map(); const g = (x) => { if (!m.has(x)) m.set(x, f(x)); return m.get(x); }; g.cache = m; return g; }
export function print() { console.log("hello"); }
export default function main() { return "main"; }
export function withThis() { return this?.v; }
export const curry = (a) => (b) => (c) => a + b + c;
export class Node2 { constructor(v, n = null) { this.v = v; this.next = n; } }
export class LL { constructor() { this.head = null; this.size = 0; } push(v) { this.head = new Node2(v, this.head); this.size++; return this; } }
export function parallel(tasks, cb) { let left = tasks.length; const out = []; tasks.forEach((t, i) => t((e, v) => { out[i] = v; if (--left === 0) cb(null, out); })); }
export const never = () => new Promise(() => {});
export function abortable(signal) { return new Promise((_, rej) => { signal.addEventListener("abort", () => rej(new Error("aborted"))); }); }
export const afterwards = {
	microtask(f) { queueMicrotask(() => f("microtask")); },
	tick(f) { process.nextTick(f, "tick"); },
	promise(f) { Promise.resolve("promise").then(f); },
	immediate(f) { setImmediate(f, "immediate"); },
	timer(f) { setTimeout(f, 2, "timer"); },
	chain(f) { Promise.resolve().then(() => setImmediate(() => process.nextTick(f, "chain"))); },
	filled(list) { (async () => { list.push(await 1); })(); },
};
let open;
const door = new Promise((resolve) => { open = resolve; });
export const onOpen = (f) => { door.then(f); };
export const openDoor = (x) => { open(x); };
export const onEnd = (promise, f) => { promise.then(f); };
export const board = (size) => Array.from({ length: size }, () => ({ cells: [{ hit: false }] }));
export const fire = (board, at) => { board[at].cells[0].hit = true; };
export function change(error, list, plain) { error.message += ", again"; error.tries = 1; list[1] = undefined; Object.freeze(plain); }
export const words = (error, list) => [error.message, Object.keys(error), 1 in list];
export const freeze = (view) => { Object.freeze(view); };
export const fails = (ms) => new Promise((_, reject) => { setTimeout(() => reject(new Error("late")), ms); });
export const settled = async (list) => (await Promise.allSettled(list)).length;
