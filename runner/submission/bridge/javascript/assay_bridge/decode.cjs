// SPDX-License-Identifier: MIT
"use strict";
/**
 * JSON to values (encode.cjs has the tags). Every mistake is Malformed.
 *
 * What is made is real: arrays, Maps, objects with plain properties, classes with a prototype each, generators. Only
 * functions, methods and accessors ask the other side. Nothing is ever assigned, only defined, so a key such as
 * __proto__ is a key.
 */
const { keysOf } = require("./table.cjs");
const { GETTER, METHOD, SETTER, VALUE, never } = require("./encode.cjs");
const values = require("./values.cjs");

const { need } = values;
const usual = { o: Object.prototype, a: Array.prototype, m: Map.prototype, s: Set.prototype, E: Error.prototype };

/** What the language asks by itself, so that a value could judge for itself what it equals. */
const ASKED_BY_ITSELF = new Set(["then", "toJSON", "valueOf", "toString", "toLocaleString", "asymmetricMatch", "inspect",
	Symbol.toPrimitive, Symbol.toStringTag, Symbol.isConcatSpreadable, Symbol.for("nodejs.util.inspect.custom"),
	Symbol.match, Symbol.matchAll, Symbol.replace, Symbol.search, Symbol.split, Symbol.unscopables]);

function define(target, key, property) {
	Object.defineProperty(target, key, { configurable: true, ...property });
}

class Decoder {
	/** @param table the Table
	 *  @param asks what functions, methods, accessors and generators ask: call, construct, method, read, write, step
	 *  @param guard what is let in: admitCode(what), hasSpecial(key, value) */
	constructor(table, asks, guard) {
		this.table = table;
		this.asks = asks;
		this.guard = guard;
		this.depth = 0;
		this.bare = new Map();
		this.clones = new Map();
		this.onPromise = () => {};
		this.onSeen = () => {};
		this.isWeak = false;
	}

	decode(value) {
		if (!Array.isArray(value)) {
			need(value === null || typeof value !== "object", "an object where a value was expected");
			this.onSeen(value === null ? "none" : "plain");
			return value;
		}
		need(++this.depth <= values.MAX_DEPTH * 2, "a value that is nested too deeply");
		const decoded = this.#decodeTagged(value);
		this.depth--;
		return decoded;
	}

