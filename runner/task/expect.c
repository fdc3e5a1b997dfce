// SPDX-License-Identifier: MIT
/*
 * solutions/<class>/<name>/: what the class claims, made more precise by an expect.json.
 */
#include "task/expect.h"

#include "base/fs.h"
#include "base/text.h"
#include "task/keys.h"
#include "task/task.h"

#include <string.h>

/* What a class claims: the verdict (NULL: any), and the points between bounds that depend on the task. */
enum bound { NOTHING, SOMETHING, STUB, LESS_THAN_ALL, ALL };

static const struct {
	const char *name, *verdict;
	enum bound least, most;
} classes[SOLUTION_CLASSES] = {
	[SOLUTION_ACCEPTED] = { "accepted", "accepted", ALL, ALL },
	[SOLUTION_WRONG_ANSWER] = { "wrong_answer", "wrong_answer", NOTHING, NOTHING },
	[SOLUTION_TIME_LIMIT] = { "time_limit", "time_limit", NOTHING, LESS_THAN_ALL },
	[SOLUTION_MEMORY_LIMIT] = { "memory_limit", "memory_limit", NOTHING, LESS_THAN_ALL },
	[SOLUTION_OUTPUT_LIMIT] = { "output_limit", "output_limit", NOTHING, LESS_THAN_ALL },
	[SOLUTION_RUNTIME_ERROR] = { "runtime_error", "runtime_error", NOTHING, LESS_THAN_ALL },
	[SOLUTION_COMPILE_ERROR] = { "compile_error", "compile_error", NOTHING, NOTHING },
	[SOLUTION_PARTIAL] = { "partial", "partial", SOMETHING, LESS_THAN_ALL },
	[SOLUTION_STUB] = { "stub", NULL, STUB, STUB },
	[SOLUTION_FORGED] = { "forged", NULL, NOTHING, STUB },
};

static const char *const verdicts[] = { "accepted", "partial", "wrong_answer", "compile_error", "runtime_error",
	"time_limit", "memory_limit", "output_limit", NULL };

static int points_of(enum bound bound, const struct task *task)
{
	int all = manifest_points(&task->manifest, NULL);

	switch (bound) {
	case NOTHING:
		return 0;
	case SOMETHING:
		return 1;
	case STUB:
		return task->stub_points;
	case LESS_THAN_ALL:
		return all > 0 ? all - 1 : 0;
	case ALL:
		return all;
	}
	return 0;
}

const char *solution_class_name(enum solution_class class)
{
	return classes[class].name;
}

/* --- expect.json ------------------------------------------------------------------------------------------------ */

static const struct json_key expect_keys[] = {
	KEY_FORMAT,
	{ .name = "points", .kind = JSON_ANY_KIND },
	{ .name = "verdict", .kind = JSON_STRING_KIND },
	{ .name = "fails", .kind = JSON_ARRAY_KIND, .max = 1000 },
};

static int parse_points(struct solution *solution, const struct task *task, const struct json_at *at, struct err *e)
{
	const struct json_key number = { .kind = JSON_INTEGER_KIND, .max = manifest_points(&task->manifest, NULL) };
	struct json_at least = json_element(at, 0), most = json_element(at, 1);

	if (!json_is(at, JSON_ARRAY_KIND)) {
		if (json_check_value(at, &number, e) < 0)
			return -1;
		solution->min_points = solution->max_points = (int)json_as_integer(at);
		return 0;
	}
	if (json_count(at) != 2)
		return json_fail(at, e, "must be a number or a range: [least, most]");
	if (json_check_value(&least, &number, e) < 0 || json_check_value(&most, &number, e) < 0)
		return -1;
	solution->min_points = (int)json_as_integer(&least);
	solution->max_points = (int)json_as_integer(&most);
	if (solution->min_points > solution->max_points)
		return json_fail(at, e, "must be [least, most]");
	return 0;
}

/* "suite", or "suite/test" as the manifest has it. */
static int check_fails(const struct task *task, const struct json_at *at, struct err *e)
{
	const char *s = json_as_string(at), *slash = strchr(s, '/');
	AUTO_FREE char *suite = slash ? strndup(s, (size_t)(slash - s)) : mem_copy(s, e);

	if (!suite)
		return err_memory(e);
	if (!task_suite(task, suite))
		return json_fail(at, e, "names no suite of the task");
	if (slash && manifest_find(&task->manifest, suite, slash + 1) < 0)
		return json_fail(at, e, "names no test of the manifest");
	return 0;
}

static int parse_expect(struct solution *solution, const struct task *task, const struct json_doc *doc, struct err *e)
{
	static const struct json_key named = { .kind = JSON_STRING_KIND, .min = 1, .max = 1100 };
	struct json_at root = json_root(doc), points = json_member(&root, "points"), fails = json_member(&root, "fails");
	struct json_at verdict = json_member(&root, "verdict");
	int word;

	if (keys_check(&root, expect_keys, e) < 0 || (points.value && parse_points(solution, task, &points, e) < 0) ||
		keys_strings(&root, "fails", &named, true, &solution->fails, e) < 0)
		return -1;
	for (size_t i = 0; i < solution->fails.count; i++) {
		struct json_at item = json_element(&fails, i);

		if (check_fails(task, &item, e) < 0)
			return -1;
	}
	if (!verdict.value)
		return 0;
	if (json_word(&verdict, verdicts, &word, e) < 0)
		return -1;
	free(take_ptr(&solution->verdict));
	return keys_optional(&root, "verdict", &solution->verdict, e);
}

