// SPDX-License-Identifier: MIT
/*
 * The diff is followed by its own counts, as patch does it, so that a removed line "-- x" isn't taken for a header.
 */
#include "review/annotation.h"

#include "base/i18n.h"
#include "base/text.h"
#include "review/words.h"

#include <stdlib.h>
#include <string.h>

static const char mark[] = "#>";

enum { MARK_LENGTH = sizeof(mark) - 1, TAG_BYTES = 64 };

int annotation_render(char **out, const struct diff *change, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };
	AUTO_FREE char *diff = NULL;

	if (diff_render(change, &diff, e) < 0)
		return -1;
	text_add(&t, _("# Write a line that starts with \"#>\" below the line that it is about:\n"
		       "# #> [critical, security] What is wrong here, and what would be better.\n"
		       "# Severities: note, minor, major, critical. Categories: security, performance, error-handling, correctness,\n"
		       "# concurrency, resources, api, tests, readability. Both may be left out.\n\n"));
	text_add(&t, diff);
	return text_take(&t, out, e);
}

/* --- reading ---------------------------------------------------------------------------------------------------- */

struct reading {
	struct comments *out;
	const char *name;
	int line;             /* of the annotated change */
	char *old_path, *new_path;
	int old_next, new_next; /* the next lines of the two sides */
	int old_left, new_left; /* what the hunk has still */
	int at;               /* the line that was seen last; 0: none in this file */
	bool at_old;          /* it is on the old side only */
	struct text text;     /* of the comment that is open */
	int begun;            /* its line; 0: none is open */
	struct err *e;
};

static int fail(const struct reading *r, enum err_kind kind, const char *sentence)
{
	return err_set(r->e, kind, "%s:%d: %s", r->name, r->begun ? r->begun : r->line, sentence);
}

/* Whether the word is a severity or a category, which then are set. */
static bool take_tag(struct comment *comment, const char *word)
{
	return severity_parse(word, &comment->severity) || category_parse(word, &comment->category);
}

/* Words in brackets at the start, if all of them are known. Gives what stands behind. */
static const char *take_tags(struct comment *comment, const char *text)
{
	char tags[TAG_BYTES];
	size_t length = *text == '[' ? strcspn(text, "]\n") : 0;
	struct comment tagged = *comment;
	char *rest = tags;

	if (!length || text[length] != ']' || length - 1 >= sizeof(tags))
		return text;
	memcpy(tags, text + 1, length - 1);
	tags[length - 1] = '\0';
	for (char *word; (word = strtok_r(rest, " ,/", &rest));)
		if (!take_tag(&tagged, word))
			return text;
	*comment = tagged;
	return text + length + 1 + strspn(text + length + 1, " \t");
}

/* Beside ids that a comments.json chose. */
static char *free_id(const struct reading *r)
{
	char id[32];

	for (size_t number = r->out->count;; number++) {
		bool taken = false;

		snprintf(id, sizeof(id), "a%zu", number);
		for (size_t i = 0; i + 1 < r->out->count; i++)
			taken |= strcmp(r->out->item[i].id, id) == 0;
		if (!taken)
			return mem_copy(id, r->e);
	}
}

static int add_comment(struct reading *r, const char *text)
{
	struct comment comment = { .line = r->at, .end_line = r->at, .old_side = r->at && r->at_old,
		.category = CATEGORY_NONE };
	const char *file = comment.old_side || !r->new_path ? r->old_path : r->new_path;
	struct comment *added;

	/* A hunk that belongs to no file, as only a hand could write it. */
	if (!file)
		comment.line = comment.end_line = 0;
	text = take_tags(&comment, text);
	if (!*text)
		return 0;
	if (r->out->count >= COMMENTS_MAX)
		return fail(r, ERR_LIMIT, _("there are more than 500 comments"));
	if (strlen(text) > COMMENT_MAX_TEXT)
		return fail(r, ERR_LIMIT, _("a comment has at most 8 KiB"));
	added = mem_push(&r->out->item, r->out->count, sizeof(*added), r->e);
	if (!added)
		return -1;
	*added = comment;
	r->out->count++;
	added->id = free_id(r);
	added->text = mem_copy(text, r->e);
	added->file = file ? mem_copy(file, r->e) : NULL;
	return added->id && added->text && (!file || added->file) ? 0 : -1;
}

static int end_comment(struct reading *r)
{
	AUTO_FREE char *text = NULL;
	int failed;

	if (!r->begun)
		return 0;
	if (text_take(&r->text, &text, r->e) < 0)
		return -1;
	failed = add_comment(r, text);
	r->begun = 0;
	return failed;
}

static int take_words(struct reading *r, const char *line)
{
	const char *words = line + MARK_LENGTH + strspn(line + MARK_LENGTH, " \t");

	if (!*words)
		return end_comment(r);
	if (r->begun)
		text_add(&r->text, "\n");
	else
		r->begun = r->line;
	text_add(&r->text, words);
	return 0;
}

