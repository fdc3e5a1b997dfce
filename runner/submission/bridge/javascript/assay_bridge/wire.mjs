// SPDX-License-Identifier: MIT
/**
 * Frames: a length of four bytes, big-endian, then one JSON object in UTF-8.
 *
 * The two ends take turns, so reading and writing can be plain blocking calls: no thread of its own has to own the
 * stream, and a call costs a few microseconds. assay gives the tests' end a time-out on the socket (Node has no call
 * for that), after which a read comes back with EAGAIN and we look at the clock.
 */
import { readSync, writeSync } from "node:fs";

export const MAX_BYTES = 32 << 20;

/** The other end broke the protocol. */
export class Malformed extends Error {}
/** The other end is gone. */
export class Ended extends Error {}
/** The other end did not answer in time. */
export class Late extends Error {}

const again = new Set(["EAGAIN", "EWOULDBLOCK", "EINTR"]);

export class Wire {
	/** @param {number} fd a connected, blocking socket; whoever made it closes it */
	constructor(fd) {
		this.fd = fd;
		this.buffer = Buffer.allocUnsafe(1 << 16);
	}

	/** Repeats a call on the socket until it did something. */
	#insist(call, deadline) {
		for (;;) {
			if (deadline !== undefined && performance.now() > deadline)
				throw new Late();
			try {
				return call();
			} catch (error) {
				if (!again.has(error?.code))
					throw new Ended();
			}
		}
	}

	/** Sends a frame. RangeError when it is too large; then nothing was sent. */
	send(frame, deadline) {
		const text = Buffer.from(JSON.stringify(frame), "utf8");
		if (text.length > MAX_BYTES)
			throw new RangeError(`${text.length} bytes are more than the ${MAX_BYTES} that can cross at once`);
		const bytes = Buffer.allocUnsafe(text.length + 4);
		bytes.writeUInt32BE(text.length);
		text.copy(bytes, 4);
		for (let at = 0; at < bytes.length;)
			at += this.#insist(() => writeSync(this.fd, bytes, at, bytes.length - at), deadline);
	}

	#read(into, at, deadline) {
		const n = this.#insist(() => readSync(this.fd, into, at, into.length - at, null), deadline);
		if (n === 0)
			throw new Ended();
		return at + n;
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
