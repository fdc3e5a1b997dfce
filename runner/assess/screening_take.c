// SPDX-License-Identifier: MIT
/*
 * Taking a screening sheet back. Everything is read, compared and written within one change of the database: what a row
 * is compared with is what it changes.
 */
#include "assess/screening_inside.h"

#include "assess/applications_inside.h"
#include "assess/session_access.h"
#include "assess/workspace_inside.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "store/store.h"

#include <string.h>

struct taking {
	struct workspace *workspace;
	const char *actor;
	int64_t now_ms;
	struct sheet sheet;
	long *columns;                     /* of each column: which of ours, or SHEET_UNKNOWN */
	const struct requirement **asked;  /* of each column: which requirement it answers, or NULL */
	struct day earliest_from;          /* year 0: not told */
	struct position *position;
	struct store_screenings answers;
	struct strings seen; /* candidates of the rows before */
	struct screening_report report;
};

static void taking_done(struct taking *t)
{
	sheet_done(&t->sheet);
	free(t->columns);
	free(t->asked);
	position_free(t->position);
	store_screenings_done(&t->answers);
	strings_done(&t->seen);
	screening_report_done(&t->report);
}

void screening_report_done(struct screening_report *report)
{
	for (size_t i = 0; i < report->count; i++) {
		free(report->item[i].candidate);
		free(report->item[i].what);
		free(report->item[i].before);
		free(report->item[i].after);
	}
	free(report->item);
	free(report->position);
	sheet_mistakes_done(&report->mistakes);
	*report = (struct screening_report){ 0 };
}

/* --- the heading ------------------------------------------------------------------------------------------------ */

static int find_asked(struct taking *t, size_t column, struct err *e)
{
	const char *heading = csv_heading(&t->sheet.csv, column);

	if (!heading[strspn(heading, " ")])
		return 0;
	if (screening_earliest_of(&t->earliest_from, heading)) {
		t->columns[column] = COLUMN_EARLIEST;
		return 0;
	}
	t->asked[column] = screening_requirement_of(t->position, heading);
	if (!t->asked[column])
		return sheet_mistake(&t->sheet, SHEET_HEADING, column, e,
			_("this is no column of a screening sheet, nor a requirement of %s"), t->position->id);
	for (size_t i = 0; i < column; i++)
		if (t->asked[i] == t->asked[column])
			return sheet_mistake(&t->sheet, SHEET_HEADING, column, e, _("there is a column of that name already"));
	return 0;
}

static long column_of(const struct taking *t, enum screening_column wanted)
{
	for (size_t i = 0; i < t->sheet.csv.columns; i++)
		if (t->columns[i] == (long)wanted)
			return (long)i;
	return -1;
}

static int read_heading(struct taking *t, struct err *e)
{
	static const enum screening_column needed[] = { COLUMN_CANDIDATE, COLUMN_VERSION };

	t->asked = mem_new(t->sheet.csv.columns, sizeof(*t->asked), e);
	if (!t->asked || sheet_columns(&t->columns, &t->sheet, screening_columns, SCREENING_COLUMNS, e) < 0)
		return -1;
	for (size_t i = 0; i < t->sheet.csv.columns; i++)
		if (t->columns[i] == SHEET_UNKNOWN && find_asked(t, i, e) < 0)
			return -1;
	for (size_t i = 0; i < sizeof(needed) / sizeof(*needed); i++)
		if (column_of(t, needed[i]) < 0 && sheet_mistake(&t->sheet, SHEET_HEADING, 0, e, _("no column is called '%s'"),
			screening_columns[needed[i]].name) < 0)
			return -1;
	return 0;
}

/* --- a row ------------------------------------------------------------------------------------------------------ */

/* A row on its way in: what it is about, and what it changes there. */
struct row {
	size_t index;
	struct store_application now, new; /* new borrows from now and from kept */
	struct store_candidate candidate;
	struct strings kept;
	struct store_screening answers[CSV_MAX_COLUMNS];
	size_t answer_count;
	size_t changes; /* how many the report had before this row */
	bool corrected;
};

static void row_done(struct row *row)
{
	store_application_done(&row->now);
	store_candidate_done(&row->candidate);
	strings_done(&row->kept);
}

static char *copy_or_null(const char *s, struct err *e)
{
	return s ? mem_copy(s, e) : NULL;
}

static int report_change(struct taking *t, const struct row *row, const char *what, const char *before, const char *after,
	struct err *e)
{
	struct screened *change = mem_push(&t->report.item, t->report.count, sizeof(*change), e);

	if (!change)
		return -1;
	t->report.count++;
	change->candidate = mem_copy(row->now.candidate, e);
	change->what = mem_copy(what, e);
	change->before = copy_or_null(before, e);
	change->after = copy_or_null(after, e);
	return change->candidate && change->what && (!before || change->before) && (!after || change->after) ? 0 : -1;
}

static bool is_same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : !a && !b;
}

