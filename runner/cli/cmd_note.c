// SPDX-License-Identifier: MIT
/*
 * `assay note`: a line per thought, kept as it is typed.
 */
#include "assess/notes.h"
#include "assess/session.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/i18n.h"
#include "cli/commands.h"
#include "cli/visit.h"
#include "cli/words.h"

#include <string.h>
#include <unistd.h>

enum { LINE_BYTES = 2 * NOTE_MAX_BYTES };

/* "10:42 Live coding", so that whoever types sees that it is kept. */
static int acknowledge(const char *part, struct err *e)
{
	AUTO_FREE char *line = NULL;
	char when[32];

	date_render_local(clock_now_ms(), i18n_language(), when);
	line = mem_format(e, "  ✓ %s%s%s\n", strchr(when, ' ') + 1, part ? " " : "", part ? words_part(part) : "");
	return line ? cli_print(line, e) : -1;
}

static int keep(struct visit *visit, const struct cli *cli, const char *session, const char *line, bool watched,
	struct err *e)
{
	AUTO_FREE char *part = NULL;
	int64_t id;

	if (notes_add(&id, &part, visit->workspace, visit->actor, session, line, e) < 0)
		return -1;
	if ((cli->json ? cli_print_json_take(json_pack_new("{s:I, s:s?}", "note", (long long)id, "part", part), e)
		       : watched ? acknowledge(part, e) : 0) < 0)
		return -1;
	/* Whoever types waits for it, at a terminal or behind a pipe, and doesn't keep once more what was kept. */
	return cli_flush(e);
}

/* A line that is too long is said and typed again; what the workspace can't keep ends it. */
static bool is_slip(const struct err *e)
{
	return e->kind == ERR_USAGE || e->kind == ERR_LIMIT;
}

/* Reads a line; of one that is longer than a note may be, more than that and not all. False at the end. */
static bool read_line(char line[LINE_BYTES])
{
	if (!fgets(line, LINE_BYTES, stdin))
		return false;
	for (int c = strchr(line, '\n') ? '\n' : 0; c != '\n' && c != EOF;)
		c = getchar();
	return true;
}

static int take_lines(struct visit *visit, const struct cli *cli, const char *session, struct err *e)
{
	const bool watched = isatty(STDIN_FILENO);
	char line[LINE_BYTES];

	while (read_line(line)) {
		struct err said = { 0 };
		bool blank = line[strspn(line, " \t\r\n")] == '\0';

		if (blank && watched)
			break;
		if (blank || keep(visit, cli, session, line, watched, &said) == 0)
			continue;
		if (!watched || !is_slip(&said))
			return err_set(e, said.kind, "%s", said.text);
		fprintf(stderr, "assay: %s\n", said.text);
	}
	return 0;
}

/* Where it is typed it stands who may read it. */
static int print_head(const char *session, struct err *e)
{
	AUTO_FREE char *head = mem_format(e,
		_("Notes on session %s. A line is kept with its time when you press Enter; an empty line ends.\n"
		  "The candidate may read them on request: write what you saw and heard, nothing about the person.\n"),
		session);

	return head ? cli_print(head, e) : -1;
}

/* --- showing ---------------------------------------------------------------------------------------------------- */

static const char *part_of(const struct session_view *view, int64_t number)
{
	for (size_t i = 0; i < view->parts.count; i++)
		if (view->parts.item[i].number == number)
			return words_part(view->parts.item[i].kind);
	return "–";
}

static struct json *notes_json(const struct store_notes *notes, size_t hidden)
{
	struct json *list = json_new_array();

	for (size_t i = 0; i < notes->count; i++) {
		const struct store_note *n = &notes->item[i];

		json_append_take(&list, json_pack_new("{s:I, s:I, s:s, s:I, s:o}", "note", (long long)n->id, "part",
			(long long)n->part, "person", n->person, "at_ms", (long long)n->at_ms, "text",
			json_clean(n->text, strlen(n->text))));
	}
	return json_pack_new("{s:o, s:I}", "notes", list, "closed", (long long)hidden);
}

static int print_notes(const struct session_view *view, const struct store_notes *notes, size_t hidden, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };

	for (size_t i = 0; i < notes->count; i++) {
		const struct store_note *n = &notes->item[i];
		char when[32];

		date_render_local(n->at_ms, i18n_language(), when);
		text_addf(&t, "%s  %s  %s: ", when, part_of(view, n->part), n->person);
		text_add_visible(&t, n->text, true);
		text_add(&t, "\n");
	}
	if (!notes->count)
		text_add(&t, _("No note.\n"));
	if (hidden)
		text_addf(&t, _("%zu of others stay closed until your card is sealed.\n"), hidden);
	return t.failed ? err_memory(e) : cli_print(text_bytes(&t), e);
}

static int show(struct visit *visit, const struct cli *cli, const char *session, struct err *e)
{
	AUTO_STORE_NOTES struct store_notes notes = { 0 };
	AUTO_SESSION_VIEW struct session_view view = { 0 };
	size_t hidden;

	if (notes_list(&notes, &hidden, visit->workspace, visit->actor, session, e) < 0 ||
		session_view(&view, visit->workspace, session, e) < 0)
		return -1;
	return cli->json ? cli_print_json_take(notes_json(&notes, hidden), e) : print_notes(&view, &notes, hidden, e);
}

static int run_note(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	const char *session = cli->words.item[0];

	if (visit_open(&visit, cli, e) < 0)
		return -1;
	if (cli_flag(cli, "show"))
		return show(&visit, cli, session, e);
	if (cli->words.count > 1)
		return keep(&visit, cli, session, cli->words.item[1], true, e);
	if (notes_check(visit.workspace, visit.actor, session, e) < 0 ||
		(!cli->json && isatty(STDIN_FILENO) && print_head(session, e) < 0) ||
		take_lines(&visit, cli, session, e) < 0)
		return -1;
	return cli_next(cli, e, "assay note %s --show", session);
}

const struct command commands_note[] = {
	{
		.noun = "note",
		.words = "SESSION [TEXT]",
		.min_words = 1,
		.max_words = 2,
		.summary = N_("take notes in a session, a line per thought"),
		.about = N_("Each line is kept with its time and part as soon as it is typed; an empty line or Ctrl-D ends. Several "
			    "people can type at once. The candidate may read the notes on request; until your own card is sealed you "
			    "see only yours."),
		.example = "assay note S-7Q2K\nassay note S-7Q2K 'asks what happens when a job fails twice'",
		.options = { { "show", NULL, N_("show the notes that you may read") } },
		.run = run_note,
	},
	{ 0 },
};
