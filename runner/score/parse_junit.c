// SPDX-License-Identifier: MIT
/*
 * The one door to expat. The document is cleaned first (score/xml_clean.h) and put into a root of our own, so that
 * files with several roots are read; in there a document type is a syntax mistake, so no entity can ever be declared.
 * A test is kept when its element ends: what was whole before the place where a file breaks off stands.
 *
 * Counters (tests="13") are never looked at: pytest, gtest and node all write wrong ones. A test's outcome is its
 * worst child, and elements count only where they belong: a <testcase> inside <system-out> is printed text of
 * somebody whose emitter forgot to escape it.
 */
#include "score/reported.h"

#include "base/i18n.h"
#include "base/text.h"
#include "score/xml_clean.h"

#include <expat.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define ROOT "assay-report"

enum element {
	ELEMENT_OTHER,
	ELEMENT_ROOT,
	ELEMENT_SUITES,
	ELEMENT_SUITE,
	ELEMENT_CASE,
	ELEMENT_FAILURE,
	ELEMENT_ERROR,
	ELEMENT_SKIPPED,
	ELEMENT_FLAKY,
	ELEMENT_OUTPUT,
};

static const struct {
	const char *name;
	enum element element;
} elements[] = {
	{ ROOT, ELEMENT_ROOT },
	{ "testsuites", ELEMENT_SUITES },
	{ "testsuite", ELEMENT_SUITE },
	{ "testcase", ELEMENT_CASE },
	{ "failure", ELEMENT_FAILURE },
	{ "error", ELEMENT_ERROR },
	{ "skipped", ELEMENT_SKIPPED },
	{ "flakyFailure", ELEMENT_FLAKY },
	{ "flakyError", ELEMENT_FLAKY },
	{ "system-out", ELEMENT_OUTPUT },
	{ "system-err", ELEMENT_OUTPUT },
};

/* What a status="…" or result="…" says; words that aren't here say nothing. */
static const struct {
	const char *word;
	enum outcome outcome;
} statuses[] = {
	{ "notrun", OUTCOME_SKIPPED },   { "suppressed", OUTCOME_SKIPPED }, { "skipped", OUTCOME_SKIPPED },
	{ "disabled", OUTCOME_SKIPPED }, { "ignored", OUTCOME_SKIPPED },    { "pending", OUTCOME_SKIPPED },
	{ "fail", OUTCOME_FAILED },      { "failed", OUTCOME_FAILED },      { "failure", OUTCOME_FAILED },
	{ "error", OUTCOME_ERROR },      { "not_run", OUTCOME_NOT_RUN },    { "missing", OUTCOME_MISSING },
};

struct level {
	enum element element;
	char *suite;  /* its name; NULL: no suite, or none given */
	bool is_node; /* a suite as node --test writes it */
};

struct junit {
	XML_Parser parser;
	struct reported *out;
	struct err *e;
	bool failed;  /* by us: e is filled */
	bool stopped; /* expat may still call once or twice after it was told to stop */
	struct level levels[REPORTED_MAX_DEPTH + 2];
	size_t depth;
	/* The test that is being read. */
	struct text name, message, output;
	size_t class_length; /* of the name */
	bool of_node;        /* as node --test writes it */
	enum outcome outcome;
	int64_t duration_ms;
	size_t flaky;
};

static void stop(struct junit *r, bool failed)
{
	r->failed = r->failed || failed;
	r->stopped = true;
	XML_StopParser(r->parser, XML_FALSE);
}

static const char *attribute(const XML_Char **attributes, const char *name)
{
	for (size_t i = 0; attributes[i]; i += 2)
		if (strcmp(attributes[i], name) == 0)
			return attributes[i + 1];
	return NULL;
}

/* "0.5", "1,234.5", "0,5", "0.5s"; -1 for whatever makes no sense. */
static int64_t milliseconds(const char *s)
{
	char digits[64];
	size_t length = 0;
	bool point = s && strchr(s, '.');
	char *end;
	double seconds;

	for (; s && *s && length + 1 < sizeof(digits); s++)
		if (*s != ',' || !point)
			digits[length++] = *s == ',' ? '.' : *s;
	digits[length] = '\0';
	digits[strspn(digits, " \t0123456789.eE+-")] = '\0';
	seconds = strtod(digits, &end);
	return end == digits || !isfinite(seconds) || seconds < 0 || seconds > 1e9 ? -1 : (int64_t)(seconds * 1000 + 0.5);
}

/* --- the test that is being read -------------------------------------------------------------------------------- */

static void forget_case(struct junit *r)
{
	text_done(&r->name);
	text_done(&r->message);
	text_done(&r->output);
	r->outcome = OUTCOME_PASSED;
	r->duration_ms = -1;
	r->class_length = 0;
}

