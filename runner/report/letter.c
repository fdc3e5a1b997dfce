// SPDX-License-Identifier: MIT
/*
 * The bundled templates, and filling one in. A rejection gives no reason: in Germany it needs none, and each one that is
 * given can be held against whoever gave it; people who ask get the reason that was decided by.
 */
#include "report/letter.h"

#include "base/text.h"

#include <string.h>

static const struct {
	const char *name, *title;
	const char *template[LANGUAGE_COUNT];
} kinds[LETTER_KINDS] = {
	[LETTER_INVITATION] = { "invitation", N_("invitation"),
		{ "Subject: Invitation: {position}\n"
		  "\n"
		  "Dear {name},\n"
		  "\n"
		  "thank you for your application as {position}. We would like to get to know you:\n"
		  "\n"
		  "{when}, {minutes} minutes, {place}\n"
		  "with {interviewers}\n"
		  "\n"
		  "{parts}"
		  "\n"
		  "You can practise beforehand: the program that we use is free, and 'assay practice' shows how such an interview\n"
		  "goes. Tell us if something would make it fairer for you (more time, another place, a screen reader). Those who\n"
		  "mark won't hear of it.\n"
		  "\n"
		  "Does the date suit you? A short answer is enough.\n"
		  "\n"
		  "Kind regards\n"
		  "{sender}\n"
		  "{company}\n",
		  "Betreff: Einladung: {position}\n"
		  "\n"
		  "Guten Tag {name},\n"
		  "\n"
		  "vielen Dank für Ihre Bewerbung auf die Stelle {position}. Wir möchten Sie gern kennenlernen:\n"
		  "\n"
		  "{when}, {minutes} Minuten, {place}\n"
		  "mit {interviewers}\n"
		  "\n"
		  "{parts}"
		  "\n"
		  "Sie können vorher üben: Das Programm, das wir verwenden, ist frei, und 'assay practice' zeigt, wie ein solches\n"
		  "Interview abläuft. Sagen Sie uns, wenn etwas es für Sie fairer macht (mehr Zeit, ein anderer Ort, ein\n"
		  "Screenreader). Wer bewertet, erfährt davon nichts.\n"
		  "\n"
		  "Passt Ihnen der Termin? Eine kurze Antwort genügt.\n"
		  "\n"
		  "Freundliche Grüße\n"
		  "{sender}\n"
		  "{company}\n" } },
	[LETTER_CONFIRMATION] = { "confirmation", N_("confirmation"),
		{ "Subject: Your interview on {when}\n"
		  "\n"
		  "Dear {name},\n"
		  "\n"
		  "it is settled: {when}, {place}. {interviewers} are looking forward to meeting you.\n"
		  "\n"
		  "You need to bring nothing. Before we begin we tell you what is recorded and who reads it.\n"
		  "\n"
		  "Kind regards\n"
		  "{sender}\n"
		  "{company}\n",
		  "Betreff: Ihr Gespräch am {when}\n"
		  "\n"
		  "Guten Tag {name},\n"
		  "\n"
		  "es bleibt dabei: {when}, {place}. {interviewers} freuen sich auf Sie.\n"
		  "\n"
		  "Sie müssen nichts mitbringen. Bevor wir beginnen, sagen wir Ihnen, was aufgezeichnet wird und wer es liest.\n"
		  "\n"
		  "Freundliche Grüße\n"
		  "{sender}\n"
		  "{company}\n" } },
	[LETTER_REJECTION] = { "rejection", N_("rejection"),
		{ "Subject: Your application: {position}\n"
		  "\n"
		  "Dear {name},\n"
		  "\n"
		  "thank you for the time and work that you put into your application as {position}. We have decided for\n"
		  "somebody else, and we know that this is not the answer you hoped for.\n"
		  "\n"
		  "You may ask to see what was kept about you. We delete it when the time that the law leaves for questions is over.\n"
		  "\n"
		  "We wish you all the best for your search.\n"
		  "\n"
		  "Kind regards\n"
		  "{sender}\n"
		  "{company}\n",
		  "Betreff: Ihre Bewerbung: {position}\n"
		  "\n"
		  "Guten Tag {name},\n"
		  "\n"
		  "vielen Dank für die Zeit und die Mühe, die Sie in Ihre Bewerbung als {position} gesteckt haben. Wir haben uns\n"
		  "anders entschieden und wissen, dass das nicht die Antwort ist, auf die Sie gehofft haben.\n"
		  "\n"
		  "Sie können verlangen zu sehen, was über Sie aufbewahrt wird. Wir löschen es, sobald die Frist abgelaufen ist, die\n"
		  "das Gesetz für Rückfragen lässt.\n"
		  "\n"
		  "Für Ihre weitere Suche wünschen wir Ihnen alles Gute.\n"
		  "\n"
		  "Freundliche Grüße\n"
		  "{sender}\n"
		  "{company}\n" } },
	[LETTER_OFFER] = { "offer", N_("offer"),
		{ "Subject: We would like to work with you: {position}\n"
		  "\n"
		  "Dear {name},\n"
		  "\n"
		  "our conversations have convinced us: we would like you to join us as {position}. The contract comes with a\n"
		  "separate letter; let us talk about the beginning and everything else that is open.\n"
		  "\n"
		  "Kind regards\n"
		  "{sender}\n"
		  "{company}\n",
		  "Betreff: Wir möchten mit Ihnen arbeiten: {position}\n"
		  "\n"
		  "Guten Tag {name},\n"
		  "\n"
		  "unsere Gespräche haben uns überzeugt: Wir möchten Sie für die Stelle {position} gewinnen. Der Vertrag kommt\n"
		  "mit eigener Post; über den Beginn und alles, was offen ist, sprechen wir gern.\n"
		  "\n"
		  "Freundliche Grüße\n"
		  "{sender}\n"
		  "{company}\n" } },
	[LETTER_THANKS] = { "thanks", N_("thank-you"),
		{ "Subject: Thank you for the conversation\n"
		  "\n"
		  "Dear {name},\n"
		  "\n"
		  "thank you for the time that you gave us. {interviewers} now write down, each alone, what they saw; then we decide\n"
		  "together and let you know.\n"
		  "\n"
		  "Kind regards\n"
		  "{sender}\n"
		  "{company}\n",
		  "Betreff: Danke für das Gespräch\n"
		  "\n"
		  "Guten Tag {name},\n"
		  "\n"
		  "vielen Dank für Ihre Zeit. {interviewers} schreiben jetzt, jede Person für sich, auf, was sie gesehen haben; dann\n"
		  "entscheiden wir gemeinsam und melden uns.\n"
		  "\n"
		  "Freundliche Grüße\n"
		  "{sender}\n"
		  "{company}\n" } },
};

