// SPDX-License-Identifier: MIT
"use strict";
/**
 * The streams to processes with the candidate's module. The first is there when we start; assay is asked for others over
 * a socket of our own. One comes as a descriptor beside one byte, which only Node's own pipes can take in; they are no
 * public interface, but the same in all versions since 12.
 */
const { closeSync, writeSync } = require("node:fs");

class Supply {
	/** @param {number} asking the socket to assay
	 *  @param {number} stream the first stream; it is closed here */
	constructor(asking, stream) {
		this.asking = asking;
		this.stream = stream;
		this.close = () => closeSync(stream);
	}

	/** A stream to a process that has just been started; undefined when there are no more. */
	next() {
		this.pipe ??= this.#open();
		return new Promise((resolve) => {
			this.pipe.onread = () => {
				const { pendingHandle } = this.pipe;
				this.pipe.pendingHandle = null;
				this.pipe.readStop();
				// Whoever lets go of the handle closes the descriptor.
				this.close = () => pendingHandle?.close();
				resolve(pendingHandle?.fd);
			};
			this.pipe.readStart();
			this.#say("a");
		});
	}

	/** The last one is of no use any more; `late` if it took too long. */
	ended(late) {
		this.close();
		this.close = () => {};
		this.#say(late ? "l" : "g");
	}

	#open() {
		const { Pipe, constants } = process.binding("pipe_wrap");
		const pipe = new Pipe(constants.IPC);
		if (pipe.open(this.asking) !== 0)
			throw new Error(`descriptor ${this.asking} is no socket: was the bridge started by anything but assay?`);
		return pipe;
	}

	#say(word) {
		try {
			writeSync(this.asking, word);
		} catch {
			// assay itself is ending.
		}
	}
}

module.exports = { Supply };
