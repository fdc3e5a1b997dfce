// SPDX-License-Identifier: MIT
/*
 * The step in which something is made: the kit is laid, the clock runs while this program waits for a word, and the
 * work itself is done in an editor beside it.
 */
#include "assess/practice_inside.h"

#include "assess/grade.h"
#include "assess/kit.h"
#include "assess/kit_take.h"
#include "base/clock.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "review/comment.h"
#include "score/result.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WAKE_MS = 30000, HANDED_IN = 2, SHOW_MAX = 1 << 20 };

/* Minutes before the end at which the clock is told, the last one being the end itself. */
static const int warnings[] = { 10, 5, 1, 0 };

enum { WARNINGS = sizeof(warnings) / sizeof(*warnings) };

/* --- the kit ---------------------------------------------------------------------------------------------------- */

static char *kit_path(const struct practising *p, struct err *e)
{
	return fs_join(p->place.path, "kit", e);
}

static int lay(struct practising *p, struct err *e)
{
	const struct task *task = p->item.task;
	bool review = p->item.part == PART_REVIEW;
	AUTO_FREE char *path = kit_path(p, e);
	AUTO_FREE char *base = fs_join(task->dir, "review/base", e);
	AUTO_FREE char *head = fs_join(task->dir, "review/head", e);
	AUTO_FREE char *opened = NULL;
	AUTO_CLOSE int fd = -1;
	struct kit_order order = { .session = "practice", .part = part_kind_name(p->item.part), .number = 1,
		.minutes = task->minutes, .task = task, .base = review ? base : NULL, .head = review ? head : NULL,
		.commit = "", .allow_sampled = p->order->allow_sampled };

	if (!path || !base || !head || kit_open(&fd, &opened, path, order.session, NULL, e) < 0 ||
		kit_lay(fd, &order, e) < 0)
		return -1;
	p->state.laid = true;
	return practising_save(p, e);
}

static int show_file(struct practising *p, int dir_fd, const char *name, struct err *e)
{
	AUTO_FREE char *bytes = NULL;
	AUTO_TEXT struct text clean = { 0 };
	struct text t = { 0 };
	size_t size;

	if (fs_read(&bytes, &size, dir_fd, name, SHOW_MAX, e) < 0)
		return -1;
	text_add_clean(&clean, bytes, size);
	text_add(&t, "\n");
	text_add_visible(&t, text_bytes(&clean), false);
	if (size && bytes[size - 1] != '\n')
		text_add(&t, "\n");
	return clean.failed ? err_memory(e) : practising_say(p, &t, e);
}

/* --- the tests -------------------------------------------------------------------------------------------------- */

/* What the suites of a criterion's evidence gave, of what they could. */
static void keep_shares(struct practising *p, const struct result *result)
{
	for (size_t i = 0; i < p->item.rubric->criterion_count; i++) {
		const struct criterion *criterion = &p->item.rubric->criteria[i];
		int points = 0, max_points = 0;

		if (criterion->suggest != SUGGEST_POINTS || criterion->part != p->item.part)
			continue;
		for (size_t j = 0; j < criterion->evidence_count; j++) {
			int of_suite, max_of_suite;

			if (criterion->evidence[j].kind != EVIDENCE_SUITE)
				continue;
			result_suite_points(result, criterion->evidence[j].suite, &of_suite, &max_of_suite);
			points += of_suite;
			max_points += max_of_suite;
		}
		p->state.shares[i] = max_points ? points * 1000 / max_points : -1;
	}
}

/* Grades with all its temporary files in our own directory: practice writes nowhere else. */
static int grade_here(struct result **result, struct practising *p, struct err *e)
{
	const struct practice_mouth *mouth = p->order->mouth;
	AUTO_STRINGS struct strings dropped = { 0 };
	AUTO_FREE char *relative = fs_join(p->place.path, "tmp", e);
	AUTO_FREE char *tree = fs_join(p->place.path, "tmp/handed-in", e);
	AUTO_CLOSE int kit_fd = -1;
	AUTO_FREE char *before = NULL;
	AUTO_FREE char *here = NULL;
	const char *was = getenv("TMPDIR");
	struct grade_order order = { .task = p->item.task, .submission = tree, .allow_sampled = p->order->allow_sampled,
		.stop_fd = mouth->stop_fd, .progress = mouth->progress, .context = mouth->context };
	int status;

	if (!relative || !tree || (was && !(before = mem_copy(was, e))) ||
		fs_remove_tree(p->place.task_fd, "tmp", e) < 0 || fs_make_dirs(p->place.task_fd, "tmp", e) < 0 ||
		fs_open_dir(&kit_fd, p->place.task_fd, "kit", e) < 0 ||
		kit_take(&dropped, tree, p->item.task, kit_fd, e) < 0)
		return -1;
	here = realpath(relative, NULL);
	if (!here || setenv("TMPDIR", here, 1) < 0)
		return err_errno(e, "cannot use %s", relative);
	status = grade(result, &order, e);
	if (before ? setenv("TMPDIR", before, 1) < 0 : unsetenv("TMPDIR") < 0)
		return err_errno(e, "cannot go back to TMPDIR");
	if (status < 0)
		return -1;
	strings_done(&(*result)->dropped);
	(*result)->dropped = dropped;
	dropped = (struct strings){ 0 };
	return fs_remove_tree(p->place.task_fd, "tmp", e);
}

