// SPDX-License-Identifier: MIT
/*
 * The number is read by hand: strtod would take "nan", "0x1p-1" and "1e999", and what is worth a candidate's points
 * should hang on no rounding of a double.
 */
#include "score/ruling.h"

#include "base/i18n.h"
#include "base/text.h"
#include "score/reported.h"

#include <string.h>

void ruling_done(struct ruling *ruling)
{
	free(ruling->reason);
	*ruling = (struct ruling){ 0 };
}

/* --- the share -------------------------------------------------------------------------------------------------- */

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* What stands behind the "e" of a number, and nothing else; beyond the longest file it makes no difference. */
static int take_exponent(long long *out, const char *s, size_t length)
{
	const long long farthest = 1LL << 40;
	size_t i = length && (s[0] == '+' || s[0] == '-');
	long long exponent = 0;

	if (i == length)
		return -1;
	for (; i < length; i++) {
		if (!is_digit(s[i]))
			return -1;
		exponent = exponent < farthest ? exponent * 10 + (s[i] - '0') : farthest;
	}
	*out = s[0] == '-' ? -exponent : exponent;
	return 0;
}

/* "0", "1", "0.25", ".5", "5e-05" as millionths, digits behind the sixth place cut off; -1 for anything else. */
static int to_millionths(const char *s, size_t length)
{
	static const int worth[] = { 1, 10, 100, 1000, 10000, 100000, REPORTED_WHOLE };
	enum { UNIT = sizeof(worth) / sizeof(*worth) - 1 };
	size_t mantissa = 0, point = 0, digits = 0;
	long long exponent = 0;
	int sum = 0;

	while (mantissa < length && s[mantissa] != 'e' && s[mantissa] != 'E')
		mantissa++;
	if (mantissa < length && take_exponent(&exponent, s + mantissa + 1, length - mantissa - 1) < 0)
		return -1;
	while (point < mantissa && s[point] != '.')
		point++;
	for (size_t i = 0; i < mantissa; i++) {
		long long power = exponent + (long long)point - (long long)i - (i < point);

		if (i == point)
			continue;
		if (!is_digit(s[i]) || (s[i] != '0' && power > 0))
			return -1;
		digits++;
		if (s[i] != '0' && power >= -UNIT)
			sum += (s[i] - '0') * worth[UNIT + power];
	}
	return digits && sum <= REPORTED_WHOLE ? sum : -1;
}

/* What score.txt says; REPORTED_WHOLE when there is none, -1 when it says nothing sensible. */
static int share_of(const struct ruled *ruled)
{
	const char *s = ruled->score, *end = s + ruled->score_size;

	if (!s)
		return REPORTED_WHOLE;
	while (s < end && is_space(*s))
		s++;
	while (end > s && is_space(end[-1]))
		end--;
	return to_millionths(s, (size_t)(end - s));
}

/* --- rulings ---------------------------------------------------------------------------------------------------- */

/* Takes the sentence. */
static int fill(struct ruling *out, enum outcome outcome, char *reason)
{
	if (!reason)
		return -1;
	*out = (struct ruling){ .outcome = outcome, .reason = reason };
	return 0;
}

/* What the checker wants candidates to read, as one line; NULL in *out when that is nothing. */
static int message_of(char **out, const struct ruled *ruled, struct err *e)
{
	AUTO_FREE char *clean = NULL;
	const char *from = ruled->message, *end = from ? from + ruled->message_size : NULL;

	*out = NULL;
	while (from < end && is_space(*from))
		from++;
	while (end > from && is_space(end[-1]))
		end--;
	if (from == end)
		return 0;
	if (reported_cap_name(&clean, from, (size_t)(end - from), e) < 0)
		return -1;
	*out = text_joined_line(clean, e);
	if (*out && text_starts_with(*out, "tester_limit")) {
		AUTO_FREE char *unquoted = take_ptr(out);

		/* Our own word for a mistake of the tests: the checker may have it from the program. */
		*out = mem_format(e, "\"%s\"", unquoted);
	}
	return *out ? 0 : -1;
}

static int reject(struct ruling *out, const struct ruled *ruled, struct err *e)
{
	AUTO_FREE char *message = NULL;

	if (message_of(&message, ruled, e) < 0)
		return -1;
	if (message)
		return fill(out, OUTCOME_FAILED, take_ptr(&message));
	return fill(out, OUTCOME_FAILED, mem_copy(ruled->ended_early ? _("the program ended before the judge accepted") :
		ruled->is_judge ? _("the judge rejected what the program said") :
		_("the checker rejected the output"), e));
}

static int accept(struct ruling *out, const struct ruled *ruled, struct err *e)
{
	AUTO_FREE char *message = NULL;
	int share = share_of(ruled);

	if (share < 0)
		return fill(out, OUTCOME_ERROR, mem_format(e, "tester_limit: %s",
			ruled->is_judge ? _("the judge's score.txt is no number from 0 to 1") :
			_("the checker's score.txt is no number from 0 to 1")));
	if (message_of(&message, ruled, e) < 0)
		return -1;
	if (share == 0)
		return fill(out, OUTCOME_FAILED, message ? take_ptr(&message) :
			mem_copy(ruled->is_judge ? _("the judge gives it no points") :
				_("the checker gives it no points"), e));
	*out = (struct ruling){ OUTCOME_PASSED, REPORTED_WHOLE - share, take_ptr(&message) };
	return 0;
}

static int blame_the_task(struct ruling *out, const struct ruled *ruled, struct err *e)
{
	AUTO_FREE char *why = NULL;

	if (ruled->verdict != VERDICT_EXITED)
		why = mem_format(e, ruled->is_judge ? _("the judge was stopped or crashed: %s") :
			_("the checker was stopped or crashed: %s"), verdict_sentence(ruled->verdict));
	else
		why = mem_format(e, ruled->is_judge ?
			_("the judge ended with status %d, which is neither 42 (right) nor 43 (wrong)") :
			_("the checker ended with status %d, which is neither 42 (right) nor 43 (wrong)"),
			ruled->exit_code);
	return why ? fill(out, OUTCOME_ERROR, mem_format(e, "tester_limit: %s", why)) : -1;
}

int ruling_make(struct ruling *out, const struct ruled *ruled, struct err *e)
{
	bool ended = ruled->verdict == VERDICT_EXITED;

	if (ended && ruled->exit_code == RULING_ACCEPTS)
		return accept(out, ruled, e);
	if (ended && ruled->exit_code == RULING_REJECTS)
		return reject(out, ruled, e);
	/* Many a judge dies of the end of its input; that was the program's doing. */
	if (ruled->ended_early && (ended || ruled->verdict == VERDICT_SIGNALED))
		return reject(out, ruled, e);
	return blame_the_task(out, ruled, e);
}
