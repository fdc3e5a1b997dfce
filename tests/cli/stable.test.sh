#!/bin/sh
# SPDX-License-Identifier: MIT
# Same work, same evidence: equal pins and equal submissions give equal bytes, whoever grades them, where, when and beside
# what; and a program finds the same surroundings each time.
# also as an ordinary user
. tests/cli/lib.sh
begin
tasks=$top/tests/cases/tasks
export TMPDIR="$place/tmp"
mkdir "$TMPDIR"
chmod 1777 "$TMPDIR"

# The mode of limits is a pin; root and an ordinary user have the same one only where both are watched.
if ! assay-box --allow-sampled -- /usr/bin/true 2>"$err"; then
	skip 'equal work gives equal bytes' "no box: $(head -n 1 "$err")"
	finish
	exit
fi
grade() { run assay grade --allow-sampled --stable --task "$1" --submission "$2"; }
is() { python3 -c 'import json, sys; r = json.load(open(sys.argv[1])); sys.exit(not eval(sys.argv[2]))' "$out" "$1"; }

# Everything that a suite can take its course from: it is printed as a test's name, which --stable shows.
cp -R "$tasks/key-store" probe
cat >probe/tests/visible/check.py <<-'END2'
	import os, random, sys, tempfile, time
	facts = {
	    "environment": sorted(os.environ.items()), "set": list({"alpha", "beta", "gamma", "delta"}), "zone": time.tzname,
	    "encoding": sys.getfilesystemencoding(), "home": os.path.expanduser("~"), "temporary": tempfile.gettempdir(),
	    "here": os.getcwd(), "files": sorted(os.listdir("/tests")), "user": os.getuid(), "mask": os.umask(0o22),
	    "name": os.uname().nodename, "random": random.Random(os.environ["ASSAY_SEED"]).random(), "path": sys.path,
	}
	print("1..%d" % len(facts))
	for number, (fact, value) in enumerate(facts.items(), 1):
	    print(f"ok {number} - {fact} {value!r}".replace("#", "+"))
END2
answer=$tasks/key-store/solutions/accepted/http-server
grade probe "$answer"
cp "$out" first
claim 'a suite sees its surroundings' is "len(r['report'][0]['unexpected']) == 13"
for variable in PYTHONHASHSEED PYTHONNOUSERSITE PERL_HASH_SEED SOURCE_DATE_EPOCH TZ LANG ASSAY_SEED PYTEST_ADDOPTS; do
	claim "which have a fixed $variable" said "'$variable', "
done
grade probe "$answer"
claim 'they are the same the next time' cmp first "$out"
run env TZ=Asia/Tokyo LC_ALL=de_DE.UTF-8 LANG=de_DE LANGUAGE=de HOME=/nowhere PYTHONHASHSEED=7 PYTHONPATH=/tmp \
	PYTEST_ADDOPTS=-v NODE_OPTIONS=--no-warnings ASSAY_SEED=1 SOURCE_DATE_EPOCH=1 \
	assay grade --allow-sampled --stable --task probe --submission "$answer"
claim 'in another environment, language and time zone' cmp first "$out"
mkdir -p "deep/er and/é" && cp -R probe "deep/er and/é/p" && cp -R "$answer" "deep/s"
touch -d 1999-12-31 "deep/er and/é/p/tests/visible/check.py" deep/s/server.py
run sh -c 'cd "deep/er and" && umask 077 && exec assay grade --allow-sampled --stable --task é/p --submission ../s'
claim 'from another folder, with other dates and another umask' cmp first "$out"
mkdir elsewhere && chmod 1777 elsewhere
run env TMPDIR="$place/elsewhere" assay grade --allow-sampled --stable --task probe --submission "$answer"
claim 'with temporary files elsewhere' cmp first "$out"
cp -R probe cloned && (cd cloned && git init -q . && git add . && git -c user.name=a -c user.email=a@b commit -qm a)
grade cloned "$answer"
claim 'from a clone, whose history is no part of a task' cmp first "$out"
if [ "$(id -u)" = 0 ]; then
	cp -R "$top/build/assay" "$top/build/assay-box" "$top/build/reporters" .
	chmod -R a+rX probe
	cp -R "$answer" theirs && chmod -R a+rX theirs
	run setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/ \
		./assay grade --allow-sampled --stable --task probe --submission theirs
	alike() { sed 's/"limits_mode": "[a-z0-9]*"/"limits_mode": "…"/' "$1" >"$1.modes"; }
	alike first && alike "$out"
	claim 'as another user, but for the mode of limits' cmp first.modes "$out.modes"
else
	skip 'as another user, but for the mode of limits' 'only root can become one'
fi
loops=
for _ in 1 2 3 4; do
	nice -n 19 sh -c 'while :; do :; done' &
	loops="$loops $!"
done
grade probe "$answer"
# shellcheck disable=SC2086 # a list of numbers
kill $loops
claim 'and beside programs that take all processors' cmp first "$out"

# Tests in a fixed order, and only those of the suite: what is installed or lies around shuffles nothing.
cp -R "$tasks/stack" ordered
cat >ordered/tests/unit/test_stack.py <<-'END2'
	import os
	import pytest


	def test_c():
	    open("/tmp/order", "a").write("c")


	@pytest.mark.parametrize("value", list({"x", "y", "z"}))
	def test_a(value):
	    open("/tmp/order", "a").write(value)


	def test_b():
	    pytest.fail(open("/tmp/order").read())
END2
run assay grade --allow-sampled --task ordered --submission "$tasks/stack/solutions/accepted/list"
cp "$out" order
run assay grade --allow-sampled --task ordered --submission "$tasks/stack/solutions/accepted/list"
same_order() {
	python3 - order "$out" <<-'END2'
		import json, re, sys
		orders = [[a for a in json.load(open(name))["report"][0]["unexpected"]] for name in sys.argv[1:]]
		sys.exit(orders[0] != orders[1] or len(orders[0]) != 5)
	END2
}
claim 'tests and their parameters keep their order' same_order

finish
