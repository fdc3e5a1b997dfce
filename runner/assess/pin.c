// SPDX-License-Identifier: MIT
/*
 * The tests are those that the first accepted solution reports; every other one must report and pass the same. The
 * old manifest's order comes first, so that a pin changes as few lines as it can.
 */
#include "assess/pin.h"

#include "assess/grade.h"
#include "assess/grade_reports.h"
#include "assess/grade_terms.h"
#include "assess/pin_profile.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "score/telling.h"
#include "submission/launcher.h"

#include <stdio.h>
#include <string.h>

enum { MOST_SOLUTIONS = 100 };

#define MANIFEST "tests/manifest.json"

struct seen_test {
	const struct suite *suite;
	char *name;
	size_t solutions; /* how many reported it */
};

/* What the accepted solutions showed. */
struct seen {
	const struct pin_order *order;
	struct seen_test *item;
	size_t count;
	size_t solutions;     /* looked at, the present one included */
	const char *solution; /* the present one */
	struct profile profile; /* of suites against a module */
	struct strings skipped;
};

static void seen_done(struct seen *seen)
{
	for (size_t i = 0; i < seen->count; i++)
		free(seen->item[i].name);
	free(seen->item);
	strings_done(&seen->skipped);
	profile_done(&seen->profile);
}

/* --- looking ---------------------------------------------------------------------------------------------------- */

static struct seen_test *find_seen(const struct seen *seen, const char *suite, const char *name)
{
	for (size_t i = 0; i < seen->count; i++)
		if (strcmp(seen->item[i].suite->id, suite) == 0 && strcmp(seen->item[i].name, name) == 0)
			return &seen->item[i];
	return NULL;
}

/* What stands for a whole file that can't be loaded: node's "/tests/slug.test.js", pytest's "test_slug". */
static bool is_unloaded(const struct suite *suite, const struct reported_test *test)
{
	return suite->against != AGAINST_PROGRAM && test->outcome == OUTCOME_ERROR && test->message && *test->message &&
		(test->name[0] == '/' || !strpbrk(test->name, ". "));
}

static int see_test(struct seen *seen, const struct suite *suite, const struct reported_test *test, struct err *e)
{
	struct seen_test *known = find_seen(seen, suite->id, test->name);

	if (is_unloaded(suite, test))
		return err_set(e, ERR_INVALID, _("accepted/%s: %s of suite %s can't be loaded: %s"), seen->solution,
			test->name, suite->id, test->message);
	if (test->outcome != OUTCOME_PASSED)
		return err_set(e, ERR_INVALID,
			suite->against == AGAINST_MODULE ?
				_("accepted/%s: the test %s/%s is %s, not passed: %s; if it passes in one process with the solution, see "
				  "in tasks/README.md what doesn't cross between two") :
				_("accepted/%s: the test %s/%s is %s, not passed: %s"),
			seen->solution, suite->id, test->name, outcome_name(test->outcome), test->message ? test->message : "");
	if (!known) {
		if (seen->solutions > 1)
			return err_set(e, ERR_INVALID,
				_("accepted/%s reports the test %s/%s, which the ones before don't"), seen->solution,
				suite->id, test->name);
		known = mem_push(&seen->item, seen->count, sizeof(*known), e);
		if (!known)
			return -1;
		seen->count++;
		known->suite = suite;
		known->name = mem_copy(test->name, e);
		if (!known->name)
			return -1;
	}
	known->solutions++;
	return 0;
}

static int see_skipped(struct seen *seen, const struct suite *suite, const struct reported_test *test, struct err *e)
{
	AUTO_FREE char *name = mem_format(e, "%s/%s", suite->id, test->name);

	if (!name)
		return -1;
	return strings_find(&seen->skipped, name) >= 0 ? 0 : strings_take(&seen->skipped, take_ptr(&name), e);
}

