// SPDX-License-Identifier: MIT
"use strict";
/**
 * What crosses without identity, and the closed lists of what else has a name on the wire.
 *
 * JSON's null, booleans, texts and finite numbers mean themselves. Every array is a tagged value: its first element
 * says what it is. There are no objects.
 */
const { types } = require("node:util");
const { Malformed } = require("./wire.cjs");

const MAX_DEPTH = 400;

/** Ends the other side's process unless what it sent is well-formed. */
function need(condition, what) {
	if (!condition)
		throw new Malformed(what);
}

/** Classes that both sides have. What is a class in the language but not here is described like any other. */
const byName = new Map(Object.entries({
	Object, Function, Array, Map, Set, WeakMap, WeakSet, Promise, Date, RegExp, String, Number, Boolean, Symbol, BigInt,
	Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError, AggregateError,
	ArrayBuffer, DataView, Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array,
	Float32Array, Float64Array, BigInt64Array, BigUint64Array, Buffer, URL, URLSearchParams,
}));
const names = new Map([...byName].map(([name, value]) => [value, name]));
const wellKnown = new Map(Object.getOwnPropertyNames(Symbol)
	.filter((name) => typeof Symbol[name] === "symbol").map((name) => [Symbol[name], name]));
const binary = new Set([...byName.keys()].filter((name) => /Array$|^Buffer$|^ArrayBuffer$|^DataView$/.test(name) && name !== "Array"));

const nameOfBuiltin = (value) => names.get(value);

/** The class of the closed list that has the name. */
function builtin(name) {
	need(byName.has(name), "a class that is not in the list");
	return byName.get(name);
}

/** A primitive as JSON; undefined for what is none. */
function encodePrimitive(value) {
	switch (typeof value) {
	case "string":
	case "boolean":
		return value;
	case "number":
		return Number.isFinite(value) && !Object.is(value, -0) ? value : ["f", Object.is(value, -0) ? "-0" : String(value)];
	case "undefined":
		return ["u"];
	case "bigint":
		return ["i", value.toString(16)];
	default:
		return value === null ? null : undefined;
	}
}

/** A symbol that means the same on both sides; undefined for one that is only itself. */
function encodeSymbol(value) {
	if (wellKnown.has(value))
		return ["y", 0, wellKnown.get(value)];
	const key = Symbol.keyFor(value);
	return key === undefined ? undefined : ["y", 1, key];
}

const floats = new Map([["NaN", NaN], ["Infinity", Infinity], ["-Infinity", -Infinity], ["-0", -0]]);

function decodeBigInt(digits) {
	need(typeof digits === "string" && digits.length <= 1 << 20 && /^-?[0-9a-f]+$/.test(digits), "a bigint that is none");
	return digits[0] === "-" ? -BigInt(`0x${digits.slice(1)}`) : BigInt(`0x${digits}`);
}

function decodeSymbol([, shared, name]) {
	need(typeof name === "string" && (shared === 1 || typeof Symbol[name] === "symbol" && Object.hasOwn(Symbol, name)),
		"a symbol that is none");
	return shared === 1 ? Symbol.for(name) : Symbol[name];
}

function decodeRegExp([, source, flags, lastIndex]) {
	need(typeof source === "string" && typeof flags === "string" && Number.isSafeInteger(lastIndex), "a pattern that is none");
	const made = new RegExp(source, flags);
	made.lastIndex = lastIndex;
	return made;
}

/** What is made again from its parts, by tag. */
const decoders = {
	u: () => undefined,
	f: ([, name]) => (need(floats.has(name), "a number that is none"), floats.get(name)),
	i: ([, digits]) => decodeBigInt(digits),
	y: decodeSymbol,
	D: ([, time]) => (need(time === null || typeof time === "number", "a date that is none"), new Date(time ?? NaN)),
	R: decodeRegExp,
	T: ([, name]) => builtin(name),
	U: ([, text]) => (need(typeof text === "string", "an address that is none"), new URL(text)),
};

/** An object of a class of the language that is a value, with no properties of its own; undefined for others. */
function encodeValueObject(value) {
	const proto = Object.getPrototypeOf(value);
	if (types.isDate(value) && proto === Date.prototype) {
		const time = Date.prototype.getTime.call(value);
		return ["D", Number.isNaN(time) ? null : time];
	}
	if (types.isRegExp(value) && proto === RegExp.prototype)
		return ["R", value.source, value.flags, value.lastIndex];
	if (proto === URL.prototype)
		return ["U", value.href];
	return undefined;
}

/** The name of the kind of memory that a value is; undefined for others. */
function nameOfBinary(value) {
	if (!ArrayBuffer.isView(value) && !types.isArrayBuffer(value))
		return undefined;
	const name = names.get(Object.getPrototypeOf(value)?.constructor);
	return binary.has(name) ? name : undefined;
}

/** The bytes that a kind of memory shows, not copied. */
function bytesOf(value) {
	return types.isArrayBuffer(value) ? Buffer.from(value) : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}

/** New memory of a kind with these bytes. */
function makeBinary(name, text) {
	need(binary.has(name) && typeof text === "string", "bytes that are none");
	const bytes = Buffer.from(text, "latin1");
	if (name === "Buffer")
		return bytes;
	const memory = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
	if (name === "ArrayBuffer")
		return memory;
	need(memory.byteLength % (byName.get(name).BYTES_PER_ELEMENT ?? 1) === 0, "bytes that don't fit their kind");
	return new (byName.get(name))(memory);
}

module.exports = {
	MAX_DEPTH, need, nameOfBuiltin, builtin, encodePrimitive,
	encodeSymbol, decoders, encodeValueObject, nameOfBinary, bytesOf, makeBinary,
};
