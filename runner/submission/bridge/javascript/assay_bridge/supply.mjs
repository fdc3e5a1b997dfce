// SPDX-License-Identifier: MIT
/**
 * Asks assay, over a socket of our own, for processes with the candidate's module. A process comes as a descriptor beside
 * one byte, which only Node's own pipes can take in; they are no public interface, but the same in all versions since 12.
 */
import { writeSync } from "node:fs";

export class Supply {
	constructor(fd) {
		const { Pipe, constants } = process.binding("pipe_wrap");
		this.fd = fd;
		this.pipe = new Pipe(constants.IPC);
		if (this.pipe.open(fd) !== 0)
			throw new Error(`descriptor ${fd} is no socket: was the bridge started by anything but assay?`);
	}

	/** A stream to a process that has just been started; undefined when there are no more. */
	next() {
		return new Promise((resolve) => {
			this.pipe.onread = () => {
				const { pendingHandle } = this.pipe;
				this.pipe.pendingHandle = null;
				this.pipe.readStop();
				// Whoever lets go of the handle closes the descriptor.
				this.handle = pendingHandle ?? undefined;
				resolve(this.handle?.fd);
			};
			this.pipe.readStart();
			this.#say("a");
		});
	}

	/** The last one is of no use any more; `late` if it took too long. */
	ended(late) {
		this.handle?.close();
		this.handle = undefined;
		this.#say(late ? "l" : "g");
	}

	#say(word) {
		try {
			writeSync(this.fd, word);
		} catch {
			// assay itself is ending.
		}
	}
}
