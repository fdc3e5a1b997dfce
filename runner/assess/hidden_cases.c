// SPDX-License-Identifier: MIT
/*
 * Of each hidden case two parts are looked for: what it asks (NN.in; where that is empty, NN.args or the first of NN.files)
 * and what it expects (NN.ans). The shown files are cut into lines once.
 */
#include "assess/hidden_cases.h"

#include "assess/copied_lines.h"
#include "assess/whole_lines.h"
#include "base/i18n.h"
#include "base/text.h"
#include "task/cases.h"

#include <stdlib.h>
#include <string.h>

/* So many bytes stand nowhere by chance; so few letters may. */
enum { LEAST_PART = 64, LEAST_LETTERS = 8, FEW_LETTERS = 3 };

/* --- cases among files ------------------------------------------------------------------------------------------ */

/* How long the case's own path is in the path of its file ("tests/cases/07" of "tests/cases/07.files/list"); 0: it is
 * none of a case. */
static size_t case_length(const struct print *print)
{
	static const char *const endings[] = { ".in", ".ans", ".args", ".files" };
	size_t before = strlen("tests/") + strlen(print->suite) + 1;
	const char *name = strlen(print->path) > before ? print->path + before : "";
	size_t length = strcspn(name, "/");

	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
		size_t ending = strlen(endings[i]);

		if (length > ending && memcmp(name + length - ending, endings[i], ending) == 0)
			return before + length - ending;
	}
	return 0;
}

bool hidden_cases_have(const struct task *task, const struct print *print)
{
	return task_suite(task, print->suite)->against == AGAINST_PROGRAM && case_length(print) > 0;
}

static const struct print *find_path(const struct prints *prints, const char *path)
{
	for (size_t i = 0; path && i < prints->count; i++)
		if (strcmp(prints->item[i].path, path) == 0)
			return &prints->item[i];
	return NULL;
}

/* The file of a case that differs from others by what is behind the case's path. */
static const struct print *find_beside(const struct prints *prints, const struct print *one, const struct print *other)
{
	size_t length = case_length(one), rest = case_length(other);

	for (size_t i = 0; i < prints->count; i++)
		if (strncmp(prints->item[i].path, one->path, length) == 0 &&
			strcmp(prints->item[i].path + length, other->path + rest) == 0)
			return &prints->item[i];
	return NULL;
}

static size_t count_files(const struct prints *prints, const struct print *one)
{
	size_t length = case_length(one), count = 0;

	for (size_t i = 0; i < prints->count; i++)
		count += strncmp(prints->item[i].path, one->path, length) == 0 && prints->item[i].path[length] == '.' &&
			case_length(&prints->item[i]) == length;
	return count;
}

/* --- a hidden case ---------------------------------------------------------------------------------------------- */

struct hidden_case {
	char *path; /* "tests/cases/07" */
	const struct print *asked, *expected; /* NULL, or with something in it */
	struct whole_lines asked_lines, expected_lines;
};

struct search {
	struct verification *out;
	const struct task *task;
	const struct prints *shown, *hidden;
	struct whole_lines *lines; /* of each shown file that hidden cases may stand in */
};

static void hidden_case_done(struct hidden_case *one)
{
	free(one->path);
	whole_lines_done(&one->asked_lines);
	whole_lines_done(&one->expected_lines);
}

static const struct print *filled(const struct print *print)
{
	return print && !print->is_empty ? print : NULL;
}

static const struct print *first_of_files(const struct prints *prints, const char *directory)
{
	size_t length = directory ? strlen(directory) : 0;

	for (size_t i = 0; directory && i < prints->count; i++)
		if (strncmp(prints->item[i].path, directory, length) == 0 && prints->item[i].path[length] == '/' &&
			!prints->item[i].is_empty)
			return &prints->item[i];
	return NULL;
}

static int fill_case(struct hidden_case *one, const struct search *search, const struct program_case *which, struct err *e)
{
	const struct prints *hidden = search->hidden;

	one->path = mem_format(e, "%.*s", (int)(strlen(which->in) - strlen(".in")), which->in);
	one->asked = filled(find_path(hidden, which->in));
	if (!one->asked)
		one->asked = filled(find_path(hidden, which->args));
	if (!one->asked)
		one->asked = first_of_files(hidden, which->files);
	one->expected = filled(find_path(hidden, which->ans));
	if (!one->path ||
		(one->asked && whole_lines_of(&one->asked_lines, one->asked->bytes, one->asked->size, e) < 0) ||
		(one->expected && whole_lines_of(&one->expected_lines, one->expected->bytes, one->expected->size, e) < 0))
		return -1;
	return 0;
}