/* --- the directories -------------------------------------------------------------------------------------------- */

enum { SOLUTIONS_PER_CLASS = 200 };

static int load_expect(struct solution *solution, const struct task *task, struct err *e)
{
	AUTO_FREE char *path = fs_join(solution->path, "expect.json", e);
	AUTO_JSON_DOC struct json_doc *doc = NULL;

	if (!path)
		return -1;
	if (fs_exists(task->dir_fd, path) && (json_doc_load(&doc, task->dir_fd, path, path, e) < 0 ||
						     parse_expect(solution, task, doc, e) < 0))
		return -1;
	if (solution->min_points > solution->max_points)
		return err_set(e, ERR_INVALID, "%s: a task of %d points has none between nothing and all", solution->path,
			manifest_points(&task->manifest, NULL));
	return 0;
}

static int add_solution(struct solutions *solutions, const struct task *task, enum solution_class class,
	const char *path, const char *name, struct err *e)
{
	struct solution *solution = mem_push(&solutions->item, solutions->count, sizeof(*solutions->item), e);

	if (!solution)
		return -1;
	solutions->count++;
	solution->class = class;
	solution->name = mem_copy(name, e);
	solution->path = fs_join(path, name, e);
	if (!solution->name || !solution->path)
		return -1;
	solution->min_points = points_of(classes[class].least, task);
	solution->max_points = points_of(classes[class].most, task);
	if (classes[class].verdict && !(solution->verdict = mem_copy(classes[class].verdict, e)))
		return -1;
	return load_expect(solution, task, e);
}

/* "solutions/acepted is no class of solutions; these are: accepted, wrong_answer, …". */
static int no_class(const char *visible, struct err *e)
{
	AUTO_TEXT struct text known = { 0 };

	for (int i = 0; i < SOLUTION_CLASSES; i++)
		text_addf(&known, "%s%s", i ? ", " : "", classes[i].name);
	return err_set(e, ERR_INVALID, "solutions/%s is no class of solutions; these are: %s", visible, text_bytes(&known));
}

static int add_class(struct solutions *solutions, const struct task *task, const char *name, struct err *e)
{
	AUTO_STRINGS struct strings names = { 0 };
	AUTO_FREE char *visible = text_visible_line(name, e);
	AUTO_FREE char *path = fs_join("solutions", name, e);
	size_t class = 0;

	if (!visible || !path)
		return -1;
	while (class < SOLUTION_CLASSES && strcmp(classes[class].name, name) != 0)
		class++;
	if (class == SOLUTION_CLASSES || !fs_is_dir(task->dir_fd, path))
		return no_class(visible, e);
	if (fs_list(&names, task->dir_fd, path, SOLUTIONS_PER_CLASS, e) < 0)
		return err_wrap(e, "cannot list %s", path);
	for (size_t i = 0; i < names.count; i++) {
		AUTO_FREE char *inside = fs_join(path, names.item[i], e);
		AUTO_FREE char *shown = inside ? text_visible_line(inside, e) : NULL;

		if (!shown)
			return -1;
		if (!fs_is_dir(task->dir_fd, inside))
			return err_set(e, ERR_INVALID, "%s is no directory: a solution is solutions/<class>/<name>/", shown);
		if (add_solution(solutions, task, (enum solution_class)class, path, names.item[i], e) < 0)
			return -1;
	}
	return 0;
}

static int load(struct solutions *solutions, const struct task *task, struct err *e)
{
	AUTO_STRINGS struct strings names = { 0 };

	if (!fs_exists(task->dir_fd, "solutions"))
		return 0;
	if (fs_list(&names, task->dir_fd, "solutions", 100, e) < 0)
		return err_wrap(e, "cannot list solutions");
	for (size_t i = 0; i < names.count; i++)
		if (add_class(solutions, task, names.item[i], e) < 0)
			return -1;
	return 0;
}

static int by_class(const void *a, const void *b)
{
	const struct solution *x = a, *y = b;

	return x->class != y->class ? (x->class < y->class ? -1 : 1) : strcmp(x->name, y->name);
}

int solutions_load(struct solutions *out, const struct task *task, struct err *e)
{
	struct solutions solutions = { 0 };

	if (load(&solutions, task, e) < 0) {
		solutions_done(&solutions);
		return -1;
	}
	if (solutions.count)
		qsort(solutions.item, solutions.count, sizeof(*solutions.item), by_class);
	*out = solutions;
	return 0;
}

void solutions_done(struct solutions *solutions)
{
	for (size_t i = 0; i < solutions->count; i++) {
		free(solutions->item[i].name);
		free(solutions->item[i].path);
		free(solutions->item[i].verdict);
		strings_done(&solutions->item[i].fails);
	}
	free(solutions->item);
	*solutions = (struct solutions){ 0 };
}
