// SPDX-License-Identifier: MIT
/*
 * flaws.json. Words are normalised once, here, by the same function as a comment's text, so that "N+1" in the file
 * and "n + 1" in a comment are the same word.
 */
#include "review/flaw.h"

#include "review/match.h"
#include "review/words.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_FLAWS = 60, MAX_PLACES = 50, MAX_GROUPS = 6, MAX_WORDS = 200, MAX_LINE = 10000000 };

static const struct json_key root_keys[] = {
	KEY_FORMAT_1,
	{ .name = "flaws", .kind = JSON_ARRAY_KIND, .required = true, .min = 1, .max = MAX_FLAWS },
	{ .name = "decoys", .kind = JSON_ARRAY_KIND, .min = 0, .max = MAX_FLAWS },
};

static const struct json_key flaw_keys[] = {
	{ .name = "id", .kind = JSON_ID_KIND, .required = true },
	{ .name = "kind", .kind = JSON_STRING_KIND, .required = true },
	{ .name = "category", .kind = JSON_STRING_KIND, .required = true },
	{ .name = "severity", .kind = JSON_STRING_KIND, .required = true },
	{ .name = "places", .kind = JSON_ARRAY_KIND, .required = true, .min = 1, .max = MAX_PLACES },
	{ .name = "words", .kind = JSON_ARRAY_KIND, .required = true, .min = 1, .max = MAX_GROUPS },
	{ .name = "answer", .kind = JSON_LOCALISED_KIND, .required = true },
	{ .name = "ask", .kind = JSON_LOCALISED_KIND },
};

static const struct json_key place_keys[] = {
	{ .name = "file", .kind = JSON_STRING_KIND, .required = true, .min = 1, .max = 4096 },
	{ .name = "start", .kind = JSON_INTEGER_KIND, .required = true, .min = 1, .max = MAX_LINE },
	{ .name = "end", .kind = JSON_INTEGER_KIND, .required = true, .min = 1, .max = MAX_LINE },
};

static const struct json_key decoy_keys[] = {
	{ .name = "id", .kind = JSON_ID_KIND, .required = true },
	{ .name = "file", .kind = JSON_STRING_KIND, .required = true, .min = 1, .max = 4096 },
	{ .name = "start", .kind = JSON_INTEGER_KIND, .required = true, .min = 1, .max = MAX_LINE },
	{ .name = "end", .kind = JSON_INTEGER_KIND, .required = true, .min = 1, .max = MAX_LINE },
	{ .name = "fine", .kind = JSON_LOCALISED_KIND, .required = true },
};

/* --- places ----------------------------------------------------------------------------------------------------- */

static const struct diff_file *find_file(const struct diff *change, const char *path)
{
	for (size_t i = 0; i < change->file_count; i++)
		if (change->files[i].new_path && strcmp(change->files[i].new_path, path) == 0)
			return &change->files[i];
	return NULL;
}

static int check_place(const struct place *place, const struct json_at *at, const struct diff *change, struct err *e)
{
	struct json_at file_at = json_member(at, "file"), end = json_member(at, "end");
	const struct diff_file *file;

	if (place->end < place->start)
		return json_fail(&end, e, "lies before the start");
	if (!change)
		return 0;
	file = find_file(change, place->file);
	if (!file)
		return json_fail(&file_at, e, "is no file that the change adds or alters");
	if (!file->opaque && place->end > file->new_total_lines)
		return json_fail(&end, e, "lies behind the end of the file, which has %d lines", file->new_total_lines);
	return 0;
}

/* For an object whose keys are checked. */
static int parse_place(struct place *place, const struct json_at *at, const struct diff *change, struct err *e)
{
	place->start = (int)json_get_integer(at, "start", 0);
	place->end = (int)json_get_integer(at, "end", 0);
	if (json_copy_string(at, "file", &place->file, e) < 0)
		return -1;
	return check_place(place, at, change, e);
}

static int parse_places(struct flaw *flaw, const struct json_at *list, const struct diff *change, struct err *e)
{
	flaw->places = mem_new(json_count(list), sizeof(*flaw->places), e);
	if (!flaw->places)
		return -1;
	for (size_t i = 0; i < json_count(list); i++) {
		struct json_at at = json_element(list, i);

		flaw->place_count++;
		if (json_check(&at, place_keys, COUNT_OF(place_keys), e) < 0 ||
			parse_place(&flaw->places[i], &at, change, e) < 0)
			return -1;
	}
	return 0;
}

/* --- words ------------------------------------------------------------------------------------------------------ */

static int parse_group(struct strings *group, const struct json_at *list, struct err *e)
{
	static const struct json_key word = { .kind = JSON_STRING_KIND, .min = 1, .max = 100 };

	for (size_t i = 0; i < json_count(list); i++) {
		struct json_at at = json_element(list, i);
		AUTO_FREE char *plain = NULL;

		if (json_check_value(&at, &word, e) < 0 || match_normalise(json_as_string(&at), &plain, e) < 0)
			return -1;
		if (!*plain)
			return json_fail(&at, e, "needs a letter or digit");
		if (strings_take(group, take_ptr(&plain), e) < 0)
			return -1;
	}
	return 0;
}

static int parse_groups(struct flaw *flaw, const struct json_at *list, struct err *e)
{
	static const struct json_key group = { .kind = JSON_ARRAY_KIND, .min = 1, .max = MAX_WORDS };

	flaw->words = mem_new(json_count(list), sizeof(*flaw->words), e);
	if (!flaw->words)
		return -1;
	for (size_t i = 0; i < json_count(list); i++) {
		struct json_at at = json_element(list, i);

		flaw->group_count++;
		if (json_check_value(&at, &group, e) < 0 || parse_group(&flaw->words[i], &at, e) < 0)
			return -1;
	}
	return 0;
}

