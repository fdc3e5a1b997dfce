#!/bin/sh
# SPDX-License-Identifier: MIT
# takes long
# also as an ordinary user
# Tests that reach a module through the bridge: honest solutions of other shapes than the reference, what can't cross,
# processes that die, and frames that nobody should send. (That cheats earn nothing is proved by the task toolbox itself.)
. tests/cli/lib.sh
begin
toolbox=$top/tests/cases/tasks/toolbox
sampled=
[ "$(id -u)" = 0 ] || sampled=--allow-sampled
export TMPDIR="$place/tmp"
mkdir "$TMPDIR"

# --- frames ---

run /usr/bin/python3 -B -W ignore "$top/tests/support/bridge_frames.py" "$top/build/bridge/python/source" 1 4000
claim 'four thousand wrong frames do no harm' ended 0
run /usr/bin/python3 -B "$top/tests/support/bridge_wire.py" "$top/build/bridge/python/source"
claim 'either end stays awake for what comes at once, and sleeps for what does not' ended 0

if ! assay-box $sampled -- /usr/bin/true 2>"$err"; then
	skip 'modules are graded' "no box: $(head -n 1 "$err")"
	finish
	exit
fi

is() { python3 -c 'import json, sys; r = json.load(open(sys.argv[1])); sys.exit(not eval(sys.argv[2]))' "$out" "$1"; }
grade() { run assay grade $sampled --task "$1" --submission "$2"; }
reason() { is "any('$2' in (t['reason'] or '') for t in r['tests'] if t['name'].endswith('$1'))"; }

# --- shapes: the profile is that of one plain solution ---

