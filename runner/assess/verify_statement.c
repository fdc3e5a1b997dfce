// SPDX-License-Identifier: MIT
/*
 * What a candidate reads is rendered on a page of theirs: it must be text there and nothing that acts, or that tells
 * somebody else who reads it and when. And there is one in every language that the title has.
 */
#include "assess/verify.h"

#include "base/fs.h"
#include "base/i18n.h"
#include "base/text.h"
#include "report/markdown.h"

#include <string.h>

static char *name_in(enum language language, struct err *e)
{
	return language == LANGUAGE_EN ? mem_copy("statement.md", e) :
					 mem_format(e, "statement.%s.md", language_code(language));
}

/* The first line that isn't text: candidates get a "?" in its place, or what their reader makes of it. */
static int look_at_bytes(struct verification *out, const char *name, const char *bytes, size_t size, struct err *e)
{
	const char *end = bytes + size;

	for (unsigned line = 1; bytes < end; line++) {
		const char *newline = memchr(bytes, '\n', (size_t)(end - bytes)), *next = newline ? newline + 1 : end;
		size_t length = (size_t)(next - bytes);

		if (memchr(bytes, '\0', length))
			return strings_take(&out->problems,
				mem_format(e, _("%s:%u: a NUL: a candidate reads something else there"), name, line), e);
		if (!text_is_utf8(bytes, length))
			return strings_take(&out->problems,
				mem_format(e, _("%s:%u: a byte that is no UTF-8: a candidate reads something else there"), name,
					line),
				e);
		bytes = next;
	}
	return 0;
}

static int look_at(struct verification *out, const struct task *task, const char *name, struct err *e)
{
	AUTO(markdown_finds_done) struct markdown_finds finds = { 0 };
	AUTO_FREE char *bytes = NULL;
	struct err said = { 0 };
	size_t size;

	if (fs_read(&bytes, &size, task->dir_fd, name, MARKDOWN_MAX_BYTES + 1, &said) < 0 ||
		markdown_look(&finds, bytes, size, &said) < 0) {
		if (said.kind != ERR_LIMIT)
			return err_set(e, said.kind, "%s: %s", name, said.text);
		return strings_take(&out->problems,
			mem_format(e, _("%s is larger than %d KiB"), name, MARKDOWN_MAX_BYTES >> 10), e);
	}
	if (look_at_bytes(out, name, bytes, size, e) < 0)
		return -1;
	for (size_t i = 0; i < finds.count; i++)
		if (strings_take(&out->problems,
			    mem_format(e, _("%s:%u: %s, which no candidate's page shows: %s"), name, finds.item[i].line,
				    markdown_danger_title(finds.item[i].danger), finds.item[i].what),
			    e) < 0)
			return -1;
	return 0;
}

int verify_statement(struct verification *out, const struct task *task, struct err *e)
{
	for (int i = 0; i < LANGUAGE_COUNT; i++) {
		AUTO_FREE char *name = name_in((enum language)i, e);

		if (!name)
			return -1;
		if (fs_is_file(task->dir_fd, name)) {
			if (look_at(out, task, name, e) < 0)
				return -1;
		} else if (task->title.text[i] && task->kind != TASK_CONVERSATION &&
			   strings_take(&out->warnings,
				   mem_format(e, _("there is no %s, though the title is written in that language"), name),
				   e) < 0) {
			return -1;
		}
	}
	return 0;
}
