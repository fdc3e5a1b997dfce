// SPDX-License-Identifier: MIT
/*
 * A directory's names are sorted, so what belongs to one case does not stand together ("1.ans", "10.ans", "1.in"):
 * cases are made from the inputs, and whatever has one of our endings must belong to one of them.
 */
#include "task/cases.h"

#include "base/fs.h"
#include "base/text.h"

#include <string.h>

static const char *const endings[] = { ".in", ".ans", ".args", ".files" };

enum { ENDING_IN, ENDING_ANS, ENDING_ARGS, ENDING_FILES, ENDINGS, LISTED_MAX = 5 * CASES_MAX, ARGS_MAX = 200, ARGS_MAX_BYTES = 64 << 10 };

static int ending_of(const char *name)
{
	for (int i = 0; i < ENDINGS; i++)
		if (text_ends_with(name, endings[i]))
			return i;
	return ENDINGS;
}

static bool is_case_name(const char *name, size_t length)
{
	return length >= 1 && length <= 64 && name[0] != '.' &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") >= length;
}

static int by_number(const void *a, const void *b)
{
	const char *x = ((const struct program_case *)a)->name, *y = ((const struct program_case *)b)->name;
	size_t zeros_x = strspn(x, "0"), zeros_y = strspn(y, "0");
	size_t digits_x = strspn(x + zeros_x, "0123456789"), digits_y = strspn(y + zeros_y, "0123456789");
	int order = 0;

	/* Without its leading zeros the longer number is the larger one, however long. */
	if (digits_x != digits_y)
		return digits_x < digits_y ? -1 : 1;
	order = memcmp(x + zeros_x, y + zeros_y, digits_x);
	return order ? order : strcmp(x, y);
}

static char **slot(struct program_case *one, int ending)
{
	char **slots[ENDINGS] = { &one->in, &one->ans, &one->args, &one->files };

	return slots[ending];
}

/* The directory of a suite's cases. */
struct place {
	const char *path; /* in the task */
	int fd;
	struct strings names;
};

/* The path of a case's file, or of its directory for ".files", if it is listed; the wrong thing is a mistake. */
static int take_file(struct program_case *one, int ending, const struct place *place, struct err *e)
{
	AUTO_FREE char *name = mem_format(e, "%s%s", one->name, endings[ending]);
	AUTO_FREE char *path = name ? fs_join(place->path, name, e) : NULL;

	if (!path)
		return -1;
	if (strings_find(&place->names, name) < 0)
		return 0;
	if (ending == ENDING_FILES ? !fs_is_dir(place->fd, name) : !fs_is_file(place->fd, name))
		return err_set(e, ERR_INVALID, "%s must be a %s", path, ending == ENDING_FILES ? "directory" : "file");
	*slot(one, ending) = take_ptr(&path);
	return 0;
}

static int add_case(struct program_cases *cases, const char *input, const struct suite *suite, const struct place *place,
	struct err *e)
{
	size_t length = strlen(input) - strlen(endings[ENDING_IN]);
	struct program_case *one;

	if (!is_case_name(input, length)) {
		AUTO_FREE char *visible = text_visible_line(input, e);

		return visible ? err_set(e, ERR_INVALID, "%s/%s: a case is named by letters, digits, \".\", \"_\" and \"-\"",
					 place->path, visible) : -1;
	}
	if (cases->count >= CASES_MAX)
		return err_set(e, ERR_LIMIT, "%s has more than %d cases", place->path, CASES_MAX);
	one = mem_push(&cases->item, cases->count, sizeof(*cases->item), e);
	if (!one)
		return -1;
	cases->count++;
	one->name = mem_new(length + 1, 1, e);
	if (!one->name)
		return -1;
	memcpy(one->name, input, length);
	for (int i = 0; i < ENDINGS; i++)
		if (take_file(one, i, place, e) < 0)
			return -1;
	if (!one->ans && !suite_has_checker(suite))
		return err_set(e, ERR_INVALID, "%s has no answer beside it: %s.ans is missing", one->in, one->name);
	return 0;
}

