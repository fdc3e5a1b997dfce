// SPDX-License-Identifier: MIT
/*
 * Writing a screening sheet, and the words that it has in common with taking one back. The words stand here in both
 * languages rather than in the translations, because a sheet that was written in German is taken back in English.
 */
#include "assess/screening_inside.h"

#include "assess/applications_inside.h"
#include "assess/session_access.h"
#include "assess/workspace_inside.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "review/match.h"

#include <string.h>
#include <strings.h>

/* --- headings --------------------------------------------------------------------------------------------------- */

static const char *const headings[SCREENING_COLUMNS][LANGUAGE_COUNT] = {
	[COLUMN_CANDIDATE] = { "candidate", "Bewerbung" },
	[COLUMN_NAME] = { "name", "Name" },
	[COLUMN_SOURCE] = { "source", "Quelle" },
	[COLUMN_SALARY] = { "salary_expectation", "Gehaltsvorstellung" },
	[COLUMN_NOTICE] = { "notice", "Kündigungsfrist" },
	[COLUMN_EARLIEST] = { "earliest_start", "frühester Beginn" },
	[COLUMN_LANGUAGES] = { "languages", "Sprachen" },
	[COLUMN_VERSION] = { "version", "Fassung" },
};

const struct sheet_column screening_columns[SCREENING_COLUMNS] = {
	[COLUMN_CANDIDATE] = { "candidate", { "candidate", "bewerbung" } },
	[COLUMN_NAME] = { "name", { "name" } },
	[COLUMN_SOURCE] = { "source", { "source", "quelle" } },
	[COLUMN_SALARY] = { "salary_expectation", { "salary expectation", "gehaltsvorstellung" } },
	[COLUMN_NOTICE] = { "notice", { "notice", "kuendigungsfrist" } },
	[COLUMN_EARLIEST] = { "earliest_start", { NULL } }, /* has a day in it: screening_earliest_of */
	[COLUMN_LANGUAGES] = { "languages", { "languages", "sprachen" } },
	[COLUMN_VERSION] = { "version", { "version", "fassung" } },
};

static const char *const needs[2][LANGUAGE_COUNT] = { { "nice", "Kann" }, { "must", "Muss" } };

const char *screening_heading(enum screening_column column, enum language language)
{
	return headings[column][language];
}

int screening_requirement_heading(struct text *t, const struct requirement *requirement, enum language language)
{
	text_addf(t, "%s: %s – %s", needs[requirement->must][language], requirement->id,
		localised_text(&requirement->title, language));
	return t->failed ? -1 : 0;
}

static const char *behind_need(const char *heading)
{
	for (int must = 0; must < 2; must++) {
		for (int language = 0; language < LANGUAGE_COUNT; language++) {
			size_t length = strlen(needs[must][language]);

			if (strncasecmp(heading, needs[must][language], length) == 0 && heading[length] == ':')
				return heading + length + 1 + strspn(heading + length + 1, " ");
		}
	}
	return heading;
}

const struct requirement *screening_requirement_of(const struct position *position, const char *heading)
{
	const char *id = behind_need(heading + strspn(heading, " "));
	size_t length = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-");

	if (id[length] && id[length] != ' ')
		return NULL;
	for (size_t i = 0; i < position->requirement_count; i++)
		if (strlen(position->requirements[i].id) == length && strncmp(position->requirements[i].id, id, length) == 0)
			return &position->requirements[i];
	return NULL;
}

bool screening_earliest_of(struct day *from, const char *heading)
{
	const char *open = strrchr(heading, '('), *close = strrchr(heading, ')');
	AUTO_FREE char *plain = NULL;
	char day[16] = "";

	if (match_normalise(heading, &plain, NULL) < 0 ||
		(!text_starts_with(plain, "earliest start") && !text_starts_with(plain, "fruehester beginn")))
		return false;
	*from = (struct day){ 0 };
	if (open && close && close > open && close - open - 1 < (long)sizeof(day)) {
		memcpy(day, open + 1, (size_t)(close - open - 1));
		day_parse(from, day);
	}
	return true;
}

/* --- answers ---------------------------------------------------------------------------------------------------- */

static const struct {
	const char *written[LANGUAGE_COUNT];
	const char *read[8];
} words[] = {
	[SCREENING_NONE] = { { "", "" }, { NULL } },
	[SCREENING_NO] = { { "no", "nein" }, { "no", "nein", "n" } },
	[SCREENING_PARTLY] = { { "partly", "teilweise" }, { "partly", "teilweise", "partially", "teils", "zum Teil" } },
	[SCREENING_YES] = { { "yes", "ja" }, { "yes", "ja", "y", "j" } },
};

int screening_cell(char **out, enum screening_answer answer, const char *source, enum language language, struct err *e)
{
	*out = NULL;
	if (answer == SCREENING_NONE)
		return 0;
	*out = source ? mem_format(e, "%s: %s", words[answer].written[language], source)
		      : mem_copy(words[answer].written[language], e);
	return *out ? 0 : -1;
}

