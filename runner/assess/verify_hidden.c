// SPDX-License-Identifier: MIT
/*
 * No file that a candidate receives (statement, starter, visible suites) may be one of those that they must never
 * see. Names prove nothing, so bytes are compared. What suites share is no secret: a helper that lies beside visible
 * tests as well as hidden ones; but a file of which a hidden test takes its name must not lie anywhere else. Nor is a
 * file of an accepted solution that it took from the starter unchanged.
 *
 * A hidden test is also given away by a part of it: a few lines in a row (assess/copied_lines.h). It is a problem where they
 * hold the test's own name or most of its file; else honest tasks have them too, so a person is asked. What accepted
 * solutions say as well, and for all but visible suites these, is no part of that. Long files are left out. Of a case of a
 * program the whole counts as well, however short (assess/hidden_cases.h). In an archive nobody looks; so each is named,
 * for a person to look.
 */
#include "assess/copied_lines.h"
#include "assess/hidden_cases.h"
#include "assess/prints.h"
#include "assess/test_names.h"
#include "assess/verify.h"
#include "base/fs.h"
#include "base/i18n.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* A smaller solution may well be part of something else. */
enum { MOST_SOLUTIONS = 20000, LEAST_PART = 64 };

/* Whether a test of that suite is named after the file ("test_errors.test_x" after test_errors.py, "07" after 07.ans). */
static bool names_a_test(const struct task *task, const struct print *print)
{
	const char *slash = strrchr(print->path, '/'), *name = slash ? slash + 1 : print->path;
	size_t stem = strcspn(name, ".");

	for (size_t i = 0; i < task->manifest.test_count; i++) {
		const struct manifest_test *test = &task->manifest.tests[i];

		if (strcmp(test->suite, print->suite) == 0 && strncmp(test->name, name, stem) == 0 &&
			(test->name[stem] == '.' || test->name[stem] == '\0'))
			return true;
	}
	return false;
}

static bool gives_away(const struct task *task, const struct print *shown, const struct print *hidden)
{
	if (hidden->is_short || strcmp(shown->hex, hidden->hex) != 0)
		return false;
	/* Answers are alike where the inputs aren't: hidden_cases_find compares whole cases. */
	if (shown->suite && hidden_cases_have(task, shown) && hidden_cases_have(task, hidden))
		return false;
	return !hidden->suite || !shown->suite || names_a_test(task, hidden);
}

static int compare(struct verification *out, const struct task *task, const struct prints *shown,
	const struct prints *hidden, struct err *e)
{
	for (size_t i = 0; i < shown->count; i++)
		for (size_t j = 0; j < hidden->count; j++)
			if (gives_away(task, &shown->item[i], &hidden->item[j]) &&
				strings_take(&out->problems,
					mem_format(e, _("%s, which a candidate receives, is the hidden %s"),
						shown->item[i].path, hidden->item[j].path),
					e) < 0)
				return -1;
	return 0;
}

/* --- parts ------------------------------------------------------------------------------------------------------ */

static bool is_given(const struct task *task, const struct print *print)
{
	(void)task;
	return !print->suite;
}

static bool is_of_a_suite(const struct task *task, const struct print *print)
{
	return !is_given(task, print);
}

static bool is_any(const struct task *task, const struct print *print)
{
	(void)task;
	(void)print;
	return true;
}

/* Those of `prints` that are wanted, in their order; the others, and what isn't looked into, are empty. The caller's. */
static int files_of(struct lines_files *out, const struct prints *prints, const struct task *task,
	bool (*is_wanted)(const struct task *, const struct print *), struct err *e)
{
	struct lines_file *files = mem_new(prints->count, sizeof(*files), e);

	for (size_t i = 0; files && i < prints->count; i++) {
		const struct print *print = &prints->item[i];

		if (print->bytes && is_wanted(task, print))
			files[i] = (struct lines_file){ print->bytes, print->size };
	}
	*out = (struct lines_files){ files, files ? prints->count : 0 };
	return files ? 0 : -1;
}

static void lines_files_done(struct lines_files *files)
{
	free((void *)files->item);
}

enum weight { OF_NO_WEIGHT, DOUBTFUL, GRAVE };

/*
 * A block that holds a hidden test's function or title, or most of its file, is that test. Anything else may be meant: a
 * statement's example that a test posts, the beginning of a table. A starter's file that nobody can edit is a part of the
 * task as it is, and its test may well say some of what it says. Visible suites have helpers in common with hidden ones; a test that
 * they have in common is no secret any more, but most of a hidden case is no helper.
 */
static enum weight weigh(const struct task *task, const struct copied *copy, const struct print *holder, const struct print *test)
{
	bool is_starter = text_starts_with(holder->path, "starter/");
	bool is_fixed = is_starter && !task_admits(task, holder->path + strlen("starter/"));
	bool is_most = copy->lines > copy->hidden_lines / 2;

