// SPDX-License-Identifier: MIT
/*
 * `assay help`: everything it says stands in the tables of commands.
 */
#include "base/i18n.h"
#include "cli/commands.h"
#include "cli/generated.h"

#include <string.h>

enum { SUMMARY_AT = 34, OPTION_HELP_AT = 28 };

/* One column with the words to type, one with what they do. */
static void add_row(struct text *t, const struct command *c)
{
	AUTO_TEXT struct text call = { 0 };
	char name[COMMAND_NAME];

	command_name(c, name);
	text_addf(&call, "  assay %s", name);
	if (call.length < SUMMARY_AT)
		text_add_padded(t, text_bytes(&call), SUMMARY_AT);
	else
		text_addf(t, "%s ", text_bytes(&call));
	text_addf(t, "%s\n", _(c->summary));
}

static int print_text(struct text *t, struct err *e)
{
	AUTO_FREE char *bytes = NULL;

	if (text_take(t, &bytes, e) < 0)
		return -1;
	return cli_print(bytes, e);
}

int help_overview(struct err *e)
{
	struct text t = { 0 };

	text_add(&t, _("assay: technical interviews that can be compared and explained\n\n"));
	for (size_t i = 0; command_tables[i]; i++) {
		for (const struct command *c = command_tables[i]; c->noun; c++)
			add_row(&t, c);
		if (command_tables[i + 1])
			text_add(&t, "\n");
	}
	text_add(&t, _("\nEverywhere: -C DIR (work there), --json, --lang de|en, --as PERSON, --help.\n"
		       "'assay help NOUN VERB' explains a command with an example.\n"));
	return print_text(&t, e);
}

int help_noun(const char *noun, struct err *e)
{
	struct text t = { 0 };

	for (size_t i = 0; command_tables[i]; i++)
		for (const struct command *c = command_tables[i]; c->noun; c++)
			if (strcmp(c->noun, noun) == 0)
				add_row(&t, c);
	text_addf(&t, _("\n'assay help %s VERB' explains one of them with an example.\n"), noun);
	return print_text(&t, e);
}

/* An example's lines, indented. */
static void add_example(struct text *t, const char *example)
{
	text_addf(t, "\n%s\n", _("Example:"));
	while (*example) {
		size_t length = strcspn(example, "\n");

		text_add(t, "  $ ");
		text_add_bytes(t, example, length);
		text_add(t, "\n");
		example += length + (example[length] == '\n');
	}
}

int help_command(const struct command *c, struct err *e)
{
	struct text t = { 0 };
	char name[COMMAND_NAME];

	command_name(c, name);
	text_addf(&t, "assay %s", name);
	/* Behind "--" everything belongs to somebody else. */
	if (text_starts_with(c->words, "--"))
		text_addf(&t, "%s %s\n\n", _(" [OPTION]…"), c->words);
	else
		text_addf(&t, "%s%s%s\n\n", *c->words ? " " : "", c->words, c->options[0].name ? _(" [OPTION]…") : "");
	text_add_wrapped(&t, _(c->summary), 80, "");
	text_add(&t, ".\n");
	if (c->about) {
		text_add(&t, "\n");
		text_add_wrapped(&t, _(c->about), 80, "");
		text_add(&t, "\n");
	}
	if (c->options[0].name)
		text_add(&t, "\n");
	for (int i = 0; i < CLI_MAX_OPTIONS && c->options[i].name; i++) {
		AUTO_TEXT struct text option = { 0 };

		text_addf(&option, "  --%s%s%s", c->options[i].name, c->options[i].argument ? " " : "",
			c->options[i].argument ? c->options[i].argument : "");
		if (option.length < OPTION_HELP_AT)
			text_add_padded(&t, text_bytes(&option), OPTION_HELP_AT);
		else
			text_addf(&t, "%s ", text_bytes(&option));
		text_addf(&t, "%s\n", _(c->options[i].help));
	}
	if (c->example)
		add_example(&t, c->example);
	return print_text(&t, e);
}

/* All commands' manual pages by name, one behind the other with a line between them, for whoever builds them. */
static void add_pages(struct text *t)
{
	text_add(t, "@@ assay.1\n");
	generated_man(t);
	for (size_t i = 0; command_tables[i]; i++)
		for (const struct command *c = command_tables[i]; c->noun; c++) {
			text_addf(t, c->verb ? "@@ assay-%s-%s.1\n" : "@@ assay-%s.1\n", c->noun, c->verb);
			generated_man_page(t, c);
		}
}

static int print_generated(const char *format, struct err *e)
{
	struct text t = { 0 };

	if (strcmp(format, "man") == 0)
		add_pages(&t);
	else if (strcmp(format, "bash") == 0)
		generated_bash(&t);
	else if (strcmp(format, "zsh") == 0)
		generated_zsh(&t);
	else
		return err_set(e, ERR_USAGE, _("there is no format '%s': man, bash and zsh are the ones"), format);
	return print_text(&t, e);
}

static int run_help(struct cli *cli, struct err *e)
{
	const char *noun = cli->words.count > 0 ? cli->words.item[0] : NULL;
	const char *verb = cli->words.count > 1 ? cli->words.item[1] : NULL;
	bool found = false;

	if (cli_value(cli, "format"))
		return print_generated(cli_value(cli, "format"), e);
	if (!noun)
		return help_overview(e);
	for (size_t i = 0; command_tables[i]; i++) {
		for (const struct command *c = command_tables[i]; c->noun; c++) {
			if (strcmp(c->noun, noun) != 0)
				continue;
			found = true;
			if (verb ? c->verb && strcmp(c->verb, verb) == 0 : !c->verb)
				return help_command(c, e);
		}
	}
	if (!found || verb)
		return err_set(e, ERR_USAGE, _("there is no command '%s%s%s': 'assay help' lists them"), noun,
			verb ? " " : "", verb ? verb : "");
	return help_noun(noun, e);
}

const struct command commands_help[] = {
	{
		.noun = "help",
		.words = "[NOUN [VERB]]",
		.max_words = 2,
		.summary = N_("explain assay, a noun or a command"),
		.about = N_("With --format all commands are printed as manual pages, or as completion for a shell: 'make install' puts "
			    "them where man and the shells find them."),
		.example = "assay help session plan\nassay help --format bash >~/.assay-completion && . ~/.assay-completion",
		.options = { { "format", "man|bash|zsh", N_("manual pages, or completion for a shell") } },
		.run = run_help,
	},
	{ 0 },
};
