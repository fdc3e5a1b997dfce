// SPDX-License-Identifier: MIT
/*
 * Tests of a module: they run in box B and import a stand-in, the candidate's module lives in box A. Both are started
 * together; when A has died or was given up, the tests ask for another one (submission/bridge.h).
 *
 * Of the task's own files B has the starter as /work, so that helpers that belong to the task can be imported on both
 * sides; nothing of the candidate's is ever there. The profile and the times of the suite are told to B alone.
 */
#include "base/fs.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "submission/bridge.h"
#include "submission/module_links.h"
#include "submission/run_parts.h"
#include "submission/scratch.h"
#include "task/expand.h"

#include <fcntl.h>
#include <string.h>

/* --- what lies in the boxes ------------------------------------------------------------------------------------- */

struct places {
	char *tests, *bridge, *starter, *settings;
};

static void places_done(struct places *places)
{
	free(places->tests);
	free(places->bridge);
	free(places->starter);
	free(places->settings);
}

static bool is_javascript(const struct run *run)
{
	return strcmp(run->task->module.language, "javascript") == 0;
}

/* A copy that every box can read, made on first use. */
static int lay_out(char **path, const struct run *run, const char *name, int from_fd, const char *from, struct err *e)
{
	AUTO_FREE char *to = mem_format(e, "%s/%s", run->scratch, name);

	if (!to)
		return -1;
	if (!fs_is_dir(AT_FDCWD, to) &&
		(fs_copy_tree(from_fd, from, AT_FDCWD, to, e) < 0 || scratch_open_up(to, e) < 0))
		return err_wrap(e, "cannot lay out %s", from);
	*path = take_ptr(&to);
	return 0;
}

enum { MOST_BRIDGE_FILES = 1000 };

static int find_closed(const struct fs_entry *entry, void *context, struct err *e)
{
	mode_t wanted = S_ISDIR(entry->st->st_mode) ? S_IROTH | S_IXOTH : S_IROTH;

	(void)e;
	*(bool *)context |= (entry->st->st_mode & wanted) != wanted;
	return FS_GO_ON;
}

/* The bridge as it was installed, since a copy costs as much as a box does; or one, where not everybody may read it. */
static int show_bridge(char **path, const struct run *run, struct err *e)
{
	AUTO_FREE char *there = mem_format(e, "%s/%s", run->bridge, run->task->module.language);
	bool is_closed = false;

	if (!there || fs_walk(AT_FDCWD, run->bridge, MOST_BRIDGE_FILES, find_closed, &is_closed, e) < 0)
		return err_wrap(e, "cannot find the bridge");
	if (is_closed)
		return lay_out(path, run, "bridge", AT_FDCWD, there, e);
	*path = take_ptr(&there);
	return 0;
}

static struct json *own_times(const struct run *run, const struct suite *suite)
{
	const struct manifest *manifest = &run->task->manifest;
	struct json *tests = json_new_array();

	for (size_t i = 0; i < manifest->test_count; i++)
		if (manifest->tests[i].test_ms > 0 && strcmp(manifest->tests[i].suite, suite->id) == 0)
			json_append_take(&tests, json_pack_new("{s:s, s:I}", "name", manifest->tests[i].name, "test_ms",
				(long long)manifest->tests[i].test_ms));
	return tests;
}

/* What B is told. All that A may take is what its box may take of time by the clock; without a limit for a test, one
 * that hangs costs half of it. What B's own box may print bounds what B shows of what A prints. */
static int write_settings(char **path, const struct run *run, const struct suite *suite, struct err *e)
{
	const struct task *task = run->task;
	const struct profile *known = run->recording ? run->recording : &task->profile;
	const char *profile = profile_of(known, suite->id);
	AUTO_FREE char *dir = mem_format(e, "%s/settings-%s", run->scratch, suite->id), *file = NULL, *text = NULL;
	AUTO_CLOSE int fd = -1;
	AUTO_JSON struct json *settings = json_pack_new("{s:s, s:s, s:b, s:I, s:I, s:I, s:o, s:o?}", "suite", suite->id,
		"module", task->module.name, "recording", run->recording != NULL, "test_ms",
		(long long)(suite->test_ms ? suite->test_ms : task->limits.wall_ms / 2), "total_ms",
		(long long)task->limits.wall_ms, "output_kib", (long long)task->tester_limits.output_kib, "tests",
		own_times(run, suite), "profile", profile ? json_parse_value(profile, strlen(profile)) : NULL);

	if (!dir || json_render(settings, JSON_STYLE_COMPACT, &text, e) < 0 || fs_make_dirs(AT_FDCWD, dir, e) < 0 ||
		scratch_open_up(dir, e) < 0 || !(file = fs_join(dir, "settings.json", e)) ||
		fs_open(&fd, AT_FDCWD, file, O_WRONLY | O_CREAT | O_TRUNC, 0644, e) < 0 ||
		fs_write_fd(fd, text, strlen(text), e) < 0)
		return err_wrap(e, "cannot tell the tests about the module");
	/* Whatever our umask is, the box reads it. */
	if (fchmod(fd, 0644) < 0)
		return err_errno(e, "cannot tell the tests about the module");
	*path = take_ptr(&dir);
	return 0;
}

