// SPDX-License-Identifier: MIT
/*
 * Listening: answers of several paragraphs, and short lines. An answer is in a draft from its first line on, so that
 * a crash, a closed terminal or a wrong Ctrl-C costs nothing that was entered.
 */
#include "assess/practice_inside.h"

#include "base/clock.h"
#include "base/fs.h"
#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { SAVE_EVERY_MS = 15000, MOST_NAMES = 10000 };

int practising_say(struct practising *p, struct text *t, struct err *e)
{
	AUTO_FREE char *bytes = NULL;
	const struct practice_mouth *mouth = p->order->mouth;

	return text_take(t, &bytes, e) < 0 ? -1 : mouth->say(bytes, mouth->context, e);
}

int practising_sentence(struct practising *p, const char *sentence, struct err *e)
{
	struct text t = { 0 };

	text_add(&t, "\n");
	text_add_wrapped(&t, sentence, p->style.columns, "");
	text_add(&t, "\n");
	return practising_say(p, &t, e);
}

static int say_too_long(struct practising *p, size_t most, struct err *e)
{
	AUTO_FREE char *sentence = mem_format(e, _("That is longer than %zu bytes, which is the limit here. Once more, please."), most);

	return sentence ? practising_sentence(p, sentence, e) : -1;
}

int practising_line(struct practising *p, char **line, const char *prompt, size_t most, struct err *e)
{
	const struct practice_mouth *mouth = p->order->mouth;

	for (;;) {
		AUTO_FREE char *heard_line = NULL;
		enum practice_heard heard;
		size_t length, start;

		if (mouth->hear(&heard, &heard_line, prompt, -1, mouth->context, e) < 0)
			return -1;
		if (heard != HEARD_LINE)
			return STEP_STOP;
		start = strspn(heard_line, " \t\r");
		length = strlen(heard_line + start);
		while (length && strchr(" \t\r", heard_line[start + length - 1]))
			length--;
		if (length <= most) {
			*line = mem_format(e, "%.*s", (int)length, heard_line + start);
			return *line ? STEP_GO_ON : -1;
		}
		if (say_too_long(p, most, e) < 0)
			return -1;
	}
}

/* --- answers ---------------------------------------------------------------------------------------------------- */

struct draft {
	int fd;
	struct text text;
	bool full; /* what came behind PRACTICE_ANSWER_MAX was not kept, and that was said */
};

static void draft_done(struct draft *draft)
{
	if (draft->fd >= 0)
		close(draft->fd);
	text_done(&draft->text);
}

static void draft_name(const struct practising *p, char out[32])
{
	snprintf(out, 32, "draft-%d.txt", p->state.turn + 1);
}

/* Opens what was typed before, if anything. */
static int draft_open(struct draft *draft, struct practising *p, struct err *e)
{
	AUTO_FREE char *bytes = NULL;
	size_t size = 0;
	struct err said = { 0 };
	char name[32];

	draft_name(p, name);
	if (fs_read(&bytes, &size, p->place.task_fd, name, 2 * PRACTICE_ANSWER_MAX, &said) == 0)
		text_add_clean(&draft->text, bytes, size);
	else if (said.kind != ERR_NOT_FOUND)
		return err_set(e, said.kind, "%s", said.text);
	return fs_open(&draft->fd, p->place.task_fd, name, O_WRONLY | O_CREAT | O_APPEND, 0644, e);
}

int practising_forget_drafts(struct practising *p, struct err *e)
{
	AUTO_STRINGS struct strings names = { 0 };
	char current[32];

	draft_name(p, current);
	if (fs_list(&names, p->place.task_fd, ".", MOST_NAMES, e) < 0)
		return -1;
	for (size_t i = 0; i < names.count; i++)
		if (text_starts_with(names.item[i], "draft-") && strcmp(names.item[i], current) != 0 &&
			fs_remove_tree(p->place.task_fd, names.item[i], e) < 0)
			return -1;
	return 0;
}

