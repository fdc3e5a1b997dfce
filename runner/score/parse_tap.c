// SPDX-License-Identifier: MIT
/*
 * TAP 12 to 14, line by line. A subtest is indented by four spaces and told again by its parent's own line behind it:
 * so a line that follows deeper ones is no test, but the name above theirs. Everything that isn't TAP is noise of a
 * program that wrote to the same place and is passed over.
 *
 * "# Subtest: name" announces what comes, and runners that stream (node, assay's own reporters) write it before every
 * test: where a report breaks off, the test that was announced last is the one that ran, and those reported before
 * inside of it have their names.
 *
 * What can't be complete earns less, never more: a last line without its end doesn't count unless the plan is
 * fulfilled with it, since "ok 3 - reads # TODO" cut off is "ok 3 - reads".
 */
#include "score/reported.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "score/tap_line.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { INDENT = 4 };

#define ANNOUNCES "# Subtest"

struct tap_line {
	char *text; /* NUL-terminated, without its indent */
	size_t indent;
};

/* One block of lines of the same depth. */
struct tap_block {
	size_t points; /* test points so far */
	long long planned;
	size_t first;     /* index of the first reported test that came since this block's last test point */
	bool has_deeper;  /* whether any of those is deeper than the block */
	char *announced;  /* the test point that is to come; NULL: not known */
};

/* A value of a YAML block that goes over several lines. */
struct tap_scalar {
	char **to; /* NULL: none is being read */
	struct text text;
	size_t indent; /* of its key */
};

struct tap {
	struct reported *out;
	struct err *e;
	struct tap_block blocks[REPORTED_MAX_DEPTH];
	size_t depth;       /* of the last test point, plan or subtest */
	long last;          /* the test that a YAML block or comment belongs to; -1: none */
	bool last_ok;       /* whether its line began with "ok" */
	bool in_yaml;
	size_t yaml_indent;
	struct tap_scalar scalar;
	struct text notes;  /* what belongs to the last test: its YAML block and comments */
	struct text diagnostic; /* of these the comments directly behind a failed test, without their "#" */
	bool in_diagnostic; /* whether one that comes now is another */
	bool bailed, full;
	bool last_line_is_point;
};

static void begin_block(struct tap *tap, size_t depth)
{
	free(tap->blocks[depth].announced);
	tap->blocks[depth] = (struct tap_block){ .planned = TAP_NO_PLAN, .first = tap->out->count };
}

/* --- a test point ----------------------------------------------------------------------------------------------- */

/* Gives what the subtests reported their parent's name. */
static int put_above(struct tap *tap, size_t first, const char *parent, bool failed)
{
	bool any_failed = false;

	for (size_t i = first; i < tap->out->count; i++) {
		struct reported_test *test = &tap->out->tests[i];
		AUTO_FREE char *joined = mem_format(tap->e, "%s > %s", parent, test->name);
		char *name = NULL;

		if (!joined || reported_cap_name(&name, joined, strlen(joined), tap->e) < 0)
			return -1;
		free(test->name);
		test->name = name;
		any_failed = any_failed || (test->outcome != OUTCOME_PASSED && test->outcome != OUTCOME_SKIPPED);
	}
	if (failed && !any_failed)
		return reported_odd(tap->out, tap->e, _("\"%s\" failed outside its tests"), parent);
	return 0;
}

/* bats says in comments which command failed, behind where it stands: "(in test file a.bats, line 2)", which goes over
 * several lines where functions are between. */
static bool is_of_bats(const char *notes)
{
	return text_starts_with(notes, "# (in ") || text_starts_with(notes, "# (from ");
}

static int read_reason_of_bats(struct tap *tap, struct reported_test *test)
{
	const char *at = text_bytes(&tap->notes);

	if (test->message || !is_of_bats(at))
		return 0;
	at = strstr(at, ")\n# ");
	if (!at)
		return 0;
	at += 3 + strspn(at + 3, " ");
	return reported_cap_text(&test->message, &test->truncated, at, strcspn(at, "\n"), tap->e);
}

/* Of other runners, all comments that stand directly behind the test. Those behind something else may be about the test
 * that follows; so may those that begin with an empty one, and what sums up all tests is about none. */
