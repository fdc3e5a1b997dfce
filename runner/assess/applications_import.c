// SPDX-License-Identifier: MIT
/*
 * A table of applications: first everything is looked at and every mistake noted, then, if there was none, everything
 * is kept in one change. What is known about candidates is asked in that same change, so that nobody comes in between.
 */
#include "assess/applications_inside.h"
#include "assess/loose_words.h"
#include "assess/session_access.h"
#include "assess/workspace_inside.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "store/store.h"

#include <string.h>
#include <strings.h>

enum { FIELD_NAME, FIELD_EMAIL, FIELD_SOURCE, FIELD_REFERRER, FIELD_SALARY, FIELD_NOTICE, FIELD_LANGUAGES, FIELDS };

static const struct sheet_column columns[FIELDS] = {
	[FIELD_NAME] = { "name", { "name", "full name", "candidate", "candidate name", "vollstaendiger name", "bewerber name" } },
	[FIELD_EMAIL] = { "email", { "email", "e mail", "mail", "email address", "e mail address", "e mail adresse",
		"email adresse" } },
	[FIELD_SOURCE] = { "source", { "source", "quelle", "kanal", "channel" } },
	[FIELD_REFERRER] = { "referrer", { "referrer", "referred by", "empfohlen von", "empfehlung" } },
	[FIELD_SALARY] = { "salary_expectation", { "salary expectation", "salary expectations", "expected salary",
		"desired salary", "gehaltsvorstellung", "gehaltsvorstellungen", "gehaltswunsch" } },
	[FIELD_NOTICE] = { "notice", { "notice", "notice period", "kuendigungsfrist" } },
	[FIELD_LANGUAGES] = { "languages", { "languages", "language", "sprachen", "sprachkenntnisse" } },
};

enum { MAX_KEPT_COLUMNS = 40, MAX_KEPT_TEXT = 2000, MAX_NAME = 200 };

/* One row on its way in. */
struct row {
	char *field[FIELDS];
	char *further; /* JSON; NULL: nothing */
};

struct import {
	struct sheet sheet;
	long *column; /* of each column of the sheet: which field it is */
	struct row *rows;
	struct import_report report;
};

static void import_done(struct import *import)
{
	for (size_t i = 0; import->rows && i < import->sheet.csv.rows; i++) {
		for (int field = 0; field < FIELDS; field++)
			free(import->rows[i].field[field]);
		free(import->rows[i].further);
	}
	free(import->rows);
	free(import->column);
	sheet_done(&import->sheet);
	import_report_done(&import->report);
}

/* --- the heading ------------------------------------------------------------------------------------------------ */

static int check_kept_column(struct import *import, size_t column, struct err *e)
{
	const char *heading = csv_heading(&import->sheet.csv, column);
	bool pay = false, protected = false;

	if (!*heading)
		return 0;
	if (heading_is_current_pay(&pay, heading, e) < 0 || heading_is_protected(&protected, heading, e) < 0)
		return -1;
	if (pay)
		return sheet_mistake(&import->sheet, SHEET_HEADING, column, e,
			_("what somebody earns now is not taken; what somebody would like to earn is called salary_expectation"));
	if (import->report.kept.count >= MAX_KEPT_COLUMNS)
		return sheet_mistake(&import->sheet, SHEET_HEADING, column, e, _("more than %d further columns are not kept"),
			MAX_KEPT_COLUMNS);
	if (protected && strings_take(&import->report.hints,
		mem_format(e, _("the column '%.60s' is kept, but nobody may be judged by it: better leave it out"), heading),
		e) < 0)
		return -1;
	return strings_add(&import->report.kept, heading, e);
}

static int check_heading(struct import *import, struct err *e)
{
	bool has_name = false;

	if (sheet_columns(&import->column, &import->sheet, columns, FIELDS, e) < 0)
		return -1;
	for (size_t i = 0; i < import->sheet.csv.columns; i++) {
		has_name = has_name || import->column[i] == FIELD_NAME;
		if (import->column[i] == SHEET_UNKNOWN && check_kept_column(import, i, e) < 0)
			return -1;
	}
	if (!has_name)
		return sheet_mistake(&import->sheet, SHEET_HEADING, 0, e, _("no column is called 'name'"));
	return 0;
}

/* --- rows ------------------------------------------------------------------------------------------------------- */

static size_t column_of(const struct import *import, long field)
{
	for (size_t i = 0; i < import->sheet.csv.columns; i++)
		if (import->column[i] == field)
			return i;
	return 0;
}

static int read_cell(struct import *import, struct json **further, size_t row, size_t column, struct err *e)
{
	long field = import->column[column];
	size_t max = field == SHEET_UNKNOWN ? MAX_KEPT_TEXT
		     : field == FIELD_NAME  ? MAX_NAME
		     : field == FIELD_EMAIL ? APPLICATION_MAX_EMAIL
					    : APPLICATION_MAX_TEXT;
	AUTO_FREE char *text = NULL;

	if (sheet_text(&text, &import->sheet, row, column, max, field == SHEET_UNKNOWN, e) < 0)
		return -1;
	if (!text)
		return 0;
	if (field != SHEET_UNKNOWN) {
		import->rows[row].field[field] = take_ptr(&text);
		return 0;
	}
	if (!*further)
		*further = json_new_object();
	json_put_take(further, csv_heading(&import->sheet.csv, column), json_new_string(text));
	return *further ? 0 : err_memory(e);
}

/* Whose e-mail it is in the rows before: the row, or the same one. */
static size_t same_email(const struct import *import, size_t row)
{
	const char *email = import->rows[row].field[FIELD_EMAIL];

	for (size_t i = 0; i < row; i++)
		if (import->rows[i].field[FIELD_EMAIL] && strcasecmp(import->rows[i].field[FIELD_EMAIL], email) == 0)
			return i;
	return row;
}

