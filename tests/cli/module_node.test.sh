#!/bin/sh
# SPDX-License-Identifier: MIT
# also as an ordinary user
# Tests that reach a JavaScript module through the bridge: what crosses, what can't, and frames that nobody should send.
# (That cheats earn nothing is proved by the task basket itself.)
. tests/cli/lib.sh
begin
basket=$top/tests/cases/tasks/basket
sampled=
[ "$(id -u)" = 0 ] || sampled=--allow-sampled
export TMPDIR="$place/tmp"
mkdir "$TMPDIR"

is() { python3 -c 'import json, sys; r = json.load(open(sys.argv[1])); sys.exit(not eval(sys.argv[2]))' "$out" "$1"; }
grade() { run assay grade $sampled --task "$1" --submission "$2"; }

# --- the task's file ---

cp -R "$basket" named
sed 's/"name": "basket.mjs"/"name": "basket"/' "$basket/task.json" >named/task.json
grade named "$basket/solutions/accepted/plain"
claim 'a module without the ending of a file is refused' ended 4
claim 'and it is said what it must be' complained "/module/name must be a module's file"
sed 's/"language": "javascript"/"language": "ruby"/' "$basket/task.json" >named/task.json
grade named "$basket/solutions/accepted/plain"
claim 'an unknown language is refused' complained '/module/language must be "python" or "javascript"'

if ! command -v node >/dev/null; then
	skip 'a JavaScript module is graded' 'no node'
	finish
	exit
fi

# --- frames ---

run node "$top/tests/support/bridge_frames.mjs" "$top/build/bridge/javascript" 1 4000
claim 'four thousand wrong frames do no harm' ended 0
run node "$top/tests/support/bridge_table.mjs" "$top/build/bridge/javascript"
claim 'what both sides hold is looked through whatever code of theirs that runs' ended 0
run node "$top/tests/support/bridge_imports.mjs" "$top/build/bridge/javascript" "$place/imports"
claim 'only tests that look for the module elsewhere start a thread that finds it' ended 0

packed=$top/build/bridge/javascript/packed
compiled=$(node -p '`${process.version}-${process.arch}`')
if [ -e "$packed/install.cjs.$compiled" ]; then
	run node -e 'const { readFileSync } = require("node:fs"), { Script } = require("node:vm");
		for (const file of process.argv.slice(2)) {
			const script = new Script(readFileSync(file, "utf8"), { cachedData: readFileSync(`${file}.${process.argv[1]}`) });
			console.log(script.cachedDataRejected);
		}' "$compiled" "$packed/install.cjs" "$packed/candidate.cjs"
	claim 'what make has compiled is taken back, by either side' test "$(tr '\n' ' ' <"$out")" = 'false false '
else
	skip 'what make has compiled is taken back, by either side' "another node than make's"
fi

if ! assay-box $sampled -- /usr/bin/true 2>"$err"; then
	skip 'a JavaScript module is graded' "no box: $(head -n 1 "$err")"
	finish
	exit
fi

# --- what crosses ---

cp -R "$top/tests/cases/module/node" kinds
run assay task pin $sampled kinds
claim 'every test of what crosses passes, with the bridge between' ended 0
grade kinds kinds/solutions/accepted/plain
claim 'and passes again, held against what was recorded' is "r['points'] == r['max_points'] and r['max_points'] > 30"
claim 'nothing of it can be forged' is "r['forgeable'] is False"

# --- where the tests look for it ---