cp -R "$toolbox" narrow
rm -rf narrow/solutions/accepted/by-hand narrow/tests/profile.json
grade narrow "$toolbox/solutions/accepted/plain"
claim 'without its profile a module suite is refused' ended 4
claim 'and it is said who writes it' complained 'tests/profile.json is missing'
run assay task pin $sampled narrow
claim 'pin writes it' ended 0
for shape in "$top"/tests/cases/module/shapes/*; do
	grade narrow "$shape"
	claim "an honest solution of another shape earns everything: $(basename "$shape")" is \
		"r['points'] == r['max_points'] == 45 and r['verdict'] == 'accepted'"
done
claim 'nothing of it can be forged' is "r['forgeable'] is False and not any(n['forgeable'] for n in r['report'])"
grade narrow "$toolbox/solutions/forged/equal-to-everything"
claim 'an object in place of plain data is named' reason .test_equal 'mean() gave an object of the class Yes'
grade narrow "$toolbox/solutions/partial/dies-in-one-function"
claim 'a process that dies costs the tests that it dies in' is "r['points'] == 40"
claim 'and they say so' reason test_words_are_sorted 'process has ended'
grade narrow "$toolbox/solutions/partial/hangs-in-one-function"
claim 'one that hangs, too' reason test_even_and_odd 'took longer than the 1000 ms of a test'

# --- a task of its own ---

mkdir -p own/starter own/tests/unit own/solutions/accepted/a && cd own || exit 1
echo x >statement.md
cat >task.json <<'END'
{"format": 1, "id": "own", "kind": "coding", "title": {"en": "Own"}, "minutes": 5,
 "files": {"editable": ["own.py"]}, "module": {"language": "python", "name": "own"},
 "suites": [{"id": "unit", "against": "module", "visibility": "hidden", "report": "junit",
   "argv": ["python3", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:anyio", "--junitxml=/report/report.xml", "/tests"]}]}
END
echo 'SHARED = [1, 2]' >starter/helper.py
cat >solutions/accepted/a/own.py <<'END'
"""The own module."""
import asyncio
import dataclasses
import enum
import functools
from helper import SHARED


class Point:
    """A point."""

    def __init__(self, x, y=0):
        self.x, self.y = x, y

    def __eq__(self, other):
        return (self.x, self.y) == (other.x, other.y)

    def moved(self, by=1):
        return type(self)(self.x + by, self.y)


def ask():
    return input("name? ").upper()


def say(what):
    print("saying", what)


def read(path):
    with open(path) as file:
        return file.read()


async def later(value):
    await asyncio.sleep(0)
    return value + len(SHARED)


def swap(pair):
    pair[0], pair[1] = pair[1], pair[0]


def again(function, *args, **kwargs):
    return function(*args, **kwargs)


def tree(depth):
    return [tree(depth - 1)] if depth else []


class Letters:
    def __getitem__(self, at):
        return "abcdef"[at]


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2


@dataclasses.dataclass(frozen=True)
class Fixed:
    value: int


def doubled(function):
    @functools.wraps(function)
    def wrapper(*args):
        return 2 * function(*args)

    return wrapper


async def all_of(functions):
    return await asyncio.gather(*[function(2) for function in functions])


limit = 3


def under(value):
    return value < limit


def entry(word):
    return word, len(word)


def looked_through(box):
    with box as inside:
        return len(box), box[3], inside


def longest(entries):
    return max(entries, key=lambda entry: entry[1])[0]
END
cat >tests/unit/test_own.py <<'END'
import asyncio
import dataclasses
import inspect
import unittest
from unittest import mock

import helper
import own
import pytest


def test_compares_two_of_its_own():
    assert own.Point(1, 2) == own.Point(1, 2)


def test_a_class_of_the_tests_can_inherit():
    class Far(own.Point):
        def moved(self, by=1):
            return super().moved(by + 10)

    assert Far(1).moved().x == 12
    assert isinstance(Far(1), own.Point)


def test_what_it_reads_comes_from_the_tests(monkeypatch):
    monkeypatch.setattr("builtins.input", lambda prompt: prompt + "ada")
    assert own.ask() == "NAME? ADA"


def test_what_it_prints_is_captured(capsys):
    own.say("hello")
    assert capsys.readouterr().out == "saying hello\n"


def test_the_module_can_be_patched():
    with mock.patch("own.open", mock.mock_open(read_data="patched"), create=True):
        assert own.read("anything") == "patched"
    with mock.patch.object(own, "limit", 10):
        assert own.under(5)
    assert not own.under(5)


def test_coroutines_are_awaited():
    assert inspect.iscoroutinefunction(own.later)
    assert asyncio.run(own.later(3)) == 5


def test_lists_are_the_same_on_both_sides():
    pair = [1, 2]
    own.swap(pair)
    assert pair == [2, 1]
    assert own.again(lambda a, b=0: a is b, pair, b=pair)


def test_words_signatures_and_names():
    assert own.Point.__doc__ == "A point." and own.__doc__ == "The own module."
    assert str(inspect.signature(own.again)) == "(function, *args, **kwargs)"
    assert own.say.__name__ == "say"
    assert "moved" in dir(own.Point(1))


def test_helpers_of_the_task_are_there():
    assert helper.SHARED == [1, 2]


def test_a_hundred_levels():
    value = own.tree(100)
    for _ in range(100):
        value = value[0]
    assert value == []


def test_errors_of_the_tests_pass_through():
    class Ours(Exception):
        pass

    def broken():
        raise Ours("here")

    with pytest.raises(Ours, match="here"):
        own.again(broken)


def test_what_it_gave_is_handed_back():
    entries = [own.entry("of"), own.entry("these")]
    for handed in (entries, entries[::-1], entries * 2):
        assert own.longest(handed) == "these"


def test_a_mock_is_asked_as_the_language_asks():
    box = mock.MagicMock()
    box.__len__.return_value = 2
    box.__getitem__.side_effect = lambda at: at * 2
    assert own.looked_through(box) == (2, 6, box.__enter__.return_value)
    box.__len__.assert_called_once_with()
    box.__getitem__.assert_called_once_with(3)
    box.__exit__.assert_called_once_with(None, None, None)


def test_what_it_gave_is_looked_at():
    assert own.entry("of") == ("of", 2)


def test_slices_are_slices():
    assert own.Letters()[1:3] == "bc" and own.Letters()[::-2] == "fdb"


def test_an_enum_of_numbers_has_both_sides():
    assert own.Level.LOW < own.Level.HIGH == 2
    assert own.Level.HIGH.name == "HIGH" and own.Level(1) is own.Level.LOW


def test_what_is_fixed_says_so_in_its_own_words():
    with pytest.raises(dataclasses.FrozenInstanceError):
        own.Fixed(1).value = 2


def test_functions_of_the_tests_can_be_decorated():
    @own.doubled
    def three():
        return 3

    assert three() == 6 and three.__name__ == "three"


def test_async_functions_of_the_tests_are_awaited():
    async def plus(number):
        await asyncio.sleep(0)
        return number + 1

    assert asyncio.run(own.all_of([plus, plus])) == [3, 3]


def test_errors_say_of_what_they_are():
    with pytest.raises(FileNotFoundError, match="/not/there") as caught:
        own.read("/not/there")
    assert caught.value.filename == "/not/there" and caught.value.errno == 2


@unittest.skip("not today")
def test_nobody_runs_this():
    assert False
END
run assay task pin $sampled .
claim 'a module suite is pinned, without the test that it skips' said '20 tests'
run assay task verify $sampled .
claim 'and holds, five times' said 'accepted, 20 points, 5 times'
claim 'verify warns of tests that compare two objects of the candidate' said \
	'suite unit: in 1 test (test_own.test_compares_two_of_its_own)'
grade . solutions/accepted/a
claim 'the result marks them, and no other' is \
	"[t['name'] for t in r['tests'] if t.get('self_judged')] == ['test_own.test_compares_two_of_its_own']"
run assay grade $sampled --format text --task . --submission solutions/accepted/a
claim 'its text counts them, and one is one' said 'Self-judged: in 1 test the candidate'
run assay --lang de grade $sampled --format text --task . --submission solutions/accepted/a
claim 'in German, too' said 'Selbst beurteilt: In 1 Test hat'
run assay grade $sampled --stable --task . --submission solutions/accepted/a
cp "$out" "$place/first"
run assay grade $sampled --stable --task . --submission solutions/accepted/a
claim 'two grades are equal to the byte' cmp -s "$out" "$place/first"

# Objects where the accepted solution has tuples: what the tests only hand back may be anything.
mkdir objects
sed '/^def entry/,$d' solutions/accepted/a/own.py >objects/own.py
cat >>objects/own.py <<'END'
class Entry:
    def __init__(self, word):
        self.word = word

    def __eq__(self, other):
        return True


entry = Entry


def looked_through(box):
    with box as inside:
        return len(box), box[3], inside


def longest(entries):
    return max(entries, key=lambda entry: len(entry.word)).word
END
grade . objects
claim 'an object in place of plain data may be handed back, again and again' is \
	"[t['name'] for t in r['tests'] if t['outcome'] != 'passed'] == ['test_own.test_what_it_gave_is_looked_at']"
claim 'but not looked at' reason test_what_it_gave_is_looked_at 'entry() gave an object of the class Entry'

echo 'import types' >>solutions/accepted/a/own.py
printf '\n\ndef test_modules_stay():\n    assert own.types.SimpleNamespace\n' >>tests/unit/test_own.py
run assay task pin $sampled .
claim 'what cannot cross is said to the author' complained 'the module types can'"'"'t cross between the tests and the solution'
claim 'with the test that wants it' complained 'test_own.test_modules_stay'
claim 'and nothing is pinned' ended 4
sed -i 's/"-m", "pytest"/"-I", "-m", "pytest"/' task.json
run assay task pin $sampled .
claim 'a tester that reads no PYTHONPATH is refused' ended 4
sed -i 's/"-I", "-m", "pytest"/"-m", "pytest"/; s/"python", "name"/"rust", "name"/' task.json
run assay task pin $sampled .
claim 'a language without a bridge is refused' complained '/module/language'

# --- a script, whose exit status is the test ---

sed -i 's/"rust", "name"/"python", "name"/; s/"report": "junit"/"report": "exit"/
	s|"-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:anyio", "--junitxml=/report/report.xml", "/tests"|"/tests/script.py"|' task.json
rm -r tests/*.json tests/unit/*
printf 'import own\n\nassert own.under(1) and not own.under(5)\ntry:\n    own.exits()\nexcept SystemExit as error:\n    assert error.code == 3\n' >tests/unit/script.py
printf '\n\ndef exits():\n    raise SystemExit(3)\n' >>solutions/accepted/a/own.py
run assay task pin $sampled .
claim 'a script does, too, and may wait for an exit' ended 0
mkdir exits && sed 's/^    return value < limit/    raise SystemExit(0)/' solutions/accepted/a/own.py >exits/own.py
grade . exits
claim 'but a solution that exits does not end it as if all were well' is "r['points'] == 0"
sed -i 's/^except SystemExit as error:/except BaseException as error:/; s/error.code == 3/str(error)/' tests/unit/script.py
grade . solutions/accepted/a
claim 'it may take whatever comes' is "r['points'] == 1"
sed 's/^    raise SystemExit(3)/    import os; os._exit(3)/' solutions/accepted/a/own.py >exits/own.py
grade . exits
claim 'and a death is still none of it' is "r['points'] == 0 and 'process has ended' in r['tests'][0]['reason']"

# --- what doesn't cross ---

mkdir -p looks/tests/unit looks/starter looks/solutions/accepted/a
cp task.json statement.md looks/ && cp starter/* looks/starter/
sed -i 's|"/tests/script.py"|"-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:anyio", "--junitxml=/report/report.xml", "/tests"|; s/"report": "exit"/"report": "junit"/' looks/task.json
printf 'class Own:\n    def __init__(self):\n        self.held = 1\n' >looks/solutions/accepted/a/own.py
printf 'import own\n\n\ndef test_looks():\n    assert own.Own().__dict__ == {"held": 1}\n' >looks/tests/unit/test_looks.py
run assay task pin $sampled looks
claim 'a test that asks for what does not cross is not pinned' ended 4
claim 'and its author is told where to look' complained "see in tasks/README.md what doesn't cross between two"

# --- what a module does when it is imported: ahead of the tests, but seen by nobody else ---

sed -i 's|"/tests/script.py"|"-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:anyio", "--junitxml=/report/report.xml", "/tests"|; s/"report": "exit"/"report": "junit"/
	s/"minutes": 5,/"minutes": 5, "limits": {"wall_ms": 4000, "cpu_ms": 1000},/' task.json
rm -r tests/*.json tests/unit/* solutions/*/*
mkdir solutions/accepted/a
cat >solutions/accepted/a/own.py <<'END'
print("awake")
name = input("who? ")
print("hello", name)


