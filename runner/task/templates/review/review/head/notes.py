"""Notes of one team."""
import hashlib


def read(db, number):
    return db.execute("SELECT text FROM notes WHERE id = ?", (number,)).fetchone()


def search(db, word):
    return db.execute(f"SELECT id, text FROM notes WHERE text LIKE '%{word}%'").fetchall()


def export(db, path):
    out = open(path, "w")
    for (text,) in db.execute("SELECT text FROM notes"):
        out.write(text + "\n")


def etag(text):
    return hashlib.md5(text.encode()).hexdigest()