/* A worse child comes. That memory ran out for the milder one's message must not be forgotten with it. */
static void forget_message(struct junit *r)
{
	r->output.failed = r->output.failed || r->message.failed;
	text_done(&r->message);
}

static bool case_failed(const struct junit *r)
{
	return r->name.failed || r->message.failed || r->output.failed;
}

/* node --test writes the classname "test" for everything: there the suites around a test are its name. */
static bool is_node_case(const struct junit *r, const char *classname)
{
	const struct level *parent = &r->levels[r->depth - 1];

	if (!classname || strcmp(classname, "test") != 0)
		return false;
	return parent->element == ELEMENT_SUITE ? parent->is_node : true;
}

/* The nearest suite with a name; "" when there is none. Criterion names tests by it alone. */
static const char *suite_around(const struct junit *r)
{
	for (size_t i = r->depth; i > 0; i--)
		if (r->levels[i - 1].suite)
			return r->levels[i - 1].suite;
	return "";
}

/* node escapes a quotation mark in an attribute twice. A name keeps it so, since manifests have it; a message is read by
 * people. */
static void add_message(struct junit *r, const char *message)
{
	static const char mark[] = "&quot;";

	for (const char *at; r->of_node && (at = strstr(message, mark)); message = at + strlen(mark)) {
		text_add_bytes(&r->message, message, (size_t)(at - message));
		text_add(&r->message, "\"");
	}
	text_add(&r->message, message);
}

static void begin_case(struct junit *r, const XML_Char **attributes)
{
	const char *name = attribute(attributes, "name"), *classname = attribute(attributes, "classname");
	const char *said[] = { attribute(attributes, "status"), attribute(attributes, "result") };

	forget_case(r);
	r->duration_ms = milliseconds(attribute(attributes, "time"));
	r->of_node = is_node_case(r, classname);
	if (r->of_node) {
		for (size_t i = 0; i < r->depth; i++)
			if (r->levels[i].suite)
				text_addf(&r->name, "%s > ", r->levels[i].suite);
	} else {
		if (!classname)
			classname = suite_around(r);
		if (*classname)
			text_addf(&r->name, "%s.", classname);
		r->class_length = strlen(classname);
	}
	text_add(&r->name, name ? name : "");
	for (size_t i = 0; i < 2; i++)
		for (size_t k = 0; said[i] && k < sizeof(statuses) / sizeof(*statuses); k++)
			if (strcasecmp(said[i], statuses[k].word) == 0)
				r->outcome = outcome_worse(r->outcome, statuses[k].outcome);
}

static int keep_case(struct junit *r)
{
	AUTO_FREE char *name = NULL;
	struct reported_test *test;

	if (r->name.length > REPORTED_MAX_NAME &&
		reported_odd(r->out, r->e, _("the name of a test is longer than %d bytes"), REPORTED_MAX_NAME) < 0)
		return -1;
	if (reported_cap_name(&name, text_bytes(&r->name), r->name.length, r->e) < 0)
		return -1;
	test = reported_add(r->out, name, r->e);
	if (!test)
		return -1;
	test->outcome = r->outcome;
	test->duration_ms = r->duration_ms;
	if (r->message.length &&
		reported_cap_text(&test->message, &test->truncated, text_bytes(&r->message), r->message.length, r->e) < 0)
		return -1;
	if (strspn(text_bytes(&r->output), " \t\r\n") == r->output.length)
		return 0;
	return reported_cap_text(&test->output, &test->truncated, text_bytes(&r->output), r->output.length, r->e);
}

/* Whether a line only repeats whose text it is: PHPUnit's "QueueTest::testOrder". */
static bool is_own_name(const struct junit *r, const char *line)
{
	return r->class_length && strncmp(line, text_bytes(&r->name), r->class_length) == 0 &&
		strncmp(line + r->class_length, "::", 2) == 0;
}

/* The first line of what a child said, where it gave no message="…". */
static void message_from_text(struct junit *r, const char *text)
{
	const char *next;

	if (r->message.length)
		return;
	text += strspn(text, " \t\r\n");
	next = text + strcspn(text, "\r\n");
	next += strspn(next, "\r\n");
	if (*next && is_own_name(r, text))
		text = next + strspn(next, " \t");
	text_add_bytes(&r->message, text, strcspn(text, "\r\n"));
}

/* Of a file that it can't load, pytest says only that: why stands in the text, behind the last of its marks. */
static void message_of_collection(struct junit *r, const char *text)
{
	const char *why = NULL;

	if (strcmp(text_bytes(&r->message), "collection failure") != 0)
		return;
	for (const char *line = text; line; line = (line = strchr(line, '\n')) ? line + 1 : NULL)
		if (strncmp(line, "E ", 2) == 0)
			why = line + 2 + strspn(line + 2, " \t");
	if (!why)
		return;
	forget_message(r);
	text_add_bytes(&r->message, why, strcspn(why, "\r\n"));
}