static void read_diagnostic(struct tap *tap, const char *comment)
{
	const char *words = comment + 1 + (comment[1] == ' ');
	size_t length = strlen(words);

	while (length && (words[length - 1] == ' ' || words[length - 1] == '\t'))
		length--;
	if (text_starts_with(words, "Looks like you ") ||
		(text_starts_with(words, "tests ") && strspn(words + 6, "0123456789") == length - 6))
		tap->in_diagnostic = false;
	if (!tap->diagnostic.length) {
		size_t blanks = strspn(words, " \t");

		tap->in_diagnostic = tap->in_diagnostic && blanks < length;
		words += blanks;
		length -= blanks < length ? blanks : length;
	}
	if (tap->in_diagnostic)
		text_addf(&tap->diagnostic, "%s%.*s", tap->diagnostic.length ? "\n" : "", (int)length, words);
}

static int keep_diagnostic(struct tap *tap, struct reported_test *test)
{
	struct text *said = &tap->diagnostic;

	while (said->length && said->bytes[said->length - 1] == '\n')
		said->length--;
	return test->message || !said->length || is_of_bats(text_bytes(&tap->notes)) ? 0 :
		reported_cap_text(&test->message, &test->truncated, said->bytes, said->length, tap->e);
}

/* Hands the collected notes to the test they belong to. */
static int keep_notes(struct tap *tap)
{
	struct reported_test *test = tap->last < 0 ? NULL : &tap->out->tests[tap->last];

	if (tap->notes.failed || tap->diagnostic.failed)
		return err_memory(tap->e);
	if (test && test->outcome != OUTCOME_PASSED && tap->notes.length && read_reason_of_bats(tap, test) < 0)
		return -1;
	if (test && keep_diagnostic(tap, test) < 0)
		return -1;
	if (test && test->outcome != OUTCOME_PASSED && tap->notes.length && !test->output &&
		reported_cap_text(&test->output, &test->truncated, tap->notes.bytes, tap->notes.length, tap->e) < 0)
		return -1;
	text_done(&tap->notes);
	text_done(&tap->diagnostic);
	return 0;
}

static int add_leaf(struct tap *tap, const char *description, enum outcome outcome, const char *message)
{
	AUTO_FREE char *name = NULL;
	struct reported_test *test;

	if (tap->out->count >= REPORTED_MAX_TESTS) {
		tap->full = true;
		return reported_odd(tap->out, tap->e, _("the report has more than %d tests: the rest was not read"),
			REPORTED_MAX_TESTS);
	}
	if (reported_cap_name(&name, description, strlen(description), tap->e) < 0)
		return -1;
	test = reported_add(tap->out, name, tap->e);
	if (!test)
		return -1;
	test->outcome = outcome;
	tap->last = (long)tap->out->count - 1;
	return *message ? reported_cap_text(&test->message, &test->truncated, message, strlen(message), tap->e) : 0;
}

/* rest: what stands behind "ok" or "not ok". */
static int read_point(struct tap *tap, size_t depth, char *rest, bool ok)
{
	struct tap_block *block = &tap->blocks[depth];
	const char *reason = "";
	char number[24];
	enum outcome outcome;
	int64_t duration_ms;
	size_t digits;

	rest += strspn(rest, " \t");
	digits = strspn(rest, "0123456789");
	if (rest[digits] != '\0' && rest[digits] != ' ' && rest[digits] != '\t')
		digits = 0;
	block->points++;
	tap->last_line_is_point = true;
	snprintf(number, sizeof(number), "%.*s", digits && digits < 20 ? (int)digits : 0, rest);
	if (!*number)
		snprintf(number, sizeof(number), "%zu", block->points);
	rest += digits;
	rest += strspn(rest, " \t");
	if (rest[0] == '-' && (rest[1] == ' ' || rest[1] == '\0'))
		rest += 1 + strspn(rest + 1, " \t");
	duration_ms = tap_take_duration(rest);
	outcome = tap_take_directive(rest, ok ? OUTCOME_PASSED : OUTCOME_FAILED, &reason);
	tap_unescape(rest);
	free(take_ptr(&block->announced));
	if (keep_notes(tap) < 0)
		return -1;
	tap->last = -1;
	tap->last_ok = ok;
	if (block->has_deeper && block->first < tap->out->count) {
		if (put_above(tap, block->first, *rest ? rest : number, outcome == OUTCOME_FAILED) < 0)
			return -1;
	} else if (add_leaf(tap, *rest ? rest : number, outcome, reason) < 0) {
		return -1;
	} else if (tap->last >= 0) {
		tap->out->tests[tap->last].duration_ms = duration_ms;
		tap->in_diagnostic = outcome == OUTCOME_FAILED;
	}
	block->first = tap->out->count;
	block->has_deeper = false;
	return 0;
}

