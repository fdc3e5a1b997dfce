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

/* "0", "1", "0.25", ".5", "1.000" as millionths, digits behind the sixth place cut off; -1 for anything else. */
static int to_millionths(const char *s, size_t length)
{
	int whole = 0, part = 0, place = REPORTED_WHOLE / 10;
	size_t i = 0, point;

	for (; i < length && is_digit(s[i]); i++)
		if ((whole = whole * 10 + (s[i] - '0')) > 1)
			return -1;
	point = i;
	i += i < length && s[i] == '.';
	for (; i < length && is_digit(s[i]); i++, place /= 10)
		part += place * (s[i] - '0');
	/* Something else, or a point alone, or more than one. */
	if (i < length || i == 0 || (i == 1 && point == 0) || (whole == 1 && part > 0))
		return -1;
	return whole * REPORTED_WHOLE + part;
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
	*out = text_visible_line(clean, e);
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
			_("the checker's score.txt is no number from 0 to 1")));
	if (message_of(&message, ruled, e) < 0)
		return -1;
	if (share == 0)
		return fill(out, OUTCOME_FAILED, message ? take_ptr(&message) :
			mem_copy(_("the checker gives it no points"), e));
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