/* A day that a spreadsheet wrote in its own way was not changed by anybody. */
static bool is_same_day(const char *before, const char *text)
{
	struct day day;

	return before && text && day_parse(&day, before) && day_is_written(day, text);
}

/* The field of an application that a column holds; NULL for a column that holds none. */
static const char **field_of(struct store_application *application, long column)
{
	switch (column) {
	case COLUMN_SOURCE:
		return &application->source;
	case COLUMN_SALARY:
		return &application->salary_expectation;
	case COLUMN_NOTICE:
		return &application->notice;
	case COLUMN_LANGUAGES:
		return &application->languages;
	default:
		return NULL;
	}
}

/* The trimmed text of a cell, kept with the row; NULL for an empty one. */
static int cell_text(const char **out, struct taking *t, struct row *row, size_t column, bool *bad, struct err *e)
{
	size_t mistakes = t->sheet.mistakes.count;
	char *text = NULL;

	if (sheet_text(&text, &t->sheet, row->index, column, APPLICATION_MAX_TEXT, false, e) < 0)
		return -1;
	*bad = t->sheet.mistakes.count > mistakes;
	*out = text;
	return text ? strings_take(&row->kept, text, e) : 0;
}

static int take_field(struct taking *t, struct row *row, size_t column, struct err *e)
{
	const char **field = field_of(&row->new, t->columns[column]);
	const char *text = NULL;
	bool bad = false;

	/* Untouched, with whatever spaces it was taken in. */
	if (*field && strcmp(*field, csv_cell(&t->sheet.csv, row->index, column)) == 0)
		return 0;
	if (cell_text(&text, t, row, column, &bad, e) < 0)
		return -1;
	if (bad || is_same(*field, text) || is_same_day(*field, text))
		return 0;
	if (report_change(t, row, screening_columns[t->columns[column]].name, *field, text, e) < 0)
		return -1;
	*field = text;
	row->corrected = true;
	return 0;
}

static int take_answer(struct taking *t, struct row *row, size_t column, struct err *e)
{
	const struct requirement *requirement = t->asked[column];
	const struct store_screening *before = screening_find(&t->answers, row->now.candidate, requirement->id);
	struct store_screening *after = &row->answers[row->answer_count];
	AUTO_FREE char *was = NULL;
	const char *text, *source;
	enum screening_answer answer;
	bool bad;

	if (cell_text(&text, t, row, column, &bad, e) < 0)
		return -1;
	if (bad)
		return 0;
	if (!screening_cell_parse(text, &answer, &source))
		return sheet_mistake(&t->sheet, (long)row->index, column, e,
			_("'%.40s' is no answer: yes, partly, no or nothing; where it is from goes behind a colon, as in 'yes: CV'"),
			text);
	if (before ? before->answer == answer && is_same(before->source, source) : answer == SCREENING_NONE)
		return 0;
	if (before && screening_cell(&was, before->answer, before->source, i18n_language(), e) < 0)
		return -1;
	*after = (struct store_screening){ .candidate = row->now.candidate, .position = row->now.position,
		.requirement = requirement->id, .answer = answer, .source = source, .actor = t->actor, .at_ms = t->now_ms };
	row->answer_count++;
	return report_change(t, row, requirement->id, was, text, e);
}

/* A name at another pseudonym: a column was sorted without the others. */
static int check_name(struct taking *t, const struct row *row, size_t column, struct err *e)
{
	const char *cell = csv_cell(&t->sheet.csv, row->index, column);

	if (strcmp(cell, row->candidate.name) == 0)
		return 0;
	return sheet_mistake(&t->sheet, (long)row->index, column, e,
		_("%s is %.60s, not '%.60s': names aren't changed here, and rows are sorted whole"), row->now.candidate,
		row->candidate.name, cell);
}

/* Whether the row is the present version of its application. */
static bool is_current(const struct taking *t, const struct row *row)
{
	long long version = -1;

	return text_to_integer(csv_cell(&t->sheet.csv, row->index, (size_t)column_of(t, COLUMN_VERSION)), 0, 1LL << 53,
		       &version) &&
	       version == row->now.version;
}

/* A computed cell that was typed into would be forgotten; so it is told, unless the notice is another by now. */
static int check_earliest(struct taking *t, const struct row *row, size_t column, struct err *e)
{
	const char *cell = csv_cell(&t->sheet.csv, row->index, column);
	struct day computed;

	if (!t->earliest_from.year || !is_same(row->new.notice, row->now.notice) || !is_current(t, row))
		return 0;
	if (row->now.notice && notice_earliest(&computed, row->now.notice, t->earliest_from) ? day_is_written(computed, cell)
											       : !*cell)
		return 0;
	return sheet_mistake(&t->sheet, (long)row->index, column, e,
		_("this is reckoned from the notice: write the notice, or a date, there"));
}