def greet():
    return name
END
cat >tests/unit/test_own.py <<'END'
def test_what_it_asks_and_prints_at_its_import(monkeypatch, capsys):
    monkeypatch.setattr("builtins.input", lambda prompt: prompt + "ada")
    import own

    assert capsys.readouterr().out == "awake\nhello who? ada\n"
    assert own.greet() == "who? ada"
END
run assay task pin $sampled .
claim 'a module may ask and print when it is imported' ended 0
grade . solutions/accepted/a
claim 'in the test that imports it' is "r['points'] == 1"
mkdir raises ends waits
echo 'raise KeyError("at once")' >raises/own.py
echo 'import os; os._exit(0)' >ends/own.py
echo 'while True: pass' >waits/own.py
grade . raises
claim 'what it raises is raised there' is "r['points'] == 0 and \"KeyError: 'at once'\" in r['tests'][0]['reason']"
mkdir -p early/tests/unit early/starter early/solutions/accepted/a broken
cp task.json statement.md early/ && cp starter/* early/starter/
printf 'def greet():\n    return "ada"\n' >early/solutions/accepted/a/own.py
printf 'from own import greet\n\n\ndef test_greets():\n    assert greet()\n' >early/tests/unit/test_all.py
printf '\n\ndef greet():\n    return (1\n' >broken/own.py
run assay task pin $sampled early
grade early broken
claim 'a test that is missing because its file could not import the module says so' is \
	"[t['reason'] for t in r['tests']] == [\"test_all: SyntaxError: '(' was never closed\"]"
claim 'and the log of the module says where it was' is \
	"[x['log'] for x in r['runs'] if x['what'] == 'module'][0].count('own.py\", line 4') == 1"
grade . ends
claim 'one that ends the process is told from one that is missing' reason test_what_it_asks_and_prints_at_its_import 'process has ended'
grade . waits
claim 'one that never comes back has used up its time' is "r['points'] == 0 and r['verdict'] == 'time_limit'"

# --- what is noted of a test, whatever the solution is called and says ---

mkdir -p noted/tests/unit noted/starter noted/solutions/accepted/a wordy
cp task.json statement.md noted/ && cp starter/* noted/starter/
cat >noted/solutions/accepted/a/own.py <<'END'
class Account:
    def __init__(self, number):
        self.number = number

    def __eq__(self, other):
        return self.number == other.number


def name():
    return "ada"
END
cat >noted/tests/unit/test_own.py <<'END'
import own


def test_equal():
    assert own.Account(1) == own.Account(1)


def test_number():
    assert own.Account(3).number == 3


def test_name():
    assert own.name() == "ada"
END
cat >wordy/own.py <<'END'
Other = type(chr(0x1D49C) * 1000, (), {})


class Account:
    def __new__(cls, number):
        return Other() if number == 3 else object.__new__(cls)

    def __eq__(self, other):
        return True


Account.__name__ = Other.__name__


def name():
    return "ada"
END
run assay task pin $sampled noted
grade noted wordy
claim 'long names of classes take no mark away' \
	is "[t['name'] for t in r['tests'] if t.get('self_judged')] == ['test_own.test_equal']"
claim 'and stand shortened in a reason' reason test_number '[...]'
claim 'of which nothing is odd' is "r['report'][0]['anomalies'] == []"
cp -R noted unrecorded
sed -i 's/^import own$/import atexit\nimport os\n\nimport own\n\natexit.register(os._exit, 0)/' unrecorded/tests/unit/test_own.py
rm -rf unrecorded/tests/*.json
run assay task pin $sampled unrecorded
claim 'tests of which the bridge leaves no record are not pinned' ended 4
cp noted/tests/*.json unrecorded/tests/
unknown() { # unknown SENTENCE WORDS: every test counts as self-judged, and why is said
	claim "$1" is "len(r['tests']) == 3 and all(t.get('self_judged') for t in r['tests'])"
	claim 'and why is odd' is "['$2' in line for n in r['report'] for line in n['anomalies']] == [True]"
}
grade unrecorded noted/solutions/accepted/a
claim 'they are graded all the same' is "r['points'] == 3"
unknown 'but where nobody knows what a solution judged, it counts as its own judge' 'left no record'
sed -i 's/^import atexit/import json/; s/^import os$//; s/^atexit.*/json.dump = lambda record, file: file.write("{")/' unrecorded/tests/unit/test_own.py
grade unrecorded noted/solutions/accepted/a
unknown 'so it does where the record cannot be read' 'bridge.json:1'
printf '\n\ndef test_waits():\n    while True:\n        pass\n' >>noted/tests/unit/test_own.py
sed -i 's/"minutes": 5,/"minutes": 5, "tester_limits": {"wall_ms": 2000},/' noted/task.json
grade noted noted/solutions/accepted/a
claim 'tests that were stopped leave none, and say no more than that' is \
	"r['report'][0]['anomalies'][0].startswith('tester_limit') and len(r['report'][0]['anomalies']) == 1 and not any(t.get('self_judged') for t in r['tests'])"