/* Words that assay itself writes, of tests that are an error to others (report/result_junit.c). */
static bool is_ours(enum outcome outcome)
{
	return outcome == OUTCOME_NOT_RUN || outcome == OUTCOME_MISSING;
}

static void begin_child(struct junit *r, enum element element, const XML_Char **attributes)
{
	static const enum outcome means[] = {
		[ELEMENT_FAILURE] = OUTCOME_FAILED,
		[ELEMENT_ERROR] = OUTCOME_ERROR,
		[ELEMENT_SKIPPED] = OUTCOME_SKIPPED,
	};
	const char *message = attribute(attributes, "message");
	enum outcome worse;

	if (r->output.length && text_bytes(&r->output)[r->output.length - 1] != '\n')
		text_add(&r->output, "\n");
	if (element == ELEMENT_OUTPUT)
		return;
	if (element == ELEMENT_FLAKY) {
		r->flaky++;
		return;
	}
	worse = is_ours(r->outcome) ? r->outcome : outcome_worse(r->outcome, means[element]);
	if (worse != r->outcome)
		forget_message(r);
	r->outcome = worse;
	if (message && !r->message.length && (worse == means[element] || is_ours(worse)))
		add_message(r, message);
}

/* --- what expat calls ------------------------------------------------------------------------------------------- */

static enum element element_of(const char *name)
{
	for (size_t i = 0; i < sizeof(elements) / sizeof(*elements); i++)
		if (strcmp(elements[i].name, name) == 0)
			return elements[i].element;
	return ELEMENT_OTHER;
}

/* An element in a place where it has no meaning is an unknown one. */
static enum element placed(enum element element, const struct junit *r)
{
	enum element parent = r->depth ? r->levels[r->depth - 1].element : ELEMENT_OTHER;
	bool outside = parent == ELEMENT_ROOT || parent == ELEMENT_SUITES || parent == ELEMENT_SUITE;

	switch (element) {
	case ELEMENT_ROOT:
		return r->depth == 0 ? ELEMENT_ROOT : ELEMENT_OTHER;
	case ELEMENT_SUITES:
	case ELEMENT_SUITE:
	case ELEMENT_CASE:
		return outside ? element : ELEMENT_OTHER;
	case ELEMENT_FAILURE:
	case ELEMENT_ERROR:
		return outside || parent == ELEMENT_CASE ? element : ELEMENT_OTHER;
	default:
		return parent == ELEMENT_CASE ? element : ELEMENT_OTHER;
	}
}

static bool in_case(const struct junit *r)
{
	return r->depth >= 2 && r->levels[r->depth - 2].element == ELEMENT_CASE;
}

static void begin_suite(struct junit *r, struct level *level, const XML_Char **attributes)
{
	const char *name = attribute(attributes, "name");

	level->is_node = attribute(attributes, "disabled") && !attribute(attributes, "timestamp");
	if (name && *name && !(level->suite = mem_copy(name, r->e)))
		stop(r, true);
}

static void XMLCALL on_start(void *context, const XML_Char *name, const XML_Char **attributes)
{
	struct junit *r = context;
	struct level *level;

	if (r->stopped)
		return;
	if (r->depth > REPORTED_MAX_DEPTH) {
		stop(r, reported_odd(r->out, r->e, _("the report is nested deeper than %d levels: it was read up to there"),
				REPORTED_MAX_DEPTH) < 0);
		return;
	}
	level = &r->levels[r->depth];
	*level = (struct level){ .element = placed(element_of(name), r) };
	if (level->element == ELEMENT_SUITE)
		begin_suite(r, level, attributes);
	else if (level->element == ELEMENT_CASE)
		begin_case(r, attributes);
	r->depth++;
	if (level->element < ELEMENT_FAILURE)
		return;
	if (in_case(r))
		begin_child(r, level->element, attributes);
	else if (reported_odd(r->out, r->e, _("an error outside any test: %s"),
			 attribute(attributes, "message") ? attribute(attributes, "message") : "") < 0)
		stop(r, true);
}

static void XMLCALL on_text(void *context, const XML_Char *bytes, int length)
{
	struct junit *r = context;

	if (!r->stopped && r->depth && r->levels[r->depth - 1].element >= ELEMENT_FAILURE && in_case(r))
		text_add_bytes(&r->output, bytes, (size_t)length);
}

