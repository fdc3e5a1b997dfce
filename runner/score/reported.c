// SPDX-License-Identifier: MIT
/*
 * Reported tests as a list that only grows while a parser reads, and is merged once at its end: sorting costs
 * n log n for 100 000 tests, where looking each one up would cost hours.
 */
#include "score/reported.h"

#include "base/i18n.h"
#include "base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void test_done(struct reported_test *test)
{
	free(test->name);
	free(test->message);
	free(test->expected);
	free(test->actual);
	free(test->output);
}

void reported_done(struct reported *reported)
{
	for (size_t i = 0; i < reported->count; i++)
		test_done(&reported->tests[i]);
	free(reported->tests);
	strings_done(&reported->anomalies);
	*reported = (struct reported){ 0 };
}

struct reported_test *reported_add(struct reported *reported, const char *name, struct err *e)
{
	struct reported_test *test = mem_push(&reported->tests, reported->count, sizeof(*test), e);

	if (!test)
		return NULL;
	test->name = mem_copy(name, e);
	if (!test->name)
		return NULL;
	test->outcome = OUTCOME_MISSING;
	test->duration_ms = -1;
	reported->count++;
	return test;
}

int reported_add_capped(struct reported *reported, struct reported_test **out, const char *name, size_t length,
	struct err *e)
{
	AUTO_FREE char *capped = NULL;

	if (reported->count >= REPORTED_MAX_TESTS) {
		reported->incomplete = true;
		return reported_odd(reported, e, _("the report has more than %d tests: the rest was not read"),
			       REPORTED_MAX_TESTS) < 0 ? -1 : 1;
	}
	if (length > REPORTED_MAX_NAME &&
		reported_odd(reported, e, _("the name of a test is longer than %d bytes"), REPORTED_MAX_NAME) < 0)
		return -1;
	if (reported_cap_name(&capped, name, length, e) < 0)
		return -1;
	*out = reported_add(reported, capped, e);
	return *out ? 0 : -1;
}

/* --- merging ---------------------------------------------------------------------------------------------------- */

/* The worse an outcome is, the higher. */
static const int badness[] = {
	[OUTCOME_PASSED] = 0,
	[OUTCOME_SKIPPED] = 1,
	[OUTCOME_NOT_RUN] = 2,
	[OUTCOME_MISSING] = 3,
	[OUTCOME_FAILED] = 4,
	[OUTCOME_ERROR] = 5,
};

enum outcome outcome_worse(enum outcome a, enum outcome b)
{
	return badness[b] > badness[a] ? b : a;
}

/* By name, then in order of appearance (the array is one block, so addresses are the order). */
static int by_name(const void *a, const void *b)
{
	const struct reported_test *x = *(struct reported_test *const *)a, *y = *(struct reported_test *const *)b;
	int order = strcmp(x->name, y->name);

	return order ? order : (x > y) - (x < y);
}

int reported_index(const struct reported *reported, struct reported_test ***out, struct err *e)
{
	struct reported_test **index = mem_new(reported->count, sizeof(*index), e);

	if (!index)
		return -1;
	for (size_t i = 0; i < reported->count; i++)
		index[i] = &reported->tests[i];
	qsort(index, reported->count, sizeof(*index), by_name);
	*out = index;
	return 0;
}

static int has_name(const void *name, const void *item)
{
	return strcmp(name, (*(struct reported_test *const *)item)->name);
}

struct reported_test *reported_find(const struct reported *reported, struct reported_test **index, const char *name)
{
	struct reported_test **found =
		reported->count ? bsearch(name, index, reported->count, sizeof(*index), has_name) : NULL;

	return found ? *found : NULL;
}

/* Lays a later report of the same test over the first: what the worse one says stands. */
static void merge(struct reported_test *first, struct reported_test *later)
{
	char *name = first->name;

	if (later->duration_ms > 0)
		first->duration_ms = later->duration_ms + (first->duration_ms > 0 ? first->duration_ms : 0);
	if (outcome_worse(first->outcome, later->outcome) != first->outcome) {
		struct reported_test kept = *first;

		later->duration_ms = first->duration_ms;
		*first = *later;
		*later = kept;
		name = first->name;
		first->name = kept.name;
		later->name = name;
	}
	if (!first->output)
		first->output = take_ptr(&later->output);
}