# --- what is printed: the head of it, and never less because others print ---

mkdir -p chatty/tests/unit chatty/starter chatty/solutions/accepted/a much
cp task.json statement.md chatty/ && cp starter/* chatty/starter/
cat >chatty/solutions/accepted/a/own.py <<'END'
def add(a, b):
    return a + b


def shout(word):
    print(word.upper())


def count(most):
    for number in range(most):
        print(number)
END
cat >chatty/tests/unit/test_own.py <<'END'
import own
import pytest


@pytest.mark.parametrize("number", range(9))
def test_add(number):
    assert own.add(number, 1) == number + 1


def test_shout(capsys):
    own.shout("a")
    assert capsys.readouterr().out == "A\n"


def test_counts(capsys):
    own.count(100000)
    assert capsys.readouterr().out.startswith("0\n1\n2\n")
    own.shout("a")
    assert "bytes more were printed]\n" in capsys.readouterr().out
END
sed 's/^    return a + b/    print("debug " * 42000)\n    return a + b/' chatty/solutions/accepted/a/own.py >much/own.py
run assay task pin $sampled chatty
claim 'of what is more than a test can hear, it hears the head and how much more there was' ended 0
grade chatty much
claim 'no test hears less because others print' is "r['points'] == r['max_points'] == 11"
sed -i 's/^    return a + b/    return a - b/' much/own.py
grade chatty much
claim 'and tests that fail do not end the others with what was printed' is "r['points'] == 2 and r['report'][0]['anomalies'] == []"
claim 'which their log has a head of' is \
	"'debug debug' in r['runs'][0]['log'] and 'bytes more were printed]' in r['runs'][0]['log']"
sed 's/^def shout(.*/&\n    import sys\n    print("debug " * 100000, file=sys.stderr)/' chatty/solutions/accepted/a/own.py >much/own.py
grade chatty much
claim 'nor does what goes to one stream take the room of the other' is "r['points'] == r['max_points']"

sed -i 's|"-m", "pytest".*"/tests"\]|"/tests/script.py"]|; s/"report": "junit"/"report": "exit"/' chatty/task.json
rm -r chatty/tests/*.json chatty/tests/unit/*
cat >chatty/tests/unit/script.py <<'END'
import contextlib
import io

import own

for _ in range(3):
    with contextlib.redirect_stdout(io.StringIO()) as heard:
        own.count(40000)
    assert heard.getvalue().endswith("39999\n")
END
run assay task pin $sampled chatty
claim 'whoever catches it hears the head each time, in a script as well' ended 0

finish