static void end_case(struct junit *r)
{
	if (r->outcome != OUTCOME_PASSED) {
		message_from_text(r, text_bytes(&r->output));
		message_of_collection(r, text_bytes(&r->output));
	}
	if (case_failed(r)) {
		err_memory(r->e);
		stop(r, true);
	} else if (r->out->count >= REPORTED_MAX_TESTS) {
		stop(r, reported_odd(r->out, r->e, _("the report has more than %d tests: the rest was not read"),
				REPORTED_MAX_TESTS) < 0);
	} else if (!r->name.length) {
		r->out->nameless++;
	} else if (keep_case(r) < 0) {
		stop(r, true);
	}
	forget_case(r);
}

static void XMLCALL on_end(void *context, const XML_Char *name)
{
	struct junit *r = context;
	struct level *level;

	(void)name;
	if (r->stopped || r->depth == 0)
		return;
	level = &r->levels[--r->depth];
	free(take_ptr(&level->suite));
	if (level->element == ELEMENT_CASE)
		end_case(r);
}

/* --- the whole -------------------------------------------------------------------------------------------------- */

static int note_oddities(struct reported *out, const struct xml_oddities *odd, struct err *e)
{
	if (reported_odd_times(out, e, odd->controls,
		    ngettext("%zu control character was removed", "%zu control characters were removed", odd->controls),
		    odd->controls) < 0 ||
		reported_odd_times(out, e, odd->bad,
			ngettext("%zu byte was no character", "%zu bytes were no characters", odd->bad), odd->bad) < 0 ||
		reported_odd_times(out, e, odd->ampersands,
			ngettext("%zu ampersand was not escaped", "%zu ampersands were not escaped", odd->ampersands),
			odd->ampersands) < 0)
		return -1;
	if (odd->encoding[0] &&
		reported_odd(out, e, _("the encoding %s is not known; read as UTF-8"), odd->encoding) < 0)
		return -1;
	out->incomplete = out->incomplete || odd->cut;
	return 0;
}

/* Passes our own malloc, so that tests can let it fail (expat's own calls stay inside its library). */
static const XML_Memory_Handling_Suite memory = { malloc, realloc, free };

static int run_parser(struct junit *r, const struct text *document)
{
	bool whole = XML_Parse(r->parser, document->bytes, (int)document->length, 1) == XML_STATUS_OK;
	enum XML_Error code = XML_GetErrorCode(r->parser);

	for (; r->depth; r->depth--)
		free(r->levels[r->depth - 1].suite);
	if (!r->failed && case_failed(r)) {
		err_memory(r->e);
		r->failed = true;
	}
	forget_case(r);
	if (r->failed)
		return -1;
	if (whole)
		return 0;
	if (code == XML_ERROR_NO_MEMORY)
		return err_memory(r->e);
	r->out->incomplete = true;
	if (code == XML_ERROR_ABORTED)
		return 0;
	return reported_odd(r->out, r->e, _("the report breaks off or is not well formed at line %lu: %s"),
		(unsigned long)XML_GetCurrentLineNumber(r->parser), XML_ErrorString(code));
}

static int read_document(struct reported *out, const struct text *document, struct err *e)
{
	struct junit r = { .out = out, .e = e };
	int status;

	r.parser = XML_ParserCreate_MM("UTF-8", &memory, NULL);
	if (!r.parser)
		return err_memory(e);
	XML_SetUserData(r.parser, &r);
	XML_SetElementHandler(r.parser, on_start, on_end);
	XML_SetCharacterDataHandler(r.parser, on_text);
	status = run_parser(&r, document);
	XML_ParserFree(r.parser);
	if (status == 0 && r.flaky)
		status = reported_odd(out, e,
			ngettext("%zu test passed only when it was repeated", "%zu tests passed only when they were repeated",
				r.flaky),
			r.flaky);
	return status;
}

static int fill(struct reported *out, const char *bytes, size_t size, struct err *e)
{
	AUTO_TEXT struct text document = { 0 };
	struct xml_oddities odd = { 0 };

	if (reported_cap_size(out, &size, e) < 0)
		return -1;
	/* One piece: expat 2.5 scans an unfinished token from its start again with every piece. */
	text_add(&document, "<" ROOT ">");
	xml_clean(&document, bytes, size, &odd);
	text_add(&document, "</" ROOT ">");
	if (document.failed)
		return err_memory(e);
	if (odd.doctype) {
		out->incomplete = true;
		return reported_odd(out, e, _("the report declares a document type or entities: it was not read"));
	}
	if (note_oddities(out, &odd, e) < 0 || read_document(out, &document, e) < 0)
		return -1;
	if (out->count == 0 && reported_odd(out, e, _("the report holds no tests")) < 0)
		return -1;
	return reported_merge(out, e);
}

int parse_junit(struct reported *out, const char *bytes, size_t size, struct err *e)
{
	struct reported reported = { 0 };

	if (fill(&reported, bytes, size, e) < 0) {
		reported_done(&reported);
		return -1;
	}
	*out = reported;
	return 0;
}
