// SPDX-License-Identifier: MIT
/*
 * From a line of the old side to one of the new: between hunks the two run in step, so a line keeps its distance to
 * the hunk before it; within a hunk the diff itself says what follows what.
 */
#include "review/change.h"

#include "base/text.h"

#include <string.h>

/* --- files ------------------------------------------------------------------------------------------------------ */

static const struct diff_file *find_exactly(const struct diff *change, const char *path, bool by_old)
{
	for (size_t i = 0; i < change->file_count; i++) {
		const char *named = by_old ? change->files[i].old_path : change->files[i].new_path;

		if (named && strcmp(named, path) == 0)
			return &change->files[i];
	}
	return NULL;
}

static const struct diff_file *find_either(const struct diff *change, const char *path, bool old_first)
{
	const struct diff_file *file = find_exactly(change, path, old_first);

	return file ? file : find_exactly(change, path, !old_first);
}

static const struct diff_file *find_file(const struct diff *change, const char *path, bool old_first)
{
	static const char *const prefixes[] = { "./", "/", "a/", "b/" };
	const struct diff_file *file = find_either(change, path, old_first);

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes) && !file; i++)
		if (text_starts_with(path, prefixes[i]))
			file = find_either(change, path + strlen(prefixes[i]), old_first);
	return file;
}

/* --- lines ------------------------------------------------------------------------------------------------------ */

/* The first line of a hunk on a side; a hunk without lines there names the line before it. */
static int first_line(int start, int lines)
{
	return lines ? start : start + 1;
}

/* An old line that lies in the hunk. */
static int line_in_hunk(const struct diff_hunk *hunk, int old_line)
{
	bool seen = false;

	for (size_t i = 0; i < hunk->line_count; i++) {
		seen = seen || hunk->lines[i].old_line == old_line;
		if (seen && hunk->lines[i].new_line)
			return hunk->lines[i].new_line;
	}
	return first_line(hunk->new_start, hunk->new_lines) + hunk->new_lines;
}

static int new_line(const struct diff_file *file, int old_line)
{
	int line = old_line;

	for (size_t i = 0; i < file->hunk_count; i++) {
		const struct diff_hunk *hunk = &file->hunks[i];
		int old_first = first_line(hunk->old_start, hunk->old_lines);
		int new_first = first_line(hunk->new_start, hunk->new_lines);

		if (old_line < old_first)
			break;
		if (old_line < old_first + hunk->old_lines) {
			line = line_in_hunk(hunk, old_line);
			break;
		}
		line = old_line - (old_first + hunk->old_lines) + new_first + hunk->new_lines;
	}
	/* Removed at the very end: the last line there is; 0, the file as a whole, if there is none. */
	return line > file->new_total_lines ? file->new_total_lines : line;
}

struct spot change_locate(const struct diff *change, const struct comment *comment)
{
	struct spot spot = { .file = comment->file, .start = comment->line, .end = comment->end_line };
	const struct diff_file *file;

	if (!change || !comment->file)
		return spot;
	file = find_file(change, comment->file, comment->old_side);
	if (!file)
		return spot;
	spot.file = file->new_path ? file->new_path : file->old_path;
	if (!comment->old_side || !comment->line)
		return spot;
	spot.start = new_line(file, comment->line);
	spot.end = new_line(file, comment->end_line);
	if (spot.end < spot.start || !spot.start)
		spot.end = spot.start;
	return spot;
}