static int lay_links(const struct places *places, const struct run *run, const struct suite *suite, struct err *e)
{
	const char *name = run->task->module.name;
	AUTO_FREE char *target = NULL;

	if (!is_javascript(run))
		return 0;
	target = mem_format(e, "/work/%s", name);
	return target ? module_links_lay(places->tests, places->starter, &suite->argv, name, target, e) : -1;
}

static int lay_out_all(struct places *places, const struct run *run, const struct suite *suite, struct err *e)
{
	if (run_suite_files(&places->tests, run, suite, e) < 0 || show_bridge(&places->bridge, run, e) < 0 ||
		lay_out(&places->starter, run, "starter", run->task->dir_fd, "starter", e) < 0 ||
		lay_links(places, run, suite, e) < 0)
		return -1;
	return write_settings(&places->settings, run, suite, e);
}

/* --- the candidate's side --------------------------------------------------------------------------------------- */

struct side {
	struct suite_run *out;
	const struct box *plan;
	struct doubt doubt; /* the worst of all processes */
};

/* The tests gave it up, at their limit: that may have been the machine's doing. */
static int say_late(struct box_report *report, struct doubt *doubt, struct err *e)
{
	if (report->verdict != VERDICT_EXITED)
		return 0;
	report->verdict = VERDICT_WALL_LIMIT;
	doubt->repeats = 1;
	free(report->message);
	report->message = mem_copy(_("it did not answer a test in time"), e);
	return report->message ? strings_add(&report->limits_hit, "test", e) : -1;
}

static int see_candidate(struct box_life *life, bool late, void *context, struct err *e)
{
	AUTO_BOX_REPORT struct box_report report = { 0 };
	struct side *side = context;
	struct doubt doubt;

	if (box_report(&report, life, e) < 0)
		return err_wrap(e, "cannot run the module");
	doubt = run_doubt(&report, side->plan->limits);
	if (late && say_late(&report, &doubt, e) < 0)
		return -1;
	side->doubt.repeats = doubt.repeats > side->doubt.repeats ? doubt.repeats : side->doubt.repeats;
	return run_keep_box(side->out, "module", side->plan, life, &report, RUN_LOG_MAX, e);
}

/* --- both ------------------------------------------------------------------------------------------------------- */

/* What the tests' end wrote; a box that was ended leaves nothing. From one that wasn't, silence is no good news: it holds
 * what the candidate's code says, and must not hide what that code did. */
static int read_record(struct suite_run *out, const struct box_life *life, bool was_ended, struct err *e)
{
	AUTO_FREE char *bytes = NULL;
	struct err why = { 0 };
	size_t size;

	if (box_collected_more(life, 0, &bytes, &size, e) < 0)
		return -1;
	if (!bytes)
		err_set(&why, ERR_INVALID, "%s", _("the tests left no record of it"));
	else if (bridge_record_parse(&out->bridge, bytes, size, &why) == 0)
		return 0;
	if (why.kind != ERR_INVALID && why.kind != ERR_LIMIT)
		return err_set(e, why.kind, "%s", why.text);
	if (was_ended)
		return 0;
	out->bridge.lost = mem_copy(why.text, e);
	return out->bridge.lost ? 0 : -1;
}

static int end_tester(const struct box *tester, struct box_life *life, struct suite_run *out, struct doubt *doubt,
	struct err *e)
{
	AUTO_BOX_REPORT struct box_report report = { 0 };

	if (box_wait(life, -1, e) < 0)
		return -1;
	if (box_report(&report, life, e) < 0)
		return err_wrap(e, "cannot run the tests");
	if (run_read_tester(out, life, &report, e) < 0 ||
		read_record(out, life, report.verdict != VERDICT_EXITED, e) < 0)
		return -1;
	doubt->wall_ms = report.wall_ms;
	if (report.verdict != VERDICT_EXITED) {
		out->end = RUN_TESTER_LIMIT;
		out->why = mem_format(e, _("the tests were stopped: %s"), verdict_sentence(report.verdict));
		if (!out->why)
			return -1;
	}
	return run_keep_box(out, "tester", tester, life, &report, RUN_LOG_MAX, e);
}

static int run_once(const struct run *run, const struct box *candidate, struct box *tester, struct suite_run *out,
	struct doubt *doubt, struct err *e)
{
	AUTO(bridge_done) struct bridge bridge = BRIDGE_NONE;
	AUTO_BOX_LIFE struct box_life life = BOX_LIFE_NONE;
	struct side side = { .out = out, .plan = candidate };

