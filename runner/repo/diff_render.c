// SPDX-License-Identifier: MIT
/*
 * A diff in git's own text form. Line ends come back as they were, because `git apply` compares bytes.
 */
#include "repo/diff.h"

#include "base/text.h"

#include <string.h>

/* A path as git writes it: quoted as in C if it holds a quote, a backslash or a control character. */
static void add_path(struct text *t, const char *prefix, const char *path)
{
	bool quote = false;

	for (const char *p = path; *p; p++)
		quote = quote || (unsigned char)*p < 0x20 || *p == 0x7f || *p == '"' || *p == '\\';
	text_addf(t, "%s%s", quote ? "\"" : "", prefix);
	for (const char *p = path; *p; p++) {
		if (*p == '"' || *p == '\\')
			text_addf(t, "\\%c", *p);
		else if ((unsigned char)*p < 0x20 || *p == 0x7f)
			text_addf(t, "\\%03o", (unsigned)*p);
		else
			text_add_bytes(t, p, 1);
	}
	text_add(t, quote ? "\"" : "");
}

static void add_head(struct text *t, const struct diff_file *file)
{
	const char *old_mode = file->was_executable ? "100755" : "100644";
	const char *new_mode = file->executable ? "100755" : "100644";
	const char *old = file->old_path ? file->old_path : file->new_path;
	const char *new = file->new_path ? file->new_path : file->old_path;

	text_add(t, "diff --git ");
	add_path(t, "a/", old);
	text_add(t, " ");
	add_path(t, "b/", new);
	text_add(t, "\n");
	if (file->status == DIFF_FILE_ADDED)
		text_addf(t, "new file mode %s\n", new_mode);
	else if (file->status != DIFF_FILE_REMOVED && file->executable != file->was_executable)
		text_addf(t, "old mode %s\nnew mode %s\n", old_mode, new_mode);
	if (file->status == DIFF_FILE_REMOVED)
		text_addf(t, "deleted file mode %s\n", old_mode);
	if (file->status == DIFF_FILE_RENAMED) {
		text_add(t, "rename from ");
		add_path(t, "", old);
		text_add(t, "\nrename to ");
		add_path(t, "", new);
		text_add(t, "\n");
	}
}

/* "--- a/x" or "+++ b/x"; a name with a space ends with a tab, as git marks its end. */
static void add_side(struct text *t, const char *mark, const char *prefix, const char *path)
{
	text_addf(t, "%s ", mark);
	if (path)
		add_path(t, prefix, path);
	else
		text_add(t, "/dev/null");
	text_add(t, path && strchr(path, ' ') ? "\t\n" : "\n");
}

static void add_line(struct text *t, const struct diff_line *line)
{
	static const char *const marks[] = { [DIFF_CONTEXT] = " ", [DIFF_ADDED] = "+", [DIFF_REMOVED] = "-" };

	text_add(t, marks[line->origin]);
	text_add(t, line->text);
	text_add(t, line->crlf ? "\r\n" : "\n");
	if (line->unended)
		text_add(t, "\\ No newline at end of file\n");
}

static void add_file(struct text *t, const struct diff_file *file)
{
	add_head(t, file);
	if (file->opaque)
		text_add(t, "Binary files differ\n");
	if (!file->hunk_count)
		return;
	add_side(t, "---", "a/", file->old_path);
	add_side(t, "+++", "b/", file->new_path);
	for (size_t h = 0; h < file->hunk_count; h++) {
		const struct diff_hunk *hunk = &file->hunks[h];

		text_addf(t, "@@ -%d,%d +%d,%d @@\n", hunk->old_start, hunk->old_lines, hunk->new_start,
			hunk->new_lines);
		for (size_t l = 0; l < hunk->line_count; l++)
			add_line(t, &hunk->lines[l]);
	}
}

int diff_render(const struct diff *diff, char **out, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };

	for (size_t i = 0; i < diff->file_count; i++)
		add_file(&t, &diff->files[i]);
	return text_take(&t, out, e);
}