static int no_tests(const struct seen *seen, const struct suite *suite, const struct result *result, struct err *e)
{
	const struct box_run *tester = NULL;
	AUTO_FREE char *line = NULL;

	for (size_t i = 0; i < result->run_count && !tester; i++)
		if (strcmp(result->runs[i].what, "tester") == 0 && strcmp(result->runs[i].suite, suite->id) == 0)
			tester = &result->runs[i];
	line = telling_line(tester ? tester->log : NULL, e);
	if (!line)
		return -1;
	if (!*line)
		return err_set(e, ERR_INVALID, _("accepted/%s: suite %s reports no tests"), seen->solution, suite->id);
	return err_set(e, ERR_INVALID,
		_("accepted/%s: suite %s reports no tests; its tester ended with status %d and wrote: %s"), seen->solution,
		suite->id, tester->exit_code, line);
}

/* How it ended, and the line of its compiler that tells most. */
static int not_built(const struct seen *seen, const struct result *result, struct err *e)
{
	const struct box_run *build = result_failed_build(result);
	AUTO_FREE char *line = telling_line(build->log, e), *end = grade_build_end(build, e);

	if (!line || !end)
		return -1;
	if (!*line)
		return err_set(e, ERR_INVALID, _("accepted/%s does not build (%s), and its build wrote nothing"),
			seen->solution, end);
	if (seen->order->build_wrote)
		seen->order->build_wrote(build->log, seen->order->context);
	return err_set(e, ERR_INVALID, _("accepted/%s does not build (%s): %s"), seen->solution, end, line);
}

static int look(const struct suite_report *reports, size_t count, const struct result *result, void *context,
	struct err *e)
{
	struct seen *seen = context;

	if (result_failed_build(result))
		return not_built(seen, result, e);
	for (size_t i = 0; i < count; i++) {
		if (reports[i].end != SUITE_ENDED)
			return err_set(e, ERR_INVALID, _("accepted/%s: suite %s could not be run: %s"), seen->solution,
				reports[i].suite->id, reports[i].why ? reports[i].why : "");
		if (!reports[i].has_report || reports[i].reported.count == 0)
			return no_tests(seen, reports[i].suite, result, e);
		for (size_t j = 0; j < reports[i].reported.count; j++) {
			const struct reported_test *test = &reports[i].reported.tests[j];

			if ((test->outcome == OUTCOME_SKIPPED ? see_skipped : see_test)(seen, reports[i].suite, test, e) < 0)
				return -1;
		}
	}
	return 0;
}

static int look_at(struct seen *seen, const struct grade_order *fixed, const struct grade_terms *terms,
	const char *name, struct err *e)
{
	AUTO_FREE char *path = mem_format(e, "%s/solutions/accepted/%s", fixed->task->dir, name);
	AUTO_RESULT struct result *result = NULL;
	struct grade_order one = *fixed;

	if (!path)
		return -1;
	one.submission = path;
	one.terms = terms;
	one.look = look;
	one.context = seen;
	one.recording = &seen->profile;
	seen->solution = name;
	seen->solutions++;
	if (grade(&result, &one, e) < 0)
		return -1;
	if (!result->gradable)
		return err_set(e, ERR_SYSTEM, _("accepted/%s could not be graded: %s"), name, result->reason);
	for (size_t i = 0; i < seen->count; i++)
		if (seen->item[i].solutions != seen->solutions)
			return err_set(e, ERR_INVALID,
				_("accepted/%s does not report the test %s/%s, which the ones before do"), name,
				seen->item[i].suite->id, seen->item[i].name);
	return 0;
}

