// SPDX-License-Identifier: MIT
/*
 * `assay session play`: snapshots, notes and results in the order in which they happened.
 */
#include "assess/notes.h"
#include "assess/session_watch.h"
#include "base/i18n.h"
#include "cli/commands.h"
#include "cli/visit.h"
#include "cli/words.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { DIFF_LINES = 40, GAP_MAX_MS = 3000, SPEED = 60 };

enum moment_kind { MOMENT_PART, MOMENT_SNAPSHOT, MOMENT_RUN, MOMENT_NOTE, MOMENT_RESULT };

/* One thing that happened. Borrowed pointers. */
struct moment {
	enum moment_kind kind;
	int64_t at_ms;
	const struct store_part *part; /* of a part and a snapshot */
	const char *before, *commit;   /* of a snapshot; before NULL: the first of its part */
	const struct store_note *note;
	const struct result *result;
	struct kit_log_run run;
};

/* All that is played. */
struct film {
	struct workspace *workspace;
	const char *id;
	struct session_view view;
	struct store_notes notes;
	struct repo_moments *snapshots; /* beside the view's parts */
	struct moment *moments;
	size_t count;
	bool with_diffs;
};

static void film_done(struct film *film)
{
	for (size_t i = 0; film->snapshots && i < film->view.parts.count; i++)
		repo_moments_done(&film->snapshots[i]);
	free(film->snapshots);
	free(film->moments);
	store_notes_done(&film->notes);
	session_view_done(&film->view);
}

/* --- gathering -------------------------------------------------------------------------------------------------- */

static int add(struct film *film, struct moment moment, struct err *e)
{
	struct moment *at = mem_push(&film->moments, film->count, sizeof(*at), e);

	if (!at)
		return -1;
	*at = moment;
	film->count++;
	return 0;
}

static int by_time(const void *a, const void *b)
{
	const struct moment *x = a, *y = b;

	return x->at_ms != y->at_ms ? (x->at_ms < y->at_ms ? -1 : 1) : (int)x->kind - (int)y->kind;
}

/* What the last snapshot of a part tells of its runs, as far as it can be true. */
static int add_runs(struct film *film, const struct store_part *part, const struct repo_moments *found, struct err *e)
{
	AUTO_KIT_LOG struct kit_log log = { 0 };

	if (!found->count)
		return 0;
	if (session_runs(&log, film->workspace, film->id, found->item[found->count - 1].commit, e) < 0)
		return -1;
	for (size_t i = 0; i < log.count; i++)
		if (log.item[i].at_ms >= part->started_ms && (!part->ended_ms || log.item[i].at_ms <= part->ended_ms) &&
			add(film, (struct moment){ .kind = MOMENT_RUN, .at_ms = log.item[i].at_ms, .part = part, .run = log.item[i] }, e) < 0)
			return -1;
	return 0;
}

static int add_parts(struct film *film, const char *actor, struct err *e)
{
	film->snapshots = mem_new(film->view.parts.count + 1, sizeof(*film->snapshots), e);
	if (!film->snapshots)
		return -1;
	for (size_t i = 0; i < film->view.parts.count; i++) {
		const struct store_part *part = &film->view.parts.item[i];
		struct repo_moments *found = &film->snapshots[i];

		if (!part->started_ms)
			continue;
		if (add(film, (struct moment){ .kind = MOMENT_PART, .at_ms = part->started_ms, .part = part }, e) < 0 ||
			session_moments(found, film->workspace, actor, film->id, part->number, e) < 0)
			return -1;
		for (size_t k = 0; k < found->count; k++)
			if (add(film, (struct moment){ .kind = MOMENT_SNAPSHOT, .at_ms = found->item[k].at_ms, .part = part,
					      .before = k ? found->item[k - 1].commit : NULL, .commit = found->item[k].commit },
				    e) < 0)
				return -1;
		if (add_runs(film, part, found, e) < 0)
			return -1;
	}
	return 0;
}

/* Those that the actor may read; none is no mistake. */
static int add_notes(struct film *film, const char *actor, struct err *e)
{
	struct err said = { 0 };
	size_t hidden;

	if (notes_list(&film->notes, &hidden, film->workspace, actor, film->id, &said) < 0)
		return said.kind == ERR_DENIED ? 0 : err_set(e, said.kind, "%s", said.text);
	for (size_t i = 0; i < film->notes.count; i++)
		if (add(film, (struct moment){ .kind = MOMENT_NOTE, .at_ms = film->notes.item[i].at_ms,
				      .note = &film->notes.item[i] },
			    e) < 0)
			return -1;
	return 0;
}

