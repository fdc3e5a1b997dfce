// SPDX-License-Identifier: MIT
/*
 * What a tester may load to tell us of every test at once: copies of the bundled reporters, which read the times of
 * the suite's tests from a file beside them. They are not looked for in the candidate's tree before ours.
 */
#include "submission/run_parts.h"

#include "base/fs.h"
#include "base/json.h"
#include "submission/scratch.h"

#include <fcntl.h>
#include <string.h>

#define INSIDE "/reporters"
#define TIMES  "test_ms.json"

int64_t run_test_ms(const struct task *task, const struct suite *suite, const char *test)
{
	long i = manifest_find(&task->manifest, suite->id, test);

	return i >= 0 && task->manifest.tests[i].test_ms ? task->manifest.tests[i].test_ms : suite->test_ms;
}

/* {"default": 5000, "tests": {"test_a.test_b": 100}}: those that differ. */
static int write_times(const char *dir, const struct task *task, const struct suite *suite, struct err *e)
{
	AUTO_JSON struct json *root = json_pack_new("{s:I}", "default", (long long)suite->test_ms);
	AUTO_FREE char *text = NULL, *path = fs_join(dir, TIMES, e);
	struct json *tests = json_new_object();

	for (size_t i = 0; i < task->manifest.test_count; i++) {
		const struct manifest_test *test = &task->manifest.tests[i];

		if (test->test_ms && strcmp(test->suite, suite->id) == 0)
			json_put_take(&tests, test->name, json_pack_new("I", (long long)test->test_ms));
	}
	json_put_take(&root, "tests", tests);
	if (!path || json_render(root, JSON_STYLE_COMPACT, &text, e) < 0)
		return -1;
	return fs_write(AT_FDCWD, path, text, strlen(text), 0644, e);
}

static int lay_out(const char *dir, const struct run *run, const struct suite *suite, struct err *e)
{
	if (fs_is_dir(AT_FDCWD, dir))
		return 0;
	if (fs_copy_tree(AT_FDCWD, run->reporters, AT_FDCWD, dir, e) < 0 || write_times(dir, run->task, suite, e) < 0 ||
		scratch_open_up(dir, e) < 0)
		return err_wrap(e, "cannot lay out the reporters");
	return 0;
}

static int show(struct box *box, const char *dir, struct err *e)
{
	size_t i = 0;

	while (i < BOX_MAX_RO && box->ro[i].host)
		i++;
	if (i == BOX_MAX_RO)
		return err_set(e, ERR_INTERNAL, "a box can't be shown more than %d places", BOX_MAX_RO);
	box->ro[i].host = dir;
	box->ro[i].inside = INSIDE;
	return 0;
}

int run_show_reporters(char **dir, struct box *box, struct strings *env, const char *path, const struct run *run,
	const struct suite *suite, struct err *e)
{
	AUTO_FREE char *made = NULL;

	if (suite->report != REPORT_TAP)
		return path ? strings_take(env, mem_format(e, "PYTHONPATH=%s", path), e) : 0;
	made = mem_format(e, "%s/reporters-%s", run->scratch, suite->id);
	if (!made || lay_out(made, run, suite, e) < 0 || show(box, made, e) < 0 ||
		strings_take(env, mem_format(e, "PYTHONPATH=" INSIDE "%s%s", path ? ":" : "", path ? path : ""), e) < 0)
		return -1;
	*dir = take_ptr(&made);
	return 0;
}