static int look_at_all(struct seen *seen, const struct pin_order *order, struct err *e)
{
	AUTO_STRINGS struct strings names = { 0 };
	AUTO_GRADE_TERMS struct grade_terms terms = { 0 };
	AUTO_LAUNCHER struct launcher *launcher = NULL;
	struct grade_order fixed = {
		.task = order->task, .allow_sampled = order->allow_sampled, .stop_fd = order->stop_fd,
	};

	if (!fs_is_dir(order->task->dir_fd, "solutions/accepted"))
		return err_set(
			e, ERR_INVALID, _("there is no accepted solution: write one in solutions/accepted/NAME/"));
	if (fs_list(&names, order->task->dir_fd, "solutions/accepted", MOST_SOLUTIONS, e) < 0 ||
		launcher_new(&launcher, e) < 0)
		return -1;
	fixed.launcher = launcher;
	if (grade_terms_make(&terms, &fixed, e) < 0)
		return -1;
	if (terms.broken)
		return err_set(e, ERR_SYSTEM, "%s", terms.broken);
	if (terms.missing.count > 0)
		return err_set(
			e, ERR_NOT_FOUND, _("this machine lacks what the task needs: %s"), terms.missing.item[0]);
	for (size_t i = 0; i < names.count; i++) {
		if (order->progress)
			order->progress(names.item[i], order->context);
		if (look_at(seen, &fixed, &terms, names.item[i], e) < 0)
			return -1;
	}
	if (seen->count == 0)
		return err_set(
			e, ERR_INVALID, _("there is no accepted solution: write one in solutions/accepted/NAME/"));
	return 0;
}

/* --- the manifest ----------------------------------------------------------------------------------------------- */

static int load_old(struct manifest *old, const struct task *task, struct err *e)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;

	if (!fs_exists(task->dir_fd, MANIFEST))
		return 0;
	if (json_doc_load(&doc, task->dir_fd, MANIFEST, MANIFEST, e) < 0)
		return -1;
	return manifest_parse(old, doc, e);
}

/* The new manifest borrows everything from the old one and from what was seen, but for its arrays. */
struct draft {
	struct manifest manifest;
	size_t *moved; /* where each old test stands now; SIZE_MAX: gone */
};

static void draft_done(struct draft *draft)
{
	for (size_t i = 0; i < draft->manifest.test_count; i++)
		free(draft->manifest.tests[i].depends);
	free(draft->manifest.tests);
	free(draft->manifest.groups);
	free(draft->moved);
}

static struct manifest_test *add_test(struct draft *draft, struct err *e)
{
	struct manifest *m = &draft->manifest;
	struct manifest_test *test = mem_push(&m->tests, m->test_count, sizeof(*test), e);

	if (test)
		m->test_count++;
	return test;
}

static int keep_old_tests(struct draft *draft, struct pinned *pinned, const struct manifest *old,
	const struct seen *seen, bool remove_gone, struct err *e)
{
	draft->moved = mem_new(old->test_count, sizeof(*draft->moved), e);
	if (!draft->moved)
		return -1;
	for (size_t i = 0; i < old->test_count; i++) {
		const struct manifest_test *test = &old->tests[i];
		struct manifest_test *kept;

		draft->moved[i] = SIZE_MAX;
		if (!find_seen(seen, test->suite, test->name)) {
			if (strings_take(&pinned->gone, mem_format(e, "%s/%s", test->suite, test->name), e) < 0)
				return -1;
			if (remove_gone)
				continue;
		}
		kept = add_test(draft, e);
		if (!kept)
			return -1;
		draft->moved[i] = draft->manifest.test_count - 1;
		*kept = *test;
		kept->depends = NULL;
		kept->depends_count = 0;
	}
	return 0;
}

/* What a test depends on has moved with it; what is gone is no longer depended on. */
static int move_depends(struct draft *draft, const struct manifest *old, struct err *e)
{
	for (size_t i = 0; i < old->test_count; i++) {
		struct manifest_test *kept;

		if (draft->moved[i] == SIZE_MAX || old->tests[i].depends_count == 0)
			continue;
		kept = &draft->manifest.tests[draft->moved[i]];
		kept->depends = mem_new(old->tests[i].depends_count, sizeof(*kept->depends), e);
		if (!kept->depends)
			return -1;
		for (size_t j = 0; j < old->tests[i].depends_count; j++) {
			size_t moved = draft->moved[old->tests[i].depends[j]];

			if (moved != SIZE_MAX)
				kept->depends[kept->depends_count++] = moved;
		}
	}
	return 0;
}

