"""Each test on its own: one that fails must not hide the others."""
import os
import random
import urllib.error
import urllib.request

URL = os.environ["ASSAY_URL"]
RANDOM = random.Random(os.environ["ASSAY_SEED"])


def call(method, key, body=None):
    request = urllib.request.Request(URL + "/" + key, data=body, method=method)
    with urllib.request.urlopen(request, timeout=2) as answer:
        return answer.read()


def word():
    return "".join(RANDOM.choice("abcdefgh") for _ in range(12))


def what_was_put_can_be_read():
    key, body = word(), word().encode()
    call("PUT", key, body)
    assert call("GET", key) == body


def the_last_one_counts():
    key, first, second = word(), word().encode(), word().encode()
    call("PUT", key, first)
    call("PUT", key, second)
    assert call("GET", key) == second


def keys_dont_mix():
    one, two = word(), word()
    call("PUT", one, two.encode())
    call("PUT", two, one.encode())
    assert (call("GET", one), call("GET", two)) == (two.encode(), one.encode())


def an_unknown_key_is_404():
    try:
        call("GET", word())
    except urllib.error.HTTPError as error:
        assert error.code == 404
    else:
        raise AssertionError("answered")


TESTS = [what_was_put_can_be_read, the_last_one_counts, keys_dont_mix, an_unknown_key_is_404]
print("TAP version 13", flush=True)
print(f"1..{len(TESTS)}", flush=True)
for number, test in enumerate(TESTS, 1):
    try:
        test()
        outcome, why = "ok", None
    except Exception as error:
        outcome, why = "not ok", f"{type(error).__name__}: {error}"
    print(f"{outcome} {number} - {test.__name__.replace('_', ' ')}", flush=True)
    if why:
        print("# " + why.replace("\n", " "), flush=True)