static int check_email(struct import *import, size_t row, struct err *e)
{
	const char *email = import->rows[row].field[FIELD_EMAIL];
	size_t column = column_of(import, FIELD_EMAIL), same;

	if (!email)
		return 0;
	if (!email_is_plausible(email))
		return sheet_mistake(&import->sheet, (long)row, column, e, _("'%.60s' is no e-mail address"), email);
	same = same_email(import, row);
	if (same != row)
		return sheet_mistake(&import->sheet, (long)row, column, e, _("%.60s stands in row %u already"), email,
			import->sheet.csv.numbers[same]);
	return 0;
}

static int read_row(struct import *import, size_t row, struct err *e)
{
	AUTO_JSON struct json *further = NULL;
	size_t mistakes = import->sheet.mistakes.count;

	for (size_t i = 0; i < import->sheet.csv.columns; i++)
		if (read_cell(import, &further, row, i, e) < 0)
			return -1;
	if (further && json_render(further, JSON_STYLE_COMPACT, &import->rows[row].further, e) < 0)
		return -1;
	if (!import->rows[row].field[FIELD_NAME] && mistakes == import->sheet.mistakes.count &&
		sheet_mistake(&import->sheet, (long)row, column_of(import, FIELD_NAME), e, _("there is no name")) < 0)
		return -1;
	return check_email(import, row, e);
}

static int read_rows(struct import *import, struct err *e)
{
	import->rows = mem_new(import->sheet.csv.rows, sizeof(*import->rows), e);
	if (!import->rows)
		return -1;
	for (size_t i = 0; i < import->sheet.csv.rows; i++)
		if (read_row(import, i, e) < 0)
			return -1;
	return 0;
}

/* --- keeping ---------------------------------------------------------------------------------------------------- */

static void forget_rows(struct import_report *report)
{
	for (size_t i = 0; i < report->count; i++)
		free(report->item[i].name);
	report->count = 0;
}

/* A conflict with somebody who is there is the row's mistake, not the end of looking. */
static int keep_row(struct import *import, struct workspace *workspace, const char *actor, size_t row, int64_t now_ms,
	struct err *e)
{
	const struct row *r = &import->rows[row];
	const struct new_application new = { .name = r->field[FIELD_NAME], .email = r->field[FIELD_EMAIL],
		.position = import->report.position, .stage = import->report.stage, .source = r->field[FIELD_SOURCE],
		.referrer = r->field[FIELD_REFERRER], .salary_expectation = r->field[FIELD_SALARY],
		.notice = r->field[FIELD_NOTICE], .languages = r->field[FIELD_LANGUAGES], .further = r->further };
	struct import_report *report = &import->report;
	struct imported_row *done = mem_push(&report->item, report->count, sizeof(*done), e);
	struct err said = { 0 };

	if (!done)
		return -1;
	if (application_keep(done->pseudonym, &done->known, workspace, actor, &new, now_ms, &said) < 0)
		return said.kind == ERR_CONFLICT && new.email
			? sheet_mistake(&import->sheet, (long)row, column_of(import, FIELD_EMAIL), e, "%s", said.text)
			: err_set(e, said.kind, "%s", said.text);
	report->count++;
	done->row = import->sheet.csv.numbers[row];
	done->name = mem_copy(new.name, e);
	return done->name ? 0 : -1;
}

static int keep_rows(struct import *import, struct workspace *workspace, const char *actor, struct err *e)
{
	AUTO_CHANGE struct store_change change = { 0 };
	AUTO_FREE char *count = mem_format(e, "%zu", import->sheet.csv.rows);
	int64_t now_ms = clock_now_ms();

	if (!count || store_change_begin(&change, workspace->store, e) < 0)
		return -1;
	for (size_t i = 0; i < import->sheet.csv.rows; i++)
		if (keep_row(import, workspace, actor, i, now_ms, e) < 0)
			return -1;
	if (import->sheet.mistakes.count) {
		forget_rows(&import->report);
		return 0;
	}
	if (workspace_log(workspace, actor, "candidate.import", import->report.position, count, e) < 0)
		return -1;
	return store_change_commit(&change, e);
}

int applications_import(struct import_report *out, struct workspace *workspace, const char *actor, const char *file,
	const char *position, const char *stage, struct err *e)
{
	AUTO(import_done) struct import import = { 0 };

	if (workspace_may(workspace, actor, DO_TAKE_IN, e) < 0 ||
		application_place(&import.report.position, &import.report.stage, workspace, position, stage, e) < 0 ||
		sheet_load(&import.sheet, file, e) < 0 || check_heading(&import, e) < 0)
		return -1;
	/* Below a heading with mistakes a cell may be anything. */
	if (!import.sheet.mistakes.count && read_rows(&import, e) < 0)
		return -1;
	if (import.sheet.csv.rows == 0 && !import.sheet.mistakes.count)
		return err_set(e, ERR_INVALID, _("%s: there is no row below the heading"), file);
	if (!import.sheet.mistakes.count && keep_rows(&import, workspace, actor, e) < 0)
		return -1;
	import.report.mistakes = import.sheet.mistakes;
	import.sheet.mistakes = (struct sheet_mistakes){ 0 };
	*out = import.report;
	import.report = (struct import_report){ 0 };
	return 0;
}

void import_report_done(struct import_report *report)
{
	forget_rows(report);
	free(report->item);
	free(report->position);
	free(report->stage);
	strings_done(&report->kept);
	strings_done(&report->hints);
	sheet_mistakes_done(&report->mistakes);
	*report = (struct import_report){ 0 };
}
