// SPDX-License-Identifier: MIT
/*
 * Parts of a name are looked for: the title (all behind the last " > ", or, if that has blanks, behind its last point), and
 * of each piece of that between slashes what is behind the last point or "::", without parameters. Of
 * "example.org/queue.TestKeep/one" the source has TestKeep.
 */
#include "assess/test_names.h"

#include <ctype.h>
#include <string.h>

/* No function's parameters and what follows them are longer. */
enum { LEAST_LETTERS = 8, MOST_OF_HEAD = 2000 };

struct word {
	const char *at;
	size_t length;
};

static bool is_of_a_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

static struct word title_of(const char *name)
{
	for (const char *next; (next = strstr(name, " > "));)
		name = next + strlen(" > ");
	return (struct word){ name, strlen(name) };
}

/* "keeps the order" of "Queue.keeps the order", as reports have it that put a class before; empty without blanks. */
static struct word sentence_of(struct word title)
{
	const char *point = memrchr(title.at, '.', title.length);
	struct word behind = { point ? point + 1 : title.at, 0 };

	if (point)
		behind.length = (size_t)(title.at + title.length - behind.at);
	return memchr(behind.at, ' ', behind.length) ? behind : (struct word){ behind.at, 0 };
}

/* Behind the last point of such a piece of a path; empty where no name of a function stands there. */
static struct word function_of(const char *piece, size_t length)
{
	size_t from = length;

	while (from > 0 && is_of_a_word(piece[from - 1]))
		from--;
	if (from > 0 && piece[from - 1] != '.' && piece[from - 1] != ':')
		from = length;
	return (struct word){ piece + from, length - from };
}

static bool is_long(struct word word)
{
	size_t letters = 0;

	for (size_t i = 0; i < word.length; i++)
		letters += isalnum((unsigned char)word.at[i]) || (unsigned char)word.at[i] >= 0x80;
	return letters >= LEAST_LETTERS;
}

static bool is_among(struct word word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(words[i]) == word.length && memcmp(words[i], word.at, word.length) == 0)
			return true;
	return false;
}

/* Behind the parenthesis that closes the one at `at`; `end`: there is none. */
static const char *behind_parameters(const char *at, const char *end)
{
	int depth = 0;

	for (; at < end; at++) {
		depth += (*at == '(') - (*at == ')');
		if (depth == 0)
			return at + 1;
	}
	return end;
}

/* Whether a body follows the parenthesis that opens at `at`: a brace behind the one that closes it or on the next line. */
static bool has_body(const char *at, const char *end)
{
	if (end - at > MOST_OF_HEAD)
		end = at + MOST_OF_HEAD;
	for (at = behind_parameters(at, end); at < end && !memchr("{;)\n.|&?", *at, 8); at++)
		;
	while (at < end && isspace((unsigned char)*at))
		at++;
	return at < end && *at == '{';
}

/* Whether a type ends with the mark before `at`: "vector<int> f", "char *f", but not "a * f", "a && f", "x => f". */
static bool ends_type(const char *bytes, const char *behind_mark, const char *at)
{
	char mark = behind_mark[-1], before = behind_mark - 1 > bytes ? behind_mark[-2] : ' ';

	if (!memchr(")>]*&:", mark, 6) || before == '=' || before == '-' || (before == mark && mark != ':'))
		return false;
	return behind_mark == at || !isspace((unsigned char)before);
}

/*
 * Before the name of a function that is defined stands a word ("def", "fn", "void"), though others stand before one that
 * is called; or its type ends there, or nothing does, and then it has a body.
 */
static bool is_defined_at(const char *bytes, const char *at, const char *behind, const char *end)
{
	static const char *const before_calls[] = { "and", "assert", "await", "by", "case", "clone", "co_return", "default",
		"defer", "del", "delete", "distinct", "do", "echo", "elif", "else", "except", "expect", "extends", "for",
		"from", "go", "if", "import", "in", "include", "instanceof", "is", "lambda", "match", "mut", "new", "not",
		"of", "or", "print", "puts", "raise", "range", "return", "select", "sizeof", "switch", "then", "throw",
		"try", "typeof", "unless", "unsafe", "until", "when", "while", "with", "yield" };
	struct word before = { at, 0 };

	while (before.at > bytes && (before.at[-1] == ' ' || before.at[-1] == '\t'))
		before.at--;
	if (before.at == bytes || before.at[-1] == '\n' || ends_type(bytes, before.at, at))
		return has_body(behind, end);
	if (before.at == at)
		return false;
	for (; before.at > bytes && is_of_a_word(before.at[-1]); before.at--)
		before.length++;
	return before.length && !isdigit((unsigned char)*before.at) &&
		!is_among(before, before_calls, sizeof(before_calls) / sizeof(*before_calls));
}

/* Whether the word at `at` stands there as a call's first argument, in quotes, or as that of a function's definition. */
static bool looks_like_a_test(const char *bytes, const char *at, const char *behind, const char *end)
{
	if (behind < end && *behind == '(')
		return is_defined_at(bytes, at, behind, end);
	return at - bytes >= 2 && memchr("\"'`", at[-1], 3) && at[-2] == '(';
}

static bool stands_in(struct word word, const char *bytes, size_t size)
{
	const char *end = bytes + size;

	if (!word.length)
		return false;
	for (const char *at = bytes; (at = memmem(at, (size_t)(end - at), word.at, word.length)); at++) {
		const char *behind = at + word.length;

		if ((at > bytes && is_of_a_word(at[-1]) && is_of_a_word(*at)) ||
			(behind < end && is_of_a_word(behind[-1]) && is_of_a_word(*behind)))
			continue;
		if (is_long(word) || looks_like_a_test(bytes, at, behind, end))
			return true;
	}
	return false;
}

static bool is_named_in(const char *name, const char *bytes, size_t size)
{
	struct word title = title_of(name), sentence = sentence_of(title);
	const char *data = strstr(title.at, " with data set "); /* of PHPUnit */
	size_t path = data ? (size_t)(data - title.at) : strcspn(title.at, "[("), piece;

	if (stands_in(title, bytes, size) || (is_long(sentence) && stands_in(sentence, bytes, size)))
		return true;
	for (const char *at = title.at; at < title.at + path; at += piece + 1) {
		piece = strcspn(at, "/[(");
		if (at + piece > title.at + path)
			piece = (size_t)(title.at + path - at);
		if (stands_in(function_of(at, piece), bytes, size))
			return true;
	}
	return false;
}

/* A test that is only a tester's exit status is called after its suite, and nothing in the source is. */
static bool is_hidden_source(const struct task *task, const struct manifest_test *test)
{
	const struct suite *suite = task_suite(task, test->suite);

	return suite && suite->visibility != VISIBILITY_VISIBLE && suite->against != AGAINST_PROGRAM &&
		suite->report != REPORT_EXIT;
}

/* A visible test of the same name is no secret. */
static bool is_shown(const struct task *task, const char *name)
{
	for (size_t i = 0; i < task->manifest.test_count; i++) {
		const struct manifest_test *test = &task->manifest.tests[i];

		if (test->visibility == VISIBILITY_VISIBLE && strcmp(test->name, name) == 0)
			return true;
	}
	return false;
}

bool test_names_stand_in(const struct task *task, const char *bytes, size_t size)
{
	for (size_t i = 0; i < task->manifest.test_count; i++) {
		const struct manifest_test *test = &task->manifest.tests[i];

		if (is_hidden_source(task, test) && is_named_in(test->name, bytes, size) && !is_shown(task, test->name))
			return true;
	}
	return false;
}