static int add_results(struct film *film, struct err *e)
{
	for (size_t i = 0; i < film->view.submissions.count; i++)
		if (film->view.results[i] &&
			add(film, (struct moment){ .kind = MOMENT_RESULT, .at_ms = film->view.submissions.item[i].at_ms,
					  .result = film->view.results[i] },
				e) < 0)
			return -1;
	return 0;
}

static int gather(struct film *film, const char *actor, struct err *e)
{
	if (session_look(&film->view, film->workspace, actor, film->id, e) < 0 || add_parts(film, actor, e) < 0 ||
		add_notes(film, actor, e) < 0 || add_results(film, e) < 0)
		return -1;
	if (film->count)
		qsort(film->moments, film->count, sizeof(*film->moments), by_time);
	return 0;
}

/* --- showing ---------------------------------------------------------------------------------------------------- */

/* The first lines of a diff, harmless. */
static void add_diff(struct text *t, const char *diff)
{
	int lines = 0;

	while (*diff) {
		size_t length = strcspn(diff, "\n");
		AUTO_TEXT struct text line = { 0 };

		if (++lines > DIFF_LINES) {
			text_add(t, _("    … and more; 'git diff' in the candidate's repository shows it all\n"));
			return;
		}
		text_add_bytes(&line, diff, length);
		text_add(t, "    ");
		text_add_visible(t, text_bytes(&line), true);
		text_add(t, "\n");
		diff += length + (diff[length] == '\n');
	}
}

static int add_snapshot(struct text *t, const struct film *film, const struct moment *m, struct err *e)
{
	AUTO_FREE char *diff = NULL;
	size_t added, removed;

	if (!m->before) {
		text_add(t, _("the kit as it was laid\n"));
		return 0;
	}
	if (session_moment_diff(&diff, &added, &removed, film->workspace, film->id, m->before, m->commit, e) < 0)
		return -1;
	text_addf(t, ngettext("%zu line added, %zu removed (%.10s)\n", "%zu lines added, %zu removed (%.10s)\n", added), added,
		removed, m->commit);
	if (film->with_diffs)
		add_diff(t, diff);
	return 0;
}

static int show(const struct film *film, size_t index, struct err *e)
{
	const struct moment *m = &film->moments[index];
	long long seconds = (m->at_ms - film->view.session.started_ms) / 1000;
	AUTO_TEXT struct text t = { 0 };

	text_addf(&t, "%3lld:%02lld  ", seconds / 60, seconds % 60);
	switch (m->kind) {
	case MOMENT_PART: text_addf(&t, _("--- %s begins\n"), words_part(m->part->kind)); break;
	case MOMENT_SNAPSHOT:
		if (add_snapshot(&t, film, m, e) < 0)
			return -1;
		break;
	case MOMENT_RUN:
		text_addf(&t, _("ran the visible tests: %d of %d passed (by the kit's own word)\n"), m->run.passed, m->run.tests);
		break;
	case MOMENT_NOTE:
		text_addf(&t, "%s: ", m->note->person);
		text_add_visible(&t, m->note->text, true);
		text_add(&t, "\n");
		break;
	case MOMENT_RESULT:
		if (m->result->gradable)
			text_addf(&t, _("handed in: %d of %d points\n"), m->result->points, m->result->max_points);
		else
			text_add(&t, _("handed in: not gradable\n"));
		break;
	}
	if (t.failed)
		return err_memory(e);
	if (cli_print(text_bytes(&t), e) < 0)
		return -1;
	fflush(stdout);
	return 0;
}

static struct json *run_json(const struct moment *m)
{
	return m->kind == MOMENT_RUN ? json_pack_new("{s:i, s:i}", "passed", m->run.passed, "tests", m->run.tests)
				     : json_clean(NULL, 0);
}

static struct json *film_json(const struct film *film)
{
	static const char *const kinds[] = { "part", "snapshot", "run", "note", "result" };
	struct json *list = json_new_array();

	for (size_t i = 0; i < film->count; i++) {
		const struct moment *m = &film->moments[i];

		json_append_take(&list, json_pack_new("{s:s, s:I, s:s?, s:s?, s:s?, s:o, s:o}", "kind", kinds[m->kind], "at_ms",
			(long long)m->at_ms, "part", m->part ? m->part->kind : NULL, "commit", m->commit, "person",
			m->note ? m->note->person : NULL, "text",
			json_clean(m->note ? m->note->text : NULL, m->note ? strlen(m->note->text) : 0), "run", run_json(m)));
	}
	return list;
}

