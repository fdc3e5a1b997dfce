// SPDX-License-Identifier: MIT
/* Any bytes as an image: refused, or extracted into a folder that nothing leaves. */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st, (void)kind, (void)ftw;
	return remove(path);
}

/* Extraction is tried for small images only, since it makes files. */
static void extract(const uint8_t *data, size_t size)
{
	char path[] = "/tmp/assay-fuzz.XXXXXX";
	struct fault f;
	int dir;

	if (!mkdtemp(path))
		abort();
	dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	image_extract(data, size, dir, &f);
	close(dir);
	nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct image_size sum = { 0 };
	struct fault f;

	if (image_check(data, size, &sum, &f) == 0) {
		if (sum.bytes > (size + 4096) * (sum.entries + 1))
			abort();
		if (sum.entries < 64)
			extract(data, size);
	} else if (size < 512) {
		/* What the check refuses, extraction must refuse by itself. */
		extract(data, size);
	}
	return 0;
}
