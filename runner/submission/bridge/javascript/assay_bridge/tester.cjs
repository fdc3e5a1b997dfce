// SPDX-License-Identifier: MIT
"use strict";
/**
 * Box B: the tests' end of the stream, which believes nothing.
 *
 * A mistake in a frame, silence beyond the deadline or the end of A's process fails the running test and ends A; for the
 * next test A is started anew, and what the tests hold of its exports is found again by name. A test that was refused
 * something fails whatever it does with the error: watch.cjs sees to that.
 */
const assert = require("node:assert");
const { openSync, readSync } = require("node:fs");
const { types } = require("node:util");
const { never } = require("./encode.cjs");
const { Peer } = require("./peer.cjs");
const { Printed } = require("./printed.cjs");
const { CHANGES, CONTAINER, ITERATOR, KINDS, OBJECT, PLAIN } = require("./profile.cjs");
const { BETWEEN, shortened } = require("./record.cjs");
const { bytesOf, makeBinary, nameOfBinary, need } = require("./values.cjs");
const { Ended, Late, Malformed, Wire } = require("./wire.cjs");

const MAX_LIVES = 40, MAX_PLAIN = 256, RUN_MS = 5, KEY_MAX = 100;

/** The bridge failed a test. */
class Refused extends Error {}

/** What stands for something that no accepted solution gives: nothing can be done with it but to ignore it. */
const IGNORED = Object.freeze(Object.create(null));

/** What tests themselves may be failed by; it goes around A, which learns nothing of what was expected. */
const isTestsOwn = (error) => error instanceof Refused || error instanceof assert.AssertionError || error?.code === "ERR_ASSERTION";

class Tester extends Peer {
	operations = new Set(["call", "construct", "method", "read", "write", "step"]);

	/** @param supply where processes come from: next(), ended(late)
	 *  @param profile the suite's Profile
	 *  @param times { test_ms, total_ms, tests: Map of a test's name to its own ms } */
	constructor(supply, profile, times) {
		super(2, { quiet: false }, false);
		Object.assign(this.guard, {
			admitsCode: () => this.guard.quiet || this.#allows(OBJECT | ITERATOR),
			admitCode: (value) => this.#admitCode(value),
			hasSpecial: (key) => this.#hasSpecial(key),
		});
		this.random = Buffer.alloc(6 * 512); // node:crypto takes longer to load than all of this
		this.randomLeft = 0;
		this.supply = supply;
		this.profile = profile;
		this.times = times;
		this.totalLeft = times.total_ms;
		this.testLeft = times.test_ms;
		this.test = "";
		this.hasBegun = false; // any test
		this.guarded = 0; // how much is being done for many tests, which answers for itself
		this.reviving = undefined; // what they wait for who want another A
		this.timesRefused = 0;
		this.lastReason = undefined;
		this.refusals = new Map();
		this.closed = new WeakSet();
		this.handed = new WeakSet(); // functions and classes that the tests handed over
		this.dead = "the solution's process was not started";
		this.deadIn = undefined;
		this.depthOfAsking = 0;
		this.printed = new Printed();
		this.exports = new Map();
		this.args = []; // of the call that is waited for
		this.pumping = undefined;
		this.isPutOff = false; // whether it is a timeout, not an immediate
	}

	/** 48 random bits: an answer can't be sent before its request is known. */
	newId() {
		if (this.randomLeft === 0) {
			this.randomLeft = readSync(this.randomFd ??= openSync("/dev/urandom"), this.random);
			if (this.randomLeft !== this.random.length)
				throw new Error("/dev/urandom gives no random numbers");
		}
		return this.random.readUIntBE(this.randomLeft -= 6, 6);
	}