/* --- lines ------------------------------------------------------------------------------------------------------ */

/* Steps into deeper blocks, or back into an outer one (whose inner ones are then over). */
static bool go_to(struct tap *tap, size_t indent, size_t *depth)
{
	*depth = indent / INDENT;
	if (indent % INDENT || *depth >= REPORTED_MAX_DEPTH)
		return false;
	while (tap->depth < *depth) {
		tap->blocks[tap->depth].has_deeper = true;
		begin_block(tap, ++tap->depth);
	}
	tap->depth = *depth;
	return true;
}

/* Where the value of a YAML key belongs; NULL: nowhere. */
static char **field_of(struct reported_test *test, const char *key, size_t length)
{
	static const struct {
		const char *key;
		size_t offset;
	} fields[] = {
		{ "message", offsetof(struct reported_test, message) },
		{ "error", offsetof(struct reported_test, message) },
		{ "expected", offsetof(struct reported_test, expected) },
		{ "wanted", offsetof(struct reported_test, expected) },
		{ "actual", offsetof(struct reported_test, actual) },
		{ "found", offsetof(struct reported_test, actual) },
		{ "output", offsetof(struct reported_test, output) },
	};

	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
		if (strlen(fields[i].key) == length && memcmp(fields[i].key, key, length) == 0)
			return (char **)(void *)((char *)test + fields[i].offset);
	return NULL;
}

/* "not ok" leaves open how a test did not pass; a test that is "ok" can't be made better, only worse. */
static void read_outcome(struct tap *tap, struct reported_test *test, const char *word)
{
	for (enum outcome outcome = OUTCOME_FAILED; outcome <= OUTCOME_MISSING; outcome++) {
		if (strcmp(outcome_name(outcome), word) != 0)
			continue;
		test->outcome = tap->last_ok ? outcome_worse(test->outcome, outcome) : outcome;
	}
}

/* A value in double quotes as JSON has them too, which is how assay writes it; others lose their quotes. */
static int keep_value(char **to, struct reported_test *test, const char *value, size_t length, struct err *e)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	AUTO_FREE char *plain = NULL;
	struct err why = { 0 };
	struct json_at at;

	if (*value == '"' && json_doc_parse(&doc, "value", value, length, &why) == 0) {
		at = json_root(doc);
		value = json_as_string(&at);
		if (reported_plain(&plain, value, strlen(value), e) < 0)
			return -1;
		return reported_cap_text(to, &test->truncated, plain, strlen(plain), e);
	}
	if (why.kind == ERR_SYSTEM)
		return err_set(e, why.kind, "%s", why.text);
	if (length >= 2 && (*value == '\'' || *value == '"') && value[length - 1] == *value) {
		value++;
		length -= 2;
	}
	return reported_cap_text(to, &test->truncated, value, length, e);
}

static int end_scalar(struct tap *tap)
{
	struct tap_scalar *scalar = &tap->scalar;
	struct reported_test *test = tap->last < 0 ? NULL : &tap->out->tests[tap->last];
	int kept = 0;

	if (scalar->text.failed)
		return err_memory(tap->e);
	if (scalar->to && test && scalar->text.length)
		kept = reported_cap_text(scalar->to, &test->truncated, scalar->text.bytes, scalar->text.length, tap->e);
	text_done(&scalar->text);
	scalar->to = NULL;
	return kept;
}

