// SPDX-License-Identifier: MIT
/*
 * What C's Unity prints, line by line. A plain runner says a test's name only with its verdict, so all lines before
 * that belong to it; a fixture that is called with -v says the name first ("TEST(group, name)"), whatever is printed
 * then, and " PASS" or "file:line::FAIL" at last.
 *
 * All this stands amidst what the code under test prints, also within a line. A verdict is therefore looked for behind
 * the first ":12:" that is followed by a C name and a status; what a FAIL says comes behind it and is never searched.
 * The counts under the rule at the end give nothing to anybody: they only show that tests went unnamed (a fixture
 * without -v prints a dot for them), and that a runner which doesn't get there has not ended by itself.
 */
#include "score/reported.h"

#include "base/i18n.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define RULE "-----------------------"

struct unity {
	struct reported *out;
	struct err *e;
	struct text notes; /* printed since the last verdict */
	char *running;     /* the test whose name a fixture printed; NULL: none */
	size_t seen;       /* verdicts since the last counts */
	bool behind_rule, counted, full;
};

static const struct {
	const char *word;
	enum outcome outcome;
} statuses[] = {
	{ "PASS", OUTCOME_PASSED },
	{ "FAIL", OUTCOME_FAILED },
	{ "IGNORE", OUTCOME_SKIPPED },
};

/* --- words ------------------------------------------------------------------------------------------------------ */

/* Behind the C name that starts here; s itself when none does. */
static char *behind_name(char *s)
{
	size_t length = strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");

	return s + (*s >= '0' && *s <= '9' ? 0 : length);
}

/* Which status stands here (its index), alone or before ":" or " "; -1: none. */
static int status_at(const char *s, char **behind)
{
	for (int i = 0; i < (int)(sizeof(statuses) / sizeof(*statuses)); i++) {
		size_t length = strlen(statuses[i].word);

		if (strncmp(s, statuses[i].word, length) == 0 && (!s[length] || s[length] == ':' || s[length] == ' ')) {
			*behind = (char *)s + length;
			return i;
		}
	}
	return -1;
}

/* "name:PASS", ":FAIL" or "name(1, \"a:b\"):IGNORE" starts here: the status, and where the name ends; -1: it doesn't. */
static int verdict_at(char *s, char **name_end, char **behind)
{
	char *end = behind_name(s);

	if (*end == ':') {
		*name_end = end;
		return status_at(end + 1, behind);
	}
	if (end == s || *end != '(')
		return -1;
	for (end = strstr(end, "):"); end; end = strstr(end + 1, "):")) {
		int status = status_at(end + 2, behind);

		*name_end = end + 1;
		if (status >= 0)
			return status;
	}
	return -1;
}

/* Finds the verdict of a line, behind ":12:"; -1: there is none. */
static int find_verdict(char *line, char **name, char **name_end, char **behind)
{
	for (char *colon = strchr(line, ':'); colon; colon = strchr(colon + 1, ':')) {
		size_t digits = strspn(colon + 1, "0123456789");
		int status;

		if (!digits || colon[1 + digits] != ':')
			continue;
		*name = colon + digits + 2;
		status = verdict_at(*name, name_end, behind);
		if (status >= 0)
			return status;
	}
	return -1;
}

/* "TEST(group, name)" at the start: "group.name", else NULL without an error. *behind is what follows. */
static int fixture_name(char *s, const char *word, char **name, char **behind, struct err *e)
{
	char *group = s + strlen(word), *group_end, *test, *test_end;

	*name = NULL;
	if (!text_starts_with(s, word))
		return 0;
	group_end = behind_name(group);
	if (group_end == group || strncmp(group_end, ", ", 2) != 0)
		return 0;
	test = group_end + 2;
	test_end = behind_name(test);
	if (test_end == test || *test_end != ')')
		return 0;
	*behind = test_end + 1;
	*name = mem_format(e, "%.*s.%.*s", (int)(group_end - group), group, (int)(test_end - test), test);
	return *name ? 0 : -1;
}

