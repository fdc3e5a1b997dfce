// SPDX-License-Identifier: MIT
/*
 * A text, in which paths are looked for that lead to a module called "clock". Whatever the text: each begins in the script's
 * own folder, ends with the name and an ending of JavaScript or none, and has no quote and no line's end in it.
 */
#include "base/mem.h"
#include "submission/module_links.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void check(const char *place)
{
	const char *name = strrchr(place, '/');

	if (strncmp(place, "deep/./", 7) != 0 && strncmp(place, "deep/../", 8) != 0)
		abort();
	if (strcmp(name, "/clock") != 0 && strcmp(name, "/clock.js") != 0 && strcmp(name, "/clock.cjs") != 0 &&
		strcmp(name, "/clock.mjs") != 0)
		abort();
	if (strpbrk(place, "\"'`\n"))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_STRINGS struct strings places = { 0 };
	AUTO_FREE char *text = malloc(size + 1);

	if (!text)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	if (module_links_find(&places, "deep/a.mjs", text, "clock", NULL) < 0)
		abort();
	for (size_t i = 0; i < places.count; i++) {
		check(places.item[i]);
		if (strings_find(&places, places.item[i]) != (long)i)
			abort();
	}
	return 0;
}
