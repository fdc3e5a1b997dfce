// SPDX-License-Identifier: MIT
/*
 * The command doors: parse, one call into `assess`, print.
 *
 * Every command is a row in a table of its file (cmd_*.c), with its words, options, help and example; main walks the
 * tables, so help, completion and tests can too. A command never prints an error: it returns it.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "base/err.h"
#include "base/json.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

enum { CLI_MAX_OPTIONS = 16 };

struct cli_option {
	const char *name;     /* "task": --task */
	const char *argument; /* "DIR"; NULL: a flag */
	const char *help;     /* N_("…") */
};

struct cli;

struct command {
	const char *noun, *verb; /* verb NULL: the noun alone */
	const char *words;       /* "CANDIDATE [FILE]", for the usage line; "" */
	int min_words, max_words;
	const char *summary;     /* N_("…"): one line */
	const char *about;       /* N_("…"): a paragraph; NULL */
	const char *example;     /* lines to type, without "$ " */
	struct cli_option options[CLI_MAX_OPTIONS];
	int (*run)(struct cli *cli, struct err *e);
};

/* One call, parsed. */
struct cli {
	const struct command *command;
	struct strings words;
	struct {
		const char *name, *value; /* in the order of the command line; flags have value "" */
	} given[64];
	int given_count;
	bool json;
	const char *dir; /* of -C, already changed to; NULL */
	const char *as;  /* of --as; NULL */
	int exit_status; /* what a successful run ends with: 0, or 1 when the answer is no */
};

/* The value of an option, the last one given; NULL when it wasn't. A flag's value is "". */
const char *cli_value(const struct cli *cli, const char *option);
bool cli_flag(const struct cli *cli, const char *option);

/* The index-th value of an option that may stand several times; NULL behind the last. */
const char *cli_values(const struct cli *cli, const char *option, int index);

/* A whole number in [min, max]; fallback when absent. ERR_USAGE. */
int cli_number(const struct cli *cli, const char *option, long long min, long long max, long long fallback,
	long long *out, struct err *e);

/* ERR_USAGE when it wasn't given. */
int cli_required(const struct cli *cli, const char *option, const char **out, struct err *e);

/* Prints text (behind a line of progress that it clears) or a JSON value (which it frees) on standard output. value NULL is out of memory. */
int cli_print(const char *text, struct err *e);
int cli_print_json_take(struct json *value, struct err *e);

/* What was printed may still sit in a buffer, and the disk behind it be full: only what was flushed was told. ERR_SYSTEM. */
int cli_flush(struct err *e);

/* Whether writing failed because nobody reads any more (`| head`), which is not worth a word of ours. */
bool cli_reader_left(void);

/* A word as a shell reads it: in quotes where that is needed. */
void cli_add_word(struct text *t, const char *word);

/* The same as a text of its own, which is the caller's. NULL with ERR_SYSTEM. */
char *cli_word(const char *word, struct err *e);

/* "Next: assay …", behind what a command printed, with the -C and --as of this command; nothing with --json. */
int cli_next(const struct cli *cli, struct err *e, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* A line of progress on standard error, only when that is a terminal; replaces the last one. NULL clears it. */
void cli_progress(const char *line);

/* Columns of the terminal, 80 to 200; 80 when it is none (COLUMNS counts). */
size_t cli_columns(void);

/* All tables, each ending with a row whose noun is NULL; the list ends with NULL. */
extern const struct command *const command_tables[];

/* "session plan": the words that call a command. */
enum { COMMAND_NAME = 64 };
void command_name(const struct command *command, char out[COMMAND_NAME]);

/* The help texts. */
int help_overview(struct err *e);
int help_noun(const char *noun, struct err *e);
int help_command(const struct command *command, struct err *e);

/* The whole program but for the process: returns the exit status. */
int cli_main(int argc, char **argv);

#endif
