// SPDX-License-Identifier: MIT
/*
 * Manual pages and completion out of the tables.
 */
#include "cli/generated.h"

#include "base/i18n.h"

#include <string.h>

/* --- man(7) ----------------------------------------------------------------------------------------------------- */

/* Text that troff takes as it is: no escape, no request at the start of a line, hyphens that can be copied. */
static void add_roff(struct text *t, const char *s)
{
	bool at_start = t->length == 0 || t->bytes[t->length - 1] == '\n';

	for (; *s; s++) {
		if (at_start && (*s == '.' || *s == '\''))
			text_add(t, "\\&");
		if (*s == '\\')
			text_add(t, "\\e");
		else if (*s == '-')
			text_add(t, "\\-");
		else
			text_add_bytes(t, s, 1);
		at_start = *s == '\n';
	}
}

static void add_head(struct text *t, const char *page, const char *summary)
{
	text_add(t, ".TH ");
	add_roff(t, page);
	text_add(t, " 1 \"\" \"assay " ASSAY_VERSION "\" assay\n.SH ");
	text_addf(t, "%s\n", _("NAME"));
	add_roff(t, page);
	text_add(t, " \\- ");
	add_roff(t, summary);
	text_add(t, "\n");
}

static void add_name(struct text *t, const struct command *c, char between)
{
	text_addf(t, c->verb ? "assay%c%s%c%s" : "assay%c%s", between, c->noun, between, c->verb);
}

static void add_options(struct text *t, const struct command *c)
{
	if (!c->options[0].name)
		return;
	text_addf(t, ".SH %s\n", _("OPTIONS"));
	for (int i = 0; i < CLI_MAX_OPTIONS && c->options[i].name; i++) {
		text_add(t, ".TP\n\\fB\\-\\-");
		add_roff(t, c->options[i].name);
		text_add(t, "\\fR");
		if (c->options[i].argument) {
			text_add(t, " \\fI");
			add_roff(t, c->options[i].argument);
			text_add(t, "\\fR");
		}
		text_add(t, "\n");
		add_roff(t, _(c->options[i].help));
		text_add(t, "\n");
	}
}

void generated_man_page(struct text *t, const struct command *c)
{
	AUTO_TEXT struct text page = { 0 }, call = { 0 };

	add_name(&page, c, '-');
	add_name(&call, c, ' ');
	add_head(t, text_bytes(&page), _(c->summary));
	text_addf(t, ".SH %s\n\\fB", _("SYNOPSIS"));
	add_roff(t, text_bytes(&call));
	text_add(t, text_starts_with(c->words, "--") ? "\\fR [\\fIOPTION\\fR]... " : "\\fR ");
	add_roff(t, c->words);
	text_add(t, c->options[0].name && !text_starts_with(c->words, "--") ? " [\\fIOPTION\\fR]...\n" : "\n");
	if (c->about) {
		text_addf(t, ".SH %s\n", _("DESCRIPTION"));
		add_roff(t, _(c->about));
		text_add(t, "\n");
	}
	add_options(t, c);
	if (c->example) {
		text_addf(t, ".SH %s\n.nf\n", _("EXAMPLE"));
		add_roff(t, c->example);
		text_add(t, "\n.fi\n");
	}
	text_addf(t, ".SH %s\n\\fBassay\\fR(1)\n", _("SEE ALSO"));
	t->failed |= page.failed || call.failed;
}

static void add_statuses(struct text *t)
{
	static const struct {
		int status;
		const char *words;
	} rows[] = {
		{ 0, N_("done") },
		{ 1, N_("the answer is no (verify, check, repeat)") },
		{ 2, N_("usage") },
		{ 3, N_("not found") },
		{ 4, N_("invalid input") },
		{ 5, N_("conflict") },
		{ 6, N_("denied") },
		{ 7, N_("a limit") },
		{ 8, N_("system; or a result that isn't gradable") },
		{ 70, N_("a defect of assay's") },
	};

	text_addf(t, ".SH %s\n", _("EXIT STATUS"));
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		text_addf(t, ".TP\n.B %d\n", rows[i].status);
		add_roff(t, _(rows[i].words));
		text_add(t, "\n");
	}
}

void generated_man(struct text *t)
{
	add_head(t, "assay", _("technical interviews that can be compared and explained"));
	text_addf(t, ".SH %s\n\\fBassay\\fR [\\fB\\-C\\fR \\fIDIR\\fR] \\fINOUN\\fR [\\fIVERB\\fR] ...\n", _("SYNOPSIS"));
	text_addf(t, ".SH %s\n", _("COMMANDS"));
	for (size_t i = 0; command_tables[i]; i++)
		for (const struct command *c = command_tables[i]; c->noun; c++) {
			text_add(t, ".TP\n\\fB");
			add_name(t, c, ' ');
			text_add(t, "\\fR\n");
			add_roff(t, _(c->summary));
			text_add(t, "\n");
		}
	add_statuses(t);
}

/* --- completion ------------------------------------------------------------------------------------------------- */

/* Whether this is the first command of its noun. */
static bool begins_noun(const struct command *command)
{
	for (size_t i = 0; command_tables[i]; i++)
		for (const struct command *c = command_tables[i]; c->noun; c++)
			if (strcmp(c->noun, command->noun) == 0)
				return c == command;
	return false;
}

