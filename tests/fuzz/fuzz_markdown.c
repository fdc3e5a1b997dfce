// SPDX-License-Identifier: MIT
/* Any bytes as a statement: looked through, with finds that are lines of the text and safe to show. */
#include "base/text.h"
#include "report/markdown.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void need(bool holds)
{
	if (!holds)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct markdown_finds finds = { 0 };
	struct err e = { 0 };
	size_t lines = 1;

	for (size_t i = 0; i < size; i++)
		lines += data[i] == '\n' || data[i] == '\r';
	if (markdown_look(&finds, (const char *)data, size, &e) < 0) {
		need(size > MARKDOWN_MAX_BYTES);
		return 0;
	}
	need(finds.count <= MARKDOWN_MAX_FINDS);
	for (size_t i = 0; i < finds.count; i++) {
		need(finds.item[i].line >= 1 && finds.item[i].line <= lines);
		need(text_is_utf8(finds.item[i].what, strlen(finds.item[i].what)));
		need(!strpbrk(finds.item[i].what, "\n\r\x1b"));
	}
	markdown_finds_done(&finds);
	return 0;
}
