// SPDX-License-Identifier: MIT
/**
 * Box A: serves the candidate's module to whoever holds the other end of the stream.
 *
 * Nothing here is trusted by anybody. The candidate's code runs in the same process and may do whatever it likes to all
 * of it; it then serves nothing but itself.
 */
import Module from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Peer } from "./peer.mjs";
import { Ended, Wire } from "./wire.mjs";

const OUTPUT_MAX = 1 << 20;
const guard = { quiet: true, admitsCode: () => true, admitCode: (value) => value, hasSpecial: () => true };

export class Candidate extends Peer {
	operations = new Set(["call", "construct", "method", "read", "write", "step"]);

	constructor(fd) {
		super(1, guard, true);
		this.output = [];
		this.printed = 0;
		this.running = undefined;
		this.asked = 0;
		this.restart(new Wire(fd));
	}

	newId() {
		return ++this.asked;
	}

	ask(_, op, number, parts) {
		if (op === "call")
			parts[0] = this.self(parts[0]);
		return this.request(op, number, parts);
	}

	refuse(sentence) {
		return new TypeError(sentence);
	}

	/** What is printed rides on the next frame; descriptor 1 is nobody's. */
	catchOutput() {
		const catching = (number) => (chunk, encoding, done) => {
			const text = typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8");
			if ((this.printed += text.length) <= OUTPUT_MAX)
				this.output.push([number, text]);
			(typeof encoding === "function" ? encoding : done)?.();
			return true;
		};
		process.stdout.write = catching(1);
		process.stderr.write = catching(2);
	}

	addRest(frame) {
		if (this.output.length)
			frame.o = this.output;
		this.output = [];
		this.printed = 0;
		if (this.hasWork())
			frame.w = true;
	}

	/** Whether anything is left to the event loop; a timer of ours isn't. */
	hasWork() {
		const own = this.running?.timer === undefined ? 0 : 1;
		return process.getActiveResourcesInfo().filter((name) => !/^(TTY|Pipe|Immediate)/.test(name)).length > own;
	}

	/** Serves until B lets the event loop run, or waits for an import. */
	serveOn() {
		for (;;) {
			const frame = this.wire.receive();
			if (frame.q?.[1] === "run" || frame.q?.[1] === "import") {
				const parts = this.takeRequest(frame);
				return frame.q[1] === "run" ? this.#run(frame.q[0], parts[0]) : void this.#import(frame.q[0], parts[0]);
			}
			this.serve(frame);
		}
	}

	/** Lets the event loop turn until a promise has ended, or for so long. */
	#run(id, ms) {
		const until = performance.now() + ms;
		const look = () => {
			if (this.settled.length === 0 && performance.now() < until && this.hasWork()) {
				this.running.immediate = undefined;
				return;
			}
			clearTimeout(this.running.timer);
			this.running = undefined;
			this.#resume("a", id, null);
		};
		const soon = () => {
			if (this.running.immediate === undefined)
				this.running.immediate = setImmediate(look);
		};
		this.running = { soon, timer: setTimeout(() => { this.running.timer = undefined; soon(); }, ms), immediate: undefined };
		soon();
	}

	onSettled(settled) {
		super.onSettled(settled);
		this.running?.soon();
	}

	#resume(kind, id, value) {
		this.answer(kind, id, value);
		this.serveOn();
	}

	/** [is CommonJS, its value or null, [name, value]...] */
	async #import(id, name) {
		const path = join(process.cwd(), name);
		let found, kind = "a";
		try {
			const namespace = await import(pathToFileURL(path));
			const common = Module._cache[path];
			found = [common !== undefined, common?.exports ?? null, Object.keys(namespace).map((name) => [name, namespace[name]])];
		} catch (error) {
			[kind, found] = ["x", error];
		}
		setImmediate(() => this.#resume(kind, id, found));
	}
}

/** Serves over the socket fd until the tests have gone. */
export function main(fd) {
	const candidate = new Candidate(fd);
	process.on("uncaughtException", (error) => {
		if (!(error instanceof Ended))
			candidate.crash?.(error);
		process.exit(error instanceof Ended ? 0 : 1);
	});
	const write = process.stderr.write.bind(process.stderr);
	candidate.crash = (error) => write(`${error?.stack ?? error}\n`);
	candidate.catchOutput();
	process.argv = [process.argv[0], "solution"];
	candidate.serveOn();
}
