// SPDX-License-Identifier: MIT
/*
 * The build, and what all ways of running a suite share. A suite's files are copied to a place of ours before a box
 * sees them: a checkout may have modes that no box's id can read, and nothing else of the package must lie beside.
 */
#include "submission/run.h"

#include "base/fs.h"
#include "base/i18n.h"
#include "base/text.h"
#include "submission/run_parts.h"
#include "submission/scratch.h"
#include "task/expand.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

/* --- parts ------------------------------------------------------------------------------------------------------ */

void run_box_of(struct box *box, const struct run *run, const struct strings *argv, const struct strings *env,
	const struct limits *limits)
{
	*box = (struct box)BOX_INIT;
	box->argv = argv;
	box->env = env;
	box->limits = limits;
	if (run->image_fd >= 0)
		box->image_fd = run->image_fd;
	else
		box->work = run->tree;
}

int run_suite_files(char **path, const struct run *run, const struct suite *suite, struct err *e)
{
	AUTO_FREE char *from = mem_format(e, "tests/%s", suite->id);
	AUTO_FREE char *to = mem_format(e, "%s/tests-%s", run->scratch, suite->id);

	if (!from || !to)
		return -1;
	if (!fs_is_dir(AT_FDCWD, to) && (fs_copy_tree(run->task->dir_fd, from, AT_FDCWD, to, e) < 0 ||
						scratch_open_up(to, e) < 0))
		return err_wrap(e, "cannot lay out the files of suite %s", suite->id);
	*path = take_ptr(&to);
	return 0;
}

static int add_all(struct strings *env, const char *const *words, struct err *e)
{
	for (size_t i = 0; words[i]; i++)
		if (strings_add(env, words[i], e) < 0)
			return -1;
	return 0;
}

/* The same program must do the same every time: the order of sets hangs on a random number otherwise, what a compiler
 * writes on the day, and what is imported on whom the machine has installed it for. */
int run_env(struct strings *env, struct err *e)
{
	static const char *const fixed[] = {
		"PYTHONHASHSEED=0", "PYTHONDONTWRITEBYTECODE=1", "PYTHONNOUSERSITE=1", "PERL_HASH_SEED=0",
		"PERL_PERTURB_KEYS=0", "SOURCE_DATE_EPOCH=946684800", NULL,
	};

	return add_all(env, fixed, e);
}

int run_tester_env(struct strings *env, const struct run *run, const struct suite *suite, struct err *e)
{
	/* Plugins that shuffle tests load themselves wherever they are installed. */
	static const char *const fixed[] = { "PYTEST_ADDOPTS=-p no:randomly -p no:random_order", NULL };
	char seed[DIGEST_HEX];

	if (run_seed(seed, run, suite, e) < 0 || run_env(env, e) < 0 || add_all(env, fixed, e) < 0)
		return -1;
	if (suite->test_ms && strings_take(env, mem_format(e, "ASSAY_TEST_MS=%lld", (long long)suite->test_ms), e) < 0)
		return -1;
	return strings_take(env, mem_format(e, "ASSAY_SEED=%s", seed), e);
}

int run_seed(char seed[DIGEST_HEX], const struct run *run, const struct suite *suite, struct err *e)
{
	AUTO_FREE char *files = mem_format(e, "tests/%s", suite->id);
	AUTO_FREE char *message = mem_format(e, "assay seed 1\n%s\n%s\n", run->pins, suite->id);
	char key[DIGEST_HEX];

	if (!files || !message || digest_of_tree(run->task->dir_fd, files, key, e) < 0)
		return -1;
	digest_keyed(key, strlen(key), message, strlen(message), seed);
	return 0;
}

const char *run_report_file(enum report_format format)
{
	static const char *const files[] = {
		[REPORT_JUNIT] = "/report/report.xml",      [REPORT_TAP] = "/report/report.tap",
		[REPORT_UNITY] = "/report/report.txt",      [REPORT_CTRF] = "/report/report.json",
		[REPORT_GRADESCOPE] = "/report/report.json", [REPORT_CHECK50] = "/report/report.json",
		[REPORT_CASES] = NULL,
	};

	return files[format];
}

static bool is_near(int64_t used_ms, int64_t limit_ms)
{
	return used_ms <= limit_ms + limit_ms / 5;
}

