// SPDX-License-Identifier: MIT
/*
 * A tree of files frozen into one file, so that many boxes can start from it cheaply.
 *
 * The format is for one machine and one afternoon: 16 bytes "assay-image 1\n", then records in
 * depth-first order, numbers in the machine's byte order. A record is a struct image_record,
 * its name (one path component, no '/'), its bytes (a file's content or a link's target), and
 * zeros up to a multiple of 8. A directory's record is followed by its entries and an UP; the
 * whole ends with an END. No path is ever written, so none can be followed out of a tree.
 *
 * Whoever reads an image trusts nothing in it.
 */
#ifndef SANDBOX_IMAGE_H
#define SANDBOX_IMAGE_H

#include <stddef.h>
#include <stdint.h>

#include "fault.h"

enum image_kind {
	IMAGE_DIR = 'd',
	IMAGE_FILE = 'f',
	IMAGE_LINK = 'l',
	IMAGE_UP = 'u',
	IMAGE_END = 'e'
};

enum { IMAGE_MAX_DEPTH = 64, IMAGE_MAGIC_SIZE = 16 };

struct image_record {
	uint8_t kind;
	uint8_t executable;
	uint16_t name_length;
	uint32_t mtime_ns;
	int64_t mtime_s;
	uint64_t size; /* of the bytes behind the name */
};

/* What an image would occupy. */
struct image_size {
	uint64_t bytes; /* in pages of 4 KiB, as a tmpfs counts */
	uint64_t entries;
};

/* Reads every record and refuses what isn't well-formed. SIZE may be NULL. */
int image_check(const void *image, size_t length, struct image_size *size, struct fault *f);

/*
 * Whether a tree of that size can lie in a box with these limits: its pages and inodes are charged to the box's memory,
 * and something must be left for the program. The fault says which limit it isn't.
 */
int image_fits(const struct image_size *size, long disk_mib, long memory_mib, struct fault *f);

/* Makes the tree in the empty directory DIR. The image has been checked, and is again. */
int image_extract(const void *image, size_t length, int dir, struct fault *f);

enum image_strictness {
	IMAGE_STRICT,  /* refuse, by name: devices, FIFOs, sockets, links that lead outside; DIR isn't written */
	IMAGE_LENIENT, /* leave special files out, keep links as they are, open by force what forbids that to its owner */
};

/*
 * Freezes the directory DIR into the empty file OUT, at most MAX_BYTES of it. Links are never
 * followed.
 */
int image_pack(
	int dir, int out, uint64_t max_bytes, enum image_strictness strictness, struct fault *f);

/* Maps the whole file FD, read-only. Release with munmap. An empty file gives LENGTH 0. */
int image_map(int fd, const void **image, size_t *length, struct fault *f);

#endif
