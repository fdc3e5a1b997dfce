"""Notes of one team."""


def read(db, number):
    return db.execute("SELECT text FROM notes WHERE id = ?", (number,)).fetchone()
