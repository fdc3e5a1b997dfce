// SPDX-License-Identifier: MIT
/*
 * Every file is read once, and of what is not too large the bytes are kept for those who look into it. Archives are known by
 * what they begin with, whatever their name.
 */
#include "assess/prints.h"

#include "base/fs.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ENTRIES = 20000, FILE_MAX = 64 << 20, LEAST_BYTES = 16 };

/* Larger files aren't searched, nor more than so much in all. */
enum { SEARCHED_MAX = 64 << 10, ALL_SEARCHED_MAX = 32 << 20 };

void prints_done(struct prints *prints)
{
	for (size_t i = 0; i < prints->count; i++) {
		free(prints->item[i].path);
		free(prints->item[i].bytes);
	}
	free(prints->item);
}

/* "BZh" alone begins many a text: a digit and the mark of the first block stand behind it. */
static bool is_bzip2(const char *bytes, size_t size)
{
	return size >= 10 && memcmp(bytes, "BZh", 3) == 0 && bytes[3] >= '1' && bytes[3] <= '9' &&
		memcmp(bytes + 4, "1AY&SY", 6) == 0;
}

/* By what it begins with: jar and wheel are zip, too. */
static bool is_archive(const char *bytes, size_t size)
{
	static const struct {
		size_t at, length;
		const char *bytes;
	} marks[] = {
		{ 0, 4, "PK\3\4" }, { 257, 5, "ustar" }, { 0, 3, "\x1f\x8b\x08" }, { 0, 6, "\xfd" "7zXZ\0" },
		{ 0, 4, "\x28\xb5\x2f\xfd" }, { 0, 6, "7z\xbc\xaf\x27\x1c" }, { 0, 4, "Rar!" },
	};

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (size >= marks[i].at + marks[i].length &&
			memcmp(bytes + marks[i].at, marks[i].bytes, marks[i].length) == 0)
			return true;
	return is_bzip2(bytes, size);
}

/* Takes the blanks off the lines' ends, and the line ends off the text's: how many bytes are left. What has a NUL in it is
 * no text. */
static size_t without_loose_blanks(char *bytes, size_t size)
{
	size_t to = 0, behind_last = 0;

	if (memchr(bytes, '\0', size))
		return size;
	for (size_t i = 0; i < size; i++) {
		if (bytes[i] == '\n')
			to = behind_last;
		bytes[to++] = bytes[i];
		if (!isspace((unsigned char)bytes[i]) || bytes[i] == '\n')
			behind_last = to;
	}
	to = behind_last;
	while (to > 0 && bytes[to - 1] == '\n')
		to--;
	return to;
}

static int add_print(struct prints *prints, int dir_fd, const char *name, const char *path, struct err *e)
{
	AUTO_FREE char *bytes = NULL;
	struct print *print;
	size_t size;

	if (fs_read(&bytes, &size, dir_fd, name, FILE_MAX, e) < 0)
		return -1;
	print = mem_push(&prints->item, prints->count, sizeof(*print), e);
	if (!print)
		return -1;
	prints->count++;
	print->suite = prints->suite;
	print->is_short = size < LEAST_BYTES;
	print->is_archive = is_archive(bytes, size);
	size = without_loose_blanks(bytes, size);
	print->is_empty = size == 0;
	print->path = fs_join(prints->base, path, e);
	digest_of(bytes, size, print->hex);
	if (size <= SEARCHED_MAX && prints->searched + size <= ALL_SEARCHED_MAX) {
		print->bytes = take_ptr(&bytes);
		print->size = size;
		prints->searched += size;
	}
	return print->path ? 0 : -1;
}

static int visit(const struct fs_entry *entry, void *context, struct err *e)
{
	if (!S_ISREG(entry->st->st_mode))
		return FS_GO_ON;
	return add_print(context, entry->dir_fd, entry->name, entry->path, e);
}

int prints_add_place(
	struct prints *prints, const struct task *task, const char *place, const char *suite, struct err *e)
{
	prints->base = place;
	prints->suite = suite;
	if (fs_is_dir(task->dir_fd, place))
		return fs_walk(task->dir_fd, place, MOST_ENTRIES, visit, prints, e);
	prints->base = "";
	return fs_is_file(task->dir_fd, place) ? add_print(prints, task->dir_fd, place, place, e) : 0;
}

int prints_add_suites(struct prints *prints, const struct task *task, bool visible, struct err *e)
{
	for (size_t i = 0; i < task->suite_count; i++) {
		const struct suite *suite = &task->suites[i];
		AUTO_FREE char *place = mem_format(e, "tests/%s", suite->id);

		if (!place)
			return -1;
		if ((suite->visibility == VISIBILITY_VISIBLE) == visible &&
			prints_add_place(prints, task, place, suite->id, e) < 0)
			return -1;
	}
	return 0;
}