int reported_merge(struct reported *reported, struct err *e)
{
	AUTO_FREE struct reported_test **index = NULL;
	size_t kept = 0, repeated = 0;

	if (reported_index(reported, &index, e) < 0)
		return -1;
	for (size_t i = 1, first = 0; i < reported->count; i++) {
		if (strcmp(index[first]->name, index[i]->name) != 0) {
			first = i;
			continue;
		}
		merge(index[first], index[i]);
		test_done(index[i]);
		index[i]->name = NULL;
		repeated++;
	}
	for (size_t i = 0; i < reported->count; i++)
		if (reported->tests[i].name)
			reported->tests[kept++] = reported->tests[i];
	reported->count = kept;
	if (reported_odd_times(reported, e, reported->nameless,
		    ngettext("%zu test without a name was passed over", "%zu tests without a name were passed over",
			    reported->nameless),
		    reported->nameless) < 0)
		return -1;
	return reported_odd_times(reported, e, repeated,
		ngettext("%zu test was reported more than once: the worst outcome counts",
			"%zu tests were reported more than once: the worst outcome counts", repeated),
		repeated);
}

__attribute__((format(printf, 3, 0)))
static int note(struct reported *reported, struct err *e, const char *format, va_list list)
{
	AUTO_FREE char *sentence = NULL;
	AUTO_TEXT struct text clean = { 0 };
	char *line = NULL;
	int length;

	if (reported->anomalies.count >= REPORTED_MAX_ANOMALIES)
		return 0;
	length = vasprintf(&sentence, format, list);
	if (length < 0) {
		sentence = NULL;
		return err_memory(e);
	}
	text_add_clean(&clean, sentence, (size_t)length);
	line = clean.failed ? NULL : text_visible_line(text_bytes(&clean), e);
	return strings_take(&reported->anomalies, line, e);
}

int reported_odd(struct reported *reported, struct err *e, const char *format, ...)
{
	va_list list;
	int noted;

	va_start(list, format);
	noted = note(reported, e, format, list);
	va_end(list);
	return noted;
}

int reported_odd_times(struct reported *reported, struct err *e, size_t times, const char *format, ...)
{
	va_list list;
	int noted;

	if (!times)
		return 0;
	va_start(list, format);
	noted = note(reported, e, format, list);
	va_end(list);
	return noted;
}

/* --- keeping within limits -------------------------------------------------------------------------------------- */

int reported_cap_name(char **out, const char *name, size_t length, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };
	size_t keep = length;

	if (length > REPORTED_MAX_NAME) {
		keep = REPORTED_MAX_NAME - strlen("…");
		while (keep > 0 && ((unsigned char)name[keep] & 0xC0) == 0x80)
			keep--;
	}
	text_add_clean(&t, name, keep);
	if (keep < length)
		text_add(&t, "…");
	return text_take(&t, out, e);
}

int reported_cap_text(char **out, bool *truncated, const char *bytes, size_t length, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };
	char *kept = NULL;

	text_add_head_tail(&t, bytes, length, REPORTED_TEXT_HEAD, REPORTED_TEXT_TAIL);
	if (text_take(&t, &kept, e) < 0)
		return -1;
	*out = kept;
	*truncated = *truncated || length > REPORTED_TEXT_HEAD + REPORTED_TEXT_TAIL;
	return 0;
}

int reported_plain(char **out, const char *bytes, size_t size, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };
	const char *end;
	char *to;

	if (size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
		bytes += 3;
		size -= 3;
	}
	text_add_clean(&t, bytes, size);
	size = t.length;
	if (text_take(&t, out, e) < 0)
		return -1;
	end = *out + size;
	to = *out;
	for (const char *from = *out; *from; from++) {
		if ((unsigned char)*from >= 0x20 || *from == '\t' || *from == '\n' || *from == '\r')
			*to++ = *from;
		else if (*from == 0x1B)
			from = reported_skip_colour(from + 1, end) - 1;
	}
	*to = '\0';
	return 0;
}

int reported_cap_size(struct reported *reported, size_t *size, struct err *e)
{
	if (*size <= REPORTED_MAX_BYTES)
		return 0;
	*size = REPORTED_MAX_BYTES;
	reported->incomplete = true;
	return reported_odd(reported, e, _("the report is larger than %d MiB: the rest was not read"),
		REPORTED_MAX_BYTES >> 20);
}

const char *reported_skip_colour(const char *at, const char *end)
{
	const char *p = at;

	if (p == end || *p != '[')
		return at;
	p++;
	while (p < end && (strchr(";:?", *p) || (*p >= '0' && *p <= '9')))
		p++;
	return p < end && ((*p >= 'A' && *p <= 'Z') || (*p >= 'a' && *p <= 'z')) ? p + 1 : at;
}

/* --- the simplest report ---------------------------------------------------------------------------------------- */

int parse_exit(struct reported *out, const char *name, int exit_code, struct err *e)
{
	struct reported reported = { 0 };
	struct reported_test *test = reported_add(&reported, name, e);

	if (!test) {
		reported_done(&reported);
		return -1;
	}
	test->outcome = exit_code == 0 ? OUTCOME_PASSED : OUTCOME_FAILED;
	if (exit_code != 0 && !(test->message = mem_format(e, _("ended with status %d"), exit_code))) {
		reported_done(&reported);
		return -1;
	}
	*out = reported;
	return 0;
}