	if (!hidden_cases_have(task, test) && test_names_stand_in(task, copy->text, copy->size))
		return holder->suite ? DOUBTFUL : GRAVE;
	if (holder->suite && is_most && hidden_cases_have(task, test) && !hidden_cases_have(task, holder))
		return GRAVE;
	if (holder->suite || (is_fixed && !is_most))
		return OF_NO_WEIGHT;
	return is_most && !is_fixed ? GRAVE : DOUBTFUL;
}

static int say_copy(struct verification *out, const struct copied *copy, enum weight weight, const struct print *holder,
	const struct print *test, struct err *e)
{
	if (weight == GRAVE)
		return strings_take(&out->problems,
			mem_format(e,
				_("%s, which a candidate receives, has %zu lines of the hidden %s in it (from line %zu on, "
				  "there from line %zu on)"),
				holder->path, copy->lines, test->path, copy->shown_line, copy->hidden_line),
			e);
	return strings_take(&out->warnings,
		mem_format(e,
			_("%s, which a candidate receives, and the hidden %s have %zu lines alike (from line %zu on, there "
			  "from line %zu on): is that meant?"),
			holder->path, test->path, copy->lines, copy->shown_line, copy->hidden_line),
		e);
}

/* Of a pair's blocks only the first of the gravest; those of a shown file stand together. */
static bool is_to_be_said(const struct copies *copies, const enum weight *weights, size_t which)
{
	const struct copied *copy = &copies->item[which];

	for (size_t i = which; i-- > 0 && copies->item[i].shown == copy->shown;)
		if (copies->item[i].hidden == copy->hidden && weights[i] >= weights[which])
			return false;
	for (size_t i = which + 1; i < copies->count && copies->item[i].shown == copy->shown; i++)
		if (copies->item[i].hidden == copy->hidden && weights[i] > weights[which])
			return false;
	return weights[which] != OF_NO_WEIGHT;
}

static int say_copies(struct verification *out, const struct copies *copies, const struct task *task,
	const struct prints *shown, const struct prints *hidden, struct err *e)
{
	AUTO_FREE enum weight *weights = mem_new(copies->count, sizeof(*weights), e);

	if (!weights)
		return -1;
	for (size_t i = 0; i < copies->count; i++)
		if (strcmp(shown->item[copies->item[i].shown].hex, hidden->item[copies->item[i].hidden].hex) != 0)
			weights[i] = weigh(task, &copies->item[i], &shown->item[copies->item[i].shown],
				&hidden->item[copies->item[i].hidden]);
	for (size_t i = 0; i < copies->count; i++) {
		const struct copied *copy = &copies->item[i];

		if (is_to_be_said(copies, weights, i) &&
			say_copy(out, copy, weights[i], &shown->item[copy->shown], &hidden->item[copy->hidden], e) < 0)
			return -1;
	}
	return 0;
}

/* Of what lies outside of suites, or of visible suites: what is as much as given in another way is no part of a secret. */
static int compare_parts(struct verification *out, const struct task *task, const struct prints *shown,
	const struct prints *hidden, bool of_suites, struct err *e)
{
	AUTO(prints_done) struct prints common = { 0 };
	AUTO(copies_done) struct copies copies = { 0 };
	AUTO(lines_files_done) struct lines_files shown_files = { 0 }, hidden_files = { 0 }, common_files = { 0 };

	if ((!of_suites && prints_add_suites(&common, task, true, e) < 0) ||
		prints_add_place(&common, task, "solutions/accepted", NULL, e) < 0 ||
		files_of(&shown_files, shown, task, of_suites ? is_of_a_suite : is_given, e) < 0 ||
		files_of(&hidden_files, hidden, task, is_of_a_suite, e) < 0 ||
		files_of(&common_files, &common, task, is_any, e) < 0 ||
		copied_lines(&copies, &shown_files, &hidden_files, &common_files, e) < 0)
		return -1;
	return say_copies(out, &copies, task, shown, hidden, e);
}

static int warn_of_archives(struct verification *out, const struct prints *shown, struct err *e)
{
	for (size_t i = 0; i < shown->count; i++)
		if (shown->item[i].is_archive &&
			strings_take(&out->warnings,
				mem_format(e, _("%s, which a candidate receives, is an archive, and nobody has looked into it: "
						"is there nothing hidden in it?"), shown->item[i].path),
				e) < 0)
			return -1;
	return 0;
}

/* --- accepted solutions ----------------------------------------------------------------------------------------- */

static bool is_in_starter(const struct prints *shown, const char *path, const char *hex)
{
	for (size_t i = 0; i < shown->count; i++)
		if (text_starts_with(shown->item[i].path, "starter/") &&
			strcmp(shown->item[i].path + strlen("starter/"), path) == 0)
			return strcmp(shown->item[i].hex, hex) == 0;
	return false;
}

/* Whether a file is the starter's that the solution has changed: what was only taken away there is no secret. */
static bool is_changed(const struct print *shown, const char *path)
{
	return text_starts_with(shown->path, "starter/") && strcmp(shown->path + strlen("starter/"), path) == 0;
}