bool screening_cell_parse(const char *cell, enum screening_answer *answer, const char **source)
{
	size_t length = cell ? strcspn(cell, ":") : 0;
	const char *behind = cell && cell[length] ? cell + length + 1 : "";

	*source = NULL;
	*answer = SCREENING_NONE;
	if (!cell)
		return true;
	while (length && cell[length - 1] == ' ')
		length--;
	behind += strspn(behind, " ");
	for (int i = SCREENING_NO; i <= SCREENING_YES; i++) {
		for (const char *const *word = words[i].read; *word; word++) {
			if (strlen(*word) != length || strncasecmp(*word, cell, length) != 0)
				continue;
			*answer = (enum screening_answer)i;
			*source = *behind ? behind : NULL;
			return true;
		}
	}
	return false;
}

const struct store_screening *screening_find(
	const struct store_screenings *answers, const char *candidate, const char *requirement)
{
	for (size_t i = 0; i < answers->count; i++)
		if (strcmp(answers->item[i].candidate, candidate) == 0 &&
			strcmp(answers->item[i].requirement, requirement) == 0)
			return &answers->item[i];
	return NULL;
}

/* --- writing ---------------------------------------------------------------------------------------------------- */

struct sheet_order {
	const struct position *position;
	const struct application_views *views;
	const struct store_screenings *answers;
	struct day today;
	enum language language;
};

static int write_heading(struct csv_writer *w, const struct sheet_order *o, struct err *e)
{
	char today[DAY_TEXT];

	day_render(o->today, today);
	for (int column = 0; column < COLUMN_VERSION; column++) {
		AUTO_FREE char *earliest =
			mem_format(e, "%s (%s)", screening_heading(COLUMN_EARLIEST, o->language), today);

		if (!earliest)
			return -1;
		csv_add(w, column == COLUMN_EARLIEST ? earliest
						     : screening_heading((enum screening_column)column, o->language));
	}
	for (size_t i = 0; i < o->position->requirement_count; i++) {
		AUTO_TEXT struct text t = { 0 };

		if (screening_requirement_heading(&t, &o->position->requirements[i], o->language) < 0)
			return err_memory(e);
		csv_add(w, text_bytes(&t));
	}
	csv_add(w, screening_heading(COLUMN_VERSION, o->language));
	csv_end(w);
	return 0;
}

static int write_row(struct csv_writer *w, const struct sheet_order *o, const struct application_view *view, struct err *e)
{
	const struct store_application *a = &view->application;
	char earliest[DAY_TEXT] = "", version[24];
	struct day day;

	if (a->notice && notice_earliest(&day, a->notice, o->today))
		day_render(day, earliest);
	csv_add(w, a->candidate);
	csv_add(w, view->name);
	csv_add(w, a->source);
	csv_add(w, a->salary_expectation);
	csv_add(w, a->notice);
	csv_add(w, earliest);
	csv_add(w, a->languages);
	for (size_t i = 0; i < o->position->requirement_count; i++) {
		const struct store_screening *answer =
			screening_find(o->answers, a->candidate, o->position->requirements[i].id);
		AUTO_FREE char *cell = NULL;

		if (answer && screening_cell(&cell, answer->answer, answer->source, o->language, e) < 0)
			return -1;
		csv_add(w, cell);
	}
	snprintf(version, sizeof(version), "%lld", (long long)a->version);
	csv_add(w, version);
	csv_end(w);
	return 0;
}

static int write_sheet(char **csv, const struct sheet_order *o, char separator, struct err *e)
{
	struct text t = { 0 };
	struct csv_writer w;
	int said;

	csv_begin(&w, &t, separator);
	said = write_heading(&w, o, e);
	for (size_t i = 0; said == 0 && i < o->views->count; i++)
		if (o->views->item[i].application.state == APPLICATION_OPEN)
			said = write_row(&w, o, &o->views->item[i], e);
	if (said < 0) {
		text_done(&t);
		return -1;
	}
	return text_take(&t, csv, e);
}

int screening_sheet(char **csv, char **position, struct workspace *workspace, const char *actor, const char *named,
	const char *stage, char separator, struct err *e)
{
	AUTO_FREE char *id = NULL;
	AUTO_FREE char *at = NULL;
	AUTO_POSITION struct position *loaded = NULL;
	AUTO_APPLICATION_VIEWS struct application_views views = { 0 };
	AUTO_STORE_SCREENINGS struct store_screenings answers = { 0 };
	struct sheet_order order = { .views = &views, .answers = &answers, .today = day_of_ms(clock_now_ms()),
		.language = i18n_language() };
	size_t open = 0;

	if (workspace_may(workspace, actor, DO_SCREEN, e) < 0 ||
		application_place(&id, &at, workspace, named, stage, e) < 0 ||
		workspace_position(&loaded, workspace, id, e) < 0 ||
		applications_look(&views, workspace, actor, NULL, id, at, e) < 0 ||
		store_screening_list(&answers, workspace->store, id, NULL, e) < 0)
		return -1;
	for (size_t i = 0; i < views.count; i++)
		open += views.item[i].application.state == APPLICATION_OPEN;
	if (open == 0)
		return err_set(e, ERR_NOT_FOUND, _("nobody is in stage %s of position %s"), at, id);
	order.position = loaded;
	if (write_sheet(csv, &order, separator, e) < 0)
		return -1;
	*position = take_ptr(&id);
	return 0;
}