int run_repeats(const struct box_report *report, const struct limits *limits)
{
	int64_t cpu_ms = report->cpu_user_ms + report->cpu_system_ms;
	int64_t most_ms = limits->cpu_ms < limits->wall_ms ? limits->cpu_ms : limits->wall_ms;

	if (report->verdict == VERDICT_CPU_LIMIT)
		return is_near(cpu_ms, limits->cpu_ms) ? 1 : 0;
	if (report->verdict != VERDICT_WALL_LIMIT)
		return 0;
	return cpu_ms < most_ms / 2 ? 2 : is_near(report->wall_ms, limits->wall_ms) ? 1 : 0;
}

struct doubt run_doubt(const struct box_report *report, const struct limits *limits)
{
	return (struct doubt){ run_repeats(report, limits), report->wall_ms };
}

/* --- what is kept ----------------------------------------------------------------------------------------------- */

static int fill_ran(struct ran *ran, const char *what, const struct suite *suite, const struct box *box,
	const struct box_life *life, size_t log_max, struct err *e)
{
	ran->what = what;
	if (suite && !(ran->suite = mem_copy(suite->id, e)))
		return -1;
	for (size_t i = 0; i < box->argv->count; i++)
		if (strings_add(&ran->argv, box->argv->item[i], e) < 0)
			return -1;
	for (size_t i = 0; box->more && i < box->more->count; i++)
		if (strings_add(&ran->argv, box->more->item[i], e) < 0)
			return -1;
	return box_log(life, log_max, &ran->log, e);
}

int run_keep_box(struct suite_run *out, const char *what, const struct box *box, const struct box_life *life,
	struct box_report *report, size_t log_max, struct err *e)
{
	struct ran *ran = mem_push(&out->boxes, out->box_count, sizeof(*ran), e);

	if (!ran)
		return -1;
	out->box_count++;
	if (fill_ran(ran, what, out->suite, box, life, log_max, e) < 0)
		return -1;
	if (out->test && !(ran->test = mem_copy(out->test, e)))
		return -1;
	ran->report = *report;
	*report = (struct box_report){ 0 };
	return 0;
}

bool run_tries_again(struct run *run, int times, const struct doubt *doubt)
{
	/* The next try may take as long as this one did. */
	if (times > doubt->repeats || doubt->wall_ms >= run->repeat_ms)
		return false;
	run->repeat_ms -= doubt->wall_ms;
	return true;
}

int run_say(struct box_report *report, const char *said, struct err *e)
{
	char *all;

	if (!said)
		return 0;
	all = mem_format(e, "%s%s%s", report->message ? report->message : "", report->message ? "; " : "", said);
	if (!all)
		return -1;
	free(report->message);
	report->message = all;
	return 0;
}

int run_say_times(struct box_report *report, int times, struct err *e)
{
	AUTO_FREE char *said = NULL;

	if (times <= 1)
		return 0;
	said = mem_format(e, _("a doubtful time limit: tried %d times, the best counts"), times);
	return said ? run_say(report, said, e) : -1;
}

static int is_better(bool *better, const struct run *run, const struct suite_run *a, const struct suite_run *b,
	struct err *e)
{
	size_t passed_a, passed_b;

	if (!b->suite || a->doubtful != b->doubtful) {
		*better = !b->suite || !a->doubtful;
		return 0;
	}
	if (run->count_passed(a, &passed_a, e) < 0 || run->count_passed(b, &passed_b, e) < 0)
		return -1;
	*better = passed_a > passed_b;
	return 0;
}

int run_keep_better(const struct run *run, struct suite_run *best, struct suite_run *once, struct err *e)
{
	bool better;

	if (is_better(&better, run, once, best, e) < 0)
		return -1;
	if (!better)
		return 0;
	suite_run_done(best);
	*best = *once;
	*once = (struct suite_run){ 0 };
	return 0;
}

int run_take_best(struct suite_run *out, struct suite_run *best, int times, struct err *e)
{
	for (size_t i = 0; i < best->box_count; i++)
		if (run_say_times(&best->boxes[i].report, times, e) < 0)
			return -1;
	*out = *best;
	*best = (struct suite_run){ 0 };
	return 0;
}

/* The box's word for a file that was to be collected, when it has no other. */
static bool says_only_that_it_is_not_there(const struct box_report *report, const char *file)
{
	size_t length = strlen(file);

	return report->message && strncmp(report->message, file, length) == 0 &&
		strcmp(report->message + length, " is not there") == 0;
}

int run_read_tester(struct suite_run *out, const struct box_life *life, struct box_report *report, struct err *e)
{
	out->exit_code = report->exit_code;
	out->verdict = report->verdict;
	if (box_collected(life, &out->report, &out->report_size, e) < 0)
		return -1;
	if (out->report || (out->suite->report != REPORT_TAP && out->suite->report != REPORT_UNITY))
		return 0;
	if (says_only_that_it_is_not_there(report, run_report_file(out->suite->report)))
		free(take_ptr(&report->message));
	return box_output(life, &out->report, &out->report_size, e);
}

