# SPDX-License-Identifier: MIT
"""The JSON Schemas, judged by somebody else's validator (python3-jsonschema). Runs in the repository's root.

    schemas.py all                 TAP: the schemas themselves, every bundled file, every case in tests/cases
    schemas.py valid SCHEMA FILE   ends with 0 when the file is valid; says what isn't
    schemas.py whole SCHEMA FILE...
                                   the same for each of them, and for the schema: whatever a document must have where it
                                   has the object around it stands in one of them, so that no branch is left untried

Of the bad cases in tests/cases/task a schema must refuse those that one file by itself shows to be wrong. The others
(a name that leads nowhere, a file that is missing) stand in tests/cases/schema/unseen, so that a new case is a
decision.
"""

import json
import os
import pathlib
import shutil
import sys
import tempfile

import jsonschema

SCHEMAS = [*pathlib.Path("tasks/schema").glob("*.json"), *pathlib.Path("rubrics/schema").glob("*.json"),
           pathlib.Path("sandbox/report.schema.json")]
BY_NAME = {path.name.removesuffix(".schema.json"): path for path in SCHEMAS}
CASES = pathlib.Path("tests/cases/task")


class Doubled(Exception):
    pass


def refuse_doubles(pairs):
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise Doubled("a key stands twice")
    return dict(pairs)


def load(path):
    text = pathlib.Path(path).read_text("utf-8-sig").replace("@ID@", "an-id")  # as `assay task new` does
    return json.loads(text, object_pairs_hook=refuse_doubles)


def validator(name):
    path = BY_NAME[name]
    schema = load(path)
    resolver = jsonschema.RefResolver(path.absolute().as_uri(), schema)
    return jsonschema.Draft202012Validator(schema, resolver=resolver)


VALIDATORS = {name: validator(name) for name in BY_NAME}


def schema_of(path):
    """The schema of a file, by its name and by where it lies; None: it has none."""
    parts, name = path.parts, path.name.removesuffix(".in")
    if name.count(".") == 2 and name.endswith(".json") and name.split(".")[1] in BY_NAME:
        return name.split(".")[1]  # full.plan.json
    if name == "expect.json":
        return "review-expect" if "answers" in parts else "expect" if "solutions" in parts else None
    if name in ("task.json", "flaws.json", "comments.json", "decisions.json", "probes.json", "questions.json"):
        return name.removesuffix(".json")
    if name in ("manifest.json", "profile.json"):
        return name.removesuffix(".json")
    if path.suffix != ".json" or "schema" in parts:
        return None
    if "cards" in parts:
        return "card"
    for folder, schema in (("plans", "plan"), ("positions", "position"), ("rubrics", "rubric")):
        if folder in parts:
            return schema
    return {"rubric.json": "rubric", "result.json": "result"}.get(name)


def mistake(schema, path):
    """What is wrong with a file; None when nothing is."""
    try:
        document = load(path)
    except (ValueError, RecursionError, Doubled) as error:
        return f"{path}: {error}"
    for error in VALIDATORS[schema].iter_errors(document):
        return f"{path}: /{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
    return None


def required_places(schema, resolver, at=""):
    """Whatever a schema requires, the objects in between included: "/tests/*/name"."""
    if "$ref" in schema:
        with resolver.resolving(schema["$ref"]) as meant:
            yield from required_places(meant, resolver, at)
    for key in schema.get("required", []):
        yield f"{at}/{key}"
        yield from required_places(schema["properties"][key], resolver, f"{at}/{key}")
    if "items" in schema:
        yield from required_places(schema["items"], resolver, f"{at}/*")


def places_in(document, at=""):
    if isinstance(document, dict):
        for key, value in document.items():
            yield f"{at}/{key}"
            yield from places_in(value, f"{at}/{key}")
    elif isinstance(document, list):
        for value in document:
            yield from places_in(value, f"{at}/*")


