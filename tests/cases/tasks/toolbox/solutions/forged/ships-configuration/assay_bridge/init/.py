def install(*args):
    pass
