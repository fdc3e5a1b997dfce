// SPDX-License-Identifier: MIT
/*
 * The notice, in short sentences that can be read aloud.
 */
#include "report/notice.h"

#include "base/i18n.h"
#include "base/text.h"

#include <string.h>

static const struct {
	const char *aid, *words;
} aids[] = {
	{ "documentation", N_("documentation of languages and libraries, also on the web") },
	{ "own-notes", N_("your own notes") },
	{ "web", N_("the web") },
	{ "assistant", N_("an AI assistant, if you say what it wrote") },
};

static const char *words_of(const char *aid)
{
	for (size_t i = 0; i < sizeof(aids) / sizeof(*aids); i++)
		if (strcmp(aids[i].aid, aid) == 0)
			return _(aids[i].words);
	return aid;
}

static void add_list(struct outline *o, const struct strings *list, const char *word(const char *))
{
	for (size_t i = 0; i < list->count; i++)
		outline_add(o, OUTLINE_ITEM, "%s", word ? word(list->item[i]) : list->item[i]);
}

void report_notice(struct outline *out, const struct notice *n)
{
	outline_add(out, OUTLINE_TITLE, _("Before we begin: %s"), n->position);
	outline_add(out, OUTLINE_HEAD, "%s", _("What comes"));
	for (size_t i = 0; i < n->part_count; i++)
		outline_add(out, OUTLINE_ITEM, _("%s: %d minutes"), part_kind_title(n->parts[i]), n->minutes[i]);
	outline_add(out, OUTLINE_HEAD, "%s", _("What is recorded"));
	outline_add(out, OUTLINE_ITEM, "%s", _("what you hand in, and how the files in your kit change while you work"));
	outline_add(out, OUTLINE_ITEM, "%s", _("how your code runs against tests, and your comments on the code under review"));
	outline_add(out, OUTLINE_ITEM, "%s",
		_("notes and marks of those who interview; the notes and what you handed in can be shown to you on request"));
	outline_add(out, OUTLINE_ITEM, "%s", _("no picture, no sound, no keystroke, nothing outside your kit"));
	outline_add(out, OUTLINE_HEAD, "%s", _("Who reads it"));
	add_list(out, n->people, NULL);
	outline_add(out, OUTLINE_ITEM, "%s", _("the panel and the people responsible for hiring; nobody else"));
	outline_add(out, OUTLINE_ITEM, "%s", _("People decide. No program sorts anybody out."));
	outline_add(out, OUTLINE_HEAD, "%s", _("Which aids are allowed"));
	add_list(out, n->aids, words_of);
	if (!n->aids->count)
		outline_add(out, OUTLINE_ITEM, "%s", _("none"));
}
