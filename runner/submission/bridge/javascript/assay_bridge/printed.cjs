// SPDX-License-Identifier: MIT
"use strict";
/**
 * Box B: what a solution prints, on its way to whoever listens.
 *
 * A test hears the head of what is printed while it runs, however much was printed in others; how much more there was is
 * said where it would have stood, so that nobody takes the head for all. What no test hears is for the log of this box,
 * which ends the box when it grows too long: all tests share a part of what it may hold.
 */
const { need } = require("./values.cjs");

const OF_TEST = 256 << 10, OF_MARKS = 16 << 10;
const SHOWN = 256 << 10; // unless the limits of the box say something else

/** Room for so many bytes of text. */
class Room {
	constructor(left) {
		this.left = left;
		this.forMarks = Math.min(OF_MARKS, left);
	}

	/** What there is room for of a text, to the end of a line, and how many bytes are left out. */
	head(text) {
		const bytes = Buffer.from(text);
		let end = Math.min(this.left, bytes.length);
		this.left -= end;
		if (end === bytes.length)
			return [text, 0];
		while (end > 0 && (bytes[end] & 0xc0) === 0x80) // inside of a character
			end--;
		const head = bytes.toString("utf8", 0, end);
		return [end === 0 || head.endsWith("\n") ? head : `${head}\n`, bytes.length - end];
	}

	/** A line that says how much is left out; nothing where hundreds do already. */
	mark(lost) {
		const line = `[assay: ${lost} bytes more were printed]\n`;
		if (line.length > this.forMarks)
			return "";
		this.forMarks -= line.length;
		return line;
	}
}

/** Where what is printed goes: [whether a test hears it, what takes a text]. A test that replaced console.log hears it; what
 *  nobody hears goes where no report is read from. */
function placing() {
	const { log, error } = console;
	const isReplaced = (stream) => stream.write !== Object.getPrototypeOf(stream).write;
	return (number) => {
		const replaced = number === 2 ? console.error !== error && "error" : console.log !== log && "log";
		if (replaced)
			return [true, (text) => console[replaced](text.replace(/\n$/, ""))];
		const stream = number === 2 ? process.stderr : process.stdout;
		if (isReplaced(stream))
			return [true, (text) => stream.write(text)];
		return [false, (text) => Object.getPrototypeOf(process.stderr).write.call(process.stderr, text)];
	};
}

class Printed {
	/** @param placeOf where it goes, as placing() says */
	constructor(placeOf = () => [false, () => {}], shown = SHOWN) {
		this.placeOf = placeOf;
		this.shown = new Room(shown);
		this.beginTest();
	}

	/** From now on another test listens. */
	beginTest() {
		this.heard = [undefined, new Room(OF_TEST), new Room(OF_TEST)];
	}

	/** Prints what came with a frame: [1 | 2, text, how many bytes more were printed]..., the last only if there were. */
	take(output) {
		need(Array.isArray(output), "output that is none");
		const lost = [0, 0, 0];
		for (const part of output) {
			need(Array.isArray(part) && typeof part[1] === "string", "output that is none");
			const [, text, more = 0] = part, number = part[0] === 2 ? 2 : 1;
			need(Number.isSafeInteger(more) && more >= 0, "a count that is none");
			const [isHeard, print] = this.placeOf(number);
			const [head, leftOut] = (isHeard ? this.heard[number] : this.shown).head(text);
			if (head !== "" || text === "" && more === 0)
				print(head);
			lost[number] += leftOut + more;
		}
		lost.forEach((count, number) => this.#mark(count, number));
	}

	#mark(count, number) {
		if (count === 0)
			return;
		const [isHeard, print] = this.placeOf(number);
		const mark = (isHeard ? this.heard[number] : this.shown).mark(count);
		if (mark !== "")
			print(mark);
	}
}

module.exports = { Printed, placing };
