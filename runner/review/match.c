// SPDX-License-Identifier: MIT
/*
 * From comments to matches: every comment is scored for every flaw, the scores become a table of rows (comments,
 * with further rows for those that name several flaws) and columns (flaws), the best assignment of the table is
 * taken, and what got nothing is told why. Rows stand in the order of file, line and id, columns in that of ids, so
 * that equal totals are decided alike everywhere.
 */
#include "review/match.h"

#include "base/mem.h"
#include "review/change.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
	PLACE_OVERLAP = 50,
	PLACE_FAR = 15,
	PLACE_NO_FILE = 10,
	PLACE_NEAR_ENOUGH = 20, /* from here on one group is enough */
	WORDS_FULL = 40,
	CATEGORY_SAME = 10,
	CATEGORY_ABSENT = 5,
	LONG_SELECTION = 40,
	EXTRA_ROWS = 2, /* of a comment that names several flaws */
	SAME_TEXT = 3,  /* how often a text may stand there */
};

/* --- one comment and one flaw ----------------------------------------------------------------------------------- */

static int score_place(const struct remark *remark, const struct place *place)
{
	int length = remark->end - remark->start + 1, place_length = place->end - place->start + 1;
	int distance = 0;

	if (strcmp(remark->file, place->file) != 0)
		return 0;
	if (!remark->start)
		return PLACE_FAR;
	if (length > LONG_SELECTION && length > 3 * place_length)
		return PLACE_FAR;
	if (remark->start > place->end)
		distance = remark->start - place->end;
	else if (remark->end < place->start)
		distance = place->start - remark->end;
	return distance <= MATCH_TOLERANCE ? PLACE_OVERLAP - 30 * distance / MATCH_TOLERANCE : PLACE_FAR;
}

static int score_places(const struct remark *remark, const struct flaw *flaw)
{
	int best = 0;

	if (!remark->file)
		return PLACE_NO_FILE;
	for (size_t i = 0; i < flaw->place_count; i++) {
		int score = score_place(remark, &flaw->places[i]);

		if (score > best)
			best = score;
	}
	return best;
}

/* Both normalised; the word must stand at the start of a word of the text. */
static bool has_word(const char *text, const char *word)
{
	for (const char *at = text; (at = strstr(at, word)); at++)
		if (at == text || at[-1] == ' ')
			return true;
	return false;
}

static int count_groups(const struct remark *remark, const struct flaw *flaw)
{
	int hit = 0;

	for (size_t g = 0; g < flaw->group_count; g++)
		for (size_t w = 0; w < flaw->words[g].count; w++)
			if (has_word(remark->words, flaw->words[g].item[w])) {
				hit++;
				break;
			}
	return hit;
}

void match_score(struct match_score *out, const struct remark *remark, const struct flaw *flaw)
{
	int groups = (int)flaw->group_count;
	struct match_score score = {
		.place = score_places(remark, flaw),
		.groups_hit = count_groups(remark, flaw),
	};

	score.words = WORDS_FULL * score.groups_hit / groups;
	score.category = remark->category == flaw->category ? CATEGORY_SAME :
		remark->category == CATEGORY_NONE ? CATEGORY_ABSENT : 0;
	score.possible = score.place + score.words + score.category >= MATCH_LEAST &&
		((score.place >= PLACE_NEAR_ENOUGH && score.groups_hit >= 1) ||
			(score.place >= PLACE_NO_FILE && score.groups_hit == groups));
	*out = score;
}

static int total_of(const struct match_score *score)
{
	return score->place + score->words + score->category;
}

/* --- the table -------------------------------------------------------------------------------------------------- */

struct table {
	const struct comments *comments;
	const struct flaws *flaws;
	struct remark *remarks;     /* of the comments that count */
	char **words;               /* theirs, normalised */
	struct match_score *scores; /* [comment][flaw] */
	size_t *columns;            /* the flaws in the order of their ids */
	size_t *order;              /* the comments in the order of file, line and id */
	size_t *row_comment;        /* whose row it is */
	int *weight;                /* [row][column] */
	int *chosen;
	size_t comment_count, row_count;
};

static void table_done(struct table *t)
{
	for (size_t i = 0; t->words && i < t->comment_count; i++)
		free(t->words[i]);
	free(t->words);
	free(t->remarks);
	free(t->scores);
	free(t->columns);
	free(t->order);
	free(t->row_comment);
	free(t->weight);
	free(t->chosen);
}

