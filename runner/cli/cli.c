// SPDX-License-Identifier: MIT
/*
 * The way of one call: global options, the command's row, its own options, its run, and the one place that prints
 * an error and chooses the exit status.
 */
#include "cli/cli.h"

#include "base/i18n.h"
#include "base/places.h"
#include "cli/call.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static void print_error(const struct err *e, bool as_json)
{
	AUTO_FREE char *visible = NULL;
	AUTO_FREE char *line = NULL;
	struct err ignored = { 0 };

	cli_progress(NULL);
	if (as_json) {
		AUTO_JSON struct json *value = json_pack_new("{s:{s:s, s:o}}", "error", "kind",
			err_kind_name(e->kind), "text", json_clean(e->text, strlen(e->text)));

		if (json_render(value, JSON_STYLE_SHOWN_LINE, &line, &ignored) == 0) {
			fprintf(stderr, "%s\n", line);
			return;
		}
	}
	visible = text_visible_line(e->text, &ignored);
	fprintf(stderr, "assay: %s\n", visible ? visible : e->text);
}

static int start_language(const struct call *call, struct err *e)
{
	AUTO_FREE char *locale = NULL;

	if (places_locale(&locale, e) < 0)
		return -1;
	return i18n_start(call->lang, locale, e);
}

static int run_call(struct call *call, struct err *e)
{
	if (call->dir && chdir(call->dir) < 0)
		return err_errno(e, "cannot change to the directory %s", call->dir);
	switch (call->want) {
	case CALL_VERSION:
		return cli_print("assay " ASSAY_VERSION "\n", e);
	case CALL_OVERVIEW:
		return help_overview(e);
	case CALL_NOUN:
		return help_noun(call->noun, e);
	case CALL_HELP:
		return help_command(call->cli.command, e);
	case CALL_RUN:
		return call->cli.command->run(&call->cli, e);
	}
	return err_set(e, ERR_INTERNAL, "a call of no kind");
}

/* A shell's usual 1024 are few where many boxes run side by side, each with the connections of its tests. */
static void allow_open_files(void)
{
	const rlim_t enough = 65536;
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) < 0 || files.rlim_cur >= enough)
		return;
	files.rlim_cur = files.rlim_max < enough ? files.rlim_max : enough;
	setrlimit(RLIMIT_NOFILE, &files);
}

int cli_main(int argc, char **argv)
{
	AUTO(call_done) struct call call = { 0 };
	struct err e = { 0 };
	int status;

	/* A reader that went away (`| head`) is an error of write, not the end of a half-done command. */
	signal(SIGPIPE, SIG_IGN);
	/* Whoever started us may ignore its children; we wait for ours. */
	signal(SIGCHLD, SIG_DFL);
	allow_open_files();
	status = call_parse_globals(&call, argc, argv, &e);
	if (status == 0)
		status = start_language(&call, &e);
	if (status == 0)
		status = call_parse_command(&call, argc, argv, &e);
	if (status == 0)
		status = run_call(&call, &e);
	cli_progress(NULL);
	if (status == 0)
		status = cli_flush(&e);
	if (status < 0) {
		if (!cli_reader_left())
			print_error(&e, call.mistakes_as_json);
		return err_exit_status(e.kind ? e.kind : ERR_INTERNAL);
	}
	return call.cli.exit_status;
}