/* A line of "error: |-", which ends where a line is no deeper than its key. True: it was one. */
static bool read_scalar(struct tap *tap, const struct tap_line *line)
{
	struct tap_scalar *scalar = &tap->scalar;

	if (!scalar->to || (*line->text && line->indent <= scalar->indent))
		return false;
	text_addf(&scalar->text, "%s%s", scalar->text.length ? "\n" : "", line->text);
	return true;
}

/* "duration_ms: 12.5", "expected: 4" in the YAML block of the last test. What has no place of its own is a note. */
static int read_yaml(struct tap *tap, const struct tap_line *at)
{
	struct reported_test *test = tap->last < 0 ? NULL : &tap->out->tests[tap->last];
	const char *line = at->text, *colon = strchr(line, ':');
	const char *value = colon ? colon + 1 + strspn(colon + 1, " \t") : NULL;
	char **to;

	if (read_scalar(tap, at))
		return 0;
	if (end_scalar(tap) < 0)
		return -1;
	if (test && value && strncmp(line, "outcome:", 8) == 0) {
		read_outcome(tap, test, value);
		return 0;
	}
	if (test && value && strncmp(line, "duration_ms:", 12) == 0) {
		double ms = strspn(value, "0123456789.") ? strtod(value, NULL) : -1;

		test->duration_ms = isfinite(ms) && ms >= 0 && ms < 1e12 ? (int64_t)(ms + 0.5) : -1;
		return 0;
	}
	to = test && value && *value && !strchr("{[", *value) ? field_of(test, line, (size_t)(colon - line)) : NULL;
	if (!to || *to) {
		text_addf(&tap->notes, "%s\n", line);
		return 0;
	}
	if (*value != '|' && *value != '>')
		return keep_value(to, test, value, strlen(value), tap->e);
	tap->scalar.to = to;
	tap->scalar.indent = at->indent;
	return 0;
}

static int read_plan(struct tap *tap, size_t depth, long long planned)
{
	struct tap_block *block = &tap->blocks[depth];

	/* Comments behind a plan are about all tests. */
	if (keep_notes(tap) < 0)
		return -1;
	tap->last = -1;
	if (block->planned != TAP_NO_PLAN && reported_odd(tap->out, tap->e, _("the report has two plans")) < 0)
		return -1;
	block->planned = block->planned == TAP_NO_PLAN || planned > block->planned ? planned : block->planned;
	return 0;
}

/* "# Subtest: name". One without a name announces nothing. */
static int read_announcement(struct tap *tap, struct tap_line *line)
{
	char *name = line->text + strlen(ANNOUNCES);
	size_t depth;

	if (*name != ':' || !go_to(tap, line->indent, &depth))
		return 0;
	name += 1 + strspn(name + 1, " \t");
	tap_unescape(name);
	free(take_ptr(&tap->blocks[depth].announced));
	if (!*name)
		return 0;
	tap->blocks[depth].announced = mem_copy(name, tap->e);
	return tap->blocks[depth].announced ? 0 : -1;
}

static int read_line(struct tap *tap, struct tap_line *line)
{
	char *rest = NULL;
	long long planned;
	bool behind_point = tap->last_line_is_point;
	size_t depth;
	int ok;

	tap->last_line_is_point = false;
	if (line->text[0] != '#' || text_starts_with(line->text, ANNOUNCES))
		tap->in_diagnostic = false;
	if (tap->in_yaml) {
		tap->in_yaml = line->indent != tap->yaml_indent || strcmp(line->text, "...") != 0;
		return tap->in_yaml ? read_yaml(tap, line) : end_scalar(tap);
	}
	if (behind_point && strcmp(line->text, "---") == 0 && line->indent > tap->depth * INDENT) {
		tap->in_yaml = true;
		tap->yaml_indent = line->indent;
		return 0;
	}
	if (strncasecmp(line->text, "Bail out!", 9) == 0) {
		tap->bailed = true;
		return reported_odd(tap->out, tap->e, _("the tests gave up: %s"), line->text + 9);
	}
	if (text_starts_with(line->text, ANNOUNCES))
		return read_announcement(tap, line);
	if (line->text[0] == '#') {
		if (tap->last >= 0)
			text_addf(&tap->notes, "%s\n", line->text);
		if (tap->in_diagnostic)
			read_diagnostic(tap, line->text);
		return 0;
	}
	planned = tap_plan_of(line->text);
	ok = tap_point_of(line->text, &rest);
	if ((planned == TAP_NO_PLAN && ok < 0) || !go_to(tap, line->indent, &depth))
		return 0;
	return planned != TAP_NO_PLAN ? read_plan(tap, depth, planned) : read_point(tap, depth, rest, ok);
}