void ran_done(struct ran *ran)
{
	free(ran->suite);
	free(ran->test);
	strings_done(&ran->argv);
	box_report_done(&ran->report);
	free(ran->log);
	*ran = (struct ran){ 0 };
}

void suite_run_done(struct suite_run *suite)
{
	for (size_t i = 0; i < suite->box_count; i++)
		ran_done(&suite->boxes[i]);
	free(suite->boxes);
	free(suite->why);
	free(suite->service_end);
	free(suite->report);
	bridge_record_done(&suite->bridge);
	*suite = (struct suite_run){ 0 };
}

/* --- build ------------------------------------------------------------------------------------------------------ */

void run_prepare(const struct run *run)
{
	char *words[] = { (char *)"/usr/bin/true" };
	const struct strings argv = { words, 1 };
	struct box box = BOX_INIT;

	/* A build and a case show the box nothing besides the tree; testers come with files of their own. */
	if (run->task->build.count == 0 && run->task->program.count == 0)
		return;
	box.argv = &argv;
	box.limits = &run->task->limits;
	box_prepare(&box, &run->host, 0);
}

static bool is_empty(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && st.st_size == 0;
}

int run_build(struct run *run, struct ran *built, bool *failed, struct err *e)
{
	AUTO_BOX_LIFE struct box_life life = BOX_LIFE_NONE;
	AUTO_STRINGS struct strings env = { 0 }, argv = { 0 };
	AUTO_BOX_REPORT struct box_report report = { 0 };
	AUTO_CLOSE int image_fd = -1;
	struct box box;

	*failed = false;
	if (run->task->build.count == 0)
		return 0;
	if (run_env(&env, e) < 0 || task_expand(&run->task->build, &run->task->limits, &argv, e) < 0)
		return -1;
	image_fd = memfd_create("image", MFD_CLOEXEC);
	if (image_fd < 0)
		return err_errno(e, "cannot make a memory file");
	run_box_of(&box, run, &argv, &env, &run->task->limits);
	box.snapshot_fd = image_fd;
	if (box_run(&life, &report, &box, &run->host, e) < 0)
		return err_wrap(e, "cannot run the build");
	ran_done(built);
	if (fill_ran(built, "build", NULL, &box, &life, RUN_LOG_MAX, e) < 0)
		return -1;
	/* A tree that no box could start from (the message says why) is no build either. */
	*failed = report.verdict != VERDICT_EXITED || report.exit_code != 0 || is_empty(image_fd);
	if (!*failed)
		run->image_fd = take_fd(&image_fd);
	built->report = report;
	report = (struct box_report){ 0 };
	return 0;
}

/* --- suites ----------------------------------------------------------------------------------------------------- */

static int (*const ways[])(struct run *, const struct suite *, struct suite_run *, struct err *) = {
	[AGAINST_PROGRAM] = run_program_suite,
	[AGAINST_SERVICE] = run_service_suite,
	[AGAINST_MODULE] = run_module_suite,
	[AGAINST_SHARED] = run_shared_suite,
};

/* node --test runs each file in a process of its own, without the descriptor that leads to the module. */
static bool is_split(const struct task *task, const struct suite *suite)
{
	if (suite->against != AGAINST_MODULE || strcmp(task->module.language, "javascript") != 0)
		return false;
	for (size_t i = 0; i < suite->argv.count; i++)
		if (strcmp(suite->argv.item[i], "--test") == 0)
			return true;
	return false;
}

int run_check(const struct task *task, struct err *e)
{
	for (size_t i = 0; i < task->suite_count; i++) {
		const struct suite *suite = &task->suites[i];

		if (is_split(task, suite))
			return err_set(e, ERR_INVALID,
				_("suite %s: 'node --test' starts a process for each file, which can't reach the module; name the file "
				  "instead, as in: node /tests/all.test.mjs"),
				suite->id);
	}
	return 0;
}

int run_suite(struct run *run, const struct suite *suite, struct suite_run *out, struct err *e)
{
	AUTO_SUITE_RUN struct suite_run made = { .suite = suite, .exit_code = -1 };

	if (ways[suite->against](run, suite, &made, e) < 0)
		return err_wrap(e, "cannot run suite %s", suite->id);
	*out = made;
	made = (struct suite_run){ 0 };
	return 0;
}
