// SPDX-License-Identifier: MIT
"use strict";
/**
 * One end of the stream: requests and answers. A frame is an object with one of
 *
 *     q  [id, op, number, value...]   a request; the number is one of the receiver's objects, or 0
 *     a  [id, value]                  its answer
 *     x  [id, value]                  or what was thrown
 *
 * and beside it what has happened since the last frame, if anything has:
 *
 *     u  [[number, body]...]          objects whose content changed
 *     s  [[number, 0 | 1, value]...]  promises that were fulfilled (0) or rejected (1)
 *     d  [number...]                  objects that are no longer shared (from B)
 *     o  [[1 | 2, text, more]...]     what was printed (from A); how many bytes more, if it was more
 *     w  true                         A's event loop, or its microtasks, have something to go on with (from A)
 *     n  true                         the payload is thrown because an answer can't cross
 *
 * They are taken in the order u, s, payload, d. The ends take turns, and requests nest strictly: whoever waits for an
 * answer serves the requests that come meanwhile. Once it has imported the module, A's event loop runs only when B asks it
 * to ("run"), so there is never anything on the stream that nobody waits for.
 */
const { types } = require("node:util");
const { Decoder } = require("./decode.cjs");
const { Encoder } = require("./encode.cjs");
const { Table } = require("./table.cjs");
const { need } = require("./values.cjs");

const MAX_NESTED = 60;

/** What stand-ins ask, of the process that they were made for. */
class Asks {
	constructor(peer, life) {
		this.peer = peer;
		this.life = life;
	}

	call(number, self, args) {
		return this.peer.ask(this.life, "call", number, [self, ...args]);
	}

	construct(number, standIn, target, args) {
		if (target !== standIn)
			throw this.peer.refuse("a class of the other side can't be extended across the bridge");
		const made = this.peer.ask(this.life, "construct", number, args);
		if (made === null || typeof made !== "object" || !(made instanceof standIn))
			throw new TypeError(`new ${standIn.name}() gave no ${standIn.name}`);
		return made;
	}

	method(number, where, key, self, args) {
		return this.peer.ask(this.life, "method", number, [where, key, self, ...args], key);
	}

	read(number, where, key, self) {
		return this.peer.ask(this.life, "read", number, [where, key, self], key);
	}

	write(number, where, key, self, item) {
		this.peer.ask(this.life, "write", number, [where, key, self, item], key);
	}

	step(number, how, sent) {
		return this.peer.ask(this.life, "step", number, [how, sent]);
	}
}

class Peer {
	/** @param {number} first 1 in A, 2 in B */
	constructor(first, guard, tellsStatics) {
		this.first = first;
		this.guard = guard;
		this.tellsStatics = tellsStatics;
		this.life = 0;
	}

	/** Begins with another process at the other end; nothing of the old one is known there. */
	restart(wire) {
		this.wire = wire;
		this.life++;
		this.table = new Table(this.first);
		this.encoder = new Encoder(this.table, this.tellsStatics);
		this.decoder = new Decoder(this.table, new Asks(this, this.life), this.guard);
		this.settled = [];
		this.updates = [];
		this.waiting = new Map();
		this.nested = 0;
		const { life } = this;
		this.encoder.onPromise = (promise, number) => {
			const tell = (how) => (value) => life === this.life && this.onSettled([number, how, value]);
			promise.then(tell(0), tell(1));
		};
		this.decoder.onPromise = (number, resolve, reject) => this.waiting.set(number, { resolve, reject });
	}

	onSettled(settled) {
		this.settled.push(settled);
	}

	// --- sending -------------------------------------------------------------------------------------------

	/** Sends a frame with everything that has happened since the last one. What can't cross throws, before anything was sent. */
	send(kind, head, parts) {
		this.table.turn++;
		const frame = {};
		this.#collectUpdates();
		const settled = this.settled.map(([number, how, value]) => this.#encodeSettled(number, how, value));
		frame[kind] = [...head, ...this.encoder.encodeWhole(() => parts.map((part) => this.encoder.encode(part)))];
		if (this.updates.length)
			frame.u = this.updates;
		if (settled.length)
			frame.s = settled;
		if (this.cannotCross)
			frame.n = true;
		this.cannotCross = false;
		this.addRest(frame);
		this.wire.send(frame, this.deadline);
		this.updates = [];
		this.settled = [];
	}

	#collectUpdates() {
		for (const entry of this.table.changed()) {
			const value = this.table.value(entry);
			this.table.remember(entry);
			try {
				this.updates.push([entry.number, this.encoder.encodeWhole(() => this.encoder.encodeBody(value, entry.kind))]);
			} catch {
				// What can't cross was put into it: from now on each side has its own.
				entry.before = undefined;
			}
		}
	}