static int table_init(struct table *t, struct err *e)
{
	size_t comments = t->comment_count, flaws = t->flaws->count, rows = comments * (1 + EXTRA_ROWS);

	t->remarks = mem_new(comments, sizeof(*t->remarks), e);
	t->words = mem_new(comments, sizeof(*t->words), e);
	t->scores = mem_new(comments * flaws, sizeof(*t->scores), e);
	t->columns = mem_new(flaws, sizeof(*t->columns), e);
	t->order = mem_new(comments, sizeof(*t->order), e);
	t->row_comment = mem_new(rows, sizeof(*t->row_comment), e);
	t->weight = mem_new(rows * flaws, sizeof(*t->weight), e);
	t->chosen = mem_new(rows, sizeof(*t->chosen), e);
	return t->remarks && t->words && t->scores && t->columns && t->order && t->row_comment &&
		t->weight && t->chosen ? 0 : -1;
}

static int prepare_remark(struct table *t, size_t i, const struct diff *change, struct err *e)
{
	const struct comment *comment = &t->comments->item[i];
	struct spot spot = change_locate(change, comment);

	if (match_normalise(comment->text, &t->words[i], e) < 0)
		return -1;
	t->remarks[i] = (struct remark){ spot.file, spot.start, spot.end, comment->category, t->words[i] };
	return 0;
}

static int by_place(const void *a, const void *b, void *context)
{
	const struct table *t = context;
	size_t i = *(const size_t *)a, j = *(const size_t *)b;
	const struct remark *x = &t->remarks[i], *y = &t->remarks[j];
	int files = strcmp(x->file ? x->file : "", y->file ? y->file : "");

	if (files)
		return files;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return strcmp(t->comments->item[i].id, t->comments->item[j].id);
}

static int by_id(const void *a, const void *b, void *context)
{
	const struct flaws *flaws = context;

	return strcmp(flaws->item[*(const size_t *)a].id, flaws->item[*(const size_t *)b].id);
}

static void sort_table(struct table *t)
{
	for (size_t i = 0; i < t->comment_count; i++)
		t->order[i] = i;
	for (size_t i = 0; i < t->flaws->count; i++)
		t->columns[i] = i;
	qsort_r(t->order, t->comment_count, sizeof(*t->order), by_place, t);
	qsort_r(t->columns, t->flaws->count, sizeof(*t->columns), by_id, (void *)(uintptr_t)t->flaws);
}

/* Tells the copies of a text that stands there too often. */
static void find_repeated(const struct table *t, enum match_rest *rest)
{
	for (size_t i = 0; i < t->comment_count; i++) {
		size_t same = 0;

		if (rest[i] == REST_REPEATED || t->comments->item[i].spoken)
			continue;
		for (size_t j = i; j < t->comment_count; j++)
			same += strcmp(t->words[i], t->words[j]) == 0;
		for (size_t j = i + 1; same > SAME_TEXT && j < t->comment_count; j++)
			if (strcmp(t->words[i], t->words[j]) == 0)
				rest[j] = REST_REPEATED;
	}
}

static const struct match_score *score_at(const struct table *t, size_t comment, size_t flaw)
{
	return &t->scores[comment * t->flaws->count + flaw];
}

static bool names_all(const struct table *t, size_t comment, size_t flaw)
{
	const struct match_score *score = score_at(t, comment, flaw);

	return score->possible && score->groups_hit == (int)t->flaws->item[flaw].group_count;
}

static void add_row(struct table *t, size_t comment, bool extra)
{
	int *weight = &t->weight[t->row_count * t->flaws->count];

	for (size_t c = 0; c < t->flaws->count; c++) {
		size_t flaw = t->columns[c];

		if (extra ? names_all(t, comment, flaw) : score_at(t, comment, flaw)->possible)
			weight[c] = total_of(score_at(t, comment, flaw));
	}
	t->row_comment[t->row_count] = comment;
	t->row_count++;
}

/* The flaw that a person ticked it for; NULL: none. */
static const char *ticked(const struct table *t, size_t comment)
{
	const struct spoken *spoken = t->comments->item[comment].spoken;

	return spoken ? spoken->flaw : NULL;
}

static void add_ticked_row(struct table *t, size_t comment)
{
	for (size_t c = 0; c < t->flaws->count; c++)
		if (strcmp(t->flaws->item[t->columns[c]].id, ticked(t, comment)) == 0)
			t->weight[t->row_count * t->flaws->count + c] = MATCH_PROPOSED;
	t->row_comment[t->row_count] = comment;
	t->row_count++;
}