const char *letter_kind_name(enum letter_kind kind)
{
	return kinds[kind].name;
}

const char *letter_kind_title(enum letter_kind kind)
{
	return _(kinds[kind].title);
}

const char *letter_template(enum letter_kind kind, enum language language)
{
	return kinds[kind].template[language];
}

/* --- filling in ------------------------------------------------------------------------------------------------- */

/* Names, where their values are, and where a missing one would come from. */
static const struct {
	const char *name;
	size_t offset;
	const char *source;
} names[] = {
	{ "name", offsetof(struct letter, name), NULL },
	{ "position", offsetof(struct letter, position), NULL },
	{ "company", offsetof(struct letter, company), N_("'--company NAME', said once,") },
	{ "sender", offsetof(struct letter, sender), N_("--as PERSON") },
	{ "today", offsetof(struct letter, today), NULL },
	{ "when", offsetof(struct letter, when), N_("'assay session plan' or 'move' with --at") },
	{ "minutes", offsetof(struct letter, minutes), N_("'assay session plan'") },
	{ "place", offsetof(struct letter, place), N_("'assay session move' with --place") },
	{ "interviewers", offsetof(struct letter, interviewers), N_("'assay session plan'") },
	{ "parts", offsetof(struct letter, parts), N_("'assay session plan'") },
};

static int fail_unknown(const char *name, int line, const char *word, size_t length, struct err *e)
{
	AUTO_TEXT struct text known = { 0 };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		text_addf(&known, "%s{%s}", i ? ", " : "", names[i].name);
	return err_set(e, ERR_INVALID, _("%s:%d: there is no {%.*s}; there are %s"), name, line, (int)(length < 40 ? length : 40),
		word, text_bytes(&known));
}

/* Puts the value of the name in. What strangers wrote loses its power on the way; lines of ours stay lines. */
static int fill(struct text *t, const struct letter *letter, const char *name, int line, const char *word, size_t length,
	struct err *e)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *value;

		if (strlen(names[i].name) != length || strncmp(names[i].name, word, length) != 0)
			continue;
		value = *(const char *const *)((const char *)letter + names[i].offset);
		if (!value)
			return err_set(e, ERR_CONFLICT, _("%s:%d: nothing is known for {%s}: %s gives it"), name, line,
				names[i].name, names[i].source ? _(names[i].source) : "");
		text_add_visible(t, value, strcmp(names[i].name, "parts") != 0);
		return 0;
	}
	return fail_unknown(name, line, word, length, e);
}

int report_letter(char **out, const struct letter *letter, const char *name, const char *template, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };
	int line = 1;

	for (const char *p = template; *p;) {
		const char *end;

		if (*p != '{' || p[1] == '{') {
			line += *p == '\n';
			text_add_bytes(&t, p, 1);
			p += *p == '{' ? 2 : 1;
			continue;
		}
		end = p + 1 + strcspn(p + 1, "}\n");
		if (*end != '}')
			return err_set(e, ERR_INVALID, _("%s:%d: a brace is open; write {{ for a plain one"), name, line);
		if (fill(&t, letter, name, line, p + 1, (size_t)(end - p - 1), e) < 0)
			return -1;
		p = end + 1;
	}
	return text_take(&t, out, e);
}
