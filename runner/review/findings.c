// SPDX-License-Identifier: MIT
/*
 * Counting what a person confirmed, and how much a count out of few can say.
 */
#include "review/decision.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static const struct decision *credit_for(const struct decisions *decisions, const char *flaw)
{
	for (size_t i = 0; decisions && i < decisions->count; i++) {
		const struct decision *decision = &decisions->item[i];

		if (decision->as == AS_PLANTED && strcmp(decision->flaw, flaw) == 0)
			return decision;
	}
	return NULL;
}

static void count_in(struct findings_count *count, int half_credits)
{
	count->planted++;
	count->found += half_credits > 0;
	count->half_credits += half_credits;
}

static int count_flaw(struct findings *findings, const struct flaw *flaw, const struct decisions *decisions,
	struct err *e)
{
	const struct decision *decision = credit_for(decisions, flaw->id);
	int half_credits = decision ? decision->half_credits : 0;

	count_in(&findings->all, half_credits);
	count_in(&findings->by_category[flaw->category], half_credits);
	findings->weight_total += flaw_weight(flaw);
	findings->weight_found_halves += flaw_weight(flaw) * half_credits;
	return strings_add(half_credits ? &findings->found_ids : &findings->missed_ids, flaw->id, e);
}

static void count_comments(struct findings *findings, const struct matching *matching,
	const struct decisions *decisions)
{
	for (size_t i = 0; matching && i < matching->count; i++) {
		findings->proposed += matching->item[i].band == BAND_PROPOSED;
		findings->to_check += matching->item[i].band == BAND_CHECK;
	}
	for (size_t i = 0; decisions && i < decisions->count; i++) {
		findings->real += decisions->item[i].as == AS_REAL;
		findings->wrong += decisions->item[i].as == AS_WRONG;
	}
}

int findings_count(struct findings *out, const struct flaws *flaws, const struct matching *matching,
	const struct decisions *decisions, struct err *e)
{
	struct findings findings = { .confirmed = decisions != NULL };

	count_comments(&findings, matching, decisions);
	for (size_t i = 0; i < flaws->count; i++)
		if (count_flaw(&findings, &flaws->item[i], decisions, e) < 0) {
			findings_done(&findings);
			return -1;
		}
	*out = findings;
	return 0;
}

static const struct comment *find_spoken(const struct comments *comments, const char *id)
{
	for (size_t i = 0; i < comments->count; i++)
		if (comments->item[i].spoken && strcmp(comments->item[i].id, id) == 0)
			return &comments->item[i];
	return NULL;
}

int findings_add_spoken(struct findings *findings, const struct comments *comments, const struct flaws *flaws,
	const struct decisions *decisions, struct err *e)
{
	for (size_t i = 0; i < decisions->count; i++) {
		const struct decision *decision = &decisions->item[i];
		const struct comment *comment = find_spoken(comments, decision->comment);
		const struct flaw *flaw = comment && decision->flaw ? flaws_find(flaws, decision->flaw) : NULL;
		struct spoken_finding *added;

		if (!comment || (decision->as != AS_PLANTED && decision->as != AS_REAL))
			continue;
		added = mem_push(&findings->spoken, findings->spoken_count, sizeof(*added), e);
		if (!added)
			return -1;
		findings->spoken_count++;
		*added = (struct spoken_finding){ .what = mem_copy(flaw ? flaw->id : comment->id, e),
			.category = flaw ? flaw->category : comment->category, .by = mem_copy(comment->spoken->name, e),
			.at_ms = comment->spoken->at_ms };
		if (!added->what || !added->by)
			return -1;
	}
	return 0;
}

void findings_done(struct findings *findings)
{
	for (size_t i = 0; i < findings->spoken_count; i++) {
		free(findings->spoken[i].what);
		free(findings->spoken[i].by);
	}
	free(findings->spoken);
	strings_done(&findings->found_ids);
	strings_done(&findings->missed_ids);
}

/*
 * Whether the share h/200 lies within Wilson's interval for x of n: (x/n - p)² n <= z² p (1 - p), with z² of 95 %
 * in millionths. Halves of a percent, since that is where rounding turns; whole numbers, so that every machine
 * rounds alike.
 */
static bool is_inside(long long x, long long n, long long h)
{
	static const long long z2_millionths = 3841459;
	long long distance = 200 * x - h * n;

	return distance * distance * 1000000 <= z2_millionths * n * h * (200 - h);
}

void findings_interval(int found, int planted, int *low_percent, int *high_percent)
{
	long long x = found, n = planted;
	int low = 0, high = 100;

	if (planted > 0) {
		while (low < 100 && 200 * x > (2 * low + 1) * n && !is_inside(x, n, 2 * low + 1))
			low++;
		while (high > 0 && 200 * x < (2 * high - 1) * n && !is_inside(x, n, 2 * high - 1))
			high--;
	}
	*low_percent = low;
	*high_percent = high;
}