/* The file, not the solution's own in the starter, that has all of it but blanks at its end in it; NULL: none. */
static const struct print *find_holder(const struct prints *shown, const struct print *part, const char *path)
{
	size_t size = part->size;

	while (size > 0 && isspace((unsigned char)part->bytes[size - 1]))
		size--;
	for (size_t i = 0; size >= LEAST_PART && i < shown->count; i++)
		if (shown->item[i].bytes && !is_changed(&shown->item[i], path) &&
			memmem(shown->item[i].bytes, shown->item[i].size, part->bytes, size))
			return &shown->item[i];
	return NULL;
}

static int compare_part(struct verification *out, const struct prints *shown, const struct print *part, struct err *e)
{
	for (size_t i = 0; !part->is_short && i < shown->count; i++)
		if (strcmp(shown->item[i].hex, part->hex) == 0 &&
			strings_take(&out->problems,
				mem_format(e, _("%s, which a candidate receives, is the solution %s"), shown->item[i].path,
					part->path),
				e) < 0)
			return -1;
	return 0;
}

static int say_held(struct verification *out, const struct print *holder, const struct print *part, struct err *e)
{
	return strings_take(&out->problems,
		mem_format(e, _("%s, which a candidate receives, has the solution %s in it"), holder->path, part->path), e);
}

/* That a part of a solution stands in the starter may be the task: to move it. So there all parts must stand. */
static int compare_solution(struct verification *out, const struct prints *shown, const struct prints *solution,
	const char *place, struct err *e)
{
	const struct print *holder = NULL, *held = NULL;
	size_t own = 0, all_held = 0;

	for (size_t i = 0; i < solution->count; i++) {
		const struct print *part = &solution->item[i], *found;
		const char *path = part->path + strlen(place) + 1;

		if (is_in_starter(shown, path, part->hex))
			continue;
		own++;
		if (compare_part(out, shown, part, e) < 0)
			return -1;
		found = find_holder(shown, part, path);
		if (!found || strcmp(found->hex, part->hex) == 0)
			continue;
		if (!text_starts_with(found->path, "starter/")) {
			if (say_held(out, found, part, e) < 0)
				return -1;
			continue;
		}
		all_held++;
		holder = found;
		held = part;
	}
	if (!own && solution->count)
		return strings_take(&out->problems,
			mem_format(e, _("%s has nothing that starter/ hasn't: candidates receive a solution"), place), e);
	return holder && all_held == own ? say_held(out, holder, held, e) : 0;
}

static int compare_solutions(struct verification *out, const struct task *task, const struct prints *shown,
	struct err *e)
{
	AUTO_STRINGS struct strings names = { 0 };

	if (!fs_is_dir(task->dir_fd, "solutions/accepted"))
		return 0;
	if (fs_list(&names, task->dir_fd, "solutions/accepted", MOST_SOLUTIONS, e) < 0)
		return -1;
	for (size_t i = 0; i < names.count; i++) {
		AUTO(prints_done) struct prints solution = { 0 };
		AUTO_FREE char *place = fs_join("solutions/accepted", names.item[i], e);

		if (!place)
			return -1;
		if (!fs_is_dir(task->dir_fd, place))
			continue;
		if (prints_add_place(&solution, task, place, NULL, e) < 0 ||
			compare_solution(out, shown, &solution, place, e) < 0)
			return -1;
	}
	return 0;
}

int verify_hidden(struct verification *out, const struct task *task, struct err *e)
{
	static const char *const shown_places[] = { "statement.md", "statement.de.md", "starter", "review/base",
		"review/head" };
	static const char *const hidden_places[] = { "interviewer.md", "interviewer.de.md", "probes.json",
		"questions.json", "review/flaws.json", "review/answers", "tests/manifest.json" };
	AUTO(prints_done) struct prints shown = { 0 }, hidden = { 0 };

	for (size_t i = 0; i < sizeof(shown_places) / sizeof(shown_places[0]); i++)
		if (prints_add_place(&shown, task, shown_places[i], NULL, e) < 0)
			return -1;
	for (size_t i = 0; i < sizeof(hidden_places) / sizeof(hidden_places[0]); i++)
		if (prints_add_place(&hidden, task, hidden_places[i], NULL, e) < 0)
			return -1;
	if (prints_add_suites(&shown, task, true, e) < 0 || prints_add_suites(&hidden, task, false, e) < 0)
		return -1;
	if (compare(out, task, &shown, &hidden, e) < 0 || compare_parts(out, task, &shown, &hidden, false, e) < 0 ||
		compare_parts(out, task, &shown, &hidden, true, e) < 0 ||
		hidden_cases_find(out, task, &shown, &hidden, e) < 0 || warn_of_archives(out, &shown, e) < 0)
		return -1;
	return compare_solutions(out, task, &shown, e);
}