/* An answer, arguments or files whose input is missing would silently not be tested. */
static int check_belongs(const char *name, const struct place *place, struct err *e)
{
	int ending = ending_of(name);
	AUTO_FREE char *input = NULL, *visible = NULL;

	if (ending == ENDINGS || ending == ENDING_IN)
		return 0;
	input = mem_format(e, "%.*s.in", (int)(strlen(name) - strlen(endings[ending])), name);
	visible = text_visible_line(name, e);
	if (!input || !visible)
		return -1;
	if (strings_find(&place->names, input) < 0)
		return err_set(e, ERR_INVALID, "%s/%s belongs to no case: there is no input beside it", place->path, visible);
	return 0;
}

static int add_cases(struct program_cases *cases, const struct suite *suite, const struct place *place, struct err *e)
{
	for (size_t i = 0; i < place->names.count; i++) {
		const char *name = place->names.item[i];

		if (check_belongs(name, place, e) < 0 ||
			(ending_of(name) == ENDING_IN && add_case(cases, name, suite, place, e) < 0))
			return -1;
	}
	if (!cases->count)
		return err_set(e, ERR_INVALID, "%s has no case: 01.in and 01.ans would be one", place->path);
	qsort(cases->item, cases->count, sizeof(*cases->item), by_number);
	return 0;
}

static int list_cases(struct program_cases *cases, const struct task *task, const struct suite *suite, struct err *e)
{
	AUTO_FREE char *path = mem_format(e, "tests/%s", suite->id);
	AUTO_CLOSE int fd = -1;
	struct place place = { .path = path };
	int added;

	if (!path)
		return -1;
	if (fs_open_dir(&fd, task->dir_fd, path, e) < 0 || fs_list(&place.names, fd, ".", LISTED_MAX, e) < 0)
		return err_wrap(e, "cannot list %s", path);
	place.fd = fd;
	added = add_cases(cases, suite, &place, e);
	strings_done(&place.names);
	return added;
}

int program_cases_load(struct program_cases *out, const struct task *task, const struct suite *suite, struct err *e)
{
	struct program_cases cases = { 0 };

	if (list_cases(&cases, task, suite, e) < 0) {
		program_cases_done(&cases);
		return -1;
	}
	*out = cases;
	return 0;
}

void program_cases_done(struct program_cases *cases)
{
	for (size_t i = 0; i < cases->count; i++) {
		free(cases->item[i].name);
		for (int ending = 0; ending < ENDINGS; ending++)
			free(*slot(&cases->item[i], ending));
	}
	free(cases->item);
	*cases = (struct program_cases){ 0 };
}

static int line_of(const char *bytes, const char *at)
{
	int line = 1;

	for (; bytes < at; bytes++)
		line += *bytes == '\n';
	return line;
}

int program_case_args(struct strings *out, const struct task *task, const struct program_case *which, struct err *e)
{
	AUTO_STRINGS struct strings args = { 0 };
	AUTO_FREE char *bytes = NULL;
	size_t size = 0;

	if (which->args && fs_read(&bytes, &size, task->dir_fd, which->args, ARGS_MAX_BYTES, e) < 0)
		return -1;
	if (bytes && strlen(bytes) != size)
		return err_set(e, ERR_INVALID, "%s:%d: there is a NUL in it, which no argument can have", which->args,
			line_of(bytes, bytes + strlen(bytes)));
	for (char *line = bytes, *next; line && *line; line = next) {
		char *end = strchrnul(line, '\n');

		next = *end ? end + 1 : end;
		*end = '\0';
		if (args.count >= ARGS_MAX)
			return err_set(e, ERR_LIMIT, "%s:%d: a case has at most %d arguments, a line each", which->args,
				ARGS_MAX + 1, ARGS_MAX);
		if (strings_add(&args, line, e) < 0)
			return -1;
	}
	*out = args;
	args = (struct strings){ 0 };
	return 0;
}