cp -R "$basket" beside
rm -r beside/solutions/[b-z]* beside/tests/*.json
cp -R beside listing
mkdir beside/tests/unit/deep beside/tests/unit/own
echo '"of the tests"' >beside/tests/unit/own/basket.json
echo 'export { slug } from "../basket.mjs";' >beside/tests/unit/deep/names.mjs
cat >beside/tests/unit/basket.test.mjs <<'END'
import assert from "node:assert/strict";
import { readlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { it } from "node:test";
import { slug } from "./basket.mjs";
import { slug as unended } from "./basket";
import { slug as deep } from "./deep/names.mjs";
import { slug as deeper } from "./deep/basket.mjs";
import { slug as bare } from "basket";

it("it is one module, wherever it is named", () => {
	assert.equal(slug("A b"), "a-b");
	for (const other of [unended, deep, deeper, bare])
		assert.equal(other, slug);
});
it("it lies there as a link", () => assert.equal(readlinkSync("/tests/deep/basket.mjs"), "/work/basket.mjs"));
it("what the tests call so is theirs", () => assert.equal(createRequire(import.meta.url)("./own/basket"), "of the tests"));
END
run assay task pin $sampled beside
claim 'tests that name the module beside them, in any folder of theirs, have it' ended 0
grade beside "$basket/solutions/accepted/plain"
claim 'and whoever solves the task has all points for it' is "(r['points'], r['max_points']) == (3, 3)"
cat >listing/tests/unit/basket.test.mjs <<'END'
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { it } from "node:test";
import { slug } from "./basket.mjs";

it("nothing lies in the folder but what the task has there", () => assert.deepEqual(readdirSync("/tests"), ["basket.test.mjs"]));
it("the module is found all the same", () => assert.equal(slug("A b"), "a-b"));
END
run assay task pin $sampled listing
claim 'tests that list their folder find what the task has laid there' ended 0

# --- where the bridge lies ---

mkdir program && cp -R "$top/build/assay" "$top/build/assay-box" "$top/build/locale" "$top/build/bridge" program/
chmod -R go-rwx program/bridge
run program/assay grade $sampled --task "$basket" --submission "$basket/solutions/accepted/plain"
claim 'a bridge that was installed for its owner alone does as well' is "r['verdict'] == 'accepted'"
for file in program/bridge/javascript/packed/*"$compiled"; do echo 'of another Node' >"$file"; done
run program/assay grade $sampled --task "$basket" --submission "$basket/solutions/accepted/plain"
claim 'so does one that Node does not take back' is "r['verdict'] == 'accepted'"
rm -r program/bridge/javascript/packed
run program/assay grade $sampled --task "$basket" --submission "$basket/solutions/accepted/plain"
claim 'and one that none has' is "r['verdict'] == 'accepted'"

# --- how tests may name the module ---

cp -R kinds named_so
rm -f named_so/tests/*.json
found_as() { # found_as SENTENCE IMPORT: a test whose title has an apostrophe imports the module so
	cat >named_so/tests/unit/kinds.test.mjs <<-END
		import { test } from "node:test";
		import assert from "node:assert/strict";
		const name = "nds";
		test("doesn't lose it", async () => { const m = await import($2); assert.deepEqual(m.CONST.deep, [1]); });
	END
	rm -f named_so/tests/*.json
	run assay task pin $sampled named_so
	claim "$1" ended 0
}
found_as 'beside the tests' '"./kinds.mjs"'
found_as 'without its ending' "'./kinds'"
found_as 'put together from a literal' '"./ki" + name + ".mjs"'
found_as 'put together in a template' '`./ki${name}.mjs`'
found_as 'where it is' '"/work/kinds.mjs"'

cat >named_so/tests/unit/kinds.test.mjs <<'END'
import { test } from "node:test";
import { ident } from "./kinds.mjs";
test("asks", () => { ident(1); });
process.on("exit", () => console.log(`at the end: ${ident(2)}`));
END
rm -f named_so/tests/*.json
run assay task pin $sampled named_so
grade named_so kinds/solutions/accepted/plain
claim 'who listens for the end of the tests may still ask then' is "'at the end: 2' in r['runs'][0]['log']"

# --- solutions of another shape than the recorded one ---

cp -R "$basket" narrow
rm -rf narrow/solutions/accepted/by-hand narrow/tests/profile.json
grade narrow "$basket/solutions/accepted/plain"
claim 'without its profile a module suite is refused' complained 'tests/profile.json is missing'
run assay task pin $sampled narrow
claim 'pin writes it' ended 0
grade narrow "$basket/solutions/accepted/by-hand"
claim 'an honest solution of another shape earns everything' is "r['points'] == r['max_points'] == 22"
grade narrow "$basket/solutions/forged/object-that-agrees"
claim 'an object with code in place of plain data is named' is \
	"any('gave a function or an object with code' in (t['reason'] or '') for t in r['tests'])"

# --- what is changed ---

mkdir -p lists/starter lists/tests/unit lists/solutions/accepted/a one-by-one empties
echo x >lists/statement.md && touch lists/starter/lists.mjs
cat >lists/task.json <<'END'
{"format": 1, "id": "lists", "kind": "coding", "title": {"en": "Lists"}, "minutes": 5,
 "files": {"editable": ["lists.mjs"]}, "module": {"language": "javascript", "name": "lists.mjs"},
 "suites": [{"id": "unit", "against": "module", "visibility": "hidden", "report": "junit",
   "argv": ["node", "--test-reporter=junit", "--test-reporter-destination=/report/report.xml", "/tests/lists.test.mjs"]}]}
END
cat >lists/tests/unit/lists.test.mjs <<'END'
import { it } from "node:test";
import assert from "node:assert/strict";
import { copyInto, mapInPlace } from "./lists.mjs";

it("copies", () => {
	const source = [[1], [2]], target = [];
	copyInto(source, target);
	assert.deepEqual(target, source);
});
it("maps", () => {
	const list = [1, 2];
	mapInPlace((item) => item * 10, { list });
	assert.deepEqual(list, [10, 20]);
});
END
cat >lists/solutions/accepted/a/lists.mjs <<'END'
export const copyInto = (source, target) => { target.push(...source); };
export const mapInPlace = (f, { list }) => { list.splice(0, Infinity, ...list.map(f)); };
END
cat >one-by-one/lists.mjs <<'END'
export const copyInto = (source, target) => { for (const item of source) target.push(item); };
export const mapInPlace = (f, { list }) => { for (const at of list.keys()) list[at] = f(list[at]); };
END
cat >empties/lists.mjs <<'END'
export const copyInto = (source, target) => { source.length = target.length = 0; };
export const mapInPlace = () => {};
END
run assay task pin $sampled lists
claim 'the profile says which argument is changed' grep -q '"copyInto()#2": *"changes"' lists/tests/profile.json
grade lists one-by-one
claim 'it may be changed at any time' is "r['points'] == 2"
grade lists empties
claim 'but no other one' is "r['points'] == 0"

# --- what is noted of a test, whatever the solution says ---

mkdir wordy
cat >wordy/lists.mjs <<'END'
export const copyInto = () => Object.defineProperty(/a/, "flags", { get() { throw new TypeError("no\ud800\0" + "x".repeat(20000)); } });
export const mapInPlace = copyInto;
END
grade lists wordy
claim 'what a solution says has an end' is \
	"all('copyInto(): no' in t['reason'] or 'mapInPlace(): no' in t['reason'] for t in r['tests']) and len(r['tests'][0]['reason']) < 1200"
claim 'and leaves a record that can be read' is \
	"'bridge.json' not in str(r['report']) and not any(t.get('self_judged') for t in r['tests'])"
cp -R lists unrecorded
echo 'import { rmSync } from "node:fs"; process.on("exit", () => rmSync("/report/bridge.json"));' >>unrecorded/tests/unit/lists.test.mjs
grade unrecorded lists/solutions/accepted/a
claim 'where nobody knows what the bridge saw, it is said' is \
	"r['points'] == 2 and [line for n in r['report'] for line in n['anomalies'] if 'left no record' in line]"
claim 'and every test is marked' is "all(t.get('self_judged') for t in r['tests'])"

# --- what is printed ---

mkdir -p prints/starter prints/tests/unit prints/solutions/accepted/a forges
echo x >prints/statement.md && touch prints/starter/prints.mjs
cat >prints/task.json <<'END'
{"format": 1, "id": "prints", "kind": "coding", "title": {"en": "Prints"}, "minutes": 5,
 "files": {"editable": ["prints.mjs"]}, "module": {"language": "javascript", "name": "prints.mjs"},
 "suites": [{"id": "unit", "against": "module", "visibility": "hidden", "report": "tap",
   "argv": ["node", "--test-reporter=tap", "/tests/prints.test.mjs"]}]}
END
cat >prints/tests/unit/prints.test.mjs <<'END'
import { it, mock } from "node:test";
import assert from "node:assert/strict";
import { greet } from "./prints.mjs";

it("greets whoever listens", () => {
	const heard = [], { write } = process.stdout;
	process.stdout.write = (text) => heard.push(String(text));
	greet();
	process.stdout.write = write;
	assert.deepEqual(heard, ["hello\n"]);
});
it("and a mock", () => {
	const listener = mock.method(process.stdout, "write", () => true);
	greet();
	listener.mock.restore();
	assert.equal(listener.mock.calls[0].arguments[0], "hello\n");
});
it("and nobody", () => {
	greet();
});
it("is right", () => {
	assert.equal(greet(), 5);
});
END
cat >prints/solutions/accepted/a/prints.mjs <<'END'
export const greet = () => { console.log("hello"); return 5; };
END
cat >forges/prints.mjs <<'END'
export const greet = () => { console.log("hello"); for (let n = 1; n < 9; n++) console.log(`ok ${n} - is right\n1..${n}`); return 6; };
END
run assay task pin $sampled prints
claim 'what a solution prints is heard by a test that listens' ended 0
grade prints prints/solutions/accepted/a
claim 'every time' is "r['points'] == 4 and r['report'][0]['anomalies'] == []"
grade prints forges
claim 'and is no line of the report once nobody listens any more' is \
	"[t['outcome'] for t in r['tests'] if t['name'] == 'is right'] == ['failed'] and r['report'][0]['anomalies'] == []"

mkdir -p heard/starter heard/tests/unit heard/solutions/accepted/a much
sed 's/prints/heard/g; s/Prints/Heard/' prints/task.json >heard/task.json
echo x >heard/statement.md && touch heard/starter/heard.mjs
cat >heard/tests/unit/heard.test.mjs <<'END'
import { it } from "node:test";
import assert from "node:assert/strict";
import { add, count, shout } from "./heard.mjs";

function heard(what) {
	const all = [], { write } = process.stdout;
	process.stdout.write = (text) => all.push(String(text));
	what();
	process.stdout.write = write;
	return all.join("");
}
for (let n = 0; n < 9; n++)
	it(`adds ${n}`, () => {
		let sum;
		heard(() => { sum = add(n, 1); });
		assert.equal(sum, n + 1);
		assert.equal(add(n, 1), n + 1);
	});
it("shouts", () => assert.equal(heard(() => shout("a")), "A\n"));
it("counts", () => {
	const all = heard(() => count(100000));
	assert.ok(all.startsWith("0\n1\n2\n"));
	assert.match(all, /bytes more were printed\]\n$/);
});
END
cat >heard/solutions/accepted/a/heard.mjs <<'END'
export const add = (a, b) => a + b;
export const shout = (word) => { console.log(word.toUpperCase()); };
export const count = (most) => { for (let n = 0; n < most; n++) console.log(n); };
END
sed '1s/.*/export const add = (a, b) => { console.log("debug ".repeat(42000)); return a + b; };/' heard/solutions/accepted/a/heard.mjs >much/heard.mjs
run assay task pin $sampled heard
claim 'of what is more than a test can hear, it hears the head and how much more there was' ended 0
grade heard much
claim 'no test hears less because others print' is "r['points'] == r['max_points'] == 11"
claim 'and the log has a head of it' is \
	"'debug debug' in r['runs'][0]['log'] and 'bytes more were printed]' in r['runs'][0]['log']"