static bool has_test(const struct manifest *manifest, const char *group)
{
	for (size_t i = 0; i < manifest->test_count; i++)
		if (manifest->tests[i].group && strcmp(manifest->tests[i].group, group) == 0)
			return true;
	return false;
}

/* A group goes with the last of its tests. */
static int keep_groups(struct draft *draft, const struct manifest *old, struct err *e)
{
	draft->manifest.groups = mem_new(old->group_count, sizeof(*draft->manifest.groups), e);
	if (!draft->manifest.groups)
		return -1;
	for (size_t i = 0; i < old->group_count; i++)
		if (has_test(&draft->manifest, old->groups[i].id))
			draft->manifest.groups[draft->manifest.group_count++] = old->groups[i];
	return 0;
}

static int add_new_tests(
	struct draft *draft, struct pinned *pinned, const struct manifest *old, const struct seen *seen, struct err *e)
{
	for (size_t i = 0; i < seen->count; i++) {
		const struct suite *suite = seen->item[i].suite;
		struct manifest_test *test;

		if (manifest_find(old, suite->id, seen->item[i].name) >= 0)
			continue;
		test = add_test(draft, e);
		if (!test)
			return -1;
		test->name = seen->item[i].name;
		test->suite = suite->id;
		test->points = 1;
		test->visibility = suite->visibility;
		pinned->added++;
	}
	return 0;
}

/* What stands there already is named as gone. */
static int name_skipped(struct pinned *pinned, const struct seen *seen, const struct manifest *old, struct err *e)
{
	for (size_t i = 0; i < seen->skipped.count; i++) {
		const char *name = seen->skipped.item[i], *slash = strchr(name, '/');
		AUTO_FREE char *suite = mem_format(e, "%.*s", (int)(slash - name), name);

		if (!suite)
			return -1;
		if (manifest_find(old, suite, slash + 1) < 0 && strings_add(&pinned->skipped, name, e) < 0)
			return -1;
	}
	return 0;
}

/* Rendered, read back as anybody will read it, and only then written. */
static int write_manifest(const struct draft *draft, const struct task *task, struct err *e)
{
	AUTO(manifest_done) struct manifest check = { 0 };
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	AUTO_FREE char *text = NULL;

	if (manifest_render(&draft->manifest, &text, e) < 0 ||
		json_doc_parse(&doc, MANIFEST, text, strlen(text), e) < 0 || manifest_parse(&check, doc, e) < 0)
		return -1;
	return fs_write(task->dir_fd, MANIFEST, text, strlen(text), 0644, e);
}

int pin_task(struct pinned *out, const struct pin_order *order, struct err *e)
{
	AUTO(seen_done) struct seen seen = { .order = order };
	AUTO(manifest_done) struct manifest old = { 0 };
	AUTO(draft_done) struct draft draft = { 0 };
	AUTO(pinned_done) struct pinned pinned = { 0 };

	if (order->task->kind != TASK_CODING)
		return err_set(e, ERR_INVALID, _("task %s is of the kind \"%s\": only coding tasks have a manifest"),
			order->task->id, task_kind_name(order->task->kind));
	if (load_old(&old, order->task, e) < 0 || look_at_all(&seen, order, e) < 0)
		return -1;
	draft.manifest.schema = old.schema;
	if (keep_old_tests(&draft, &pinned, &old, &seen, order->remove_gone, e) < 0 ||
		move_depends(&draft, &old, e) < 0 || keep_groups(&draft, &old, e) < 0 ||
		add_new_tests(&draft, &pinned, &old, &seen, e) < 0 || name_skipped(&pinned, &seen, &old, e) < 0 ||
		write_manifest(&draft, order->task, e) < 0 ||
		pin_profile(order->task, &seen.profile, e) < 0)
		return -1;
	pinned.tests = draft.manifest.test_count;
	*out = pinned;
	pinned = (struct pinned){ 0 };
	return 0;
}

void pinned_done(struct pinned *pinned)
{
	strings_done(&pinned->gone);
	strings_done(&pinned->skipped);
	*pinned = (struct pinned){ 0 };
}