def never_written(schema, paths):
    seen = {place for path in paths for place in places_in(load(path))}
    judge = VALIDATORS[schema]
    return sorted(set(required_places(judge.schema, judge.resolver)) - seen)


def mistakes_below(root):
    """How many files below it have a schema, and what is wrong with them."""
    seen, found = 0, []
    for path in sorted([*pathlib.Path(root).rglob("*.json"), *pathlib.Path(root).rglob("task.json.in")]):
        schema = schema_of(path)
        if schema:
            seen += 1
            found += [wrong for wrong in [mistake(schema, path)] if wrong]
    return seen, found


# --- the cases of test_mistakes, made as it makes them (tests/cases/task/README.md) ---


def make(case, into):
    base = case / "base"
    if base.exists():
        shutil.copytree(CASES / "base" / base.read_text().strip(), into, dirs_exist_ok=True)
    if (case / "files").exists():
        shutil.copytree(case / "files", into, dirs_exist_ok=True)
    if (case / "edit").exists():
        lines = (case / "edit").read_text().split("\n")
        for name, piece, instead in zip(lines[0::3], lines[1::3], lines[2::3]):
            path = into / name
            path.write_text(path.read_text().replace(piece, instead, 1))
    if (case / "remove").exists():
        for name in (case / "remove").read_text().split("\n"):
            path = into / name
            if name and path.is_dir():
                shutil.rmtree(path)
            elif name:
                path.unlink()


def mistakes_of(case):
    with tempfile.TemporaryDirectory() as into:
        make(case, pathlib.Path(into))
        return mistakes_below(into)[1]


# --- all of it ---

number = 0
failures = 0


def claim(name, offences):
    global number, failures
    number += 1
    failures += bool(offences)
    print(f"{'not ok' if offences else 'ok'} {number} - {name}")
    for offence in offences:
        print(f"# {offence}")


def wrong_schemas():
    for path in SCHEMAS:
        try:
            jsonschema.Draft202012Validator.check_schema(load(path))
        except jsonschema.SchemaError as error:
            yield f"{path}: {error.message}"


def check_all():
    claim("every schema is one (draft 2020-12)", list(wrong_schemas()))
    for root in ("tasks", "rubrics", "tests/cases/tasks", "tests/cases/schema/good", "tests/cases/scorecard",
                 "tests/demo", "runner/task/templates"):
        if not os.path.isdir(root):
            continue
        seen, found = mistakes_below(root)
        claim(f"the {seen} files below {root} that have a schema are valid", found or [] if seen else ["there are none"])
    unseen = set(pathlib.Path("tests/cases/schema/unseen").read_text().split())
    cases = [case for case in sorted(CASES.iterdir()) if (case / "expected").exists()]
    good = [case for case in cases if (case / "expected").read_text() == "ok\n"]
    bad = [case for case in cases if case not in good]
    good = [case for case in good if case.name != "resolve-broken-task-beside"]  # good in spite of a broken file
    claim(f"the {len(good)} good cases are valid", [wrong for case in good for wrong in mistakes_of(case)])
    refused = {case.name for case in bad if mistakes_of(case)}
    claim(f"{len(refused)} of {len(bad)} bad cases are refused by a schema, all but those that none can see",
          [f"{case.name} is not refused" for case in bad if case.name not in refused and case.name not in unseen])
    claim("what no schema can see is no longer than it must be", sorted(unseen & refused | unseen - {c.name for c in bad}))
    print(f"1..{number}")
    return failures != 0


if __name__ == "__main__":
    if sys.argv[1] == "all":
        sys.exit(check_all())
    wrong = [said for said in (mistake(sys.argv[2], path) for path in sys.argv[3:]) if said]
    if sys.argv[1] == "whole" and not wrong:
        wrong = [f"{place} stands in none of them" for place in never_written(sys.argv[2], sys.argv[3:])]
    print("\n".join(wrong or ["valid"]))
    sys.exit(bool(wrong))