	#decodeTagged(tagged) {
		const tag = tagged[0];
		switch (tag) {
		case "k": return this.#known(tagged[1]);
		case "o": case "a": case "m": case "s": case "E": return this.#data(tagged);
		case "t": return this.#binary(tagged);
		case "F": return this.#function(tagged);
		case "P": return this.#promise(tagged[1]);
		case "G": return this.#iterator(tagged);
		case "Y": return this.#symbol(tagged);
		case "T": return this.#code(values.decoders.T(tagged));
		}
		need(typeof tag === "string" && Object.hasOwn(values.decoders, tag), "a tag that is none");
		this.onSeen(tag === "u" ? "none" : "plain");
		return values.decoders[tag](tagged);
	}

	#known(number) {
		const entry = this.table.entries.get(number);
		const value = this.clones.get(number) ?? (entry && this.table.value(entry));
		need(value !== undefined, "a number of no object");
		entry && (entry.turn = this.table.turn);
		if (typeof value === "function" && number % 2 !== this.table.next % 2)
			return this.#code(value);
		this.onSeen("container");
		return value;
	}

	#take(number) {
		need(this.table.isFree(number), "a number that is taken");
		return number;
	}

	#symbol([, number, text]) {
		need(Number.isSafeInteger(number) && (text === null || typeof text === "string"), "a symbol that is none");
		const { symbols } = this.table;
		if (!symbols.has(number)) {
			const made = Symbol(text ?? undefined);
			symbols.set(number, made).set(made, number);
		}
		return symbols.get(number);
	}

	key(key) {
		if (typeof key === "string")
			return key;
		need(Array.isArray(key) && (key[0] === "y" || key[0] === "Y"), "a key that is none");
		return key[0] === "y" ? values.decoders.y(key) : this.#symbol(key);
	}

	// --- data ------------------------------------------------------------------------------------------------

	#data([kind, number, proto, body]) {
		this.#take(number);
		this.onSeen("container");
		const value = this.#empty(kind);
		const isPlain = proto === 0 || proto === null;
		const entry = this.table.add(value, kind, number, this.isWeak && !isPlain);
		if (!isPlain || kind === "E")
			this.#setPrototype(value, kind, proto);
		else if (proto === null)
			Object.setPrototypeOf(value, null);
		this.fill(value, entry, body);
		this.table.remember(entry);
		return value;
	}

	#empty(kind) {
		if (kind === "E") {
			const error = new Error();
			delete error.message;
			return error;
		}
		return kind === "a" ? [] : kind === "m" ? new Map() : kind === "s" ? new Set() : {};
	}

	/** Where no object with code is expected, one keeps its data and loses the rest, but isn't taken for plain data. */
	#setPrototype(value, kind, encoded) {
		const cls = encoded === null || encoded === 0 ? null : this.decodeQuietly(encoded);
		need(cls === null || typeof cls === "function", "a prototype of no class");
		if (cls === null)
			return;
		const proto = cls.prototype;
		const isOurs = values.nameOfBuiltin(cls) !== undefined;
		need(typeof proto === "object" && proto !== null, "a class without a prototype");
		need(kind === "o" || proto === usual[kind] || usual[kind].isPrototypeOf(proto), "a prototype of another kind");
		if (!isOurs)
			this.onSeen("object");
		Object.setPrototypeOf(value, isOurs || kind === "E" || this.guard.admitsCode() ? proto : this.#bareOf(proto, kind));
	}

	#bareOf(proto, kind) {
		if (!this.bare.has(proto))
			this.bare.set(proto, Object.create(usual[kind]));
		return this.bare.get(proto);
	}

	/** What belongs to an object without being part of what was asked for. */
	decodeQuietly(encoded) {
		const kept = [this.guard.quiet, this.onSeen];
		this.guard.quiet = true;
		this.onSeen = () => {};
		try {
			return this.decode(encoded);
		} finally {
			[this.guard.quiet, this.onSeen] = kept;
		}
	}

	/** Gives an object its content, in place of what it had. */
	fill(value, entry, body) {
		if (entry.kind === "t")
			return this.#fillBinary(value, body);
		need(Array.isArray(body) && body.length === 3 && Array.isArray(body[1]) && Array.isArray(body[2]), "a body that is none");
		const [isFrozen, items, properties] = body;
		this.#fillItems(value, entry.kind, items);
		const stale = new Set(keysOf(value, entry.kind));
		for (const property of properties) {
			need(Array.isArray(property) && (property.length === 2 || property.length === 3), "a property that is none");
			const key = this.key(property[0]);
			stale.delete(key);
			this.#defineProperty(value, entry, key, property);
		}
		stale.forEach((key) => delete value[key]);
		if (isFrozen === true)
			Object.freeze(value);
	}

	#fillItems(value, kind, items) {
		if (kind === "a") {
			value.length = 0;
			items.forEach((item, at) => {
				if (!Array.isArray(item) || item[0] !== "_")
					define(value, at, { value: this.decode(item), writable: true, enumerable: true });
			});
			value.length = items.length;
		} else if (kind === "m") {
			Map.prototype.clear.call(value);
			for (const pair of items) {
				need(Array.isArray(pair) && pair.length === 2, "a pair that is none");
				Map.prototype.set.call(value, this.decode(pair[0]), this.decode(pair[1]));
			}
		} else if (kind === "s") {
			Set.prototype.clear.call(value);
			items.forEach((item) => Set.prototype.add.call(value, this.decode(item)));
		} else {
			need(items.length === 0, "items of what has none");
		}
	}

	#defineProperty(value, entry, key, property) {
		need(entry.kind !== "a" || key !== "length", "a length that is set");
		if (property.length === 3) {
			this.#code(value);
			if (!ASKED_BY_ITSELF.has(key) || this.guard.hasSpecial(key))
				define(value, key, { ...this.#accessor(entry.number, 0, key, property[2]), enumerable: true });
			return;
		}
		const item = this.decode(property[1]);
		if (ASKED_BY_ITSELF.has(key) && typeof item === "function" && !this.guard.hasSpecial(key))
			return;
		const enumerable = entry.kind !== "E" || !["message", "cause", "errors"].includes(key);
		define(value, key, { value: item, writable: true, enumerable });
	}

	#binary([, number, name, bytes]) {
		this.#take(number);
		this.onSeen("container");
		const value = values.makeBinary(name, bytes);
		this.table.remember(this.table.add(value, "t", number));
		return value;
	}

	#fillBinary(value, body) {
		const bytes = values.bytesOf(value);
		need(typeof body === "string" && body.length === bytes.length, "bytes of another length");
		bytes.write(body, "latin1");
	}

	// --- code ------------------------------------------------------------------------------------------------

	#code(value) {
		this.onSeen("object");
		return this.guard.quiet ? value : this.guard.admitCode(value);
	}

	#accessor(number, where, key, bits) {
		const { asks } = this;
		return {
			get: bits & GETTER ? function () { return asks.read(number, where, key, this); } : undefined,
			set: bits & SETTER ? function (item) { asks.write(number, where, key, this, item); } : undefined,
		};
	}

	#function([, number, name, length, flavour, base, members, statics]) {
		this.#take(number);
		need(typeof name === "string" && Number.isSafeInteger(length) && ["class", "function", "plain"].includes(flavour) &&
			Array.isArray(members) && Array.isArray(statics), "a function that is none");
		const value = this.#standIn(number, flavour);
		this.table.add(value, "F", number, this.isWeak && flavour === "plain");
		define(value, "name", { value: name });
		define(value, "length", { value: length });
		if (base !== null)
			this.#setBase(value, this.decodeQuietly(base));
		if (flavour !== "plain")
			members.forEach((member) => this.#member(value.prototype, number, 1, member));
		statics.forEach((member) => this.#member(value, number, 2, member));
		return this.#code(value);
	}

	#standIn(number, flavour) {
		const { asks } = this;
		if (flavour === "plain")
			return { standIn(...args) { return asks.call(number, this, args); } }.standIn;
		return function standIn(...args) {
			return new.target ? asks.construct(number, standIn, new.target, args) : asks.call(number, this, args);
		};
	}

	#setBase(value, base) {
		need(typeof base === "function" && typeof base.prototype === "object" && base.prototype !== null && value.prototype,
			"a base that is no class");
		Object.setPrototypeOf(value, base);
		Object.setPrototypeOf(value.prototype, base.prototype);
	}

	#member(holder, number, where, member) {
		need(Array.isArray(member) && member.length === 3, "a member that is none");
		const key = this.key(member[0]), [, bits, rest] = member, { asks } = this;
		need(!never.has(key), "a member that no class tells");
		if (ASKED_BY_ITSELF.has(key) && !this.guard.hasSpecial(key))
			return;
		if (bits === VALUE) {
			define(holder, key, { value: this.decodeQuietly(rest), writable: true });
		} else if (bits === METHOD) {
			const method = { standIn(...args) { return asks.method(number, where, key, this, args); } }.standIn;
			define(method, "name", { value: typeof key === "string" ? key : `[${key.description}]` });
			define(method, "length", { value: Number.isSafeInteger(rest) ? rest : 0 });
			define(holder, key, { value: method, writable: true });
		} else {
			need(bits === GETTER || bits === SETTER || bits === (GETTER | SETTER), "a member of no kind");
			define(holder, key, this.#accessor(number, where, key, bits));
		}
	}

	#promise(number) {
		this.#take(number);
		this.onSeen("plain");
		const promise = new Promise((resolve, reject) => this.onPromise(number, resolve, reject));
		this.table.add(promise, "P", number);
		return promise;
	}

	#iterator([, number, isAsync]) {
		this.#take(number);
		this.onSeen("iterator");
		const value = isAsync === true ? driveLater(this.asks, number) : drive(this.asks, number);
		this.table.add(value, "G", number, this.isWeak);
		return value;
	}
}

function* drive(asks, number) {
	let how = "next", sent, step;
	try {
		for (;;) {
			step = asks.step(number, how, sent);
			if (step.done)
				return step.value;
			try {
				sent = yield step.value;
				how = "next";
			} catch (error) {
				[how, sent] = ["throw", error];
			}
		}
	} finally {
		if (step !== undefined && !step.done && how === "next")
			asks.step(number, "return", undefined);
	}
}

async function* driveLater(asks, number) {
	let how = "next", sent, step;
	try {
		for (;;) {
			step = await asks.step(number, how, sent);
			if (step.done)
				return step.value;
			try {
				sent = yield step.value;
				how = "next";
			} catch (error) {
				[how, sent] = ["throw", error];
			}
		}
	} finally {
		if (step !== undefined && !step.done && how === "next")
			await asks.step(number, "return", undefined);
	}
}

module.exports = { ASKED_BY_ITSELF, Decoder };
