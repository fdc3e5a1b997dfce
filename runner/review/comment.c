// SPDX-License-Identifier: MIT
/*
 * comments.json. It comes from a candidate, so all of it may be hostile: every string has a limit, nothing in it is
 * a path that anybody opens, and what is shown of it goes through base/text.h.
 */
#include "review/comment.h"

#include "base/mem.h"
#include "base/text.h"
#include "review/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_ID = 64 };

static const struct json_key root_keys[] = {
	KEY_FORMAT_1,
	{ .name = "comments", .kind = JSON_ARRAY_KIND, .required = true, .min = 0, .max = COMMENTS_MAX },
};

static const struct json_key comment_keys[] = {
	{ .name = "id", .kind = JSON_STRING_KIND, .nullable = true, .min = 1, .max = MAX_ID },
	{ .name = "file", .kind = JSON_STRING_KIND, .nullable = true, .min = 1, .max = COMMENT_MAX_PATH },
	{ .name = "line", .kind = JSON_INTEGER_KIND, .nullable = true, .min = 1, .max = COMMENT_MAX_LINE },
	{ .name = "end_line", .kind = JSON_INTEGER_KIND, .nullable = true, .min = 1, .max = COMMENT_MAX_LINE },
	{ .name = "side", .kind = JSON_STRING_KIND, .nullable = true, .min = 1, .max = 8 },
	{ .name = "severity", .kind = JSON_STRING_KIND, .nullable = true, .min = 1, .max = 32 },
	{ .name = "category", .kind = JSON_STRING_KIND, .nullable = true, .min = 1, .max = 32 },
	{ .name = "text", .kind = JSON_STRING_KIND, .required = true, .min = 1, .max = COMMENT_MAX_TEXT },
	{ .name = "suggestion", .kind = JSON_STRING_KIND, .nullable = true, .min = 0, .max = COMMENT_MAX_TEXT },
};

/* The index of an optional word in its list, or `absent`. */
static int optional_word(const struct json_at *at, const char *key, const char *const *words, int absent, int *out,
	struct err *e)
{
	struct json_at member = json_member(at, key);

	*out = absent;
	return member.value ? json_word(&member, words, out, e) : 0;
}

static int parse_words(struct comment *comment, const struct json_at *at, struct err *e)
{
	static const char *const sides[] = { "new", "old", NULL };
	int side, severity, category;

	if (optional_word(at, "side", sides, 0, &side, e) < 0 ||
		optional_word(at, "severity", severity_words, -1, &severity, e) < 0 ||
		optional_word(at, "category", category_words, CATEGORY_NONE, &category, e) < 0)
		return -1;
	comment->old_side = side == 1;
	comment->severity = (enum severity)(SEVERITY_NOTE + severity);
	comment->category = (enum category)category;
	return 0;
}

static int parse_place(struct comment *comment, const struct json_at *at, struct err *e)
{
	struct json_at file = json_member(at, "file"), line = json_member(at, "line"), end = json_member(at, "end_line");

	if (line.value && !file.value)
		return json_fail(&line, e, "needs a file beside it");
	if (end.value && !line.value)
		return json_fail(&end, e, "needs a line beside it");
	if (file.value && json_copy_string(at, "file", &comment->file, e) < 0)
		return -1;
	comment->line = (int)json_as_integer(&line);
	comment->end_line = end.value ? (int)json_as_integer(&end) : comment->line;
	if (comment->end_line < comment->line)
		return json_fail(&end, e, "lies before the line where it begins");
	return 0;
}

static int parse_comment(struct comment *comment, const struct json_at *at, struct err *e)
{
	struct json_at id, suggestion;

	if (json_check(at, comment_keys, COUNT_OF(comment_keys), e) < 0)
		return -1;
	id = json_member(at, "id");
	suggestion = json_member(at, "suggestion");
	if ((id.value && json_copy_string(at, "id", &comment->id, e) < 0) ||
		(suggestion.value && json_copy_string(at, "suggestion", &comment->suggestion, e) < 0) ||
		json_copy_string(at, "text", &comment->text, e) < 0)
		return -1;
	return parse_place(comment, at, e) < 0 || parse_words(comment, at, e) < 0 ? -1 : 0;
}