# --- modules that can't be loaded ---

says() { # says SENTENCE TASK WORDS: every test of the submission in `broken` says so
	grade "$2" broken
	claim "$1" is "r['points'] == 0 and all('$3' in t['reason'] for t in r['tests'])"
}
mkdir broken
cp -R "$basket" shared
rm -rf shared/solutions/[b-z]* shared/tests/*.json
sed 's/"against": "module"/"against": "shared"/; s/"module": {[^}]*},//' "$basket/task.json" >shared/task.json
sed -i 's|from "\./|from "/work/|' shared/tests/unit/*
run assay task pin $sampled shared
printf '\nexport const slug = null.text;\n' >broken/basket.mjs
says 'what a module throws when it is loaded stands at every test' "$basket" \
	"before the first: Error: the module can\\'t be loaded: TypeError: Cannot read properties of null"
claim 'the log of the module says where it was' is \
	"'/work/basket.mjs:2:' in [x['log'] for x in r['runs'] if x['what'] == 'module'][0]"
says 'without a bridge it is what Node complains of' shared 'before the first: SyntaxError: The requested module'
echo 'export const slug = (' >broken/basket.mjs
says 'a mistake in its text does, too' "$basket" 'SyntaxError: Unexpected end of input'
echo 'process.exit(0);' >broken/basket.mjs
says 'and an end of the process' "$basket" 'has ended'
echo 'export const slug = 1;' >broken/basket.mjs
says 'and a name that it lacks' "$basket" 'does not provide an export named'
cat >broken/basket.mjs <<'END'
import { closeSync } from "node:fs";
const leave = () => { closeSync(3); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); };
export { leave as Basket, leave as BasketError, leave as chunk, leave as countUp, leave as debounce, leave as groupBy,
	leave as moveToFront, leave as retry, leave as slug, leave as summary };
END
grade "$basket" broken
claim 'a process that only closes its stream, time after time, is no failure of the tests' \
	is "r['points'] == 0 and not any('tests were stopped' in t['reason'] for t in r['tests'])"
claim 'and is told' is "any(\"the solution's process has ended\" in t['reason'] for t in r['tests'])"
mkdir -p common/starter common/tests/unit common/solutions/accepted/a broken
sed 's/lists/common/g; s/common.mjs/common.js/g' lists/task.json >common/task.json
echo x >common/statement.md && touch common/starter/common.js
echo 'exports.one = () => 1; exports.default = 2;' >common/solutions/accepted/a/common.js
cat >common/tests/unit/common.test.mjs <<'END'
import { it } from "node:test";
import assert from "node:assert/strict";
import { one } from "./common.js";
it("is one", () => assert.equal(one(), 1));
END
run assay task pin $sampled common
claim 'a CommonJS module can be imported by names' ended 0
rm broken/* && echo 'throw new RangeError("not today");' >broken/common.js
says 'and if it throws, it is that error' common 'RangeError: not today'
echo '{"type": "module"}' >common/starter/package.json
echo 'export const one = () => 1;' >common/solutions/accepted/a/common.js
rm -f common/tests/*.json
run assay task pin $sampled common
claim 'a package.json makes it an ES module' ended 0
says 'which says as much' common 'RangeError: not today'

# --- what dying costs, whatever is made of the error ---

mkdir -p swallows/starter swallows/tests/unit swallows/solutions/accepted/a dies leaves
sed 's/lists/swallows/g' lists/task.json >swallows/task.json
echo x >swallows/statement.md && touch swallows/starter/swallows.mjs
cat >swallows/solutions/accepted/a/swallows.mjs <<'END'
export function swap(pair) { [pair[0], pair[1]] = [pair[1], pair[0]]; }
export const under = (value) => value < 5;
export function soon(call, ms) { setTimeout(call, ms); }
END
cat >swallows/tests/unit/swallows.test.mjs <<'END'
import { after, before, describe, it, test } from "node:test";
import assert from "node:assert/strict";
import { soon, swap, under } from "./swallows.mjs";

function raises() {
	try {
		swap(null);
	} catch {
		return true;
	}
	return false;
}

describe("before", () => {
	let raised;
	before(() => { raised = raises(); });
	it("raised", () => assert.ok(raised));
	after(() => { raises(); });
});
test("first", () => assert.ok(under(1)));
describe("before with a callback", () => {
	let raised;
	before((context, done) => { raised = raises(); done(); });
	it("raised", () => assert.ok(raised));
});
await test("around", async (t) => {
	await t.test("ahead", () => assert.ok(under(1)));
	const raised = raises();
	await t.test("behind", () => assert.ok(raised));
});
test("asks a part", async (t) => {
	let raised;
	await t.test("that skips itself", (part) => {
		raised = raises();
		part.skip();
	});
	await t.test("and uses it", () => assert.ok(raised));
});
test("skips itself", (t) => t.skip());
describe("body", async () => {
	const raised = raises();
	it("raised", () => assert.ok(raised));
});
describe(function grouped() {
	it("by a function's name", () => assert.ok(under(1)));
});
test("raised", () => assert.ok(raises()));
describe("together", { concurrency: true }, () => {
	for (const ms of [5, 60])
		it(`for ${ms} ms`, () => new Promise((resolve) => soon(resolve, ms)));
});
describe("at the same time", { concurrency: true }, () => {
	it("raised", async () => {
		await null;
		assert.ok(raises());
	});
	it("waits", () => new Promise((resolve) => setTimeout(resolve, 30)));
});
test("last", () => assert.ok(under(1)));
END
run assay task pin $sampled swallows
claim 'tests may take any failure, also before many tests or around them' said '14 tests'
grade swallows swallows/solutions/accepted/a
claim 'and pass' is "r['points'] == r['max_points'] == 14"
sed 's/{ \[pair.*/{ process.exit(0); }/' swallows/solutions/accepted/a/swallows.mjs >dies/swallows.mjs
grade swallows dies
claim 'but those do not that a death would help' is \
	"[t['name'] for t in r['tests'] if t['outcome'] == 'passed'] == \
	['first', 'around > ahead', \"grouped > by a function's name\", 'together > for 5 ms', 'together > for 60 ms', 'last']"