	restart(wire) {
		super.restart(wire);
		this.importing = undefined; // an `import` that was asked for, and whose answer nobody has read
		this.keys = new Map();
		this.aliases = [];
		this.awaited = new Map();
		this.gone = [];
		this.decoder.isWeak = true;
		this.finalizer = new FinalizationRegistry(({ life, number }) => life === this.life && this.gone.push(number));
		this.decoder.onSeen = (kind) => { this.seen |= KINDS[kind]; };
		this.encoder.onHandedOver = (value) => this.handed.add(value);
		const { add } = this.table, { onPromise } = this.decoder, { encode } = this.encoder;
		this.table.add = (value, kind, number, weak) => {
			if (weak)
				this.finalizer.register(value, { life: this.life, number });
			if (kind === "F" && number !== undefined)
				this.keys.set(number, this.key ?? "");
			return add.call(this.table, value, kind, number, weak);
		};
		this.decoder.onPromise = (number, resolve, reject) => {
			this.awaited.set(number, { key: this.key, test: this.test });
			onPromise(number, resolve, reject);
		};
		this.encoder.encode = (value) => {
			if (value !== null && typeof value === "object" && (this.closed.has(value) || types.isProxy(value)))
				throw new TypeError(`${types.isProxy(value) ? "a Proxy" : "a test's context"} can't cross between the tests and the solution`);
			return encode.call(this.encoder, value);
		};
	}

	// --- tests ---------------------------------------------------------------------------------------------

	/** From now on everything counts for that test, which was refused something already if there is a reason why. */
	beginTest(name, why = undefined) {
		this.test = name;
		this.hasBegun = true;
		this.why = why;
		this.testLeft = this.times.tests.get(name) ?? this.times.test_ms;
		this.printed.beginTest();
	}

	/** The running test has failed, or all of them if none has begun yet; returns what is to be thrown. */
	refuse(words) {
		const sentence = shortened(words), name = this.test || (this.hasBegun || this.guarded > 0 ? BETWEEN : "");
		this.why ??= sentence;
		this.timesRefused++;
		this.lastReason = sentence;
		if (!this.refusals.has(name))
			this.refusals.set(name, sentence);
		return new Refused(sentence);
	}

	// --- the life of A -------------------------------------------------------------------------------------

	/** A is ended, because of what it did or didn't do. Whoever waits is told why. If nobody does, no test has lost anything. */
	die(sentence, late = false) {
		if (this.dead !== undefined)
			return;
		this.dead = sentence;
		this.deadIn = this.test;
		this.supply.ended(late);
		const refused = this.test === "" && this.waiting.size === 0 ? undefined : this.refuse(sentence);
		for (const { reject } of this.waiting.values())
			reject(refused);
		this.waiting.clear();
	}

	/** The tests are over: A ends while we do. */
	leave() {
		if (this.dead !== undefined)
			return;
		this.dead = "the tests are over";
		this.supply.close();
	}

	/** Begins with the process that is there from the start, which imports the module while we have other things to do. */
	meetFirst(module) {
		this.#meet(this.supply.stream);
		try {
			this.importing = this.begin("import", 0, [module]);
		} catch (error) {
			this.#blame(error);
		}
	}

	/** Sees to it that there is an A to ask; only between tests, for it can't be had at once. Several may wait for one. */
	revive(module) {
		if (this.dead !== undefined)
			this.reviving ??= this.#revive(module).finally(() => { this.reviving = undefined; });
		return this.reviving;
	}