/* --- flaws and decoys ------------------------------------------------------------------------------------------- */

static int parse_kinds(struct flaw *flaw, const struct json_at *at, struct err *e)
{
	static const char *const kinds[] = { "wrong", "missing", NULL };
	struct json_at kind_at = json_member(at, "kind"), category_at = json_member(at, "category");
	struct json_at severity_at = json_member(at, "severity");
	int kind, category, severity;

	if (json_word(&kind_at, kinds, &kind, e) < 0 || json_word(&category_at, category_words, &category, e) < 0 ||
		json_word(&severity_at, severity_words, &severity, e) < 0)
		return -1;
	flaw->missing = kind == 1;
	flaw->category = (enum category)category;
	flaw->severity = (enum severity)(SEVERITY_NOTE + severity);
	return 0;
}

static int parse_flaw(struct flaw *flaw, const struct json_at *at, const struct diff *change, struct err *e)
{
	struct json_at places, words;

	if (json_check(at, flaw_keys, COUNT_OF(flaw_keys), e) < 0)
		return -1;
	places = json_member(at, "places");
	words = json_member(at, "words");
	if (json_copy_string(at, "id", &flaw->id, e) < 0 || parse_kinds(flaw, at, e) < 0 ||
		parse_places(flaw, &places, change, e) < 0 || parse_groups(flaw, &words, e) < 0 ||
		json_copy_localised(at, "answer", &flaw->answer, e) < 0)
		return -1;
	return json_member(at, "ask").value ? json_copy_localised(at, "ask", &flaw->ask, e) : 0;
}

static int parse_decoy(struct decoy *decoy, const struct json_at *at, const struct diff *change, struct err *e)
{
	if (json_check(at, decoy_keys, COUNT_OF(decoy_keys), e) < 0 || json_copy_string(at, "id", &decoy->id, e) < 0 ||
		parse_place(&decoy->place, at, change, e) < 0)
		return -1;
	return json_copy_localised(at, "fine", &decoy->fine, e);
}

/* Whether the id of element i stands before it in the list. */
static int check_unique(const struct json_at *list, size_t i, struct err *e)
{
	struct json_at at = json_element(list, i), id = json_member(&at, "id");

	for (size_t before = 0; before < i; before++) {
		struct json_at other = json_element(list, before);

		if (strcmp(json_get_string(&other, "id", ""), json_as_string(&id)) == 0)
			return json_fail(&id, e, "stands there twice");
	}
	return 0;
}

static int parse_flaws(struct flaws *flaws, const struct json_at *list, const struct diff *change, struct err *e)
{
	flaws->item = mem_new(json_count(list), sizeof(*flaws->item), e);
	if (!flaws->item)
		return -1;
	for (size_t i = 0; i < json_count(list); i++) {
		struct json_at at = json_element(list, i);

		flaws->count++;
		if (parse_flaw(&flaws->item[i], &at, change, e) < 0 || check_unique(list, i, e) < 0)
			return -1;
	}
	return 0;
}

static int parse_decoys(struct flaws *flaws, const struct json_at *list, const struct diff *change, struct err *e)
{
	flaws->decoys = mem_new(json_count(list), sizeof(*flaws->decoys), e);
	if (!flaws->decoys)
		return -1;
	for (size_t i = 0; i < json_count(list); i++) {
		struct json_at at = json_element(list, i);

		flaws->decoy_count++;
		if (parse_decoy(&flaws->decoys[i], &at, change, e) < 0 || check_unique(list, i, e) < 0)
			return -1;
	}
	return 0;
}

static int parse(struct flaws *flaws, const struct json_doc *doc, const struct diff *change, struct err *e)
{
	struct json_at root = json_root(doc), list, decoys;

	if (json_check(&root, root_keys, COUNT_OF(root_keys), e) < 0)
		return -1;
	list = json_member(&root, "flaws");
	decoys = json_member(&root, "decoys");
	if (parse_flaws(flaws, &list, change, e) < 0)
		return -1;
	return decoys.value ? parse_decoys(flaws, &decoys, change, e) : 0;
}

int flaws_parse(struct flaws *out, const struct json_doc *doc, const struct diff *change, struct err *e)
{
	struct flaws flaws = { 0 };

	if (parse(&flaws, doc, change, e) < 0) {
		flaws_done(&flaws);
		return -1;
	}
	*out = flaws;
	return 0;
}

static void flaw_done(struct flaw *flaw)
{
	for (size_t i = 0; i < flaw->place_count; i++)
		free(flaw->places[i].file);
	for (size_t i = 0; i < flaw->group_count; i++)
		strings_done(&flaw->words[i]);
	free(flaw->places);
	free(flaw->words);
	free(flaw->id);
	localised_done(&flaw->answer);
	localised_done(&flaw->ask);
}

void flaws_done(struct flaws *flaws)
{
	for (size_t i = 0; i < flaws->count; i++)
		flaw_done(&flaws->item[i]);
	for (size_t i = 0; i < flaws->decoy_count; i++) {
		free(flaws->decoys[i].id);
		free(flaws->decoys[i].place.file);
		localised_done(&flaws->decoys[i].fine);
	}
	free(flaws->item);
	free(flaws->decoys);
	*flaws = (struct flaws){ 0 };
}

const struct flaw *flaws_find(const struct flaws *flaws, const char *id)
{
	for (size_t i = 0; i < flaws->count; i++)
		if (strcmp(flaws->item[i].id, id) == 0)
			return &flaws->item[i];
	return NULL;
}

int flaw_weight(const struct flaw *flaw)
{
	return (int)flaw->severity; /* the enum counts as the weights do: note 1 … critical 4 */
}