/* --- playing ---------------------------------------------------------------------------------------------------- */

/* A key within that time; 0: none. */
static int key_within(int64_t ms)
{
	struct pollfd in = { STDIN_FILENO, POLLIN, 0 };
	unsigned char key = 0;

	return poll(&in, 1, (int)ms) > 0 && read(STDIN_FILENO, &key, 1) == 1 ? key : 0;
}

static int64_t gap_of(const struct film *film, size_t index, long long speed)
{
	int64_t gap = index + 1 < film->count ? (film->moments[index + 1].at_ms - film->moments[index].at_ms) / speed : 0;

	return gap > GAP_MAX_MS ? GAP_MAX_MS : gap;
}

/* Where the next, or the last, part begins. */
static size_t jump(const struct film *film, size_t index, int step)
{
	for (size_t i = index + (size_t)step; i < film->count; i += (size_t)step)
		if (film->moments[i].kind == MOMENT_PART)
			return i;
	return step > 0 ? film->count : 0;
}

/* n: the next moment, b: one back, N and B: the next part and the last, space: hold, q: enough. */
static int play_keys(const struct film *film, size_t from, long long speed, struct err *e)
{
	for (size_t i = from; i < film->count;) {
		int key;

		if (show(film, i, e) < 0)
			return -1;
		key = key_within(gap_of(film, i, speed));
		if (key == ' ')
			key = key_within(-1);
		if (key == 'q')
			return 0;
		i = key == 'b' ? (i ? i - 1 : 0) : key == 'N' ? jump(film, i, 1) : key == 'B' ? jump(film, i, -1) : i + 1;
	}
	return 0;
}

static int play_on_terminal(const struct film *film, size_t from, long long speed, struct err *e)
{
	struct termios before, raw;
	int failed;

	if (tcgetattr(STDIN_FILENO, &before) < 0)
		return err_errno(e, "cannot read keys");
	raw = before;
	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	tcsetattr(STDIN_FILENO, TCSANOW, &raw);
	failed = cli_print(_("n next, b back, N and B by parts, space holds, q ends\n\n"), e) < 0 ||
		play_keys(film, from, speed, e) < 0;
	tcsetattr(STDIN_FILENO, TCSANOW, &before);
	return failed ? -1 : 0;
}

static size_t first_from(const struct film *film, long long minute)
{
	for (size_t i = 0; i < film->count; i++)
		if (film->moments[i].at_ms - film->view.session.started_ms >= minute * 60000)
			return i;
	return film->count;
}

static int run_play(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO(film_done) struct film film = { .id = cli->words.item[0], .with_diffs = !cli_flag(cli, "brief") };
	long long speed, minute;
	size_t from;

	if (cli_number(cli, "speed", 1, 100000, SPEED, &speed, e) < 0 || cli_number(cli, "from", 0, 1440, 0, &minute, e) < 0 ||
		visit_open(&visit, cli, e) < 0)
		return -1;
	film.workspace = visit.workspace;
	if (gather(&film, visit.actor, e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(film_json(&film), e);
	if (!film.count)
		return err_set(e, ERR_CONFLICT, _("session %s has not started"), film.id);
	from = first_from(&film, minute);
	if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
		return play_on_terminal(&film, from, speed, e);
	for (size_t i = from; i < film.count; i++)
		if (show(&film, i, e) < 0)
			return -1;
	return 0;
}

const struct command commands_play[] = {
	{
		.noun = "session",
		.verb = "play",
		.words = "SESSION",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("play back how the kit changed, with notes and results"),
		.about = N_("On a terminal it runs by itself, 60 times as fast as it was: n goes to the next moment, b back, N and B "
			    "by parts, space holds, q ends. Into a pipe everything is printed at once. Notes are those that you may read. "
			    "Runs are what the kit itself told when it was looked at; a candidate could have changed that."),
		.example = "assay session play S-7Q2K --as ines\nassay session play S-7Q2K --from 20 --brief | less",
		.options = { { "speed", "N", N_("how many times as fast (60)") },
			{ "from", "MINUTE", N_("begin there") },
			{ "brief", NULL, N_("without the differences") } },
		.run = run_play,
	},
	{ 0 },
};