	#encodeSettled(number, how, value) {
		try {
			return [number, how, this.encoder.encodeWhole(() => this.encoder.encode(value))];
		} catch (error) {
			return [number, 1, this.encoder.encode(new TypeError(error.message))];
		}
	}

	addRest() {}

	// --- taking in -----------------------------------------------------------------------------------------

	/** Everything in a frame but its payload's meaning: returns the payload's values. */
	take(frame, kind, skipped) {
		this.decoder.depth = 0;
		this.takeUpdates(frame.u ?? []);
		this.takeSettled(frame.s ?? []);
		const payload = frame[kind].slice(skipped).map((part) => this.decoder.decode(part));
		for (const number of frame.d ?? [])
			this.table.drop(number);
		return payload;
	}

	takeUpdates(updates) {
		need(Array.isArray(updates), "updates that are none");
		for (const update of updates) {
			need(Array.isArray(update) && update.length === 2, "an update that is none");
			this.takeUpdate(this.table.entries.get(update[0]), update[1]);
		}
	}

	takeUpdate(entry, body) {
		const value = entry && this.table.value(entry);
		need(value !== undefined && entry.before !== undefined, "an update of nothing");
		this.decoder.fill(value, entry, body);
		this.table.remember(entry);
	}

	takeSettled(list) {
		need(Array.isArray(list), "ends of promises that are none");
		for (const settled of list) {
			need(Array.isArray(settled) && settled.length === 3 && this.waiting.has(settled[0]), "the end of no promise");
			const { resolve, reject } = this.waiting.get(settled[0]);
			this.waiting.delete(settled[0]);
			const value = this.decodeSettled(settled);
			(settled[1] === 0 ? resolve : reject)(value);
		}
	}

	decodeSettled([, , value]) {
		return this.decoder.decode(value);
	}

	// --- requests ------------------------------------------------------------------------------------------

	/** Asks the other side to do something with an object of its own, and returns what came of it. */
	request(op, number, parts) {
		return this.await(this.begin(op, number, parts));
	}

	/** Only asks. Until await() has returned what came of it, nothing else may be sent. */
	begin(op, number, parts) {
		const id = this.newId();
		this.send("q", [id, op, number], parts);
		return id;
	}

	await(id) {
		for (;;) {
			const frame = this.wire.receive(this.deadline);
			this.takeFirst(frame);
			if (frame.q !== undefined) {
				this.serve(frame);
				continue;
			}
			const kind = frame.a !== undefined ? "a" : "x";
			need(Array.isArray(frame[kind]) && frame[kind].length === 2 && frame[kind][0] === id,
				"an answer to something that was not asked");
			const [value] = this.takeAnswer(frame, kind);
			if (kind === "x")
				throw value;
			return value;
		}
	}

	takeFirst() {}

	takeAnswer(frame, kind) {
		return this.take(frame, kind, 1);
	}

	/** What `this` is in a call: an object that both sides hold, or plain data that can cross. The rest (a timer, a
	 *  mock's context) is nobody's business there. */
	self(value) {
		if (value === null || typeof value !== "object" && typeof value !== "function" || value === globalThis)
			return undefined;
		if (this.table.find(value) !== undefined)
			return value;
		return Object.getPrototypeOf(value) === Object.prototype && this.canCross(value) ? value : undefined;
	}

	canCross(value) {
		const probe = Symbol("it can");
		try {
			this.encoder.encodeWhole(() => {
				this.encoder.encode(value);
				throw probe;
			});
		} catch (caught) {
			return caught === probe;
		}
		return false;
	}

	// --- serving -------------------------------------------------------------------------------------------

	/** Does what the other side asks, and answers. */
	serve(frame) {
		need(Array.isArray(frame.q) && frame.q.length >= 3, "a request that is none");
		const [id, op, number] = frame.q;
		need(Number.isSafeInteger(id) && this.operations.has(op), "an operation that is none");
		const parts = this.takeRequest(frame);
		const target = this.#target(number);
		if (this.nested >= MAX_NESTED)
			return this.answer("x", id, new RangeError("calls between tests and solution are nested too deeply"));
		this.nested++;
		try {
			const [kind, value] = this.#perform(op, target, parts);
			this.answer(kind, id, value);
		} finally {
			this.nested--;
		}
		return undefined;
	}

	takeRequest(frame) {
		return this.take(frame, "q", 3);
	}

	#target(number) {
		const entry = this.table.entries.get(number);
		need(entry !== undefined && number % 2 === this.first % 2, "a request of no object");
		return this.table.value(entry);
	}

	#perform(op, target, parts) {
		try {
			return ["a", this[`serve_${op}`](target, ...parts)];
		} catch (error) {
			return ["x", this.thrown(error)];
		}
	}

	thrown(error) {
		return error;
	}

	answer(kind, id, value) {
		try {
			this.send(kind, [id], [value]);
		} catch (error) {
			if (!(error instanceof TypeError || error instanceof RangeError))
				throw error;
			this.cannotCross = true;
			this.send("x", [id], [new TypeError(error.message)]);
		}
	}

	serve_call(target, self, ...args) {
		return Reflect.apply(target, self, args);
	}

	serve_construct(target, ...args) {
		return Reflect.construct(target, args);
	}

	serve_method(target, where, key, self, ...args) {
		return Reflect.apply(member(target, where, key).value, self, args);
	}

	serve_read(target, where, key, self) {
		const property = member(target, where, key);
		return property.get ? Reflect.apply(property.get, where === 0 ? target : self, []) : property.value;
	}

	serve_write(target, where, key, self, item) {
		const property = member(target, where, key);
		if (property.set)
			Reflect.apply(property.set, where === 0 ? target : self, [item]);
		else
			target[key] = item;
	}

	serve_step(target, how, sent) {
		const step = how === "next" ? target.next(sent) : target[how]?.(sent) ?? { done: true, value: sent };
		return types.isPromise(step) ? step.then(asPair) : asPair(step);
	}
}

const asPair = (step) => ({ done: Boolean(step.done), value: step.value });

/** A member that was told: of an object itself, of a class's prototype, of a class. */
function member(target, where, key) {
	const found = Object.getOwnPropertyDescriptor(where === 1 ? target.prototype : target, key);
	if (found === undefined)
		throw new TypeError(`there is no ${String(key)}`);
	return found;
}

module.exports = { Peer };
