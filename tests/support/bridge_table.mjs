// SPDX-License-Identifier: MIT
// bridge_table.mjs BRIDGE: looking through what both sides of the Node bridge hold, where that runs somebody's code.
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";

const { Table } = await import(pathToFileURL(`${process.argv[2]}/assay_bridge/table.cjs`));

/** A table in which both sides hold these objects. */
function holding(...values) {
	const table = new Table(1);
	for (const value of values)
		table.remember(table.add(value, value instanceof Error ? "E" : "o"));
	return table;
}
const changed = (table) => table.changed().map((entry) => table.value(entry));

// A trap that throws ends one look, and no later one.
let isCross = false;
const moody = new Proxy({ a: 1 }, { ownKeys(target) {
	if (isCross)
		throw new RangeError("cross");
	return Reflect.ownKeys(target);
} });
const plain = { b: 1 };
let table = holding(moody, plain);
isCross = true;
assert.throws(() => table.changed(), /cross/);
isCross = false;
plain.b = 2;
assert.deepEqual(changed(table), [plain]);

// A getter counts by what it gives; one that throws is a change, and one that looks itself finds nothing.
const same = { c: 1 }, other = { c: 1 }, thrower = { c: 1 }, asker = { c: 1 };
table = holding(same, other, thrower, asker);
Object.defineProperty(same, "c", { get: () => 1 });
Object.defineProperty(other, "c", { get: () => 2 });
Object.defineProperty(thrower, "c", { get() { throw new Error("no"); } });
Object.defineProperty(asker, "c", { get: () => 1 + table.changed().length });
assert.deepEqual(changed(table), [other, thrower]);

// Of an error none is called: the other side is told of it, and asks.
const error = new Error("once");
table = holding(error);
Object.defineProperty(error, "message", { get() { throw new Error("called"); } });
assert.deepEqual(changed(table), [error]);