/* --- the whole -------------------------------------------------------------------------------------------------- */

static bool plan_is_kept(const struct tap *tap)
{
	return tap->blocks[0].planned != TAP_NO_PLAN && (long long)tap->blocks[0].points >= tap->blocks[0].planned;
}

/* Cuts the text into lines and reads each; cut says whether the last one has no end. */
static int read_lines(struct tap *tap, char *text, bool *cut)
{
	char *next;

	*cut = false;
	for (char *at = text; *at && !tap->bailed && !tap->full; at = next) {
		char *end = strchr(at, '\n');
		struct tap_line line;

		*cut = !end;
		next = end ? end + 1 : at + strlen(at);
		if (end && end > at && end[-1] == '\r')
			end--;
		if (end)
			*end = '\0';
		line.indent = strspn(at, " ");
		line.text = at + line.indent;
		if (read_line(tap, &line) < 0)
			return -1;
	}
	return end_scalar(tap) < 0 ? -1 : keep_notes(tap);
}

/* Where a report breaks off: the test that was announced last ran, inside of what was announced around it. */
static int keep_running(struct tap *tap)
{
	const char *running = tap->blocks[tap->depth].announced;

	if (plan_is_kept(tap) || tap->full)
		return 0;
	if (running && add_leaf(tap, running, OUTCOME_MISSING, _("the report ends while it ran")) < 0)
		return -1;
	for (size_t depth = tap->depth; depth > 0; depth--) {
		struct tap_block *around = &tap->blocks[depth - 1];

		if (around->announced && put_above(tap, around->first, around->announced, false) < 0)
			return -1;
	}
	return 0;
}

static int check_plan(struct tap *tap, bool cut)
{
	const struct tap_block *block = &tap->blocks[0];

	if (cut && tap->last_line_is_point && tap->last >= 0 && !plan_is_kept(tap))
		tap->out->tests[tap->last].outcome = OUTCOME_MISSING;
	tap->out->incomplete = tap->bailed || tap->full || tap->in_yaml || !plan_is_kept(tap) ||
			       (long long)block->points > block->planned;
	tap->out->without_plan = block->planned == TAP_NO_PLAN;
	if (block->planned != TAP_NO_PLAN && (long long)block->points != block->planned)
		return reported_odd(tap->out, tap->e,
			ngettext("%lld test was planned and %zu reported", "%lld tests were planned and %zu reported",
				(unsigned long)block->planned),
			block->planned, block->points);
	return 0;
}

static int fill(struct tap *tap, const char *bytes, size_t size, struct err *e)
{
	AUTO_FREE char *text = NULL;
	bool cut;

	if (reported_cap_size(tap->out, &size, e) < 0 || reported_plain(&text, bytes, size, e) < 0)
		return -1;
	begin_block(tap, 0);
	if (read_lines(tap, text, &cut) < 0 || check_plan(tap, cut) < 0 || keep_running(tap) < 0)
		return -1;
	if (tap->out->count == 0 && reported_odd(tap->out, e, _("the report holds no tests")) < 0)
		return -1;
	return reported_merge(tap->out, e);
}

int parse_tap(struct reported *out, const char *bytes, size_t size, struct err *e)
{
	struct reported reported = { 0 };
	struct tap tap = { .out = &reported, .e = e, .last = -1 };
	int status = fill(&tap, bytes, size, e);

	text_done(&tap.notes);
	text_done(&tap.diagnostic);
	text_done(&tap.scalar.text);
	for (size_t i = 0; i < REPORTED_MAX_DEPTH; i++)
		free(tap.blocks[i].announced);
	if (status < 0) {
		reported_done(&reported);
		return -1;
	}
	*out = reported;
	return 0;
}
