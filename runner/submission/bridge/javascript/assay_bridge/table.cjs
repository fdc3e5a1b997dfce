// SPDX-License-Identifier: MIT
"use strict";
/**
 * The objects that both sides hold, by number: odd ones were born in A, even ones in B.
 *
 * Each side has its own copy of an object's data and remembers what was in it when both were last the same. Before a
 * side sends something it looks through its copies and sends the whole body of each that changed; the other changes
 * its copy in place. So whoever passed an array sees it sorted, and a test that reads account.balance reads a plain
 * property: no code of the other side runs when B looks at an object.
 */
const { bytesOf } = require("./values.cjs");

/** Kinds of objects: a body of data can be told for the first six, nothing changes in the others. */
const DATA = "oamstE";

/** A property that is asked for each time it is read. */
const isAccessor = (property) => property.get !== undefined || property.set !== undefined;

const isIndex = (key) => /^(0|[1-9]\d*)$/.test(key);

/** The names of an object's properties that cross: enumerable ones, and an error's own words. */
function keysOf(value, kind) {
	let keys = Object.keys(value);
	if (kind === "a") {
		// Elements come first, and there may be many.
		let at = keys.length;
		while (at > 0 && !isIndex(keys[at - 1]))
			at--;
		keys = keys.slice(at);
	}
	const symbols = Object.getOwnPropertySymbols(value);
	if (symbols.length > 0)
		keys.push(...symbols.filter((key) => Object.prototype.propertyIsEnumerable.call(value, key)));
	if (kind === "E")
		for (const key of ["message", "cause", "errors", "name"])
			if (Object.hasOwn(value, key) && !keys.includes(key))
				keys.push(key);
	return keys;
}

const HOLE = Symbol("hole");

/** An array's elements, with a mark where there is none. */
function elementsOf(array, hole = HOLE) {
	return Array.from({ length: array.length }, (_, at) => Object.hasOwn(array, at) ? array[at] : hole);
}

/** What is told of a property: its value, or, for one that is asked for each time, its getter. */
function told(value, key) {
	const property = Object.getOwnPropertyDescriptor(value, key);
	return property && isAccessor(property) ? property.get : property?.value;
}

/** All that is in an object, flat, to be compared one by one. */
function contentOf(value, kind) {
	if (kind === "t")
		return Buffer.from(bytesOf(value));
	const flat = kind === "a" ? elementsOf(value) : [];
	flat.push(flat.length, Object.isFrozen(value));
	if (kind === "m")
		for (const [key, item] of Map.prototype.entries.call(value))
			flat.push(key, item);
	else if (kind === "s")
		flat.push(...Set.prototype.values.call(value));
	for (const key of keysOf(value, kind))
		flat.push(key, told(value, key));
	return flat;
}

/** What is remembered of an object: an array's elements or the values of its properties, where there is nothing else to
 *  it, as in nearly all; else all that is in it. */
function memoryOf(value, kind) {
	const isFrozen = Object.isFrozen(value), keys = "aoE".includes(kind) ? keysOf(value, kind) : [];
	if (kind === "a" && keys.length === 0)
		return { look: elementsChanged, isFrozen, items: elementsOf(value) };
	if ((kind === "o" || kind === "E") && keys.every((key) => typeof key === "string" && !isAccessor(Object.getOwnPropertyDescriptor(value, key))))
		return { look: propertiesChanged, isFrozen, keys, items: keys.map((key) => value[key]) };
	return { look: contentChanged, isFrozen, items: contentOf(value, kind) };
}

/** Whether the content is new. All that is shared is looked through before each message, so the usual is done quickly. */
function hasChanged(value, kind, before) {
	return before.look(value, before, kind) || Object.isFrozen(value) !== before.isFrozen && kind !== "t"; // of bytes that isn't told
}

function elementsChanged(array, { items }) {
	const { length } = array;
	if (length !== items.length)
		return true;
	for (let at = 0; at < length; at++)
		if (!Object.is(array[at], items[at]) && (items[at] !== HOLE || Object.hasOwn(array, at)) || array[at] === undefined &&
			(items[at] === HOLE) === Object.hasOwn(array, at))
			return true;
	return false;
}

/** A getter that took the place of a value counts by what it gives; but an error's own, which are asked for only if the
 *  other side has been told of them, are never called. */
function propertiesChanged(value, { keys, items }, kind) {
	const now = keysOf(value, kind);
	if (now.length !== keys.length)
		return true;
	try {
		for (let at = 0; at < now.length; at++)
			if (now[at] !== keys[at] || !Object.is(kind === "E" ? told(value, now[at]) : value[now[at]], items[at]))
				return true;
	} catch {
		return true;
	}
	return false;
}

function contentChanged(value, { items }, kind) {
	const now = contentOf(value, kind);
	return Buffer.isBuffer(now) ? !now.equals(items) : now.length !== items.length || !now.every((item, at) => Object.is(item, items[at]));
}

class Table {
	/** @param {number} first 1 in A, 2 in B */
	constructor(first) {
		this.next = first;
		this.entries = new Map();
		this.numbers = new WeakMap();
		this.symbols = new Map(); // symbols that are only themselves, both ways: they have no end
		this.turn = 0;
		this.isLooking = false;
	}

	/** Takes an object in. A weak one is held only by whoever else uses it. */
	add(value, kind, number = undefined, weak = false) {
		if (number === undefined) {
			number = this.next;
			this.next += 2;
		}
		const entry = { number, kind, turn: this.turn, before: undefined, strong: weak ? undefined : value, ref: weak ? new WeakRef(value) : undefined };
		this.entries.set(number, entry);
		this.numbers.set(value, number);
		return entry;
	}

	/** Whether the number could be the other side's next one. */
	isFree(number) {
		return Number.isSafeInteger(number) && number > 0 && number % 2 !== this.next % 2 && !this.entries.has(number);
	}

	value(entry) {
		return entry.strong ?? entry.ref.deref();
	}

	/** The entry of an object that both sides hold, marked as used in this message. */
	find(value) {
		const entry = this.entries.get(this.numbers.get(value));
		if (entry === undefined || this.value(entry) !== value)
			return undefined;
		entry.turn = this.turn;
		return entry;
	}

	/** Both sides now hold what is in it. */
	remember(entry) {
		const value = this.value(entry);
		if (value !== undefined && DATA.includes(entry.kind))
			entry.before = memoryOf(value, entry.kind);
	}

	/** Those whose content is new. A getter that is called for it may ask the other side something: for that message nothing
	 *  is looked through. */
	changed() {
		const found = [];
		if (this.isLooking)
			return found;
		this.isLooking = true;
		try {
			for (const entry of this.entries.values()) {
				const value = entry.before === undefined ? undefined : this.value(entry);
				if (value !== undefined && hasChanged(value, entry.kind, entry.before))
					found.push(entry);
			}
		} finally {
			this.isLooking = false;
		}
		return found;
	}

	/** The sides' copies have nothing more to do with each other. */
	drop(number) {
		const entry = this.entries.get(number);
		const value = entry && this.value(entry);
		this.entries.delete(number);
		if (value !== undefined && this.numbers.get(value) === number)
			this.numbers.delete(value);
	}
}

module.exports = { DATA, keysOf, elementsOf, Table };
