// SPDX-License-Identifier: MIT
/*
 * Reports in JSON are written by hand-made scripts as often as by programs: nothing is taken for granted, so that a
 * member of the wrong kind reads as an absent one and costs only its own test.
 */
#include "score/json_report.h"

#include "base/i18n.h"
#include "base/text.h"
#include "score/json_clean.h"

#include <math.h>
#include <string.h>

static int note_oddities(struct reported *out, const struct json_oddities *odd, struct err *e)
{
	if (reported_odd_times(out, e, odd->controls,
		    ngettext("%zu control character was not escaped", "%zu control characters were not escaped",
			    odd->controls),
		    odd->controls) < 0 ||
		reported_odd_times(out, e, odd->bad,
			ngettext("%zu byte was no character", "%zu bytes were no characters", odd->bad), odd->bad) < 0 ||
		reported_odd_times(out, e, odd->numbers, _("numbers that are none: %zu"), odd->numbers) < 0)
		return -1;
	if (odd->more && reported_odd(out, e, _("the report goes on where it should end: the rest was not read")) < 0)
		return -1;
	if (!odd->cut)
		return 0;
	out->incomplete = true;
	if (odd->deep)
		return reported_odd(out, e, _("the report is nested deeper than %d levels: it was read up to there"),
			JSON_MAX_DEPTH);
	return reported_odd(out, e, _("the report breaks off: what is whole of it was read"));
}

int json_report_open(struct json_doc **doc, struct reported *out, const char *bytes, size_t size, size_t depth,
	struct err *e)
{
	AUTO_TEXT struct text document = { 0 };
	struct json_oddities odd = { 0 };
	struct err why = { 0 };

	*doc = NULL;
	if (reported_cap_size(out, &size, e) < 0)
		return -1;
	json_clean_document(&document, bytes, size, depth, &odd);
	if (document.failed)
		return err_memory(e);
	if (note_oddities(out, &odd, e) < 0)
		return -1;
	if (json_doc_parse(doc, "report.json", text_bytes(&document), document.length, &why) == 0)
		return 0;
	*doc = NULL;
	if (why.kind == ERR_SYSTEM)
		return err_set(e, why.kind, "%s", why.text);
	out->incomplete = true;
	return reported_odd(out, e, _("the report can't be read: %s"), why.text);
}

int json_report_add(struct reported *out, struct reported_test **test, const char *name, struct err *e)
{
	AUTO_FREE char *plain = NULL;

	*test = NULL;
	if (reported_plain(&plain, name, strlen(name), e) < 0)
		return -1;
	if (!*plain) {
		out->nameless++;
		return 0;
	}
	return reported_add_capped(out, test, plain, strlen(plain), e);
}

static int keep_text(char **to, struct reported_test *test, const char *s, size_t length, struct err *e)
{
	AUTO_FREE char *plain = NULL;

	if (*to || reported_plain(&plain, s, length, e) < 0)
		return *to ? 0 : -1;
	if (!*plain)
		return 0;
	return reported_cap_text(to, &test->truncated, plain, strlen(plain), e);
}

int json_report_text(char **to, struct reported_test *test, const struct json_at *at, struct err *e)
{
	const char *s = json_as_string(at);

	return keep_text(to, test, s, strlen(s), e);
}

void json_report_lines(struct text *t, const struct json_at *at)
{
	const char *alone = json_as_string(at);

	if (*alone)
		text_addf(t, "%s\n", alone);
	for (size_t i = 0; i < json_report_count(at); i++) {
		struct json_at line = json_element(at, i);

		if (json_is(&line, JSON_STRING_KIND))
			text_addf(t, "%s\n", json_as_string(&line));
	}
}

int json_report_output(struct reported_test *test, const struct text *t, struct err *e)
{
	if (t->failed)
		return err_memory(e);
	return t->length ? keep_text(&test->output, test, t->bytes, t->length, e) : 0;
}

int64_t json_report_ms(const struct json_at *at, double per_unit)
{
	double ms = json_is(at, JSON_NUMBER_KIND) ? json_as_number(at) * per_unit : -1;

	return isfinite(ms) && ms >= 0 && ms < 1e12 ? (int64_t)(ms + 0.5) : -1;
}

size_t json_report_count(const struct json_at *at)
{
	return json_is(at, JSON_ARRAY_KIND) ? json_count(at) : 0;
}

int json_report_message(struct reported_test *test, const char *message, struct err *e)
{
	if (!test->message)
		test->message = mem_copy(message, e);
	return test->message ? 0 : -1;
}

int json_report_end(struct reported *out, struct err *e)
{
	if (out->count == 0 && reported_odd(out, e, _("the report holds no tests")) < 0)
		return -1;
	return reported_merge(out, e);
}
