"""Small previews of uploaded pictures."""
from io import BytesIO
from typing import Optional

from PIL import Image, ImageOps


def make_thumbnail(data: bytes, size_px: int) -> Optional[bytes]:
    """A JPEG of at most size_px × size_px, or None when data is no readable picture."""
    try:
        with Image.open(BytesIO(data)) as image:
            small = ImageOps.exif_transpose(image)
            small.thumbnail((size_px, size_px))
            out = BytesIO()
            small.convert("RGB").save(out, "JPEG", quality=80)
            return out.getvalue()
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
