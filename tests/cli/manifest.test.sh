#!/bin/sh
# SPDX-License-Identifier: MIT
# The manifest, end to end: how long a test may take, what groups are worth, who learns what, what comes first.
. tests/cli/lib.sh
begin
tasks=$top/tests/cases/tasks
sampled=
[ "$(id -u)" = 0 ] || sampled=--allow-sampled
export TMPDIR="$place/tmp"
mkdir "$TMPDIR"

if ! assay-box $sampled -- /usr/bin/true 2>"$err"; then
	skip 'a manifest decides what counts' "no box: $(head -n 1 "$err")"
	finish
	exit
fi

grade() { run assay grade $sampled --task "$1" --submission "$2" $3; }
is() { python3 -c 'import json, sys; r = json.load(open(sys.argv[1])); sys.exit(not eval(sys.argv[2]))' "$out" "$1"; }

# --- the time of a test ---

cp -R "$tasks/greet" timed
sed -i 's/"compare": "exact"/"compare": "exact", "test_ms": 200/' timed/task.json
sed -i '0,/"points": 1,/! {0,/"points": 1,/ s/"points": 1,/"points": 1, "test_ms": 2500,/}' timed/tests/manifest.json
mkdir sleeper
{ echo 'sleep 0.7' && cat "$tasks/greet/solutions/accepted/lines/greet.sh"; } >sleeper/greet.sh
grade timed sleeper
claim 'a case that takes longer than its suite allows is stopped then' \
	is "r['runs'][0]['verdict'] == 'wall_limit' and r['runs'][0]['wall_ms'] < 700"
claim "and its time is a limit of the submission's" is "r['verdict'] == 'time_limit' and r['points'] == 1"
claim 'one that has more time of its own passes' is "r['tests'][1]['outcome'] == 'passed'"

# --- groups and what comes first ---

grouped() { # grouped RULE: what 'partial/no-tabs' earns when all cases of word-count are one group
	cp -R "$tasks/word-count" "grouped-$1"
	python3 - "grouped-$1/tests/manifest.json" "$1" <<'END'
import json, sys
path, rule = sys.argv[1:]
manifest = json.load(open(path))
for test in manifest["tests"]:
    test["group"] = "words"
manifest["groups"] = [{"id": "words", "rule": rule}]
json.dump(manifest, open(path, "w"))
END
	grade "grouped-$1" "$tasks/word-count/solutions/partial/forgets-tabs"
}
grouped sum
claim 'the rule sum adds up what passed' is "r['points'] == 3"
grouped all
claim 'the rule all gives all or nothing' is "r['points'] == 0"
claim 'and says of each test that passed why it earns nothing' \
	is "sum('counts only as a whole' in (t['reason'] or '') for t in r['tests'] if t['outcome'] == 'passed') == 3"
grouped min
claim 'the rule min gives all the share of the weakest' is "r['points'] == 0"

cp -R "$tasks/word-count" ordered
python3 - ordered/tests/manifest.json <<'END'
import json, sys
manifest = json.load(open(sys.argv[1]))
manifest["tests"][0]["depends"] = [manifest["tests"][2]["name"]]
json.dump(manifest, open(sys.argv[1], "w"))
END
grade ordered "$tasks/word-count/solutions/partial/forgets-tabs"
claim 'a test whose dependency failed is not run' \
	is "r['tests'][0]['outcome'] == 'not_run' and 'depends on cases/03' in r['tests'][0]['reason']"
claim 'and earns nothing' is "r['points'] == 2"

# --- languages ---

cp -R "$tasks/stack" mute
python3 - mute/tests/manifest.json <<'END'
import json, sys
manifest = json.load(open(sys.argv[1]))
del manifest["tests"][0]["says"]["de"]
json.dump(manifest, open(sys.argv[1], "w"), indent=1)
END
run assay task show mute
claim 'a sentence for candidates must be there in every language of the task' ended 4
claim 'and the mistake has its place' complained '/tests/0/says lacks "de", a language of this task'

finish
