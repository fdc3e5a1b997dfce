#!/bin/sh
# SPDX-License-Identifier: MIT
# takes long
# A new task package verifies at once, whatever its kind and language.
. tests/cli/lib.sh
begin
sampled=
[ "$(id -u)" = 0 ] || sampled=--allow-sampled
export TMPDIR="$place/tmp"
mkdir "$TMPDIR"
templates=$top/build/templates

run assay task new --language python "my sum"
claim 'a coding task is written' ended 0
claim 'the next command is named, as a shell wants it' said "Next: assay task verify 'my sum'"
claim 'and where its explanation stands' said 'README.md'
claim "the directory's name is the task's id" grep -qF '"id": "my-sum"' 'my sum/task.json'
claim 'the statement is there in both languages' test -s 'my sum/statement.md' -a -s 'my sum/statement.de.md'
run assay task new --language python "my sum"
claim 'a second time is a conflict' ended 5
run assay --lang de task new --kind review schau
claim 'German speaks of it in German' said 'Weiter: assay task verify schau'
run assay --json task new --kind design entwurf
claim 'JSON lists the files' python3 -c 'import json, sys; r = json.load(open(sys.argv[1])); assert r["task"] == "entwurf" and "probes.json" in r["files"]' "$out"
run assay task new --language cobol x
claim 'a language without a template is a usage mistake' ended 2
claim 'that names those there are' complained 'bash, c, cpp, go, java, javascript, python, rust, typescript'
claim 'and nothing was written' test ! -e x
run assay --lang de task new x
claim 'a missing language is told in German' complained 'braucht --language'
run assay task new --kind quiz x
claim 'an unknown kind names the kinds' complained 'coding, design, review or conversation'
mkdir here && cd here || exit 1
run assay task new --kind conversation
claim 'without a directory it is the one we stand in' test -f questions.json
cd .. || exit 1

if ! assay-box $sampled -- /usr/bin/true 2>"$err"; then
	skip 'new tasks verify at once' "no box: $(head -n 1 "$err")"
	finish
	exit
fi

kinds=
holds() { # holds NAME KIND OPTION...: a new package verifies at once, where this machine has what it needs
	made=$1 kind=$2
	shift 2
	run assay task new "$@" "$made"
	claim "$made is written" ended 0
	lacks=$(python3 -c 'import json, shutil, sys
task = json.load(open(sys.argv[1]))
print(*[c for c in task.get("needs", {}).get("commands", []) if not shutil.which(c)])' "$made/task.json")
	if [ -n "$lacks" ]; then
		skip "$made verifies at once" "no $lacks in /usr/bin"
		return
	fi
	# The first of each kind as an author would, beside a busy neighbour as well; the others differ in their language.
	case " $kinds " in *" $kind "*) rounds='--rounds 1' ;; *) rounds= ;; esac
	kinds="$kinds $kind"
	# shellcheck disable=SC2086 # an option and its value
	run assay task verify $sampled $rounds --jobs 2 "$made"
	claim "$made verifies at once" ended 0
	[ -n "$rounds" ] || [ ! -d "$made/solutions/accepted" ] || claim "$made five times" said ', 5 times'
}

for template in "$templates"/coding-*-*; do
	words=${template##*/coding-}
	holds "$words" "${words%%-*}" --language "${words#*-}" --against "${words%%-*}"
done
# The shared one of JavaScript tells test by test: what passed before the end counts.
sed -i 's/"cpu_ms": 10000/"cpu_ms": 1000/' shared-javascript/task.json && mkdir loops
cat >loops/slug.js <<'END'
exports.slug = (text) => {
	while (text.startsWith("one")) ;
	return text.toLowerCase().replaceAll(" ", "-");
};
END
if [ -x /usr/bin/node ]; then
	run assay grade $sampled --task shared-javascript --submission loops
	claim 'tests that are stopped have told of those before' grep -qF '"points": 1,' "$out"
	claim 'and which was the one' said 'the tests were stopped: used up its processor time'
else
	skip 'tests that are stopped have told of those before' 'no node'
fi
for kind in design review conversation; do holds "a-$kind" "$kind" --kind "$kind"; done

finish
