// SPDX-License-Identifier: MIT
/*
 * A pattern, a NUL and a path. Whatever the pattern: a path with a part that configures a runner matches only when
 * that part stands in the pattern. The path is also asked for names that stand in for a library's.
 */
#include "base/fs.h"
#include "task/glob.h"
#include "task/shadow.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Whether the part of that length is a whole part of the pattern. */
static bool is_written_out(const char *pattern, const char *part, size_t length)
{
	for (const char *p = pattern;; p++) {
		size_t here = strcspn(p, "/");

		if (here == length && memcmp(p, part, length) == 0)
			return true;
		p += here;
		if (!*p)
			return false;
	}
}

static void check(const char *pattern, const char *path)
{
	for (const char *part = path;; part++) {
		size_t length = strcspn(part, "/");
		char *name = strndup(part, length);

		if (name && glob_is_configuration(name) && !is_written_out(pattern, part, length))
			abort();
		free(name);
		part += length;
		if (!*part)
			return;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *bytes = malloc(size + 2);
	const char *path;

	if (!bytes)
		return 0;
	memcpy(bytes, data, size);
	bytes[size] = bytes[size + 1] = '\0';
	path = bytes + strlen(bytes) + 1;
	/* What is a shadow in a folder of the candidate's own would be one without it. */
	if (fs_is_plain_path(path) && strncmp(path, "app/", 4) == 0 && shadow_is(path) && !shadow_is(path + 4))
		abort();
	if (glob_is_valid(bytes, NULL) && fs_is_plain_path(path) && glob_matches(bytes, path))
		check(bytes, path);
	free(bytes);
	return 0;
}
