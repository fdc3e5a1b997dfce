// SPDX-License-Identifier: MIT
/*
 * Tells assay of every test when it begins and when it has ended: `node --test --test-reporter=/reporters/assay_node.mjs`.
 *
 * The report (TAP 14) grows by one write for each test, so that it stands when the tests are stopped: "# Subtest: NAME"
 * says what runs. Only leaves are reported, each by the way to it: "outer > inner"; what has tests inside of it is
 * reported itself only where it failed outside of them.
 *
 * A test that took longer than its test_ms doesn't pass. It is not interrupted by that: `--test-timeout` ends one that
 * waits; one that never gives up the processor is ended with the whole.
 *
 * The runner starts a process for each file of tests, which tells it of a test when it gets round to it: one that loops
 * at once would keep back the verdict of the one before. So this module is also loaded into those processes (they have
 * NODE_TEST_CONTEXT), where it lets the event loop turn before each test.
 *
 * The report is as trustworthy as the processes of the tests: code that they import can write it too.
 */
import { beforeEach } from 'node:test';
import { openSync, readFileSync, writeSync } from 'node:fs';

const REPORT = process.env.ASSAY_REPORT ?? '/report/report.tap';
const HEAD = 48 << 10, TAIL = 16 << 10; // of a text; assay keeps no more

const LOAD = ` --import=${import.meta.url}`;

function turn() {
	return new Promise((done) => setImmediate(done));
}

if (process.env.NODE_TEST_CONTEXT?.startsWith('child')) {
	/* What the tests start is no business of ours. */
	process.env.NODE_OPTIONS = (process.env.NODE_OPTIONS ?? '').replace(LOAD, '');
	beforeEach(async () => {
		await turn();
		await turn();
	});
} else {
	process.env.NODE_OPTIONS = (process.env.NODE_OPTIONS ?? '') + LOAD;
}

function readTimes() {
	try {
		return JSON.parse(readFileSync(new URL('test_ms.json', import.meta.url), 'utf8'));
	} catch (error) {
		if (error.code !== 'ENOENT')
			throw error;
		return {};
	}
}

/* Of a description: one line, with nothing in it that TAP takes for a directive. */
function escape(text) {
	return String(text).replaceAll('\\', '\\\\').replaceAll('#', '\\#').replace(/[\p{Cc}\p{Cs}\u2028\u2029]/gu, ' ');
}

function quoted(text) {
	const cut = text.length - HEAD - TAIL;

	if (cut > 0)
		text = `${text.slice(0, HEAD)}\n[${cut} characters are missing here]\n${text.slice(-TAIL)}`;
	return JSON.stringify(text.replace(/\p{Cs}/gu, '\ufffd'));
}

/* One file's tests: which are open at each depth as they were begun, and as they are told; and the end of what its
 * process wrote to standard error. */
class File {
	begun = [];
	told = [];
	printed = '';
}

class Report {
	count = 0;
	files = new Map();
	running = new Map(); // names of tests that were begun and have not ended, oldest first

	constructor() {
		this.fd = openSync(REPORT, 'a', 0o644);
		this.times = readTimes();
		this.write('TAP version 14\n');
	}

	write(text) {
		writeSync(this.fd, text);
	}

	file(data) {
		const key = data.file ?? '';

		if (!this.files.has(key))
			this.files.set(key, new File());
		return this.files.get(key);
	}

	path(level, data) {
		return [...level.slice(0, data.nesting).map((open) => open?.name), data.name].filter(Boolean).join(' > ');
	}

	announce(name) {
		this.write(`# Subtest: ${escape(name)}\n`);
	}

	begin(data) {
		const { begun } = this.file(data);
		const name = this.path(begun, data);

		if (data.name === data.file)
			return;
		this.running.delete(begun[data.nesting - 1]?.path);
		begun[data.nesting] = { name: data.name, path: name };
		this.running.set(name, true);
		this.announce(name);
	}

	/* Its place among the tests that are told, which come in the order of the file. */
	open(data) {
		this.file(data).told[data.nesting] = { name: data.name, children: 0, failed: 0 };
	}

	hear(data) {
		const file = this.file(data);

		file.printed = (file.printed + data.message).slice(-TAIL);
	}

	/* Whether a test stands for itself. One that failed only because of those inside of it doesn't. */
	isLeaf(data, passed) {
		const { told } = this.file(data), itself = told[data.nesting], outer = told[data.nesting - 1];
		const children = itself?.name === data.name ? itself.children : 0;

		if (outer)
			outer.children++;
		told.length = Math.min(told.length, data.nesting);
		if (!children)
			return data.details?.type !== 'suite' || !passed;
		return !passed && data.details?.error?.failureType !== 'subtestsFailed';
	}

	/* A file that can't be loaded is told as "test failed"; what was wrong, its process has only printed, and above it
	 * where: often not in the file itself, but in one that it imports. */
	unloaded(data, ms) {
		const { printed } = this.file(data);
		const error = printed.match(/^(?:Uncaught )?\w*Error\b.*/m);
		const place = [...printed.slice(0, error?.index ?? 0).matchAll(/^(?:file:\/\/)?(\/.*):(\d+)$/gm)].at(-1);
		const where = !place ? '' : place[1] === data.file ? `line ${place[2]}: ` : `${place[1]}:${place[2]}: `;

		return error && { ok: false, ms, message: where + error[0], output: printed };
	}

	verdict(data, passed, name) {
		const ms = data.details?.duration_ms ?? 0, most = this.times.tests?.[name] ?? this.times.default ?? 0;
		const error = data.details?.error, cause = error?.cause instanceof Error ? error.cause : error;

		if (!passed)
			return (data.name === data.file && this.unloaded(data, ms)) ||
				{ ok: false, ms, message: String(cause?.message ?? cause ?? 'failed'), output: String(cause?.stack ?? '') };
		if (most && ms > most)
			return { ok: false, ms, message: `the test took longer than its ${most} ms (test_ms)`, output: '' };
		return { ok: true, ms };
	}

	end(data, passed) {
		const name = this.path(this.file(data).told, data);
		const directive = data.skip !== undefined && data.skip !== false ? ['SKIP', data.skip]
			: data.todo !== undefined && data.todo !== false ? ['TODO', data.todo] : null;

		this.running.delete(name);
		if (!this.isLeaf(data, passed))
			return;
		const verdict = this.verdict(data, passed, name);
		const line = `${verdict.ok ? 'ok' : 'not ok'} ${++this.count} - ${escape(name)}`;
		const lines = [directive ? `${line} # ${directive[0]} ${directive[1] === true ? '' : escape(directive[1])}`.trimEnd() : line];

		lines.push('  ---', `  duration_ms: ${verdict.ms.toFixed(1)}`);
		if (!verdict.ok && !directive) {
			lines.push(`  outcome: ${data.name === data.file ? 'error' : 'failed'}`);
			lines.push(`  message: ${quoted(verdict.message)}`);
			if (verdict.output)
				lines.push(`  output: ${quoted(verdict.output)}`);
		}
		this.write([...lines, '  ...', ''].join('\n'));
		for (const other of this.running.keys()) {
			this.announce(other);
			break;
		}
	}

	finish() {
		this.write(`1..${this.count}\n`);
	}
}

export default async function* assay(source) {
	const report = new Report();

	for await (const { type, data } of source) {
		if (type === 'test:dequeue')
			report.begin(data);
		else if (type === 'test:start')
			report.open(data);
		else if (type === 'test:stderr')
			report.hear(data);
		else if (type === 'test:pass' || type === 'test:fail')
			report.end(data, type === 'test:pass');
	}
	report.finish();
}