/* --- a case of a visible suite ---------------------------------------------------------------------------------- */

/* Whether all files of a hidden case are the same beside `visible`, the print of one of them in a visible suite. */
static bool is_same_case(const struct search *search, const struct print *visible, const struct print *hidden)
{
	size_t length = case_length(hidden);

	if (count_files(search->shown, visible) != count_files(search->hidden, hidden))
		return false;
	for (size_t i = 0; i < search->hidden->count; i++) {
		const struct print *part = &search->hidden->item[i], *other;

		if (strncmp(part->path, hidden->path, length) != 0 || part->path[length] != '.' ||
			case_length(part) != length)
			continue;
		other = find_beside(search->shown, visible, part);
		if (!other || strcmp(other->hex, part->hex) != 0)
			return false;
	}
	return true;
}

static int compare_with_visible(const struct search *search, const struct hidden_case *one, struct err *e)
{
	bool is_grave = one->asked && (!one->asked->is_short || (one->expected && !one->expected->is_short));

	for (size_t i = 0; one->asked && i < search->shown->count; i++) {
		const struct print *print = &search->shown->item[i];

		if (!print->suite || strcmp(print->hex, one->asked->hex) != 0 || !hidden_cases_have(search->task, print) ||
			!is_same_case(search, print, one->asked))
			continue;
		return is_grave ? strings_take(&search->out->problems,
					 mem_format(e, _("the case %.*s, which a candidate receives, is the hidden %s"),
						 (int)case_length(print), print->path, one->path), e) :
				 strings_take(&search->out->warnings,
					 mem_format(e,
						 _("the case %.*s, which a candidate receives, is the hidden %s: is that "
						   "meant?"),
						 (int)case_length(print), print->path, one->path),
					 e);
	}
	return 0;
}

/* What a visible suite has as well is no secret. */
static bool is_visible(const struct search *search, const struct print *part)
{
	for (size_t i = 0; i < search->shown->count; i++)
		if (search->shown->item[i].suite && strcmp(search->shown->item[i].hex, part->hex) == 0)
			return true;
	return false;
}

/* A question and an answer of one figure each stand everywhere. */
static bool says_something(const struct hidden_case *one)
{
	return one->asked_lines.letters + one->expected_lines.letters >= FEW_LETTERS;
}

static bool is_pair_visible(const struct search *search, const struct hidden_case *one)
{
	return one->asked && one->expected && is_visible(search, one->asked) && is_visible(search, one->expected);
}

/* --- whole files ------------------------------------------------------------------------------------------------ */

/* Whether hidden cases may stand in it. What is a visible case itself is compared with them as a case. */
static bool may_hold_cases(const struct search *search, const struct print *shown)
{
	return !shown->suite || !hidden_cases_have(search->task, shown);
}

static const struct print *find_print(const struct search *search, const struct print *print, const struct print *but)
{
	const struct prints *shown = search->shown;

	for (size_t i = 0; i < shown->count; i++)
		if (&shown->item[i] != but && strcmp(shown->item[i].hex, print->hex) == 0 &&
			may_hold_cases(search, &shown->item[i]))
			return &shown->item[i];
	return NULL;
}

static int compare_files(const struct search *search, const struct hidden_case *one, struct err *e)
{
	const struct print *asked = one->asked ? find_print(search, one->asked, NULL) : NULL;
	const struct print *expected = find_print(search, one->expected, asked);

	if (!expected || !one->expected->is_short || is_pair_visible(search, one))
		return 0;
	if (asked)
		return !one->asked->is_short ? 0 : strings_take(&search->out->problems,
			mem_format(e, _("%s and %s, which a candidate receives, are the input and the answer of the hidden %s"),
				asked->path, expected->path, one->path), e);
	if (one->expected_lines.letters < LEAST_LETTERS)
		return 0;
	return strings_take(&search->out->warnings,
		mem_format(e, _("%s, which a candidate receives, is the answer of the hidden %s: is that meant?"), expected->path,
			one->path),
		e);
}

/* --- inside of files -------------------------------------------------------------------------------------------- */

/* Whether copied_lines looks for it. */
static bool has_many_lines(const struct print *print)
{
	return copied_lines_count(&(struct lines_file){ print->bytes, print->size }) >= COPIED_LEAST;
}

