// SPDX-License-Identifier: MIT
/*
 * `assay decide`: what becomes of an application, by whom and why.
 */
#include "assess/decide.h"
#include "assess/session_access.h"
#include "base/i18n.h"
#include "cli/commands.h"
#include "cli/visit.h"

#include <string.h>

/* What follows from it: a sitting, of whoever may plan one; a letter, of whoever may write one. */
static int next_behind(const struct cli *cli, struct visit *visit, const struct decided *decided, struct err *e)
{
	const char *candidate = cli->words.item[0], *to = cli->words.item[1];
	bool is_letter = strcmp(to, "reject") == 0 || strcmp(to, "offer") == 0;
	struct err said = { 0 };

	if (decided->sits && workspace_may(visit->workspace, visit->actor, DO_PLAN, &said) == 0)
		return cli_next(cli, e, "assay session plan %s --at TIME", candidate);
	if (is_letter && workspace_may(visit->workspace, visit->actor, DO_WRITE, &said) == 0)
		return cli_next(cli, e, "assay letter write %s %s", decided->goes_on ? "offer" : "rejection", candidate);
	return cli_next(cli, e, "assay pipeline %s", decided->position);
}

static int print_decided(const struct cli *cli, struct visit *visit, const struct decided *decided, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };

	for (size_t i = 0; i < decided->against.count; i++) {
		text_add(&t, i ? "  " : _("The means say otherwise; your reason is kept beside them:\n  "));
		text_add_visible(&t, decided->against.item[i], true);
		text_add(&t, "\n");
	}
	if (t.failed || (t.length && cli_print(text_bytes(&t), e) < 0))
		return t.failed ? err_memory(e) : -1;
	return next_behind(cli, visit, decided, e);
}

static int run_decide(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_DECIDED struct decided decided = { 0 };
	const struct decide_order order = { cli->words.item[0], cli_value(cli, "position"), cli->words.item[1],
		cli_value(cli, "reason") };

	if (visit_open(&visit, cli, e) < 0 || decide(&decided, visit.workspace, visit.actor, &order, e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:s, s:s, s:s, s:s, s:o}", "candidate", order.candidate, "position",
			decided.position, "stage", decided.stage, "decided", order.to, "against",
			json_from_strings(&decided.against)), e);
	return print_decided(cli, &visit, &decided, e);
}

const struct command commands_decide[] = {
	{
		.noun = "decide",
		.words = "CANDIDATE STAGE|offer|reject|hired",
		.min_words = 2,
		.max_words = 2,
		.summary = N_("decide what becomes of an application behind its cards"),
		.about = N_("A named person decides, with a reason of at least 20 characters, once the cards of the stage are revealed. "
			    "Nothing decides by itself: where the means say otherwise, that is told and kept beside the reason. A "
			    "candidate may ask for it."),
		.example = "assay decide C-7Q2K offer --reason 'calm under load, best error handling of the three' --as petra",
		.options = { { "reason", "TEXT", N_("why: kept, and given out when the candidate asks") },
			{ "position", "POSITION", N_("what the candidate applies for (the only one)") } },
		.run = run_decide,
	},
	{ 0 },
};