/* A comment's own row, and directly behind it those for the further flaws whose words it all has. */
static void add_rows(struct table *t, size_t comment)
{
	size_t named = 0;

	if (ticked(t, comment)) {
		add_ticked_row(t, comment);
		return;
	}
	for (size_t f = 0; f < t->flaws->count; f++) {
		match_score(&t->scores[comment * t->flaws->count + f], &t->remarks[comment], &t->flaws->item[f]);
		named += names_all(t, comment, f);
	}
	add_row(t, comment, false);
	for (size_t extra = 1; extra < named && extra <= EXTRA_ROWS; extra++)
		add_row(t, comment, true);
}

static int fill_table(struct table *t, const struct diff *change, enum match_rest *rest, struct err *e)
{
	for (size_t i = 0; i < t->comment_count; i++)
		if (prepare_remark(t, i, change, e) < 0)
			return -1;
	sort_table(t);
	find_repeated(t, rest);
	for (size_t i = 0; i < t->comment_count; i++)
		if (rest[t->order[i]] != REST_REPEATED)
			add_rows(t, t->order[i]);
	return match_assign(t->weight, t->row_count, t->flaws->count, t->chosen, e);
}

/* --- what comes of it ------------------------------------------------------------------------------------------- */

static int take_matches(struct matching *out, const struct table *t, struct err *e)
{
	out->item = mem_new(t->flaws->count, sizeof(*out->item), e);
	if (!out->item)
		return -1;
	for (size_t f = 0; f < t->flaws->count; f++)
		for (size_t row = 0; row < t->row_count; row++) {
			size_t comment = t->row_comment[row];
			struct match *match;

			if (t->chosen[row] < 0 || t->columns[t->chosen[row]] != f)
				continue;
			match = &out->item[out->count++];
			*match = (struct match){ .comment = comment, .flaw = f, .score = *score_at(t, comment, f) };
			match->total = ticked(t, comment) ? MATCH_PROPOSED : total_of(&match->score);
			match->band = match->total >= MATCH_PROPOSED ? BAND_PROPOSED : BAND_CHECK;
			out->rest[comment] = REST_MATCHED;
		}
	return 0;
}

static bool is_on_decoy(const struct table *t, const struct remark *remark)
{
	for (size_t i = 0; i < t->flaws->decoy_count; i++) {
		const struct place *place = &t->flaws->decoys[i].place;

		if (remark->file && strcmp(remark->file, place->file) == 0 && remark->start <= place->end &&
			remark->end >= place->start)
			return true;
	}
	return false;
}

/* Whatever could have matched and didn't was in the way of a better comment. */
static enum match_rest rest_of(const struct table *t, size_t comment)
{
	if (ticked(t, comment))
		return REST_DUPLICATE;
	for (size_t f = 0; f < t->flaws->count; f++)
		if (score_at(t, comment, f)->possible)
			return REST_DUPLICATE;
	return is_on_decoy(t, &t->remarks[comment]) ? REST_DECOY : REST_OPEN;
}

static int match_table(struct matching *out, struct table *t, const struct diff *change, struct err *e)
{
	for (size_t i = 0; i < out->comment_count; i++)
		out->rest[i] = i < t->comment_count ? REST_OPEN : REST_OVER_LIMIT;
	if (table_init(t, e) < 0 || fill_table(t, change, out->rest, e) < 0 || take_matches(out, t, e) < 0)
		return -1;
	for (size_t i = 0; i < t->comment_count; i++)
		if (out->rest[i] == REST_OPEN)
			out->rest[i] = rest_of(t, i);
	return 0;
}

int match_comments(struct matching *out, const struct comments *comments, const struct flaws *flaws,
	const struct diff *change, struct err *e)
{
	struct matching matching = { .comment_count = comments->count };
	struct table table = { .comments = comments, .flaws = flaws };
	size_t limit = MATCH_MAX_COMMENTS;
	int code = -1;

	for (size_t i = 0; i < comments->count; i++)
		limit += comments->item[i].spoken != NULL;
	table.comment_count = comments->count < limit ? comments->count : limit;
	matching.rest = mem_new(comments->count, sizeof(*matching.rest), e);
	if (matching.rest)
		code = match_table(&matching, &table, change, e);
	table_done(&table);
	if (code < 0) {
		matching_done(&matching);
		return -1;
	}
	*out = matching;
	return 0;
}

void matching_done(struct matching *matching)
{
	free(matching->item);
	free(matching->rest);
	*matching = (struct matching){ 0 };
}