/* "b/app/x.py" without its letter; quoted ones as git quotes them. NULL for /dev/null. */
static int take_path(char **out, const char *path, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };
	bool quoted = *path == '"';

	for (const char *p = path + quoted; *p && *p != '\t' && !(quoted && *p == '"'); p++) {
		if (!quoted || *p != '\\' || !p[1]) {
			text_add_bytes(&t, p, 1);
			continue;
		}
		if (strspn(p + 1, "01234567") >= 3) {
			char byte = (char)((p[1] - '0') * 64 + (p[2] - '0') * 8 + (p[3] - '0'));

			text_add_clean(&t, &byte, 1);
			p += 3;
		} else {
			text_add_bytes(&t, ++p, 1);
		}
	}
	free(*out);
	*out = NULL;
	const char *name = text_bytes(&t) + (text_starts_with(text_bytes(&t), "a/") || text_starts_with(text_bytes(&t), "b/") ? 2 : 0);

	/* A name that no file has is none. */
	if (!*name || strcmp(name, "/dev/null") == 0 || strlen(name) > COMMENT_MAX_PATH)
		return 0;
	*out = mem_copy(name, e);
	return *out ? (t.failed ? err_memory(e) : 0) : -1;
}

static bool take_numbers(const char *s, int *start, int *count)
{
	char *end;
	long first = strtol(s, &end, 10), n = 1;

	if (end == s || first < 0 || first > COMMENT_MAX_LINE)
		return false;
	if (*end == ',')
		n = strtol(end + 1, NULL, 10);
	if (n < 0 || n > COMMENT_MAX_LINE)
		return false;
	*start = (int)first;
	*count = (int)n;
	return true;
}

/* "@@ -1,2 +3,4 @@" */
static void take_hunk(struct reading *r, const char *line)
{
	const char *plus = strchr(line, '+');

	if (!plus || !take_numbers(line + 4, &r->old_next, &r->old_left) ||
		!take_numbers(plus + 1, &r->new_next, &r->new_left))
		r->old_left = r->new_left = 0;
}

static void take_content(struct reading *r, char origin)
{
	if (origin == '\\')
		return;
	r->at_old = origin == '-';
	r->at = r->at_old ? r->old_next : r->new_next;
	if (origin != '+' && r->old_left) {
		r->old_next++;
		r->old_left--;
	}
	if (origin != '-' && r->new_left) {
		r->new_next++;
		r->new_left--;
	}
}

static int take_header(struct reading *r, const char *line)
{
	if (text_starts_with(line, "diff --git ")) {
		r->at = 0;
		free(r->old_path);
		free(r->new_path);
		r->old_path = r->new_path = NULL;
	} else if (text_starts_with(line, "--- ")) {
		r->at = 0;
		return take_path(&r->old_path, line + 4, r->e);
	} else if (text_starts_with(line, "+++ ")) {
		return take_path(&r->new_path, line + 4, r->e);
	} else if (text_starts_with(line, "rename to ")) {
		return take_path(&r->new_path, line + 10, r->e);
	} else if (text_starts_with(line, "@@ -")) {
		take_hunk(r, line);
	}
	return 0;
}

static int take_line(struct reading *r, const char *line)
{
	if (text_starts_with(line, mark))
		return take_words(r, line);
	if (end_comment(r) < 0)
		return -1;
	if ((r->old_left || r->new_left) && strchr("+- \\", *line) && *line) {
		take_content(r, *line);
		return 0;
	}
	/* Editors take the blank of an empty line away. */
	if ((r->old_left || r->new_left) && !*line) {
		take_content(r, ' ');
		return 0;
	}
	return take_header(r, line);
}

static int read_lines(struct reading *r, const char *bytes, size_t size)
{
	for (size_t at = 0; at < size;) {
		const char *end = memchr(bytes + at, '\n', size - at);
		size_t length = end ? (size_t)(end - (bytes + at)) : size - at;
		AUTO_TEXT struct text line = { 0 };

		r->line++;
		while (length && bytes[at + length - 1] == '\r')
			length--;
		text_add_clean(&line, bytes + at, length);
		if (line.failed)
			return err_memory(r->e);
		if (take_line(r, text_bytes(&line)) < 0)
			return -1;
		at = end ? (size_t)(end - bytes) + 1 : size;
	}
	return end_comment(r);
}

int annotation_take(struct comments *out, const char *name, const char *bytes, size_t size, struct err *e)
{
	const size_t before = out->count;
	struct reading r = { .out = out, .name = name, .e = e };
	int failed;

	if (size > ANNOTATION_MAX_BYTES)
		return err_set(e, ERR_LIMIT, _("%s: an annotated change has at most 8 MiB"), name);
	failed = read_lines(&r, bytes, size);
	text_done(&r.text);
	free(r.old_path);
	free(r.new_path);
	while (failed && out->count > before)
		comment_done(&out->item[--out->count]);
	return failed;
}

bool annotation_has_any(const char *bytes, size_t size)
{
	for (const char *at = bytes; at && size - (size_t)(at - bytes) >= MARK_LENGTH;) {
		if (memcmp(at, mark, MARK_LENGTH) == 0)
			return true;
		at = memchr(at, '\n', size - (size_t)(at - bytes));
		at = at ? at + 1 : NULL;
	}
	return false;
}
