"""Where one argument may be changed it empties another one, too."""


def copy_into(source, target):
    source.clear()
    target.clear()