claim 'and what happened between two tests is told' is "any('(between two tests)' in a for n in r['report'] for a in n['anomalies'])"
{ cat swallows/solutions/accepted/a/swallows.mjs && echo 'setTimeout(() => process.exit(0), 5);'; } >leaves/swallows.mjs
cat >swallows/tests/unit/swallows.test.mjs <<'END'
import { test } from "node:test";
import assert from "node:assert/strict";
import { under } from "./swallows.mjs";

assert.ok(under(1));
await new Promise((resolve) => setTimeout(resolve, 100));
test("first", () => assert.ok(under(1)));
test("last", () => assert.ok(under(1)));
END
rm swallows/tests/*.json
run assay task pin $sampled swallows
grade swallows leaves
claim 'a process that leaves while nobody waits for it costs nothing' is "r['points'] == r['max_points'] == 2"
sed -i 's/^assert.ok(under(1));/try { swap(null); } catch {}/; s/import { under }/import { swap, under }/' \
	swallows/tests/unit/swallows.test.mjs
rm swallows/tests/*.json
run assay task pin $sampled swallows
grade swallows dies
claim 'but before the first test each of them, if somebody does' is "r['points'] == 0"
claim 'which says why' is "all('process has ended' in t['reason'] for t in r['tests'])"

# --- what can't be followed ---

cp -R "$basket" split
sed 's/"node", /"node", "--test", /' "$basket/task.json" >split/task.json
grade split "$basket/solutions/accepted/plain"
claim 'node --test, whose processes can reach no module, is refused' ended 4
claim 'and it is said what to write instead' complained 'name the file instead, as in: node /tests/all.test.mjs'
finish
