// SPDX-License-Identifier: MIT
/*
 * Taking a command line apart. Written by hand rather than with getopt_long, because the options of a call are known
 * only once its noun and verb are: "assay -C dir session plan --at … CANDIDATE" mixes three tables.
 */
#include "cli/call.h"

#include "base/i18n.h"

#include <stdio.h>
#include <string.h>

/* --- looking up ------------------------------------------------------------------------------------------------- */

static const struct cli_option *find_option(const struct cli_option *options, const char *name, size_t length)
{
	for (size_t i = 0; i < CLI_MAX_OPTIONS && options[i].name; i++)
		if (strlen(options[i].name) == length && strncmp(options[i].name, name, length) == 0)
			return &options[i];
	return NULL;
}

static bool noun_exists(const char *noun)
{
	for (size_t t = 0; command_tables[t]; t++)
		for (const struct command *c = command_tables[t]; c->noun; c++)
			if (strcmp(c->noun, noun) == 0)
				return true;
	return false;
}

/* The row of the noun and verb (NULL: the row that needs none). */
static const struct command *find_command(const char *noun, const char *verb)
{
	for (size_t t = 0; command_tables[t]; t++)
		for (const struct command *c = command_tables[t]; c->noun; c++)
			if (strcmp(c->noun, noun) == 0 &&
				(c->verb ? verb && strcmp(c->verb, verb) == 0 : verb == NULL))
				return c;
	return NULL;
}

/* --- reading ---------------------------------------------------------------------------------------------------- */

/* A cursor over argv. */
struct reader {
	char **argv;
	int argc, at;
	bool only_words; /* behind "--" */
};

struct item {
	const char *word; /* a word, or NULL */
	const char *name; /* an option's name without dashes, or NULL */
	size_t name_length;
	const char *value; /* behind "=", or NULL */
	bool one_dash;     /* -C and -h; all other names have two */
};

static bool next_item(struct reader *r, struct item *item)
{
	const char *argument;

	*item = (struct item){ 0 };
	if (r->at >= r->argc)
		return false;
	argument = r->argv[r->at++];
	if (!r->only_words && strcmp(argument, "--") == 0) {
		r->only_words = true;
		return next_item(r, item);
	}
	if (r->only_words || argument[0] != '-' || argument[1] == '\0') {
		item->word = argument;
	} else if (argument[1] != '-') {
		item->name = argument + 1;
		item->name_length = strlen(item->name);
		item->one_dash = true;
	} else {
		const char *equals = strchr(argument, '=');

		item->name = argument + 2;
		item->name_length = equals ? (size_t)(equals - item->name) : strlen(item->name);
		item->value = equals ? equals + 1 : NULL;
	}
	return true;
}

static bool is_named(const struct item *item, const char *name)
{
	return item->name && item->one_dash == (name[1] == '\0') && strlen(name) == item->name_length &&
	       strncmp(item->name, name, item->name_length) == 0;
}

static int take_value(struct reader *r, const struct item *item, const char **out, struct err *e)
{
	const char *value = item->value;

	if (!value && r->at < r->argc)
		value = r->argv[r->at++];
	if (!value)
		return err_set(e, ERR_USAGE, _("the option %s%.*s needs a value"), item->one_dash ? "-" : "--",
			(int)item->name_length, item->name);
	*out = value;
	return 0;
}

int call_parse_globals(struct call *call, int argc, char **argv, struct err *e)
{
	struct reader r = { argv, argc, 1, false };
	struct item item;

	while (next_item(&r, &item)) {
		if (is_named(&item, "json"))
			call->mistakes_as_json = true;
		else if (is_named(&item, "lang") && take_value(&r, &item, &call->lang, e) < 0)
			return -1;
	}
	return 0;
}

static int refuse_value(const struct item *item, struct err *e)
{
	return err_set(e, ERR_USAGE, _("the option --%.*s takes no value"), (int)item->name_length, item->name);
}

/* Reads a global option; *known says whether it was one. */
static int read_global(struct call *call, struct reader *r, const struct item *item, bool *known, struct err *e)
{
	const char *ignored;

	*known = true;
	if (is_named(item, "lang"))
		return take_value(r, item, &ignored, e);
	if (is_named(item, "as"))
		return take_value(r, item, &call->cli.as, e);
	if (is_named(item, "C"))
		return take_value(r, item, &call->dir, e);
	if (is_named(item, "json"))
		call->cli.json = true;
	else if (is_named(item, "help") || is_named(item, "h"))
		call->want = CALL_HELP;
	else if (is_named(item, "version"))
		call->want = CALL_VERSION;
	else
		*known = false;
	return *known && item->value ? refuse_value(item, e) : 0;
}

/* -o, where a command writes a file. */
static const struct cli_option *short_option(const struct cli_option *options, const struct item *item)
{
	return is_named(item, "o") ? find_option(options, "output", strlen("output")) : NULL;
}