int practising_run(struct practising *p, bool closed, struct err *e)
{
	AUTO_RESULT struct result *result = NULL;
	struct text t = { 0 };

	if (grade_here(&result, p, e) < 0)
		return -1;
	text_add(&t, "\n");
	report_practice_result(&t, result, closed, &p->style);
	if (closed && result->gradable) {
		keep_shares(p, result);
		result_points(result, READER_CANDIDATE, true, &p->state.points, &p->state.max_points);
	}
	return practising_say(p, &t, e);
}

/* --- a solution ------------------------------------------------------------------------------------------------- */

static int show_entry(const struct fs_entry *entry, void *context, struct err *e)
{
	struct practising *p = context;
	struct text t = { 0 };

	if (!S_ISREG(entry->st->st_mode) || !task_admits(p->item.task, entry->path))
		return FS_GO_ON;
	text_addf(&t, "\n── %s ──\n", entry->path);
	return practising_say(p, &t, e) < 0 || show_file(p, entry->dir_fd, entry->name, e) < 0 ? -1 : FS_GO_ON;
}

int practising_show_solution(struct practising *p, struct err *e)
{
	AUTO_STRINGS struct strings names = { 0 };
	AUTO_FREE char *from = NULL;
	AUTO_FREE char *sentence = NULL;

	if (!fs_is_dir(p->item.task->dir_fd, "solutions/accepted"))
		return 0;
	if (fs_list(&names, p->item.task->dir_fd, "solutions/accepted", 1000, e) < 0)
		return -1;
	if (!names.count)
		return 0;
	from = fs_join("solutions/accepted", names.item[0], e);
	if (!from || fs_remove_tree(p->place.task_fd, "model", e) < 0 ||
		fs_copy_tree(p->item.task->dir_fd, from, p->place.task_fd, "model", e) < 0)
		return -1;
	sentence = mem_format(e, _("A solution, one of several; it lies in %s/model."), p->place.path);
	if (!sentence || practising_sentence(p, sentence, e) < 0)
		return -1;
	return fs_walk(p->place.task_fd, "model", 1000, show_entry, p, e);
}

/* --- words ------------------------------------------------------------------------------------------------------ */

static int word_help(struct practising *p, const char *rest, struct err *e);

static int word_statement(struct practising *p, const char *rest, struct err *e)
{
	AUTO_FREE char *statement = NULL;
	struct text t = { 0 };

	(void)rest;
	if (task_text(&statement, p->item.task, "statement.md", p->style.language, e) < 0)
		return -1;
	text_add(&t, "\n");
	text_add_visible(&t, statement, false);
	return practising_say(p, &t, e);
}

static int word_time(struct practising *p, const char *rest, struct err *e)
{
	struct text t = { 0 };

	(void)rest;
	text_add(&t, "\n");
	report_practice_clock(&t, p->state.work_ms);
	text_addf(&t, _(" of %d:00"), p->item.task->minutes);
	text_add(&t, "\n");
	return practising_say(p, &t, e);
}

/* A box that can't be built here ends the run and not the practice. */
static int word_run(struct practising *p, const char *rest, struct err *e)
{
	struct err said = { 0 };

	(void)rest;
	if (practising_run(p, false, &said) == 0)
		return STEP_GO_ON;
	if (said.kind == ERR_SYSTEM) {
		*e = said;
		return -1;
	}
	return practising_sentence(p, said.text, e);
}

static int word_show(struct practising *p, const char *rest, struct err *e)
{
	AUTO_CLOSE int fd = -1;

	(void)rest;
	return fs_open_dir(&fd, p->place.task_fd, "kit", e) < 0 ? -1 : show_file(p, fd, "change.diff", e);
}

