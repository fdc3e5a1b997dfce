// SPDX-License-Identifier: MIT
"use strict";
/**
 * Frames: a length of four bytes, big-endian, then one JSON object in UTF-8.
 *
 * The two ends take turns, so reading and writing can be plain blocking calls: no thread of its own has to own the
 * stream, and a call costs a few microseconds. assay gives the tests' end a time-out on the socket (Node has no call
 * for that), after which a read comes back with EAGAIN and we look at the clock.
 */
const { readSync, writeSync } = require("node:fs");

const MAX_BYTES = 32 << 20;

/** The other end broke the protocol. */
class Malformed extends Error {}
/** The other end is gone. */
class Ended extends Error {}
/** The other end did not answer in time. */
class Late extends Error {}

const again = new Set(["EAGAIN", "EWOULDBLOCK", "EINTR"]);

class Wire {
	/** @param {number} fd a connected, blocking socket; whoever made it closes it */
	constructor(fd) {
		this.fd = fd;
		this.buffer = Buffer.allocUnsafe(1 << 16);
		this.out = Buffer.allocUnsafe(1 << 16);
	}

	/** After a call on the socket that did nothing: whether to make it once more. */
	#mayGoOn(error, deadline) {
		if (!again.has(error?.code))
			throw new Ended();
		if (deadline !== undefined && performance.now() > deadline)
			throw new Late();
	}

	/** Sends a frame. RangeError when it is too large; then nothing was sent. */
	send(frame, deadline) {
		const text = JSON.stringify(frame);
		let bytes = this.out, length = 4;
		if (text.length * 3 + 4 <= bytes.length) {
			length += bytes.utf8Write(text, 4);
		} else {
			length += Buffer.byteLength(text);
			if (length - 4 > MAX_BYTES)
				throw new RangeError(`${length - 4} bytes are more than the ${MAX_BYTES} that can cross at once`);
			bytes = Buffer.allocUnsafe(length);
			bytes.utf8Write(text, 4);
		}
		bytes.writeUInt32BE(length - 4);
		for (let at = 0;;) {
			at += this.#write(bytes, at, length, deadline);
			if (at === length)
				return;
			if (deadline !== undefined && performance.now() > deadline)
				throw new Late();
		}
	}

	#write(bytes, at, end, deadline) {
		for (;;) {
			try {
				return writeSync(this.fd, bytes, at, end - at);
			} catch (error) {
				this.#mayGoOn(error, deadline);
			}
		}
	}

	#read(into, at, deadline) {
		for (;;) {
			let n;
			try {
				n = readSync(this.fd, into, at, into.length - at, null);
			} catch (error) {
				this.#mayGoOn(error, deadline);
				continue;
			}
			if (n === 0)
				throw new Ended();
			if (deadline !== undefined && performance.now() > deadline)
				throw new Late();
			return at + n;
		}
	}

	/** The next frame. Bytes behind it are a mistake: nobody can have asked for them. */
	receive(deadline) {
		let bytes = this.buffer, have = 0;
		while (have < 4)
			have = this.#read(bytes, have, deadline);
		const length = bytes.readUInt32BE() + 4;
		if (length > MAX_BYTES + 4)
			throw new Malformed(`a frame of ${length - 4} bytes, where ${MAX_BYTES} are the most`);
		if (length > bytes.length) {
			bytes = Buffer.allocUnsafe(length);
			this.buffer.copy(bytes, 0, 0, have);
		}
		while (have < length)
			have = this.#read(bytes, have, deadline);
		if (have > length)
			throw new Malformed("bytes behind a frame, which nobody asked for");
		return parse(bytes.toString("utf8", 4, length));
	}
}

function parse(text) {
	let frame;
	try {
		frame = JSON.parse(text);
	} catch {
		throw new Malformed("a frame that is no JSON");
	}
	if (frame === null || typeof frame !== "object" || Array.isArray(frame))
		throw new Malformed("a frame that is no object");
	return frame;
}

module.exports = { MAX_BYTES, Malformed, Ended, Late, Wire };