/* Takes " (12 ms)" off the end, as runners with UNITY_INCLUDE_EXEC_TIME write it; -1: it isn't there. */
static int64_t take_duration(char *s)
{
	char *open = strrchr(s, '(');
	long long ms;

	if (!open || open == s || open[-1] != ' ' || !text_ends_with(open, " ms)"))
		return -1;
	open[strlen(open) - strlen(" ms)")] = '\0';
	if (!text_to_integer(open + 1, 0, 1LL << 40, &ms)) {
		open[strlen(open)] = ' ';
		return -1;
	}
	open[-1] = '\0';
	return ms;
}

/* --- tests ------------------------------------------------------------------------------------------------------ */

/* What was printed belongs to nothing that is shown. That memory ran out for it must not be forgotten with it. */
static int drop_notes(struct unity *unity)
{
	bool failed = unity->notes.failed;

	text_done(&unity->notes);
	return failed ? err_memory(unity->e) : 0;
}

/* Adds a test with what was printed before its verdict; message may be "". */
static int keep(struct unity *unity, const char *name, size_t length, enum outcome outcome, const char *message,
	int64_t duration_ms)
{
	struct reported_test *test;
	int added;

	if (unity->notes.failed)
		return err_memory(unity->e);
	added = reported_add_capped(unity->out, &test, name, length, unity->e);
	unity->full = added > 0;
	unity->seen++;
	if (added != 0)
		return added < 0 ? -1 : 0;
	test->outcome = outcome;
	test->duration_ms = duration_ms;
	if (*message &&
		reported_cap_text(&test->message, &test->truncated, message, strlen(message), unity->e) < 0)
		return -1;
	if (outcome != OUTCOME_PASSED && unity->notes.length &&
		reported_cap_text(&test->output, &test->truncated, unity->notes.bytes, unity->notes.length, unity->e) < 0)
		return -1;
	return drop_notes(unity);
}

/* The test that a fixture began has no verdict, and will get none. */
static int give_up_running(struct unity *unity)
{
	AUTO_FREE char *name = take_ptr(&unity->running);

	return name ? keep(unity, name, strlen(name), OUTCOME_MISSING, _("the report ends while it ran"), -1) : 0;
}

static void note(struct unity *unity, const char *before, const char *end)
{
	text_add_bytes(&unity->notes, before, (size_t)(end - before));
	text_add(&unity->notes, "\n");
}

/* "PASS", "FAIL: Expected 1 Was 2": from the status on. The name is "" when the fixture said it before. */
static int read_verdict(struct unity *unity, int status, char *name, char *name_end, char *behind)
{
	AUTO_FREE char *running = NULL, *group_and_name = NULL;
	char *ignored;
	int64_t duration_ms = take_duration(behind);
	const char *message = behind + strspn(behind, ": ");

	if (fixture_name(name, "TEST(", &group_and_name, &ignored, unity->e) < 0)
		return -1;
	running = take_ptr(&unity->running);
	if (group_and_name)
		return keep(unity, group_and_name, strlen(group_and_name), statuses[status].outcome, message, duration_ms);
	if (name_end > name)
		return keep(unity, name, (size_t)(name_end - name), statuses[status].outcome, message, duration_ms);
	if (running)
		return keep(unity, running, strlen(running), statuses[status].outcome, message, duration_ms);
	unity->out->nameless++;
	return 0;
}

/* Of a test that a fixture has named: "half a line PASS". 1, or 0 when the line says nothing of it. */
static int read_fixture_pass(struct unity *unity, char *line)
{
	AUTO_FREE char *running = NULL;
	char *pass = NULL;
	int64_t duration_ms;

	for (char *p = strstr(line, " PASS"); p && unity->running; p = strstr(p + 1, " PASS"))
		pass = p;
	if (!pass)
		return 0;
	duration_ms = take_duration(pass + strlen(" PASS"));
	if (pass[strlen(" PASS")])
		return 0;
	running = take_ptr(&unity->running);
	return keep(unity, running, strlen(running), OUTCOME_PASSED, "", duration_ms) < 0 ? -1 : 1;
}

/* --- lines ------------------------------------------------------------------------------------------------------ */

/* "8 Tests 4 Failures 2 Ignored", which stands under the rule. */
static bool read_counts(const char *line, long long *tests)
{
	size_t length = strspn(line, "0123456789");
	char number[20];

	if (!length || length >= sizeof(number) || !text_starts_with(line + length, " Tests "))
		return false;
	memcpy(number, line, length);
	number[length] = '\0';
	return strstr(line, " Failures ") && strstr(line, " Ignored") && text_to_integer(number, 0, 1LL << 40, tests);
}

