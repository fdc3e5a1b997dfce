// SPDX-License-Identifier: MIT
/*
 * `assay review confirm` at a terminal: one key for each comment, undo, and a break whenever one likes.
 */
#include "assess/review_round.h"
#include "base/date.h"
#include "base/i18n.h"
#include "cli/commands.h"
#include "cli/review_confirm.h"
#include "cli/words.h"

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* Where one is. */
struct asking {
	struct workspace *workspace;
	const char *session;
	const struct review_view *view;
	struct decisions draft;
	size_t *order; /* comments to decide */
	size_t count;
	bool is_terminal;
	struct termios before;
};

static void asking_done(struct asking *a)
{
	if (a->is_terminal)
		tcsetattr(STDIN_FILENO, TCSANOW, &a->before);
	decisions_done(&a->draft);
	free(a->order);
}

/* Keys come one by one from a terminal, and one by one from a pipe as well. */
static void begin_keys(struct asking *a)
{
	struct termios raw;

	a->is_terminal = isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &a->before) == 0;
	if (!a->is_terminal)
		return;
	raw = a->before;
	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	tcsetattr(STDIN_FILENO, TCSANOW, &raw);
}

/* 0 at the end of the input. */
static int read_key(void)
{
	unsigned char key;

	return read(STDIN_FILENO, &key, 1) == 1 ? key : 0;
}

/* --- what is asked ---------------------------------------------------------------------------------------------- */

static const struct match *match_of(const struct review_view *view, size_t comment)
{
	for (size_t i = 0; i < view->matching.count; i++)
		if (view->matching.item[i].comment == comment)
			return &view->matching.item[i];
	return NULL;
}

static bool is_credited(const struct asking *a, const char *flaw)
{
	for (size_t i = 0; i < a->draft.count; i++)
		if (a->draft.item[i].as == AS_PLANTED && strcmp(a->draft.item[i].flaw, flaw) == 0)
			return true;
	return false;
}

static void add_flaw(struct text *t, const struct asking *a, size_t flaw, char key)
{
	const struct flaw *f = &a->view->flaws.item[flaw];

	text_addf(t, "  %c  %s%s: ", key, f->id, is_credited(a, f->id) ? _(" (credited already)") : "");
	text_add_visible(t, localised_text(&f->answer, i18n_language()), true);
	text_add(t, "\n");
}

static char letter_of(size_t flaw)
{
	return flaw < 26 ? (char)('A' + flaw) : '\0';
}

static void add_spoken(struct text *t, const struct spoken *spoken)
{
	AUTO_TEXT struct text line = { 0 };
	char at[32];

	date_render_local(spoken->at_ms, i18n_language(), at);
	text_addf(&line, _("spoken, entered by %s on %s"), spoken->name, at);
	text_add(t, "\n  ");
	text_add_visible(t, text_bytes(&line), true);
	t->failed |= line.failed;
}

static int ask(const struct asking *a, size_t at, struct err *e)
{
	const struct comment *c = &a->view->comments.item[a->order[at]];
	const struct match *match = match_of(a->view, a->order[at]);
	AUTO_TEXT struct text t = { 0 };

	text_addf(&t, _("\n%zu of %zu  %s"), at + 1, a->count, c->id);
	if (c->file) {
		text_add(&t, "  ");
		text_add_visible(&t, c->file, true);
		text_addf(&t, c->line ? ":%d" : "", c->line);
	}
	if (c->spoken)
		add_spoken(&t, c->spoken);
	text_add(&t, "\n  ");
	text_add_visible(&t, c->text, true);
	text_add(&t, "\n\n");
	if (match) {
		text_addf(&t, "%s (%d)\n", match->band == BAND_PROPOSED ? _("proposed") : _("please check"), match->total);
		add_flaw(&t, a, match->flaw, 'y');
	}
	text_add(&t, _("A–Z another flaw (? lists them), r real, d duplicate, t taste, q question, w wrong, h half, u undo, s stop: "));
	if (t.failed)
		return err_memory(e);
	if (cli_print(text_bytes(&t), e) < 0)
		return -1;
	fflush(stdout);
	return 0;
}

static int list_flaws(const struct asking *a, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };

	text_add(&t, "\n");
	for (size_t i = 0; i < a->view->flaws.count && letter_of(i); i++)
		add_flaw(&t, a, i, letter_of(i));
	return t.failed ? err_memory(e) : cli_print(text_bytes(&t), e);
}

/* --- what is answered ------------------------------------------------------------------------------------------- */

