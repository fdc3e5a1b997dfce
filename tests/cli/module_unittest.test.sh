#!/bin/sh
# SPDX-License-Identifier: MIT
# also as an ordinary user
# Tests of plain unittest that reach a module through the bridge: each test, class and module of them answers for what the
# solution did to it, whatever it made of the error.
. tests/cli/lib.sh
begin
sampled=
[ "$(id -u)" = 0 ] || sampled=--allow-sampled
export TMPDIR="$place/tmp"
mkdir "$TMPDIR"

if ! assay-box $sampled -- /usr/bin/true 2>"$err"; then
	skip 'modules are graded' "no box: $(head -n 1 "$err")"
	finish
	exit
fi

is() { python3 -c 'import json, sys; r = json.load(open(sys.argv[1])); sys.exit(not eval(sys.argv[2]))' "$out" "$1"; }
grade() { run assay grade $sampled --task "$1" --submission "$2"; }
# Names, in which "_" may stand for a space.
lost() { is "sorted(t['name'].replace(' ', '_') for t in r['tests'] if t['outcome'] != 'passed') == sorted('$*'.split())"; }

mkdir -p own/starter own/tests/unit own/solutions/accepted/a && cd own || exit 1
echo x >statement.md
cat >task.json <<'END'
{"format": 1, "id": "own", "kind": "coding", "title": {"en": "Own"}, "minutes": 5,
 "files": {"editable": ["own.py"]}, "module": {"language": "python", "name": "own"},
 "suites": [{"id": "unit", "against": "module", "visibility": "hidden", "report": "exit",
   "argv": ["python3", "-m", "unittest", "discover", "-s", "/tests"]}]}
END
echo 'SHARED = [1, 2]' >starter/helper.py
cat >solutions/accepted/a/own.py <<'END'
import collections
import gc

Entry = collections.namedtuple("Entry", "word rank")


class Number(int):
    def twice(self):
        return self * 2


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __eq__(self, other):
        return (self.x, self.y) == (other.x, other.y)


def alive():
    return sum(type(found) is Number for found in gc.get_objects())


def swap(pair):
    pair[0], pair[1] = pair[1], pair[0]


def under(value, limit=5):
    return value < limit


def entry(word):
    return Entry(word, len(word))
END
# Variants of the solution: the line that swaps is another one.
with() { mkdir -p "$1" && sed "s/^    pair\[0\].*/    $2/" solutions/accepted/a/own.py >"$1/own.py"; }
with dies 'import os; os._exit(0)'
with hangs 'while True: pass'

# --- by its exit status ---

cat >tests/unit/test_own.py <<'END'
import unittest

import own


class Own(unittest.TestCase):
    def test_under(self):
        self.assertTrue(own.under(1))

    def test_any_failure_will_do(self):
        with self.assertRaises(Exception):
            own.swap(None)

    def test_compares_two_of_its_own(self):
        self.assertEqual(own.Point(1, 2), own.Point(1, 2))
END
run assay task pin $sampled .
claim 'unittest alone is enough' ended 0
grade . solutions/accepted/a
claim 'and its exit status is the test' is "r['points'] == 1 and r['verdict'] == 'accepted'"
claim 'which is marked, since nobody knows what the tests in it are called' is "[t['self_judged'] for t in r['tests']] == [True]"
grade . dies
claim 'a death is not the exception that a test waits for' is "r['points'] == 0"

# --- by a report of its runner's ---

mkdir -p each/tests/unit && cp -R task.json statement.md starter solutions each/
sed -i 's|"-m", "unittest", "discover", "-s", "/tests"|"/tests/run.py"|; s/"report": "exit"/"report": "tap", "test_ms": 1500/' each/task.json
cat >each/tests/unit/run.py <<'END'
import sys
import unittest

import checks
import more

class Tap(unittest.TestResult):
    count = 0

    def stopTest(self, test):
        super().stopTest(test)
        self.count += 1
        why = [text for failed, text in self.failures + self.errors if failed is test]
        print(f"{'not ' if why else ''}ok {self.count} - {test.id()}", file=report)