static int end_run(struct unity *unity, long long tests)
{
	size_t seen = unity->seen;

	unity->counted = true;
	unity->seen = 0;
	if (drop_notes(unity) < 0)
		return -1;
	if (tests == (long long)seen)
		return 0;
	unity->out->incomplete = unity->out->incomplete || tests > (long long)seen;
	return reported_odd(unity->out, unity->e,
		ngettext("%lld test was counted and %zu named (a fixture names those that passed only with -v)",
			"%lld tests were counted and %zu named (a fixture names those that passed only with -v)",
			(unsigned long)tests),
		tests, seen);
}

/* A fixture's announcement at the start of a line; what follows is a line of its own. */
static int read_announcement(struct unity *unity, char **line)
{
	char *name, *behind = *line;

	if (fixture_name(*line, "IGNORE_TEST(", &name, &behind, unity->e) < 0)
		return -1;
	if (name) {
		AUTO_FREE char *ignored = name;

		*line = behind + strlen(behind);
		return give_up_running(unity) < 0
			? -1
			: keep(unity, ignored, strlen(ignored), OUTCOME_SKIPPED, "", take_duration(behind));
	}
	if (fixture_name(*line, "TEST(", &name, &behind, unity->e) < 0)
		return -1;
	if (!name)
		return 0;
	*line = behind;
	if (give_up_running(unity) < 0 || drop_notes(unity) < 0) {
		free(name);
		return -1;
	}
	unity->running = name;
	return 0;
}

static int read_line(struct unity *unity, char *line)
{
	char *name, *name_end, *behind;
	bool behind_rule = unity->behind_rule;
	long long tests;
	int status, passed;

	unity->behind_rule = strcmp(line, RULE) == 0;
	if (unity->behind_rule)
		return 0;
	if (behind_rule && read_counts(line, &tests))
		return give_up_running(unity) < 0 ? -1 : end_run(unity, tests);
	if (read_announcement(unity, &line) < 0 || unity->full)
		return unity->full ? 0 : -1;
	status = find_verdict(line, &name, &name_end, &behind);
	if (status >= 0) {
		/* "file:12", and what may have been printed in front of it. */
		note(unity, line, name - 1);
		return read_verdict(unity, status, name, name_end, behind);
	}
	passed = read_fixture_pass(unity, line);
	if (passed == 0 && *line)
		note(unity, line, line + strlen(line));
	return passed < 0 ? -1 : 0;
}

/* --- the whole -------------------------------------------------------------------------------------------------- */

static int read_lines(struct unity *unity, char *text)
{
	char *next;

	for (char *at = text; *at && !unity->full; at = next) {
		char *end = strchr(at, '\n');

		next = end ? end + 1 : at + strlen(at);
		if (end && end > at && end[-1] == '\r')
			end--;
		if (end)
			*end = '\0';
		if (read_line(unity, at) < 0)
			return -1;
	}
	if (unity->full)
		return 0;
	return give_up_running(unity);
}

static int fill(struct unity *unity, const char *bytes, size_t size, struct err *e)
{
	AUTO_FREE char *text = NULL;

	if (reported_cap_size(unity->out, &size, e) < 0 || reported_plain(&text, bytes, size, e) < 0 ||
		read_lines(unity, text) < 0)
		return -1;
	if (unity->notes.failed)
		return err_memory(e);
	if (!unity->counted || unity->seen > 0) {
		unity->out->incomplete = true;
		if (reported_odd(unity->out, e, _("the report ends without the counts of its tests")) < 0)
			return -1;
	}
	if (unity->out->count == 0 && reported_odd(unity->out, e, _("the report holds no tests")) < 0)
		return -1;
	return reported_merge(unity->out, e);
}

int parse_unity(struct reported *out, const char *bytes, size_t size, struct err *e)
{
	struct reported reported = { 0 };
	struct unity unity = { .out = &reported, .e = e };
	int status = fill(&unity, bytes, size, e);

	text_done(&unity.notes);
	free(unity.running);
	if (status < 0) {
		reported_done(&reported);
		return -1;
	}
	*out = reported;
	return 0;
}