static int draft_add(struct draft *draft, struct practising *p, const char *line, struct err *e)
{
	AUTO_TEXT struct text whole = { 0 };

	if (draft->text.length + strlen(line) + 1 > PRACTICE_ANSWER_MAX) {
		if (!draft->full && practising_sentence(p, _("An answer holds 64 KiB: what comes now is not kept."), e) < 0)
			return -1;
		draft->full = true;
		return 0;
	}
	text_addf(&whole, "%s\n", line);
	text_add_bytes(&draft->text, text_bytes(&whole), whole.length);
	if (whole.failed || draft->text.failed)
		return err_memory(e);
	if (fs_write_fd(draft->fd, text_bytes(&whole), whole.length, e) < 0)
		return err_wrap(e, _("cannot keep the draft of your answer"));
	return 0;
}

/* Without empty lines at either end; NULL with e filled when out of memory. */
static char *trimmed(const struct text *t, struct err *e)
{
	const char *s = text_bytes(t);
	size_t length = strlen(s);

	while (length && strchr(" \t\r\n", s[length - 1]))
		length--;
	while (length && strchr("\r\n", *s)) {
		s++;
		length--;
	}
	return mem_format(e, "%.*s", (int)length, s);
}

struct stopwatch {
	int64_t *spent_ms; /* of the answer, as it is saved */
	int64_t before_ms, began_ms, saved_ms;
	int minutes;
	bool told;
};

static void tick(struct stopwatch *watch)
{
	*watch->spent_ms = watch->before_ms + clock_monotonic_ms() - watch->began_ms;
}

/* When to look up next: the end of the minutes, unless that was told. */
static int64_t next_look(const struct stopwatch *watch)
{
	if (!watch->minutes || watch->told)
		return -1;
	return watch->began_ms + watch->minutes * 60000LL - watch->before_ms;
}

static int look_at_clock(struct practising *p, struct stopwatch *watch, struct err *e)
{
	struct text t = { 0 };

	tick(watch);
	if (clock_monotonic_ms() - watch->saved_ms > SAVE_EVERY_MS) {
		watch->saved_ms = clock_monotonic_ms();
		if (practising_save(p, e) < 0)
			return -1;
	}
	if (!watch->minutes || watch->told || *watch->spent_ms < watch->minutes * 60000LL)
		return 0;
	watch->told = true;
	text_addf(&t, ngettext("\n  [%d minute is over: come to an end]\n", "\n  [%d minutes are over: come to an end]\n",
			      (unsigned long)watch->minutes),
		watch->minutes);
	return practising_say(p, &t, e);
}

static int show_draft(struct practising *p, const struct draft *draft, struct err *e)
{
	struct text t = { 0 };

	if (!draft->text.length)
		return 0;
	text_addf(&t, "\n%s\n", _("You had begun; go on where you stopped:"));
	text_add_visible(&t, text_bytes(&draft->text), false);
	return practising_say(p, &t, e);
}

/* Lines until a dot or the end. STEP_STOP: the end came before anything was said. */
static int listen_to(struct practising *p, struct draft *draft, struct stopwatch *watch, struct err *e)
{
	const struct practice_mouth *mouth = p->order->mouth;

	for (;;) {
		AUTO_FREE char *line = NULL;
		enum practice_heard heard;

		if (mouth->hear(&heard, &line, "> ", next_look(watch), mouth->context, e) < 0) {
			/* What was spent is kept, the lines are in the draft. */
			tick(watch);
			practising_save(p, NULL);
			return -1;
		}
		if (look_at_clock(p, watch, e) < 0)
			return -1;
		if (heard == HEARD_LATE)
			continue;
		if (heard == HEARD_END)
			return draft->text.length ? STEP_GO_ON : STEP_STOP;
		if (strcmp(line, ".") == 0 || strcmp(line, ".\r") == 0)
			return STEP_GO_ON;
		if (draft_add(draft, p, line, e) < 0)
			return -1;
	}
}

int practising_answer(struct practising *p, char **answer, int64_t *spent_ms, int minutes, struct err *e)
{
	AUTO(draft_done) struct draft draft = { .fd = -1 };
	struct stopwatch watch = { spent_ms, *spent_ms, clock_monotonic_ms(), clock_monotonic_ms(), minutes, false };
	int step;

	if (draft_open(&draft, p, e) < 0 || show_draft(p, &draft, e) < 0)
		return -1;
	step = listen_to(p, &draft, &watch, e);
	if (step != STEP_GO_ON) {
		if (step == STEP_STOP)
			tick(&watch);
		return step;
	}
	tick(&watch);
	*answer = trimmed(&draft.text, e);
	return *answer ? STEP_GO_ON : -1;
}