static int read_option(struct call *call, struct reader *r, const struct item *item, struct err *e)
{
	const struct command *command = call->cli.command;
	const struct cli_option *option = item->one_dash ? short_option(command->options, item)
							 : find_option(command->options, item->name, item->name_length);
	const char *value = "";
	int count = call->cli.given_count;
	char name[COMMAND_NAME];

	command_name(command, name);
	if (!option && strncmp(command->words, "-- ", 3) == 0)
		return err_set(e, ERR_USAGE,
			_("'assay %s' has no option %s; the command that is to run stands behind '--' with all that belongs to it: "
			  "see 'assay help %s'"), name, r->argv[r->at - 1], name);
	if (!option)
		return err_set(e, ERR_USAGE, _("'assay %s' has no option %s: see 'assay help %s'"), name, r->argv[r->at - 1],
			name);
	if (!option->argument && item->value)
		return refuse_value(item, e);
	if (option->argument && take_value(r, item, &value, e) < 0)
		return -1;
	if (count >= (int)(sizeof(call->cli.given) / sizeof(*call->cli.given)))
		return err_set(e, ERR_USAGE, _("too many options"));
	call->cli.given[count].name = option->name;
	call->cli.given[count].value = value;
	call->cli.given_count++;
	return 0;
}

static int choose_noun(struct call *call, const char *noun, struct err *e)
{
	if (!noun_exists(noun))
		return err_set(e, ERR_USAGE, _("there is no command '%s': 'assay help' lists them"), noun);
	call->noun = noun;
	return 0;
}

/* The first word behind the noun is its verb, unless the noun is a command by itself. */
static int read_word(struct call *call, const char *word, struct err *e)
{
	if (!call->noun)
		return choose_noun(call, word, e);
	if (!call->cli.command) {
		call->cli.command = find_command(call->noun, word);
		if (call->cli.command)
			return 0;
		call->cli.command = find_command(call->noun, NULL);
	}
	if (!call->cli.command)
		return err_set(e, ERR_USAGE, _("'assay %s' has no verb '%s': 'assay help %s' lists them"), call->noun, word,
			call->noun);
	return strings_add(&call->cli.words, word, e);
}

static int check_words(const struct call *call, struct err *e)
{
	const struct command *command = call->cli.command;
	size_t count = call->cli.words.count;
	char name[COMMAND_NAME];

	if (count >= (size_t)command->min_words && count <= (size_t)command->max_words)
		return 0;
	command_name(command, name);
	return err_set(e, ERR_USAGE, _("%s: usage: assay %s%s%s"),
		count < (size_t)command->min_words ? _("something is missing") : _("that is too much"), name,
		*command->words ? " " : "", command->words);
}

static int read_item(struct call *call, struct reader *r, const struct item *item, struct err *e)
{
	bool known = false;

	if (item->word)
		return read_word(call, item->word, e);
	if (read_global(call, r, item, &known, e) < 0)
		return -1;
	if (known)
		return 0;
	if (call->noun && !call->cli.command)
		call->cli.command = find_command(call->noun, NULL);
	if (!call->noun)
		return err_set(e, ERR_USAGE, _("there is no global option '%s': 'assay help' lists them"),
			r->argv[r->at - 1]);
	if (!call->cli.command)
		return err_set(e, ERR_USAGE, _("'assay %s' needs a verb: 'assay help %s' lists them"), call->noun,
			call->noun);
	return read_option(call, r, item, e);
}

int call_parse_command(struct call *call, int argc, char **argv, struct err *e)
{
	struct reader r = { argv, argc, 1, false };
	struct item item;

	while (next_item(&r, &item))
		if (read_item(call, &r, &item, e) < 0)
			return -1;
	call->cli.dir = call->dir;
	if (call->noun && !call->cli.command)
		call->cli.command = find_command(call->noun, NULL);
	if (call->want == CALL_VERSION)
		return 0;
	if (!call->cli.command)
		call->want = call->noun ? CALL_NOUN : CALL_OVERVIEW;
	return call->want == CALL_RUN ? check_words(call, e) : 0;
}

void call_done(struct call *call)
{
	strings_done(&call->cli.words);
}

void command_name(const struct command *command, char out[COMMAND_NAME])
{
	snprintf(out, COMMAND_NAME, "%s%s%s", command->noun, command->verb ? " " : "", command->verb ? command->verb : "");
}

/* --- asking for what was given ---------------------------------------------------------------------------------- */

const char *cli_value(const struct cli *cli, const char *option)
{
	for (int i = cli->given_count; i-- > 0;)
		if (strcmp(cli->given[i].name, option) == 0)
			return cli->given[i].value;
	return NULL;
}

bool cli_flag(const struct cli *cli, const char *option)
{
	return cli_value(cli, option) != NULL;
}

const char *cli_values(const struct cli *cli, const char *option, int index)
{
	for (int i = 0; i < cli->given_count; i++)
		if (strcmp(cli->given[i].name, option) == 0 && index-- == 0)
			return cli->given[i].value;
	return NULL;
}

int cli_number(const struct cli *cli, const char *option, long long min, long long max, long long fallback,
	long long *out, struct err *e)
{
	const char *value = cli_value(cli, option);

	if (!value) {
		*out = fallback;
		return 0;
	}
	if (!text_to_integer(value, min, max, out))
		return err_set(e, ERR_USAGE, _("--%s takes a whole number from %lld to %lld, not '%s'"), option, min, max,
			value);
	return 0;
}

int cli_required(const struct cli *cli, const char *option, const char **out, struct err *e)
{
	const char *value = cli_value(cli, option);
	char name[COMMAND_NAME];

	if (!value) {
		command_name(cli->command, name);
		return err_set(e, ERR_USAGE, _("the option --%s is needed: see 'assay help %s'"), option, name);
	}
	*out = value;
	return 0;
}
