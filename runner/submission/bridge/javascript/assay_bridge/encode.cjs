// SPDX-License-Identifier: MIT
"use strict";
/**
 * Values to JSON.
 *
 *     u f i y D R T U      values.cjs
 *     Y number, text                                  a symbol that is only itself
 *     k number                                        an object that both sides hold
 *     o a m s E  number, prototype, body              an object, array, Map, Set, error that is new to the receiver
 *     t number, kind, bytes                           a typed array or its like
 *     F number, name, length, flavour, base, members, statics    a function or class
 *     P number                                        a promise; how it ends is told later
 *     G number, is asynchronous                       a generator or another iterator of the language
 *
 * A body is [is frozen, items, properties]. A prototype is 0 (the usual one), null, or its class. A property is
 * [key, value], or [key, null, bits] for one that is asked for each time.
 */
const { types } = require("node:util");
const { elementsOf, keysOf } = require("./table.cjs");
const values = require("./values.cjs");

/** Bits of a member: what it can do. */
const METHOD = 1, GETTER = 2, SETTER = 4, VALUE = 8;

const { then } = Promise.prototype;
const HOLE = ["_"];
const arrayIterator = Object.getPrototypeOf([][Symbol.iterator]());
const stringIterator = Object.getPrototypeOf(""[Symbol.iterator]());
const usual = { o: Object.prototype, a: Array.prototype, m: Map.prototype, s: Set.prototype };
const never = new Set(["constructor", "__proto__", "prototype", Symbol.hasInstance, Symbol.species]);
const ownOfFunctions = new Set(["name", "length", "arguments", "caller"]);

function isIterator(value) {
	const proto = Object.getPrototypeOf(value);
	return types.isGeneratorObject(value) || types.isMapIterator(value) || types.isSetIterator(value) ||
		proto === arrayIterator || proto === stringIterator;
}

const isAsynchronous = (value) => typeof value[Symbol.asyncIterator] === "function";

/** What a function is when it is called: "class", "function" (may be constructed), "plain". */
function flavourOf(value) {
	if (types.isProxy(value) || !Object.hasOwn(value, "prototype") || types.isGeneratorFunction(value))
		return "plain";
	return /^class\b/.test(Function.prototype.toString.call(value)) ? "class" : "function";
}

/** The class that a class extends, in its declaration or by its prototype alone; undefined when there is none. */
function baseOf(value, flavour) {
	const declared = Object.getPrototypeOf(value);
	if (flavour === "class" && typeof declared === "function" && declared !== Function.prototype)
		return declared;
	const proto = value.prototype && Object.getPrototypeOf(value.prototype);
	const base = proto && proto !== Object.prototype ? Object.getOwnPropertyDescriptor(proto, "constructor")?.value : undefined;
	return typeof base === "function" && base.prototype === proto ? base : undefined;
}

function kindOf(value) {
	return Array.isArray(value) ? "a" : types.isMap(value) ? "m" : types.isSet(value) ? "s" :
		types.isNativeError(value) || value instanceof Error ? "E" : "o";
}

/** What can't cross, in a sentence for the author of a task; undefined for the rest. */
function obstacle(value) {
	if (types.isModuleNamespaceObject(value))
		return "a module";
	if (types.isWeakMap(value) || types.isWeakSet(value) || types.isBoxedPrimitive(value) || value instanceof WeakRef)
		return `a ${Object.getPrototypeOf(value)?.constructor?.name ?? "weak or boxed value"}`;
	if (types.isSharedArrayBuffer(value) || ArrayBuffer.isView(value) && values.nameOfBinary(value) === undefined)
		return "memory of a class of its own";
	return undefined;
}

class Encoder {
	/** @param {import("./table.cjs").Table} table
	 *  @param {boolean} tellsStatics whether functions are told with what was set on them */
	constructor(table, tellsStatics) {
		this.table = table;
		this.tellsStatics = tellsStatics;
		this.depth = 0;
		this.made = [];
		this.onPromise = () => {};
		/** Learns of a function or class that is sent for itself, and not only to say what an object is. */
		this.onHandedOver = () => {};
	}

	/** A value as JSON. TypeError for what can't cross. */
	encode(value) {
		if (typeof value === "function")
			this.onHandedOver(value);
		return this.#encodeAny(value);
	}

