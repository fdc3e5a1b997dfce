// SPDX-License-Identifier: MIT
/*
 * What commands print: text and JSON on standard output, progress on standard error when somebody watches.
 */
#include "cli/cli.h"

#include "base/i18n.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static bool reader_left;

static int fail_to_write(struct err *e)
{
	reader_left = errno == EPIPE;
	return err_errno(e, "cannot write what was to be printed");
}

bool cli_reader_left(void)
{
	return reader_left;
}

int cli_flush(struct err *e)
{
	return fflush(stdout) == EOF || ferror(stdout) ? fail_to_write(e) : 0;
}

int cli_print(const char *text, struct err *e)
{
	cli_progress(NULL);
	return fputs(text, stdout) == EOF ? fail_to_write(e) : 0;
}

int cli_print_json_take(struct json *value, struct err *e)
{
	AUTO_JSON struct json *owned = value;
	AUTO_FREE char *text = NULL;

	if (json_render(owned, JSON_STYLE_SHOWN, &text, e) < 0)
		return -1;
	return cli_print(text, e);
}

static bool is_plain_word(const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:@%+,=-";

	return *word && strspn(word, plain) == strlen(word);
}

void cli_add_word(struct text *t, const char *word)
{
	if (is_plain_word(word)) {
		text_add(t, word);
		return;
	}
	text_add(t, "'");
	for (const char *at = word; *at; at++) {
		const char one[] = { *at, '\0' };

		text_add(t, *at == '\'' ? "'\\''" : one);
	}
	text_add(t, "'");
}

char *cli_word(const char *word, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };
	char *out = NULL;

	cli_add_word(&t, word);
	return text_take(&t, &out, e) < 0 ? NULL : out;
}

/* What was said on this command line about who one is, and where, holds for the next one, too. */
static void add_command(struct text *t, const struct cli *cli, const char *command)
{
	static const char program[] = "assay";
	AUTO_TEXT struct text whole = { 0 };
	const char *words = command;

	if (cli->dir && text_starts_with(command, program) && !text_starts_with(command, "assay -C ")) {
		words += strlen(program);
		text_addf(&whole, "%s -C ", program);
		cli_add_word(&whole, cli->dir);
	}
	text_add(&whole, words);
	if (cli->as && !strstr(command, " --as ")) {
		text_add(&whole, " --as ");
		cli_add_word(&whole, cli->as);
	}
	text_add_visible(t, text_bytes(&whole), true);
	t->failed |= whole.failed;
}

int cli_next(const struct cli *cli, struct err *e, const char *format, ...)
{
	AUTO_TEXT struct text words = { 0 }, t = { 0 };
	AUTO_FREE char *command = NULL;
	va_list list;
	int length;

	if (cli->json)
		return 0;
	va_start(list, format);
	length = vasprintf(&command, format, list);
	va_end(list);
	if (length < 0)
		return err_memory(e);
	add_command(&words, cli, command);
	text_addf(&t, _("Next: %s\n"), text_bytes(&words));
	return t.failed || words.failed ? err_memory(e) : cli_print(text_bytes(&t), e);
}

void cli_progress(const char *line)
{
	static bool shown;

	if (!isatty(STDERR_FILENO) || (!line && !shown))
		return;
	fprintf(stderr, "\r\033[K%s", line ? line : "");
	fflush(stderr);
	shown = line != NULL;
}

size_t cli_columns(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	long long asked;

	if (columns && text_to_integer(columns, 40, 400, &asked))
		return asked < 80 ? 80 : asked > 200 ? 200 : (size_t)asked;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_col < 80)
		return 80;
	return size.ws_col > 200 ? 200 : size.ws_col;
}