	async #revive(module) {
		if (this.life > MAX_LIVES)
			return;
		const fd = await this.supply.next();
		if (fd === undefined)
			return;
		this.#meet(fd);
		const { testLeft } = this;
		try {
			this.load(module);
		} catch {
			// Whoever uses it is told.
		}
		this.testLeft = testLeft; // that a process had to be started is no fault of this test
	}

	#meet(fd) {
		this.restart(new Wire(fd));
		this.dead = undefined;
	}

	/** Has A import the module: [is CommonJS, its value, Map of names to values]. */
	load(module) {
		this.guard.quiet = true;
		try {
			if (this.dead !== undefined)
				throw this.refuse(this.dead);
			const { importing } = this;
			this.importing = undefined;
			const found = this.#outermost(this.totalLeft, () => this.await(importing ?? this.begin("import", 0, [module])));
			need(Array.isArray(found) && found.length === 3 && Array.isArray(found[2]), "a module that is none");
			const exports = found[2];
			need(exports.every((pair) => Array.isArray(pair) && pair.length === 2 && typeof pair[0] === "string"), "an export that is none");
			this.#keep("", found[1]);
			if (found[1] !== null && (typeof found[1] === "object" || typeof found[1] === "function"))
				Object.entries(Object.getOwnPropertyDescriptors(found[1])).forEach(([name, { value }]) => this.#keep(name, value));
			exports.forEach(([name, value]) => this.#keep(name, value));
			return [found[0] === true, found[1], new Map(exports)];
		} catch (error) {
			throw this.#blame(error);
		} finally {
			this.guard.quiet = false;
		}
	}

	/** An export of an earlier life becomes the same again. */
	#keep(name, value) {
		const number = typeof value === "function" ? this.table.numbers.get(value) : undefined;
		if (number === undefined)
			return;
		const before = this.keys.get(number);
		if (this.exports.has(before) && before !== name)
			this.aliases.push([before, name]);
		else
			this.keys.set(number, name);
		const known = this.exports.get(name) ?? { value, numbers: new Map() };
		this.exports.set(name, known);
		known.numbers.set(this.life, number);
		if (known.value !== value) {
			this.table.drop(number);
			const key = this.keys.get(number);
			this.table.add(known.value, "F", number);
			this.keys.set(number, key);
		}
	}

	#numberNow(life, number) {
		if (life === this.life)
			return number;
		for (const { numbers } of this.exports.values())
			if (numbers.get(life) === number && numbers.has(this.life))
				return numbers.get(this.life);
		throw this.refuse("an object is used whose process has ended");
	}

	// --- requests ------------------------------------------------------------------------------------------

	ask(life, op, number, parts, member) {
		if (this.dead !== undefined)
			throw this.refuse(this.dead);
		number = this.#numberNow(life, number);
		if (op === "call")
			parts[0] = this.self(parts[0]);
		const called = member === undefined ? this.keys.get(number) ?? "" : String(member);
		const suffix = op === "step" ? "[]" : op === "read" ? "" : op === "write" ? "=" : "()";
		const kept = [this.key, this.allowed, this.args];
		this.args = parts.slice({ call: 1, construct: 0, method: 3 }[op] ?? parts.length);
		this.key = called.length < KEY_MAX ? called + suffix : called;
		try {
			return this.#outermost(Math.min(this.testLeft, this.totalLeft), () => this.request(op, number, parts));
		} catch (error) {
			throw this.#blame(error);
		} finally {
			[this.key, this.allowed, this.args] = kept;
			this.#pumpSoon();
		}
	}

	/** One deadline for a request and all that is nested in it; what failed a test inside of it goes around A. */
	#outermost(left, what) {
		if (this.depthOfAsking > 0)
			return this.#counted(what);
		const started = performance.now();
		if (left <= 0)
			throw new Late();
		this.deadline = started + left;
		this.failure = undefined;
		try {
			return this.#counted(what);
		} finally {
			const spent = performance.now() - started;
			this.testLeft -= spent;
			this.totalLeft -= spent;
			if (this.failure !== undefined) {
				const { failure } = this;
				this.failure = undefined;
				throw failure; // eslint-disable-line no-unsafe-finally -- what A made of it doesn't count
			}
		}
	}

	#counted(what) {
		this.depthOfAsking++;
		try {
			return what();
		} finally {
			this.depthOfAsking--;
		}
	}

	#blame(error) {
		return this.#endsA(error) ? this.refuse(this.dead) : error;
	}

	/** Ends A for an error that is its own. False for others. */
	#endsA(error) {
		if (error instanceof Late)
			this.die(this.#lateness(), true);
		else if (error instanceof Ended)
			this.die("the solution's process has ended");
		else if (error instanceof Malformed)
			this.die(`the solution broke the protocol: ${error.message}`);
		else
			return false;
		return true;
	}

	#lateness() {
		return this.testLeft <= this.totalLeft
			? `the solution took longer than the ${this.times.tests.get(this.test) ?? this.times.test_ms} ms of a test`
			: "the solution has used up the time of the whole suite";
	}

	self(value) {
		return value !== null && typeof value === "object" && this.closed.has(value) ? undefined : super.self(value);
	}

	// --- A's event loop ------------------------------------------------------------------------------------

	/** While promises of A's are awaited, or A has timers, its event loop is let run in turns with ours. */
	#pumpSoon() {
		if (this.dead !== undefined || this.depthOfAsking > 0 || !this.hasWork && this.waiting.size === 0 && this.settled.length === 0)
			return;
		this.pumping ??= setImmediate(() => this.#pump()).unref();
		if (this.waiting.size > 0 || this.#mayCall())
			this.pumping.ref();
	}

	/** Whether the running test may be waiting for something that A does by itself. */
	#mayCall() {
		return this.hasWork && this.test !== "";
	}

	#pump() {
		this.pumping = undefined;
		this.isPutOff = false;
		if (this.dead !== undefined)
			return;
		const before = this.waiting.size + this.settled.length;
		this.key = "run";
		try {
			this.#outermost(Math.min(this.testLeft, this.totalLeft), () => this.request("run", 0, [this.#patience()]));
		} catch (error) {
			if (!this.#endsA(error))
				this.refuse(String(error?.message));
			return;
		} finally {
			this.key = undefined;
		}
		const isIdle = !this.hasWork && this.waiting.size + this.settled.length === before;
		if (this.waiting.size === 0 && !this.hasWork && this.settled.length === 0)
			return;
		this.isPutOff = isIdle || this.waiting.size === 0;
		this.pumping = this.isPutOff ? setTimeout(() => this.#pump(), 1) : setImmediate(() => this.#pump());
		// Where nothing moves in A, only we can make it move: our own loop goes on, and ends if it has nothing either.
		if (isIdle || this.waiting.size === 0 && !this.#mayCall())
			this.pumping.unref();
	}

	/** How long A's loop may turn until we look after our own; it counts as the test's time, which ends. */
	#patience() {
		return this.waiting.size > 0 ? RUN_MS : this.#mayCall() ? 1 : 0;
	}

	/** A has something to go on with: if nothing had moved and its next turn was put off, it comes now. */
	onSettled(settled) {
		super.onSettled(settled);
		if (this.isPutOff && this.depthOfAsking === 0) {
			clearTimeout(this.pumping);
			this.pumping = undefined;
			this.isPutOff = false;
		}
		this.#pumpSoon();
	}

	// --- frames --------------------------------------------------------------------------------------------

	addRest(frame) {
		const dropped = this.gone.length === 0 ? [] : this.gone.splice(0).filter((number) => this.table.entries.has(number) &&
			this.table.value(this.table.entries.get(number)) === undefined);
		if (this.table.entries.size > MAX_PLAIN)
			dropped.push(...this.#oldest());
		if (dropped.length)
			frame.d = dropped;
		dropped.forEach((number) => this.table.drop(number));
	}

	/** Plain data that was shared before the last MAX_PLAIN, and is not used in this frame. */
	#oldest() {
		const plain = [...this.table.entries.values()].filter((entry) => entry.before !== undefined && entry.strong !== undefined);
		return plain.slice(0, Math.max(0, plain.length - MAX_PLAIN)).filter((entry) => entry.turn !== this.table.turn)
			.map((entry) => entry.number);
	}

	takeFirst(frame) {
		this.hasWork = frame.w === true;
		need(frame.d === undefined, "objects dropped by the side that drops none");
		if (frame.o !== undefined)
			this.printed.take(frame.o);
	}

	/** A frame is taken in whole or ends A; the kinds that it brought are recorded or held against the profile. */
	#within(key, what) {
		const kept = [this.key, this.seen, this.allowed, this.problem];
		[this.key, this.seen, this.problem] = [key, 0, undefined];
		this.allowed = this.profile.recording || this.guard.quiet ? undefined : this.#gives(key);
		try {
			const value = what();
			if (this.problem !== undefined)
				throw this.refuse(this.problem);
			if (this.profile.recording && !this.guard.quiet && this.seen)
				this.profile.record(this.test, key, this.seen);
			return value;
		} catch (error) {
			if (error instanceof Malformed || error instanceof Refused)
				throw error;
			throw new Malformed(String(error?.message).slice(0, 200));
		} finally {
			[this.key, this.seen, this.allowed, this.problem] = kept;
		}
	}

	takeAnswer(frame, kind) {
		const payload = this.#within(kind === "x" ? `${this.key}!` : this.key ?? "", () => super.takeAnswer(frame, kind));
		if (frame.n === true)
			throw this.refuse(`${this.key}: ${messageOf(payload[0])}`);
		return payload;
	}

	takeRequest(frame) {
		return this.#within(`${this.key ?? ""}>`, () => super.takeRequest(frame));
	}

	decodeSettled(settled) {
		const { key } = this.awaited.get(settled[0]) ?? {};
		this.awaited.delete(settled[0]);
		return this.#within(`await ${key ?? ""}${settled[1] === 0 ? "" : "!"}`, () => super.decodeSettled(settled));
	}

	/** A's changes to what the tests passed count only where an accepted solution made some. */
	takeUpdate(entry, body) {
		if (entry === undefined || entry.number % 2 === 1)
			return super.takeUpdate(entry, body);
		const key = `${(this.key ?? "").replace(/[!>]$/, "")}#${this.#placeOf(this.table.value(entry))}`;
		if (this.profile.recording)
			this.profile.record(this.test, key, CHANGES);
		else if (!(this.#gives(key) & CHANGES))
			return this.#detach(entry, body);
		return super.takeUpdate(entry, body);
	}

	/** In which argument of what is waited for an object is, from 1; "" when it is in none. */
	#placeOf(value) {
		const at = this.args.findIndex((arg) => holds(arg, value));
		return at < 0 ? "" : at + 1;
	}

	/** From now on each side has its own: A's has what A put into it. */
	#detach(entry, body) {
		const value = this.table.value(entry);
		need(value !== undefined && entry.before !== undefined, "an update of nothing");
		const own = emptyLike(value, entry.kind);
		this.table.drop(entry.number);
		const made = this.table.add(own, entry.kind, entry.number);
		this.decoder.fill(own, made, body);
		this.table.remember(made);
		return undefined;
	}

	/** What the accepted solutions gave for a key. Where one function has several names, whatever they gave for any. */
	#gives(key) {
		let bits = this.profile.gives(this.test, key);
		for (const [name, other] of this.aliases)
			if (key.replace(/^await /, "").startsWith(`${name}(`))
				bits |= this.profile.gives(this.test, key.replace(name, other));
		return bits;
	}

	// --- what is let in ------------------------------------------------------------------------------------

	#allows(bits) {
		return this.allowed === undefined || (this.allowed & bits) !== 0;
	}

	#admitCode(value) {
		// An iterator by hand is an object with functions, and as good as a generator.
		if (this.#allows(OBJECT | ITERATOR))
			return value;
		if (this.allowed & (PLAIN | CONTAINER))
			this.problem = `TypeError: ${this.key} gave a function or an object with code, where the accepted solutions give plain data`;
		return IGNORED;
	}

	#hasSpecial(key) {
		const name = `.${String(key)}`;
		if (this.profile.recording)
			this.profile.record("", name, OBJECT);
		return this.profile.recording || (this.profile.gives("", name) & OBJECT) !== 0;
	}

	// --- what A may ask ------------------------------------------------------------------------------------

	/** What A was told of an object, it may ask for, and nothing else: whoever can set or call any property of anything
	 *  soon runs code of their own here. Of data it has a copy, and its changes are looked at as changes. */
	#told(target, where, key, self, asked) {
		const holder = where === 1 ? target.prototype : target;
		const property = (typeof key === "string" || typeof key === "symbol") && !never.has(key) &&
			Object.getOwnPropertyDescriptor(Object(holder), key);
		const isTold = property && (where === 0 ? typeof target !== "function" && asked !== "method" :
			typeof target === "function" && (where === 1 ? self instanceof target : where === 2 && this.handed.has(target)));
		const fits = asked === "method" ? typeof property?.value === "function" :
			asked === "write" ? property?.set !== undefined : property?.get !== undefined || where === 2;
		if (!isTold || !fits)
			throw new TypeError(`an object of the tests has no ${String(key)} for the solution`);
	}

	serve_method(target, where, key, self, ...args) {
		this.#told(target, where, key, self, "method");
		return super.serve_method(target, where, key, self, ...args);
	}

	serve_read(target, where, key, self) {
		this.#told(target, where, key, self, "read");
		return super.serve_read(target, where, key, self);
	}

	serve_write(target, where, key, self, item) {
		this.#told(target, where, key, self, "write");
		return super.serve_write(target, where, key, self, item);
	}

	/** A class that came only with an object stays closed, called with `new` or without: a file's stream would open others. */
	#handedOver(target) {
		if (!this.handed.has(target))
			throw new TypeError(`the tests handed over no function ${String(target?.name)}, at most an object of such a class`);
		return target;
	}

	serve_call(target, self, ...args) {
		return super.serve_call(this.#handedOver(target), self, ...args);
	}

	serve_construct(target, ...args) {
		return super.serve_construct(this.#handedOver(target), ...args);
	}

	serve_step(target, how, sent) {
		if (this.table.find(target)?.kind !== "G" || !["next", "return", "throw"].includes(how))
			throw new TypeError("only an iterator of the tests goes on");
		return super.serve_step(target, how, sent);
	}

	/** What failed a test in a callback; A is told only that something did. */
	thrown(error) {
		if (!isTestsOwn(error))
			return error;
		this.failure ??= error;
		return new Error("a test has failed in what it was called back for");
	}
}

/** The message of what was thrown, which may be anything. */
const messageOf = (thrown) => typeof thrown?.message === "string" ? thrown.message : "an error without a message";

/** Whether a value is some object or has it in it, however deep. */
function holds(value, wanted) {
	const left = [value], seen = new Set();
	while (left.length) {
		const one = left.pop();
		if (one === wanted)
			return true;
		if (one === null || typeof one !== "object" || seen.has(one))
			continue;
		seen.add(one);
		if (types.isMap(one))
			Map.prototype.forEach.call(one, (item, key) => left.push(key, item));
		else if (types.isSet(one))
			Set.prototype.forEach.call(one, (item) => left.push(item));
		for (const property of Object.values(Object.getOwnPropertyDescriptors(one)))
			left.push(property.value);
	}
	return false;
}

/** An empty object of the same make; bytes are copied. */
function emptyLike(value, kind) {
	if (kind === "t")
		return makeBinary(nameOfBinary(value), bytesOf(value).toString("latin1"));
	const made = kind === "a" ? [] : kind === "m" ? new Map() : kind === "s" ? new Set() : kind === "E" ? new Error() : {};
	return Object.setPrototypeOf(made, Object.getPrototypeOf(value));
}

module.exports = { Refused, Tester };