static bool has_id(const struct comments *comments, size_t count, const char *id)
{
	for (size_t i = 0; i < count; i++)
		if (comments->item[i].id && strcmp(comments->item[i].id, id) == 0)
			return true;
	return false;
}

/* "c" and its number among the comments, or the next number that is free. */
static int give_ids(struct comments *comments, struct err *e)
{
	for (size_t i = 0; i < comments->count; i++) {
		char id[32];

		for (size_t number = i + 1; !comments->item[i].id; number++) {
			snprintf(id, sizeof(id), "c%zu", number);
			if (has_id(comments, comments->count, id))
				continue;
			comments->item[i].id = mem_copy(id, e);
			if (!comments->item[i].id)
				return -1;
		}
	}
	return 0;
}

static int parse(struct comments *comments, const struct json_doc *doc, struct err *e)
{
	struct json_at root = json_root(doc), list;

	if (json_check(&root, root_keys, COUNT_OF(root_keys), e) < 0)
		return -1;
	list = json_member(&root, "comments");
	comments->item = mem_new(json_count(&list), sizeof(*comments->item), e);
	if (!comments->item)
		return -1;
	for (size_t i = 0; i < json_count(&list); i++) {
		struct json_at at = json_element(&list, i), id;

		comments->count++;
		if (parse_comment(&comments->item[i], &at, e) < 0)
			return -1;
		id = json_member(&at, "id");
		if (id.value && has_id(comments, i, comments->item[i].id))
			return json_fail(&id, e, "is the id of another comment already");
	}
	return give_ids(comments, e);
}

int comments_parse(struct comments *out, const struct json_doc *doc, struct err *e)
{
	struct comments comments = { 0 };

	if (parse(&comments, doc, e) < 0) {
		comments_done(&comments);
		return -1;
	}
	*out = comments;
	return 0;
}

int comments_keep_free(struct comments *comments, const char *prefix, struct err *e)
{
	for (size_t i = 0; i < comments->count; i++)
		if (text_starts_with(comments->item[i].id, prefix)) {
			free(comments->item[i].id);
			comments->item[i].id = NULL;
		}
	return give_ids(comments, e);
}

static struct json *comment_json(const struct comment *comment)
{
	struct json *object = json_pack_new("{s:s}", "id", comment->id);

	if (comment->file)
		json_put_take(&object, "file", json_new_string(comment->file));
	if (comment->line) {
		json_put_take(&object, "line", json_pack_new("I", (long long)comment->line));
		json_put_take(&object, "end_line", json_pack_new("I", (long long)comment->end_line));
	}
	json_put_take(&object, "side", json_new_string(comment->old_side ? "old" : "new"));
	if (comment->severity != SEVERITY_NONE)
		json_put_take(&object, "severity", json_new_string(severity_name(comment->severity)));
	if (comment->category != CATEGORY_NONE)
		json_put_take(&object, "category", json_new_string(category_name(comment->category)));
	json_put_take(&object, "text", json_new_string(comment->text));
	if (comment->suggestion)
		json_put_take(&object, "suggestion", json_new_string(comment->suggestion));
	return object;
}

struct json *comments_json(const struct comments *comments)
{
	struct json *list = json_new_array();

	for (size_t i = 0; i < comments->count; i++)
		json_append_take(&list, comment_json(&comments->item[i]));
	return json_pack_new("{s:i, s:o}", "format", 1, "comments", list);
}

void comment_done(struct comment *comment)
{
	free(comment->id);
	free(comment->file);
	free(comment->text);
	free(comment->suggestion);
	if (!comment->spoken)
		return;
	free(comment->spoken->by);
	free(comment->spoken->name);
	free(comment->spoken->flaw);
	free(comment->spoken);
}

void comments_done(struct comments *comments)
{
	for (size_t i = 0; i < comments->count; i++)
		comment_done(&comments->item[i]);
	free(comments->item);
	*comments = (struct comments){ 0 };
}
