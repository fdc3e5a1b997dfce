// SPDX-License-Identifier: MIT
"use strict";
/**
 * Box A: serves the candidate's module to whoever holds the other end of the stream.
 *
 * Nothing here is trusted by anybody. The candidate's code runs in the same process and may do whatever it likes to all
 * of it; it then serves nothing but itself.
 */
const { createHook } = require("node:async_hooks");
const { writeSync } = require("node:fs");
const Module = require("node:module");
const { join } = require("node:path");
const { pathToFileURL } = require("node:url");
const { Peer } = require("./peer.cjs");
const { Ended, Wire } = require("./wire.cjs");

const OUTPUT_MAX = 512 << 10; // of each stream, of which the tests' end lets less through
const LOG_MAX = 16 << 10;
const guard = { quiet: true, admitsCode: () => true, admitCode: (value) => value, hasSpecial: () => true };

/** Leaves to the log of this box where in the solution it was: the tests see but the error. */
function logOf(error) {
	try {
		writeSync(2, `${error?.stack ?? error}`.slice(0, LOG_MAX) + "\n");
	} catch {
		// It has code of its own, or descriptor 2 was closed.
	}
}

class Candidate extends Peer {
	operations = new Set(["call", "construct", "method", "read", "write", "step"]);

	constructor(fd) {
		super(1, guard, true);
		this.#forgetPrinted();
		this.running = undefined;
		this.asked = 0;
		this.isTouched = this.isBusy = true; // until the event loop has turned
		this.restart(new Wire(fd));
	}

	#forgetPrinted() {
		this.output = [];
		this.room = [0, OUTPUT_MAX, OUTPUT_MAX];
		this.more = [0, 0, 0];
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

	/** Keeps the head of what is printed on each stream until the next frame, and how many bytes more there were. */
	#print(number, text) {
		const left = this.room[number];
		this.room[number] = Math.max(0, left - text.length - 1); // the shortest isn't for nothing, either
		if (left > 0)
			this.output.push([number, text.slice(0, left)]);
		if (text.length > left)
			this.more[number] += Buffer.byteLength(text.slice(left));
	}

	/** What is printed rides on the next frame; descriptor 1 is nobody's. Node's streams take long to load, and most
	 *  solutions print nothing: each is made, and made ours, when somebody asks for it. */
	catchOutput() {
		const catching = (number) => (chunk, encoding, done) => {
			const text = typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8");
			this.#print(number, text);
			(typeof encoding === "function" ? encoding : done)?.();
			return true;
		};
		for (const [number, name] of [[1, "stdout"], [2, "stderr"]]) {
			const { get, ...rest } = Object.getOwnPropertyDescriptor(process, name);
			let caught;
			Object.defineProperty(process, name, { ...rest, get() {
				if (caught === undefined) {
					caught = get.call(process);
					caught.write = catching(number);
				}
				return caught;
			} });
		}
	}

	/** Notes that something was begun, or a promise has ended, with which only the event loop or the queue of microtasks
	 *  goes on. */
	watchWork() {
		const touch = () => { this.isTouched = true; };
		createHook({ init: touch, promiseResolve: touch }).enable();
	}

	addRest(frame) {
		if (this.output.length) {
			[1, 2].filter((number) => this.more[number]).forEach((number) => this.output.push([number, "", this.more[number]]));
			frame.o = this.output;
			this.#forgetPrinted();
		}
		if ((this.isTouched || this.isBusy) && (this.hasWork() || this.isTouched))
			frame.w = true;
	}

	/** Whether anything is left to the event loop; a timer and an immediate of ours isn't. */
	hasWork() {
		const own = (this.running?.timer === undefined ? 0 : 1) + (this.running?.immediate === undefined ? 0 : 1);
		return this.isBusy = process.getActiveResourcesInfo().filter((name) => !/^(TTY|Pipe)/.test(name)).length > own;
	}

	/** Serves until B lets the event loop run. */
	serveOn() {
		for (;;) {
			const frame = this.wire.receive();
			if (frame.q?.[1] === "run")
				return this.#run(frame.q[0], this.takeRequest(frame)[0]);
			if (frame.q?.[1] === "import") {
				this.takeRequest(frame);
				this.answer(this.found.kind, frame.q[0], this.found.value);
			} else {
				this.serve(frame);
			}
		}
	}

	/** Lets the event loop turn until a promise has ended, or for so long. */
	#run(id, ms) {
		const look = () => {
			this.running.immediate = undefined;
			// Not the clock: a timer of Node's may be a little early, and would not come again.
			if (this.settled.length === 0 && this.running.timer !== undefined && this.hasWork())
				return;
			clearTimeout(this.running.timer);
			this.running = undefined;
			// What was begun has had its turn, or was ours; what it began in turn has to be looked for.
			this.isTouched = false;
			this.isBusy = true;
			this.answer("a", id, null);
			this.serveOn();
		};
		const soon = () => {
			if (this.running.immediate === undefined)
				this.running.immediate = setImmediate(look);
		};
		const wake = () => {
			this.running.timer = undefined;
			soon();
		};
		this.running = { soon, timer: ms > 0 ? setTimeout(wake, ms) : undefined, immediate: undefined };
		soon();
	}

	onSettled(settled) {
		super.onSettled(settled);
		this.running?.soon();
	}

	/** Imports the module and then serves: the tests will ask for [is CommonJS, its value or null, [name, value]...]. */
	async start(name, load) {
		const path = join(process.cwd(), name);
		try {
			const namespace = await load(pathToFileURL(path));
			const common = Module._cache[path];
			this.found = { kind: "a", value: [common !== undefined, common?.exports ?? null,
				Object.keys(namespace).map((key) => [key, namespace[key]])] };
		} catch (error) {
			this.found = { kind: "x", value: error };
			logOf(error);
		}
		setImmediate(() => this.serveOn());
	}
}

/** Imports the module in the working directory, and from then on serves it over the socket fd until the tests have gone.
 *  @param {Function} load imports a URL; a script can't, which this is where it was packed */
function main(fd, name, load) {
	const candidate = new Candidate(fd);
	process.on("uncaughtException", (error) => {
		if (!(error instanceof Ended))
			writeSync(2, `${error?.stack ?? error}\n`);
		process.exit(error instanceof Ended ? 0 : 1);
	});
	candidate.catchOutput();
	process.argv = [process.argv[0], "solution"];
	candidate.watchWork();
	candidate.start(name, load);
}

module.exports = { Candidate, main };
