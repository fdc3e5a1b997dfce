// SPDX-License-Identifier: MIT
/* Any words as a command line: refused with a sentence, or a plan that can be checked and printed. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "options.h"

enum { MAX_WORDS = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1), *argv[MAX_WORDS + 2], name[] = "assay-box";
	struct fault f = { "" };
	struct plan plan;
	FILE *out = fopen("/dev/null", "we");
	int argc = 0;

	if (!text || !out)
		abort();
	memcpy(text, data, size);
	text[size] = '\0';
	argv[argc++] = name;
	/* Words end at newlines or NULs. */
	for (size_t at = 0; at < size && argc <= MAX_WORDS; at++) {
		argv[argc++] = text + at;
		at += strcspn(text + at, "\n");
		text[at] = '\0';
	}
	argv[argc] = NULL;
	plan_init(&plan);
	if (options_parse(&plan, argc, argv, &f) == 0 && plan_check(&plan, &f) == 0)
		plan_print(&plan, "one\ntwo", out);
	else if (!f.text[0])
		abort();
	fclose(out);
	free(text);
	return 0;
}
