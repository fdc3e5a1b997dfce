// SPDX-License-Identifier: MIT
/* What the reader (image.c) and the writer (image_pack.c) of images share. */
#ifndef SANDBOX_IMAGE_IO_H
#define SANDBOX_IMAGE_IO_H

#include <stddef.h>
#include <stdint.h>

extern const char image_magic[16];

/* Zeros that follow USED bytes of a record. */
static inline size_t image_padding(uint64_t used)
{
	return (size_t)(-used & 7);
}

/* Writes all LENGTH bytes. 0, or -1 with errno. */
int image_write(int fd, const void *bytes, size_t length);

#endif