/* Reads the comments; a mistake in the file is told and HANDED_IN is not returned. */
static int try_comments(struct practising *p, struct comments *comments, struct err *e)
{
	struct err said = { 0 };
	AUTO_FREE char *visible = NULL;

	if (practising_comments(p, comments, &said) == 0)
		return HANDED_IN;
	if (said.kind == ERR_SYSTEM) {
		*e = said;
		return -1;
	}
	visible = text_visible_line(said.text, e);
	return visible ? practising_sentence(p, visible, e) : -1;
}

static int word_list(struct practising *p, const char *rest, struct err *e)
{
	AUTO(comments_done) struct comments comments = { 0 };
	struct text t = { 0 };
	int step = try_comments(p, &comments, e);

	(void)rest;
	if (step != HANDED_IN)
		return step;
	text_add(&t, comments.count ? "\n" : _("\nNo remark yet.\n"));
	for (size_t i = 0; i < comments.count; i++)
		report_practice_comment(&t, &comments.item[i], &p->style);
	return practising_say(p, &t, e);
}

static int or_say(struct practising *p, int status, const struct err *said, struct err *e)
{
	AUTO_FREE char *visible = NULL;

	if (status == 0)
		return STEP_GO_ON;
	if (said->kind == ERR_SYSTEM) {
		*e = *said;
		return -1;
	}
	visible = text_visible_line(said->text, e);
	return visible ? practising_sentence(p, visible, e) : -1;
}

static int word_drop(struct practising *p, const char *rest, struct err *e)
{
	struct err said = { 0 };

	return or_say(p, practising_drop_comment(p, rest, &said), &said, e);
}

static int word_done(struct practising *p, const char *rest, struct err *e)
{
	AUTO(comments_done) struct comments comments = { 0 };
	struct err said = { 0 };

	(void)rest;
	if (p->item.part == PART_REVIEW)
		return try_comments(p, &comments, e);
	if (p->item.part != PART_CODING)
		return HANDED_IN;
	if (practising_run(p, true, &said) < 0) {
		if (said.kind == ERR_SYSTEM) {
			*e = said;
			return -1;
		}
		/* It is handed in all the same: where no box can be built, one can still mark oneself. */
		if (practising_sentence(p, said.text, e) < 0)
			return -1;
	}
	return HANDED_IN;
}

static int word_pause(struct practising *p, const char *rest, struct err *e)
{
	(void)p;
	(void)rest;
	(void)e;
	return STEP_STOP;
}

#define CODING (1u << PART_CODING)
#define DESIGN (1u << PART_DESIGN)
#define REVIEW (1u << PART_REVIEW)

static const struct {
	const char *word, *argument;
	unsigned parts;
	const char *help;
	int (*run)(struct practising *p, const char *rest, struct err *e);
} words[] = {
	{ "statement", "", CODING | DESIGN | REVIEW, N_("show what is asked"), word_statement },
	{ "run", "", CODING, N_("run the visible tests on what is in the kit"), word_run },
	{ "show", "", REVIEW, N_("show the change"), word_show },
	{ "FILE:LINE[-LINE]", "TEXT", REVIEW, N_("remark on lines; FILE: alone is the file, ':' alone the whole change"),
		NULL },
	{ "list", "", REVIEW, N_("list your remarks"), word_list },
	{ "drop", "ID", REVIEW, N_("take a remark back"), word_drop },
	{ "time", "", CODING | DESIGN | REVIEW, N_("how much time has gone"), word_time },
	{ "done", "", CODING | DESIGN | REVIEW, N_("hand in"), word_done },
	{ "pause", "", CODING | DESIGN | REVIEW, N_("stop the clock and leave; the same command goes on"), word_pause },
	{ "help", "", CODING | DESIGN | REVIEW, N_("show these words"), word_help },
};

enum { WORDS = sizeof(words) / sizeof(*words) };

static bool is_for(const struct practising *p, size_t word)
{
	return (words[word].parts & (1u << p->item.part)) != 0;
}

static int word_help(struct practising *p, const char *rest, struct err *e)
{
	struct text t = { 0 };

	(void)rest;
	text_addf(&t, "\n%s\n", _("What you can type here"));
	for (size_t i = 0; i < WORDS; i++) {
		AUTO_TEXT struct text call = { 0 };

		if (!is_for(p, i))
			continue;
		text_addf(&call, "%s%s%s", words[i].word, *words[i].argument ? " " : "", words[i].argument);
		text_add(&t, "  ");
		text_add_padded(&t, text_bytes(&call), 24);
		text_addf(&t, "%s\n", _(words[i].help));
	}
	return practising_say(p, &t, e);
}