with open("/report/report.tap", "w") as report:
    load = unittest.defaultTestLoader.loadTestsFromModule
    tests = unittest.TestSuite([load(more), load(checks)])
    print(f"1..{tests.countTestCases()}", file=report)
    tests.run(Tap())
END
cat >each/tests/unit/more.py <<'END'
import unittest

import own


def setUpModule():
    own.swap([1, 2])


class More(unittest.TestCase):
    def test_nothing(self):
        pass
END
cat >each/tests/unit/checks.py <<'END'
import asyncio
import unittest

import own


class A(unittest.TestCase):
    def test_any_failure_will_do(self):
        try:
            own.swap(None)
        except Exception:
            pass

    def test_both(self):
        self.assertTrue(own.Point(1, 2) == own.Point(1, 2))

    def test_under(self):
        self.assertTrue(own.under(1))


class Slow(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        try:
            own.swap([1, 2])
        except Exception:
            raise

    def test_nothing(self):
        pass


class Fine(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.entry = own.entry("of")

    def test_entry(self):
        self.assertEqual(self.entry, ("of", 2))


class B(unittest.IsolatedAsyncioTestCase):
    async def test_under(self):
        await asyncio.sleep(0)
        self.assertTrue(own.under(1))
END
run assay task pin $sampled each
claim 'unittest tells which test runs, to any runner' said '7 tests'
grade each solutions/accepted/a
claim 'so that only the one is marked that compares two of its own' is \
	"[t['name'] for t in r['tests'] if t.get('self_judged')] == ['checks.A.test_both']"
grade each dies
claim 'a death costs the test that was running, whatever it did with the error, or those of the class that was begun' \
	lost checks.A.test_any_failure_will_do checks.Slow.test_nothing more.More.test_nothing
grade each hangs
claim 'and so does who takes longer than a test may' \
	lost checks.A.test_any_failure_will_do checks.Slow.test_nothing more.More.test_nothing

# --- whatever is made of the error ---

cp -R each swallows
rm swallows/tests/*.json swallows/tests/unit/more.py
sed -i 's/^import more$//; s/load(more), //' swallows/tests/unit/run.py
cat >swallows/tests/unit/checks.py <<'END'
import concurrent.futures
import unittest

import own


def swap():
    """Whether it could be done; nobody learns how it went wrong."""
    try:
        own.swap(None)
    except BaseException:
        return False
    return True


def inner_suite():
    class Inner(unittest.TestCase):
        def test_swap(self):
            self.assertFalse(swap())

        def test_under(self):
            self.assertTrue(own.under(1))

    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(Inner).run(result)
    return result.testsRun


class Swallows(unittest.TestCase):
    def test_cleans_up_by_itself(self):
        self.assertFalse(swap())
        self.doCleanups()

    def test_runs_others(self):
        self.assertEqual(inner_suite(), 2)

    def test_runs_one_without_a_result(self):
        class Inner(unittest.TestCase):
            def test_swap(self):
                swap()

        self.assertEqual(Inner("test_swap").run().testsRun, 1)

    def test_asks_in_a_thread(self):
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            self.assertTrue(pool.submit(own.swap, None).exception())

    @unittest.expectedFailure
    def test_is_expected_to_fail(self):
        own.swap(None)

    def test_skips_what_fails(self):
        try:
            own.swap([1, 2])
        except BaseException:
            self.skipTest("it can't be done")

    def test_asks_nothing(self):
        pass


class Fixture(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.raised = not swap()

    def test_raised(self):
        self.assertTrue(self.raised)


class Suite(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.run_by_it = inner_suite()

    def test_two(self):
        self.assertEqual(self.run_by_it, 2)


class Ends(unittest.TestCase):
    @classmethod
    def tearDownClass(cls):
        swap()

    def test_under(self):
        self.assertTrue(own.under(1))


class Runs(unittest.TestCase):
    def run(self, result=None):
        own.swap([1, 2])
        return super().run(result)

    def test_under(self):
        self.assertTrue(own.under(1))


class RunsOn(unittest.TestCase):
    def run(self, result=None):
        super().run(result)
        swap()

    def test_under(self):
        self.assertTrue(own.under(1))
END
run assay task pin $sampled swallows
claim 'tests may take any failure, also as a fixture, within another test or behind one' said '12 tests'
grade swallows solutions/accepted/a
claim 'and pass' lost
grade swallows dies
claim 'but none that needs it where the solution dies' lost checks.Fixture.test_raised checks.Suite.test_two \
	checks.Runs.test_under checks.RunsOn.test_under checks.Swallows.test_skips_what_fails \
	checks.Swallows.test_asks_in_a_thread checks.Swallows.test_cleans_up_by_itself \
	checks.Swallows.test_is_expected_to_fail checks.Swallows.test_runs_one_without_a_result \
	checks.Swallows.test_runs_others
claim "(which no test would have skipped for that)" is "not [t for t in r['tests'] if t['outcome'] == 'skipped']"
claim 'what is refused behind all tests of a class, or before them, is told' \
	is "any('has no test for (4, the first is' in a for n in r['report'] for a in n['anomalies'])"

# --- what a class or module of tests opened is closed ---

cp -R each closes
rm closes/tests/*.json closes/tests/unit/more.py
cat >closes/tests/unit/run.py <<'END'
import unittest

import checks


class Tap(unittest.TestResult):
    count = 0

    def stopTest(self, test):
        super().stopTest(test)
        self.tell(test.id(), not [why for failed, why in self.failures + self.errors if failed is test])

    def tell(self, name, is_well):
        self.count += 1
        print(f"{'' if is_well else 'not '}ok {self.count} - {name}", file=report)


with open("/report/report.tap", "w") as report:
    result = Tap()
    result.buffer = True
    unittest.defaultTestLoader.loadTestsFromModule(checks).run(result)
    result.tell("closed", checks.closed == ["class", "context", "module"])
    result.tell("alone", checks.Opens("test_swap_alone").run().wasSuccessful())
    result.tell("told", not [why for failed, why in result.errors if failed.id().startswith("setUp")])
    print(f"1..{result.count}", file=report)
END
cat >closes/tests/unit/checks.py <<'END'
import unittest

import own

closed = []


def setUpModule():
    unittest.addModuleCleanup(closed.append, "module")


class Opens(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.addClassCleanup(closed.append, "context")
        cls.addClassCleanup(closed.append, "class")
        print("what is printed is kept")
        own.swap([1, 2])

    def test_nothing(self):
        pass

    def test_swap_alone(self):
        try:
            own.swap([1, 2])
        except BaseException:
            pass


class Closes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.addClassCleanup(own.swap, [1, 2])

    @classmethod
    def tearDownClass(cls):
        own.swap([1, 2])

    def test_nothing(self):
        pass


class Others(unittest.TestCase):
    def test_under(self):
        self.assertTrue(own.under(1))

    def test_parts(self):
        for limit in 2, 3:
            with self.subTest(limit=limit):
                self.assertTrue(own.under(1, limit))


def tearDownModule():
    own.swap([1, 2])
END
run assay task pin $sampled closes
claim 'what is opened for a class or module of tests is closed' said '8 tests'
grade closes dies
claim 'also where the solution dies meanwhile, of which the runner is told as ever' \
	lost checks.Opens.test_nothing checks.Opens.test_swap_alone alone told
sed -i 's/^    unittest.addModuleCleanup(closed.append, "module")/&\n    unittest.addModuleCleanup(closed.append, "context")\n    unittest.addModuleCleanup(closed.append, "class")\n    own.swap([1, 2])/' \
	closes/tests/unit/checks.py
grade closes dies
claim 'and no test of a module is run that could not be set up' lost checks.Opens.test_nothing \
	checks.Opens.test_swap_alone checks.Closes.test_nothing checks.Others.test_parts checks.Others.test_under alone told

# --- parts of a test, tests of one name, values that outlive a test ---

cp -R each parts
rm parts/tests/*.json parts/tests/unit/more.py
cat >parts/tests/unit/run.py <<'END'
import unittest

import checks


class Tap(unittest.TestResult):
    told = {}

    def addSubTest(self, test, part, error):
        super().addSubTest(test, part, error)
        self.told[part.id()] = not error

    def addSuccess(self, test):
        super().addSuccess(test)
        self.told[str(test)] = True

    def addError(self, test, error):
        super().addError(test, error)
        self.told[str(test)] = False


result = Tap()
unittest.defaultTestLoader.loadTestsFromModule(checks).run(result)
with open("/report/report.tap", "w") as report:
    print(f"1..{len(result.told)}", file=report)
    for number, (name, is_well) in enumerate(result.told.items(), 1):
        print(f"{'' if is_well else 'not '}ok {number} - {name}", file=report)
END
cat >parts/tests/unit/checks.py <<'END'
import unittest

import own


class Parts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.number = own.Number(3)

    def test_parts(self):
        for does in own.under, own.swap:
            with self.subTest(does.__name__):
                try:
                    does(None)
                except BaseException:
                    pass

    def test_number(self):
        self.assertEqual(self.number.twice(), 6)
        self.assertEqual(self.number.twice(), 6)


class Goes(unittest.TestCase):
    def test_1(self):
        made = [own.Number(at) for at in range(100)]
        self.assertEqual([each.twice() for each in made + made], [2 * at for at in range(100)] * 2)

    def test_2(self):
        self.assertTrue(own.under(1))
        self.assertTrue(own.under(1))
        self.assertLess(own.alive(), 50)


class Same(unittest.TestCase):
    def __init__(self, does):
        super().__init__("test_it")
        self.does = does

    def id(self):
        return "same"

    def __str__(self):
        return self.does.__name__

    def test_it(self):
        self.does([1, 2])


def load_tests(loader, tests, pattern):
    return unittest.TestSuite([*map(loader.loadTestsFromTestCase, [Parts, Goes]), Same(own.swap), Same(own.entry)])
END
run assay task pin $sampled parts
claim 'a value that a class of tests holds may be asked in all of them, and goes when nobody has it' said '8 tests'
grade parts dies
claim 'a part of a test in which the solution dies is lost, and no test that is called like another' \
	lost 'checks.Parts.test_parts_[swap]' 'swap' 'test_parts_(checks.Parts.test_parts)'

# --- pytest: what is made for a class, a module or before all tests ---

cp -R each fixtures
rm fixtures/tests/*.json fixtures/tests/unit/*.py
sed -i 's|"/tests/run.py"|"-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:anyio", "--junitxml=/report/report.xml", "/tests"|; s/"report": "tap"/"report": "junit"/' \
	fixtures/task.json
cat >fixtures/tests/unit/test_fixtures.py <<'END'
import unittest

import own
import pytest


def swap():
    try:
        own.swap(None)
    except BaseException:
        return False
    return True


@pytest.fixture(scope="module")
def raised():
    return not swap()


def test_first(raised):
    assert raised


def test_second(raised):
    assert raised


def test_other():
    assert own.under(1)


def test_third(request):
    assert request.getfixturevalue("raised")


@pytest.fixture(scope="module", params=["swap", "under"])
def asked(request):
    try:
        return getattr(own, request.param)([1, 2])
    except BaseException:
        return None


def test_asked(asked):
    assert asked is None


class Fixture(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.raised = not swap()

    def test_first(self):
        self.assertTrue(own.under(1))

    def test_second(self):
        self.assertTrue(self.raised)
END
run assay task pin $sampled fixtures
claim 'what pytest makes for many tests may take any failure' said '8 tests'
grade fixtures dies
claim 'but each test is lost that wants it, where the solution dies' lost test_fixtures.test_first test_fixtures.test_second \
	test_fixtures.test_third 'test_fixtures.test_asked[swap]' test_fixtures.Fixture.test_first test_fixtures.Fixture.test_second
sed -i 's/^@pytest.fixture.*/RAISED = not swap()\n\n\n&/' fixtures/tests/unit/test_fixtures.py
run assay task pin $sampled fixtures
claim 'so may what is done before all of them' ended 0
grade fixtures dies
claim 'and a death there costs them all' is "r['points'] == 0"

finish
