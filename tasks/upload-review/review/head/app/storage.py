"""Uploaded files on disk. The database keeps their paths, relative to the root."""
from contextlib import suppress
from pathlib import Path
from uuid import uuid4


def clean_name(filename: str) -> str:
    """Some browsers send a whole path, on Windows with backslashes."""
    name = filename.replace("../", "").replace("\\", "/").strip()
    return name or "unnamed"


class Storage:
    def __init__(self, root: Path) -> None:
        self.root = root

    def new_folder(self, claim_id: int) -> str:
        """A folder per upload, so that equal names never collide."""
        return f"{claim_id}/{uuid4().hex}"

    def save(self, folder: str, filename: str, data: bytes) -> str:
        stored_as = f"{folder}/{clean_name(filename)}"
        target = self.root / stored_as
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        return stored_as

    def path(self, stored_as: str) -> Path:
        return self.root / stored_as

    def remove(self, stored_as: str) -> None:
        with suppress(FileNotFoundError):
            self.path(stored_as).unlink()