static int obey(struct practising *p, const char *line, struct err *e)
{
	size_t length;
	struct err said = { 0 };

	line += strspn(line, " \t");
	length = strcspn(line, " \t\r");
	if (!length)
		return STEP_GO_ON;
	for (size_t i = 0; i < WORDS; i++)
		if (words[i].run && is_for(p, i) && strlen(words[i].word) == length &&
			strncmp(words[i].word, line, length) == 0)
			return words[i].run(p, line + length + strspn(line + length, " \t\r"), e);
	if (p->item.part == PART_REVIEW && memchr(line, ':', length))
		return or_say(p, practising_add_comment(p, line, &said), &said, e);
	return word_help(p, "", e);
}

/* --- the clock -------------------------------------------------------------------------------------------------- */

struct work_clock {
	int64_t before_ms, began_ms, saved_ms;
	int warned; /* how many of the warnings are behind us */
};

static int64_t left_ms(const struct practising *p)
{
	return p->item.task->minutes * 60000LL - p->state.work_ms;
}

static int look_at_clock(struct practising *p, struct work_clock *clock, bool tell, struct err *e)
{
	int64_t now_ms = clock_monotonic_ms();
	bool passed = false;
	int step = 0;

	p->state.work_ms = clock->before_ms + now_ms - clock->began_ms;
	while (clock->warned < WARNINGS && left_ms(p) <= warnings[clock->warned] * 60000LL) {
		clock->warned++;
		passed = true;
	}
	if (passed && tell) {
		int minutes = warnings[clock->warned - 1];
		struct text t = { 0 };

		if (minutes)
			text_addf(&t, ngettext("\n  [%d minute left]\n", "\n  [%d minutes left]\n", (unsigned long)minutes),
				minutes);
		else
			text_add(&t, _("\n  [The time is over: hand in with done. In an interview it would be collected now.]\n"));
		step = practising_say(p, &t, e);
	}
	if (step == 0 && now_ms - clock->saved_ms >= WAKE_MS) {
		clock->saved_ms = now_ms;
		step = practising_save(p, e);
	}
	return step;
}

static int64_t next_look(const struct practising *p, const struct work_clock *clock)
{
	int64_t wake_ms = clock_monotonic_ms() + WAKE_MS, warn_ms;

	if (clock->warned >= WARNINGS)
		return wake_ms;
	warn_ms = clock_monotonic_ms() + left_ms(p) - warnings[clock->warned] * 60000LL;
	return warn_ms < wake_ms ? warn_ms : wake_ms;
}

static int work(struct practising *p, struct work_clock *clock, struct err *e)
{
	const struct practice_mouth *mouth = p->order->mouth;
	AUTO_FREE char *prompt = mem_format(e, "%s> ", p->item.word);

	while (prompt) {
		AUTO_FREE char *line = NULL;
		enum practice_heard heard;
		int step = mouth->hear(&heard, &line, prompt, next_look(p, clock), mouth->context, e);

		if (step < 0 || look_at_clock(p, clock, true, e) < 0)
			return -1;
		if (heard == HEARD_END)
			return STEP_STOP;
		if (heard == HEARD_LATE)
			continue;
		step = obey(p, line, e);
		if (look_at_clock(p, clock, false, NULL) < 0 || step < 0)
			return -1;
		if (step != STEP_GO_ON)
			return step;
	}
	return -1;
}

static int begin(struct practising *p, struct err *e)
{
	AUTO_FREE char *where = NULL;
	bool first = !p->state.laid;

	if (first && lay(p, e) < 0)
		return -1;
	where = mem_format(e, _("Work in %s/kit, with your own editor and in another window; the clock runs while this waits."),
		p->place.path);
	if (!where || (first && word_statement(p, "", e) < 0) || practising_sentence(p, where, e) < 0)
		return -1;
	return word_help(p, "", e) < 0 ? -1 : word_time(p, "", e);
}

int practise_work(struct practising *p, struct err *e)
{
	struct work_clock clock = { 0 };
	int step;

	if (begin(p, e) < 0)
		return -1;
	clock = (struct work_clock){ p->state.work_ms, clock_monotonic_ms(), clock_monotonic_ms(), 0 };
	if (look_at_clock(p, &clock, false, e) < 0)
		return -1;
	step = work(p, &clock, e);
	return step == HANDED_IN ? STEP_GO_ON : step;
}