static int take_cells(struct taking *t, struct row *row, struct err *e)
{
	for (size_t i = 0; i < t->sheet.csv.columns; i++) {
		if (t->columns[i] == COLUMN_NAME && check_name(t, row, i, e) < 0)
			return -1;
		if (t->columns[i] != SHEET_UNKNOWN && field_of(&row->new, t->columns[i]) && take_field(t, row, i, e) < 0)
			return -1;
		if (t->asked[i] && take_answer(t, row, i, e) < 0)
			return -1;
	}
	for (size_t i = 0; i < t->sheet.csv.columns; i++)
		if (t->columns[i] == COLUMN_EARLIEST && check_earliest(t, row, i, e) < 0)
			return -1;
	return 0;
}

/* Whose row it is. *found false: a mistake was noted. */
static int find_application(struct taking *t, struct row *row, bool *found, struct err *e)
{
	size_t column = (size_t)column_of(t, COLUMN_CANDIDATE);
	struct err said = { 0 };
	const char *candidate;
	bool bad;

	*found = false;
	if (cell_text(&candidate, t, row, column, &bad, e) < 0)
		return -1;
	if (bad)
		return 0;
	if (!candidate)
		return sheet_mistake(&t->sheet, (long)row->index, column, e, _("there is no candidate"));
	if (strings_find(&t->seen, candidate) >= 0)
		return sheet_mistake(&t->sheet, (long)row->index, column, e, _("%.40s has a row already"), candidate);
	if (store_application_get(&row->now, t->workspace->store, candidate, t->position->id, &said) < 0)
		return said.kind == ERR_NOT_FOUND ? sheet_mistake(&t->sheet, (long)row->index, column, e,
							  _("nobody called %.40s applies for %s"), candidate, t->position->id)
						  : err_set(e, said.kind, "%s", said.text);
	row->new = row->now;
	*found = true;
	if (strings_add(&t->seen, candidate, e) < 0)
		return -1;
	return store_candidate_get(&row->candidate, t->workspace->store, candidate, e);
}

/* What a row changes must be what it was written from, and still open. */
static int check_current(struct taking *t, const struct row *row, struct err *e)
{
	if (row->now.state != APPLICATION_OPEN)
		return sheet_mistake(&t->sheet, (long)row->index, (size_t)column_of(t, COLUMN_CANDIDATE), e,
			_("the application of %s is closed: %s"), row->now.candidate, application_state_title(row->now.state));
	if (is_current(t, row))
		return 0;
	return sheet_mistake(&t->sheet, (long)row->index, (size_t)column_of(t, COLUMN_VERSION), e,
		_("%s was changed since this sheet was written: write a new one, and change that"), row->now.candidate);
}

static int save_row(struct taking *t, const struct row *row, struct err *e)
{
	for (size_t i = 0; i < row->answer_count; i++)
		if (store_screening_add(t->workspace->store, &row->answers[i], e) < 0)
			return -1;
	if (store_application_correct(t->workspace->store, &row->new, e) < 0)
		return -1;
	return workspace_log(t->workspace, t->actor, "candidate.screen", row->now.candidate, t->position->id, e);
}

static int take_row(struct taking *t, struct row *row, struct err *e)
{
	size_t mistakes = t->sheet.mistakes.count;
	bool found;

	row->changes = t->report.count;
	if (find_application(t, row, &found, e) < 0)
		return -1;
	if (!found)
		return 0;
	if (take_cells(t, row, e) < 0)
		return -1;
	if (t->report.count == row->changes)
		return 0;
	if (check_current(t, row, e) < 0)
		return -1;
	return t->sheet.mistakes.count > mistakes ? 0 : save_row(t, row, e);
}

/* --- the whole -------------------------------------------------------------------------------------------------- */

static int take_rows(struct taking *t, struct err *e)
{
	AUTO_CHANGE struct store_change change = { 0 };

	if (store_change_begin(&change, t->workspace->store, e) < 0 ||
		store_screening_list(&t->answers, t->workspace->store, t->position->id, NULL, e) < 0)
		return -1;
	for (size_t i = 0; i < t->sheet.csv.rows; i++) {
		AUTO(row_done) struct row row = { .index = i };

		if (take_row(t, &row, e) < 0)
			return -1;
	}
	return t->sheet.mistakes.count ? 0 : store_change_commit(&change, e);
}

int screening_take(struct screening_report *out, struct workspace *workspace, const char *actor, const char *file,
	const char *position, struct err *e)
{
	AUTO(taking_done) struct taking t = { .workspace = workspace, .actor = actor, .now_ms = clock_now_ms() };
	AUTO_FREE char *stage = NULL;

	if (workspace_may(workspace, actor, DO_SCREEN, e) < 0 ||
		application_place(&t.report.position, &stage, workspace, position, NULL, e) < 0 ||
		workspace_position(&t.position, workspace, t.report.position, e) < 0 || sheet_load(&t.sheet, file, e) < 0 ||
		read_heading(&t, e) < 0)
		return -1;
	if (!t.sheet.mistakes.count && take_rows(&t, e) < 0)
		return -1;
	t.report.mistakes = t.sheet.mistakes;
	t.sheet.mistakes = (struct sheet_mistakes){ 0 };
	*out = t.report;
	t.report = (struct screening_report){ 0 };
	return 0;
}