static bool is_long(const struct print *print)
{
	return !print->bytes || print->size >= LEAST_PART || has_many_lines(print);
}

/* A part that is long enough to count alone, in one of the shown files. */
static int look_for_part(const struct search *search, size_t which, const struct print *part,
	const struct whole_lines *lines, struct err *e)
{
	const struct print *holder = &search->shown->item[which];
	bool is_starter = text_starts_with(holder->path, "starter/");
	bool is_fixed = is_starter && !task_admits(search->task, holder->path + strlen("starter/"));
	size_t line;

	if (!part || part->size < LEAST_PART || has_many_lines(part) || strcmp(holder->hex, part->hex) == 0)
		return 0;
	line = whole_lines_find(&search->lines[which], lines);
	if (!line || is_visible(search, part))
		return 0;
	return is_fixed ? strings_take(&search->out->warnings,
				  mem_format(e,
					  _("%s, which a candidate receives, has the hidden %s in it (from line %zu on): is "
					    "that meant?"),
					  holder->path, part->path, line),
				  e) :
			  strings_take(&search->out->problems,
				  mem_format(e, _("%s, which a candidate receives, has the hidden %s in it (from line %zu on)"),
					  holder->path, part->path, line),
				  e);
}

static int look_for_pair(const struct search *search, size_t which, const struct hidden_case *one, struct err *e)
{
	const char *path = search->shown->item[which].path;
	enum whole_pair pair = PAIR_NOT;

	if (one->asked && one->expected && !is_long(one->asked) && !is_long(one->expected) && !is_pair_visible(search, one))
		pair = whole_lines_find_pair(&search->lines[which], &one->asked_lines, &one->expected_lines);
	if (pair == PAIR_APART && says_something(one))
		return strings_take(&search->out->problems,
			mem_format(e, _("%s, which a candidate receives, has the input and the answer of the hidden %s in it"), path,
				one->path),
			e);
	if (pair == PAIR_AMONG_OTHERS && one->expected_lines.letters >= LEAST_LETTERS)
		return strings_take(&search->out->warnings,
			mem_format(e,
				_("%s, which a candidate receives, has the input and the answer of the hidden %s in it, among other "
				  "lines: is that meant?"),
				path, one->path),
			e);
	return 0;
}

static int look_for(const struct search *search, const struct hidden_case *one, struct err *e)
{
	if (compare_with_visible(search, one, e) < 0 || (one->expected && compare_files(search, one, e) < 0))
		return -1;
	for (size_t i = 0; i < search->shown->count; i++)
		if (look_for_part(search, i, one->asked, &one->asked_lines, e) < 0 ||
			look_for_part(search, i, one->expected, &one->expected_lines, e) < 0 ||
			look_for_pair(search, i, one, e) < 0)
			return -1;
	return 0;
}

/* --- the whole -------------------------------------------------------------------------------------------------- */

static int look_for_cases_of(const struct search *search, const struct suite *suite, struct err *e)
{
	AUTO(program_cases_done) struct program_cases cases = { 0 };

	if (program_cases_load(&cases, search->task, suite, e) < 0)
		return -1;
	for (size_t i = 0; i < cases.count; i++) {
		AUTO(hidden_case_done) struct hidden_case one = { 0 };

		if (fill_case(&one, search, &cases.item[i], e) < 0 || look_for(search, &one, e) < 0)
			return -1;
	}
	return 0;
}

static int look_for_all(const struct search *search, struct err *e)
{
	for (size_t i = 0; i < search->shown->count; i++) {
		const struct print *print = &search->shown->item[i];

		if (may_hold_cases(search, print) && whole_lines_of(&search->lines[i], print->bytes, print->bytes ? print->size : 0, e) < 0)
			return -1;
	}
	for (size_t i = 0; i < search->task->suite_count; i++) {
		const struct suite *suite = &search->task->suites[i];

		if (suite->against == AGAINST_PROGRAM && suite->visibility != VISIBILITY_VISIBLE &&
			look_for_cases_of(search, suite, e) < 0)
			return -1;
	}
	return 0;
}

int hidden_cases_find(struct verification *out, const struct task *task, const struct prints *shown,
	const struct prints *hidden, struct err *e)
{
	struct whole_lines *lines = mem_new(shown->count, sizeof(*lines), e);
	struct search search = { out, task, shown, hidden, lines };
	int found = lines ? look_for_all(&search, e) : -1;

	for (size_t i = 0; lines && i < shown->count; i++)
		whole_lines_done(&lines[i]);
	free(lines);
	return found;
}