	#encodeAny(value) {
		if (typeof value === "symbol")
			return this.encodeSymbol(value);
		const primitive = values.encodePrimitive(value);
		if (primitive !== undefined)
			return primitive;
		const known = this.table.find(value);
		if (known !== undefined) {
			// Whoever gets a promise back sees to its failure; here nobody may have looked at it.
			if (known.kind === "P")
				then.call(value, undefined, () => {});
			return ["k", known.number];
		}
		if (++this.depth > values.MAX_DEPTH)
			throw new TypeError(`a value is nested deeper than ${values.MAX_DEPTH} levels, which can't cross`);
		const encoded = typeof value === "function" ? this.encodeFunction(value) : this.encodeObject(value);
		this.depth--;
		return encoded;
	}

	/** Encodes something, or leaves no trace of having tried. */
	encodeWhole(what) {
		const made = this.made;
		this.made = [];
		this.depth = 0;
		try {
			const encoded = what();
			made.push(...this.made);
			return encoded;
		} catch (error) {
			this.made.forEach((number) => this.table.drop(number));
			throw error;
		} finally {
			this.made = made;
		}
	}

	add(value, kind) {
		const entry = this.table.add(value, kind);
		this.made.push(entry.number);
		return entry;
	}

	encodeSymbol(value) {
		const shared = values.encodeSymbol(value);
		if (shared !== undefined)
			return shared;
		if (!this.table.symbols.has(value)) {
			this.table.symbols.set(value, this.table.next).set(this.table.next, value);
			this.table.next += 2;
		}
		return ["Y", this.table.symbols.get(value), value.description ?? null];
	}

	encodeKey(key) {
		return typeof key === "symbol" ? this.encodeSymbol(key) : key;
	}

	encodeObject(value) {
		const sentence = obstacle(value);
		if (sentence !== undefined)
			throw new TypeError(`${sentence} can't cross between the tests and the solution`);
		if (types.isPromise(value)) {
			const { number } = this.add(value, "P");
			this.onPromise(value, number);
			return ["P", number];
		}
		if (isIterator(value))
			return ["G", this.add(value, "G").number, isAsynchronous(value)];
		const binary = values.nameOfBinary(value);
		if (binary !== undefined) {
			const entry = this.add(value, "t");
			this.table.remember(entry);
			return ["t", entry.number, binary, values.bytesOf(value).toString("latin1")];
		}
		return values.encodeValueObject(value) ?? this.encodeData(value, kindOf(value));
	}

	encodeData(value, kind) {
		const entry = this.add(value, kind);
		const proto = this.encodePrototype(value, kind);
		const body = this.encodeBody(value, kind);
		this.table.remember(entry);
		return [kind, entry.number, proto, body];
	}

	encodePrototype(value, kind) {
		const proto = Object.getPrototypeOf(value);
		if (proto === null || proto === usual[kind])
			return proto === null ? null : 0;
		const own = Object.getOwnPropertyDescriptor(proto, "constructor")?.value;
		if (typeof own !== "function" || own.prototype !== proto)
			throw new TypeError("an object whose prototype is not a class's can't cross between the tests and the solution");
		return this.#encodeAny(own);
	}

	/** [is frozen, items, properties] */
	encodeBody(value, kind) {
		if (kind === "t")
			return values.bytesOf(value).toString("latin1");
		const encode = (item) => this.encode(item);
		const items = kind === "a" ? elementsOf(value, HOLE).map((item) => item === HOLE ? HOLE : encode(item)) :
			kind === "m" ? [...Map.prototype.entries.call(value)].map((pair) => pair.map(encode)) :
			kind === "s" ? [...Set.prototype.values.call(value)].map(encode) : [];
		const properties = keysOf(value, kind).map((key) => this.encodeProperty(value, key));
		return [Object.isFrozen(value), items, properties];
	}

	encodeProperty(value, key) {
		const property = Object.getOwnPropertyDescriptor(value, key);
		const bits = (property?.get ? GETTER : 0) | (property?.set ? SETTER : 0);
		return bits ? [this.encodeKey(key), null, bits] : [this.encodeKey(key), this.encode(property?.value)];
	}

	encodeFunction(value) {
		const builtin = values.nameOfBuiltin(value);
		if (builtin !== undefined)
			return ["T", builtin];
		const { number } = this.add(value, "F");
		const flavour = flavourOf(value);
		const base = flavour === "plain" ? undefined : baseOf(value, flavour);
		return ["F", number, String(value.name), Number.isSafeInteger(value.length) ? value.length : 0, flavour,
			base === undefined ? null : this.#encodeAny(base),
			flavour !== "plain" && value.prototype ? this.encodeMembers(value.prototype, true) : [],
			this.tellsStatics || flavour === "class" ? this.encodeMembers(value, false) : []];
	}

	/** [key, bits, length or value]... A class's own data is asked for each time, for it changes unseen. */
	encodeMembers(holder, onPrototype) {
		return Reflect.ownKeys(holder).filter((key) => !never.has(key) && (onPrototype || !ownOfFunctions.has(key))).map((key) => {
			const property = Object.getOwnPropertyDescriptor(holder, key);
			const bits = (property.get ? GETTER : 0) | (property.set ? SETTER : 0);
			if (bits)
				return [this.encodeKey(key), bits, 0];
			if (typeof property.value === "function" && property.value !== holder)
				return [this.encodeKey(key), METHOD, property.value.length];
			return onPrototype ? [this.encodeKey(key), VALUE, this.encode(property.value)] : [this.encodeKey(key), GETTER | SETTER, 0];
		});
	}
}

module.exports = { METHOD, GETTER, SETTER, VALUE, never, Encoder };
