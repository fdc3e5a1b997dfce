// SPDX-License-Identifier: MIT
/* Each directory in tests/cases/task/ is an input and what loading it says (its README has the format). */
#include "base/fs.h"
#include "base/text.h"
#include "task/catalog.h"
#include "task/expect.h"
#include "task/resolve.h"
#include "task/task.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static const char *const cases_dir = "tests/cases/task";

/* --- loading whatever the input is ------------------------------------------------------------------------------ */

static int load_package(const char *dir, struct err *e)
{
	AUTO_TASK struct task *task = NULL;
	struct solutions solutions = { 0 };

	if (task_load(&task, dir, false, e) < 0 || solutions_load(&solutions, task, e) < 0)
		return -1;
	solutions_done(&solutions);
	return 0;
}

static int load_repository(const char *dir, int dir_fd, struct err *e)
{
	AUTO_POSITION struct position *position = NULL;

	return catalog_position(&position, dir_fd, "engineer", e) < 0 ? -1 : resolve_position(position, dir, e);
}

static int load(const char *dir, int dir_fd, struct err *e)
{
	return fs_exists(dir_fd, "rubrics") ? load_repository(dir, dir_fd, e) : load_package(dir, e);
}

/* --- making the input ------------------------------------------------------------------------------------------- */

/* One line of *at without its end, or NULL when there is none left. */
static char *next_line(char **at)
{
	char *line = *at, *end = strchrnul(line, '\n');

	if (!*line)
		return NULL;
	*at = *end ? end + 1 : end;
	*end = '\0';
	return line;
}

static int edit_file(int dir_fd, const char *name, const char *piece, const char *instead, struct err *e)
{
	AUTO_FREE char *bytes = NULL;
	AUTO_TEXT struct text t = { 0 };
	size_t size;
	char *place;

	if (fs_read(&bytes, &size, dir_fd, name, 1 << 20, e) < 0)
		return -1;
	place = strstr(bytes, piece);
	if (!place)
		return err_set(e, ERR_USAGE, "the case wants to edit %s, but %s is not there", name, piece);
	text_add_bytes(&t, bytes, (size_t)(place - bytes));
	text_add(&t, instead);
	text_add(&t, place + strlen(piece));
	return fs_write(dir_fd, name, t.bytes, t.length, 0644, e);
}

static int apply_edits(int case_fd, int dir_fd, struct err *e)
{
	AUTO_FREE char *bytes = NULL;
	size_t size;
	char *at, *name;

	if (!fs_exists(case_fd, "edit"))
		return 0;
	if (fs_read(&bytes, &size, case_fd, "edit", 1 << 20, e) < 0)
		return -1;
	at = bytes;
	while ((name = next_line(&at))) {
		char *piece = next_line(&at), *instead = next_line(&at);

		if (!piece || !instead || edit_file(dir_fd, name, piece, instead, e) < 0)
			return -1;
	}
	return 0;
}

static int remove_files(int case_fd, int dir_fd, struct err *e)
{
	AUTO_FREE char *bytes = NULL;
	size_t size;
	char *at, *name;

	if (!fs_exists(case_fd, "remove"))
		return 0;
	if (fs_read(&bytes, &size, case_fd, "remove", 1 << 20, e) < 0)
		return -1;
	at = bytes;
	while ((name = next_line(&at)))
		if (fs_remove_tree(dir_fd, name, e) < 0)
			return -1;
	return 0;
}

static int copy_base(int case_fd, int dir_fd, struct err *e)
{
	AUTO_FREE char *bytes = NULL;
	AUTO_FREE char *path = NULL;
	size_t size;

	if (!fs_exists(case_fd, "base"))
		return 0;
	if (fs_read(&bytes, &size, case_fd, "base", 100, e) < 0)
		return -1;
	bytes[strcspn(bytes, "\n")] = '\0';
	path = mem_format(e, "%s/base/%s", cases_dir, bytes);
	return path ? fs_copy_tree(AT_FDCWD, path, dir_fd, ".", e) : -1;
}

static int make_input(int case_fd, int dir_fd, struct err *e)
{
	if (copy_base(case_fd, dir_fd, e) < 0)
		return -1;
	if (fs_exists(case_fd, "files") && fs_copy_tree(case_fd, "files", dir_fd, ".", e) < 0)
		return -1;
	return apply_edits(case_fd, dir_fd, e) < 0 ? -1 : remove_files(case_fd, dir_fd, e);
}

/* --- one case --------------------------------------------------------------------------------------------------- */

static void remove_dir(char **path)
{
	struct err e = { 0 };

	if (*path)
		fs_remove_tree(AT_FDCWD, *path, &e);
	free(*path);
}

/* What is said, with the temporary directory's name taken out of it. */
static char *run(const char *name, struct err *e)
{
	AUTO_FREE char *case_dir = fs_join(cases_dir, name, e);
	AUTO(remove_dir) char *dir = NULL;
	AUTO_CLOSE int case_fd = -1;
	AUTO_CLOSE int dir_fd = -1;
	struct err said = { 0 };
	char *place;

	if (fs_open_dir(&case_fd, AT_FDCWD, case_dir, e) < 0 || fs_temp_dir(&dir, "assay-test-task", e) < 0 ||
		fs_open_dir(&dir_fd, AT_FDCWD, dir, e) < 0 || make_input(case_fd, dir_fd, e) < 0)
		return NULL;
	if (load(dir, dir_fd, &said) == 0)
		return mem_copy("ok\n", e);
	place = strstr(said.text, dir);
	if (!place)
		return mem_format(e, "%s: %s\n", err_kind_name(said.kind), said.text);
	return mem_format(e, "%s: %.*sDIR%s\n", err_kind_name(said.kind), (int)(place - said.text), said.text,
		place + strlen(dir));
}

static void says_what_is_expected(void **state)
{
	const char *name = *state;
	struct err e = { 0 };
	AUTO_FREE char *path = mem_format(&e, "%s/%s/expected", cases_dir, name);
	AUTO_FREE char *expected = NULL;
	AUTO_FREE char *said = run(name, &e);
	size_t size;

	if (!said || fs_read(&expected, &size, AT_FDCWD, path, 4096, &e) < 0)
		fail_msg("%s", e.text);

	assert_string_equal(said, expected);
}

int main(void)
{
	AUTO_STRINGS struct strings names = { 0 };
	AUTO_FREE struct CMUnitTest *tests = NULL;
	struct err e = { 0 };
	size_t count = 0;

	if (fs_list(&names, AT_FDCWD, cases_dir, 10000, &e) < 0)
		return 1;
	tests = mem_new(names.count, sizeof(*tests), &e);
	for (size_t i = 0; tests && i < names.count; i++)
		if (strcmp(names.item[i], "base") != 0 && strcmp(names.item[i], "README.md") != 0)
			tests[count++] = (struct CMUnitTest){ .name = names.item[i], .test_func = says_what_is_expected,
				.initial_state = names.item[i] };
	return _cmocka_run_group_tests("mistakes", tests, count, NULL, NULL);
}