	if (bridge_open(&bridge, candidate, &run->host, e) < 0)
		return -1;
	bridge_lend(&bridge, tester);
	if (box_start(&life, tester, &run->host, e) < 0)
		return -1;
	bridge_tester_lent(&bridge);
	if (bridge_serve(&bridge, see_candidate, &side, e) < 0 || end_tester(tester, &life, out, &side.doubt, e) < 0 ||
		bridge_end(&bridge, see_candidate, &side, e) < 0)
		return -1;
	*doubt = side.doubt;
	out->doubtful = doubt->repeats > 0;
	return 0;
}

/* Box A: the candidate's tree, and the bridge beside it. */
static void plan_candidate(struct box *box, const struct run *run, const struct places *places,
	const struct strings *argv, const struct strings *env)
{
	run_box_of(box, run, argv, env, &run->task->limits);
	box->ro[0].host = places->bridge;
	box->ro[0].inside = BRIDGE_INSIDE;
}

/* Box B: the suite's files, the task's own, the bridge and what it is told, a place for its report. */
static void plan_tester(struct box *box, const struct run *run, const struct suite *suite, const struct places *places,
	const struct strings *argv, const struct strings *env)
{
	*box = (struct box)BOX_INIT;
	box->argv = argv;
	box->env = env;
	box->limits = &run->task->tester_limits;
	box->work = places->starter;
	box->ro[0].host = places->tests;
	box->ro[0].inside = "/tests";
	box->ro[1].host = places->bridge;
	box->ro[1].inside = BRIDGE_INSIDE;
	box->ro[2].host = places->settings;
	box->ro[2].inside = BRIDGE_SETTINGS;
	box->tmp = "/report";
	box->collect = run_report_file(suite->report);
	box->collect_more[0] = BRIDGE_RECORD;
}

/* How the bridge gets into the tests' interpreter before anything else. */
static int add_bridge(struct strings *env, const struct run *run, struct err *e)
{
	if (is_javascript(run))
		return strings_add(env, "NODE_OPTIONS=--require=" BRIDGE_INSIDE "/preload.cjs", e);
	if (strings_add(env, "PYTHONPATH=" BRIDGE_INSIDE ":/work", e) < 0)
		return -1;
	return strings_add(env, "PYTEST_PLUGINS=assay_bridge.plugin", e);
}

static int tester_words(struct strings *argv, struct strings *env, const struct run *run, const struct suite *suite,
	struct err *e)
{
	if (task_expand(&suite->argv, &run->task->tester_limits, argv, e) < 0 ||
		run_tester_env(env, run, suite, e) < 0 || add_bridge(env, run, e) < 0)
		return -1;
	return strings_add(env, "ASSAY_BRIDGE=" BRIDGE_SETTINGS "/settings.json", e);
}

static int candidate_words(struct strings *argv, struct strings *env, const struct run *run, struct err *e)
{
	bool javascript = is_javascript(run);

	if (strings_add(argv, javascript ? "node" : "python3", e) < 0 ||
		strings_add(argv, javascript ? BRIDGE_INSIDE "/serve.cjs" : BRIDGE_INSIDE "/serve.py", e) < 0 ||
		strings_add(argv, run->task->module.name, e) < 0)
		return -1;
	return run_env(env, e);
}

/* The profile grows with every solution that is recorded. */
static int take_profile(const struct run *run, const struct suite *suite, const struct suite_run *out, struct err *e)
{
	if (!run->recording || !out->bridge.profile)
		return 0;
	return profile_set(run->recording, suite->id, out->bridge.profile, e);
}

int run_module_suite(struct run *run, const struct suite *suite, struct suite_run *out, struct err *e)
{
	AUTO_STRINGS struct strings candidate_argv = { 0 }, candidate_env = { 0 }, argv = { 0 }, env = { 0 };
	AUTO_SUITE_RUN struct suite_run best = { 0 };
	AUTO(places_done) struct places places = { 0 };
	struct box candidate, tester;
	struct doubt doubt = { 0 };

	if (lay_out_all(&places, run, suite, e) < 0 || candidate_words(&candidate_argv, &candidate_env, run, e) < 0 ||
		tester_words(&argv, &env, run, suite, e) < 0)
		return -1;
	plan_candidate(&candidate, run, &places, &candidate_argv, &candidate_env);
	plan_tester(&tester, run, suite, &places, &argv, &env);
	for (int times = 1;; times++) {
		AUTO_SUITE_RUN struct suite_run once = { .suite = suite, .exit_code = -1 };

		if (run_once(run, &candidate, &tester, &once, &doubt, e) < 0 ||
			run_keep_better(run, &best, &once, e) < 0)
			return -1;
		if (!run_tries_again(run, times, &doubt))
			return run_take_best(out, &best, times, e) < 0 ? -1 : take_profile(run, suite, out, e);
	}
}