static int push(struct asking *a, size_t comment, enum decided_as as, const char *flaw, int half_credits, struct err *e)
{
	struct decision *d = mem_push(&a->draft.item, a->draft.count, sizeof(*d), e);

	if (!d)
		return -1;
	a->draft.count++;
	d->as = as;
	d->half_credits = half_credits;
	d->comment = mem_copy(a->view->comments.item[comment].id, e);
	d->flaw = flaw ? mem_copy(flaw, e) : NULL;
	d->reason = mem_copy("", e);
	if (!d->comment || (flaw && !d->flaw) || !d->reason)
		return -1;
	return review_draft_save(a->workspace, a->view, &a->draft, a->session, e);
}

/* The newest decision goes; the draft is kept so. */
static int undo(struct asking *a, struct err *e)
{
	struct decision *last;

	if (!a->draft.count)
		return cli_print(_("nothing to undo\n"), e);
	last = &a->draft.item[--a->draft.count];
	free(last->comment);
	free(last->flaw);
	free(last->reason);
	return review_draft_save(a->workspace, a->view, &a->draft, a->session, e);
}

static int decide_flaw(struct asking *a, size_t comment, size_t flaw, int half_credits, struct err *e)
{
	const char *id = a->view->flaws.item[flaw].id;

	/* Who finds it a second time has found the same. */
	return is_credited(a, id) ? push(a, comment, AS_DUPLICATE, id, 0, e)
				  : push(a, comment, AS_PLANTED, id, half_credits, e);
}

/* The first comment that isn't decided; count: all are. */
static size_t next_open(const struct asking *a)
{
	for (size_t i = 0; i < a->count; i++) {
		const char *id = a->view->comments.item[a->order[i]].id;
		bool decided = false;

		for (size_t k = 0; k < a->draft.count; k++)
			decided |= strcmp(a->draft.item[k].comment, id) == 0;
		if (!decided)
			return i;
	}
	return a->count;
}

/* 1: stop here. */
static int answer(struct asking *a, size_t at, int key, bool half, struct err *e)
{
	static const struct {
		char key;
		enum decided_as as;
		int half_credits;
	} plain[] = { { 'r', AS_REAL, 2 }, { 'd', AS_DUPLICATE, 0 }, { 't', AS_TASTE, 0 }, { 'q', AS_QUESTION, 0 },
		{ 'w', AS_WRONG, 0 } };
	const size_t comment = a->order[at];
	const struct match *match = match_of(a->view, comment);

	if (key == 's' || key == 0)
		return 1;
	if (key == '?')
		return list_flaws(a, e);
	if (key == 'u')
		return undo(a, e);
	if (key == 'y' && match)
		return decide_flaw(a, comment, match->flaw, half ? 1 : 2, e);
	for (size_t i = 0; i < a->view->flaws.count; i++)
		if (key == letter_of(i))
			return decide_flaw(a, comment, i, half ? 1 : 2, e);
	for (size_t i = 0; i < sizeof(plain) / sizeof(*plain); i++)
		if (key == plain[i].key)
			return push(a, comment, plain[i].as, NULL, half && plain[i].half_credits ? 1 : plain[i].half_credits, e);
	return 0;
}

static int ask_all(struct asking *a, struct err *e)
{
	for (size_t at; (at = next_open(a)) < a->count;) {
		int key, stop;
		bool half;

		if (ask(a, at, e) < 0)
			return -1;
		do
			key = read_key();
		while (key == '\n' || key == '\r' || key == ' ');
		half = key == 'h';
		key = half ? read_key() : key;
		stop = answer(a, at, key, half, e);
		if (stop)
			return stop;
	}
	return 0;
}

int review_confirm_by_keys(struct workspace *workspace, const char *actor, const char *session, bool *confirmed,
	struct err *e)
{
	AUTO_REVIEW_VIEW struct review_view view = { 0 };
	AUTO(asking_done) struct asking a = { .workspace = workspace, .session = session, .view = &view };
	int stop;

	if (review_view(&view, workspace, actor, session, e) < 0 ||
		review_draft_load(&a.draft, workspace, &view, actor, session, e) < 0 ||
		review_draft_order(&a.order, &a.count, &view, e) < 0 || review_draft_save(workspace, &view, &a.draft, session, e) < 0)
		return -1;
	begin_keys(&a);
	stop = ask_all(&a, e);
	if (stop < 0 || cli_print("\n", e) < 0)
		return -1;
	*confirmed = !stop;
	return stop ? 0 : review_draft_confirm(workspace, &view, actor, session, e);
}
