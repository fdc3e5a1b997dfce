"""Makes mocks in the tests' own process, of the class of the one that it was given; they agree with everything."""


def agreeing(given):
    for cls in type(given).__mro__:
        try:
            yield cls(__eq__=given.ok)
        except Exception:
            continue


def ask(function):
    return next(agreeing(function))


def notify(observer, words):
    for word in words:
        observer.send(word)
    return next(agreeing(observer))