static void add_nouns(struct text *t)
{
	const char *between = "";

	for (size_t i = 0; command_tables[i]; i++)
		for (const struct command *c = command_tables[i]; c->noun; c++)
			if (begins_noun(c)) {
				text_addf(t, "%s%s", between, c->noun);
				between = " ";
			}
}

static void add_verbs(struct text *t, const char *noun)
{
	const char *between = "";

	for (size_t i = 0; command_tables[i]; i++)
		for (const struct command *c = command_tables[i]; c->noun; c++)
			if (c->verb && strcmp(c->noun, noun) == 0) {
				text_addf(t, "%s%s", between, c->verb);
				between = " ";
			}
}

/* "--at --zone --json …". */
static void add_option_words(struct text *t, const struct command *c)
{
	for (int i = 0; i < CLI_MAX_OPTIONS && c->options[i].name; i++)
		text_addf(t, "--%s ", c->options[i].name);
	text_add(t, "--json --lang --as --help");
}

/* Whether the argument is a list of words: "text|html". */
static bool is_list(const char *argument)
{
	return argument && strchr(argument, '|') && !strpbrk(argument, " ABCDEFGHIJKLMNOPQRSTUVWXYZ");
}

static void add_values(struct text *t, const struct command *c)
{
	for (int i = 0; i < CLI_MAX_OPTIONS && c->options[i].name; i++) {
		if (!is_list(c->options[i].argument))
			continue;
		text_addf(t, "\t\"%s%s%s --%s\") words=\"", c->noun, c->verb ? " " : "", c->verb ? c->verb : "", c->options[i].name);
		for (const char *p = c->options[i].argument; *p; p++)
			text_add_bytes(t, *p == '|' ? " " : p, 1);
		text_add(t, "\" ;;\n");
	}
}

/* One function for both: zsh runs it through its own reading of bash's completion. */
static void add_function(struct text *t)
{
	text_add(t, "_assay() {\n"
		    "\tlocal current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} noun= verb= words= i\n"
		    "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
		    "\t\tcase ${COMP_WORDS[i]} in\n"
		    "\t\t-C|--lang|--as) i=$((i + 1)) ;;\n"
		    "\t\t-*) ;;\n"
		    "\t\t*) if [ -z \"$noun\" ]; then noun=${COMP_WORDS[i]}; elif [ -z \"$verb\" ]; then verb=${COMP_WORDS[i]}; fi ;;\n"
		    "\t\tesac\n"
		    "\tdone\n"
		    "\tcase \"$noun $verb $previous\" in\n");
	for (size_t i = 0; command_tables[i]; i++)
		for (const struct command *c = command_tables[i]; c->noun; c++)
			add_values(t, c);
	text_add(t, "\t*\" --lang\") words=\"de en\" ;;\n"
		    "\tesac\n"
		    "\tif [ -z \"$words\" ]; then\n"
		    "\t\tcase \"$current\" in\n"
		    "\t\t-*)\n"
		    "\t\t\tcase \"$noun $verb\" in\n");
	for (size_t i = 0; command_tables[i]; i++)
		for (const struct command *c = command_tables[i]; c->noun; c++) {
			text_addf(t, c->verb ? "\t\t\t\"%s %s\") words=\"" : "\t\t\t\"%s \"*) words=\"", c->noun, c->verb);
			add_option_words(t, c);
			text_add(t, "\" ;;\n");
		}
	text_add(t, "\t\t\t*) words=\"-C --json --lang --as --help\" ;;\n"
		    "\t\t\tesac ;;\n"
		    "\t\t*)\n"
		    "\t\t\tcase \"$noun\" in\n"
		    "\t\t\t\"\") words=\"");
	add_nouns(t);
	text_add(t, "\" ;;\n");
	for (size_t i = 0; command_tables[i]; i++)
		for (const struct command *c = command_tables[i]; c->noun; c++) {
			if (!begins_noun(c) || !c->verb)
				continue;
			text_addf(t, "\t\t\t%s) [ -n \"$verb\" ] || words=\"", c->noun);
			add_verbs(t, c->noun);
			text_add(t, "\" ;;\n");
		}
	text_add(t, "\t\t\tesac ;;\n"
		    "\t\tesac\n"
		    "\tfi\n"
		    "\tCOMPREPLY=()\n"
		    "\tif [ -n \"$words\" ]; then\n"
		    "\t\twhile IFS= read -r i; do COMPREPLY+=(\"$i\"); done < <(compgen -W \"$words\" -- \"$current\")\n"
		    "\telse\n"
		    "\t\twhile IFS= read -r i; do COMPREPLY+=(\"$i\"); done < <(compgen -f -- \"$current\")\n"
		    "\tfi\n"
		    "}\n");
}

void generated_bash(struct text *t)
{
	text_add(t, "# bash completion of assay " ASSAY_VERSION "\n");
	add_function(t);
	text_add(t, "complete -o filenames -F _assay assay\n");
}

void generated_zsh(struct text *t)
{
	text_add(t, "#compdef assay\n# zsh completion of assay " ASSAY_VERSION "\nautoload -U +X bashcompinit && bashcompinit\n");
	add_function(t);
	text_add(t, "complete -o filenames -F _assay assay\n");
}
