// SPDX-License-Identifier: MIT
/*
 * Words are looked for at the beginning of words of the normalised text, as the review's are; short ones only whole,
 * since "age" begins "agent" and "alt" begins "Alternative".
 */
#include "assess/loose_words.h"

#include "base/i18n.h"
#include "review/match.h"

#include <string.h>

enum { SHORTEST = 20 };

enum sort { SORT_IMPRESSION, SORT_PROTECTED, SORTS };

/* A '.' at the end: the whole word only. */
static const char *const words[SORTS][64] = {
	[SORT_IMPRESSION] = { "cultural fit.", "culture fit.", "fit.", "chemistry.", "chemie.", "gut feeling.", "bauchgefuehl.",
		"vibe.", "vibes.", "personality.", "sympathi", "unsympath", "likeable.", "passt nicht.", "passt nicht rein.",
		"passt nicht ins team.", "passt nicht zu uns.", "not a match.", "overall impression.", "gesamteindruck.",
		"arrogant.", "komisch.", "seltsam.", "weird.", NULL },
	[SORT_PROTECTED] = { "age.", "old.", "older.", "young.", "younger.", "alter.", "alt.", "aelter.", "jung.", "juenger.",
		"zu alt.", "zu jung.", "overqualified.", "ueberqualifiziert", "digital native", "accent.", "akzent", "foreign",
		"auslaend", "herkunft.", "native speaker", "muttersprach", "nationalit", "staatsangehoerig", "ethni", "family.",
		"familie", "children.", "kinder.", "kind.", "pregnan", "schwanger", "married.", "verheirat", "elternzeit.",
		"parental.", "maternity.", "health.", "gesundheit", "sick.", "krank", "disab", "behinder", "religio", "kopftuch",
		"headscarf.", "gender.", "geschlecht", "birth", "geburt", "sex.", "marital.", "familienstand.", "foto.", "photo.",
		"picture.", "bild.", "konfession", NULL },
};

/* Where one of the words stands in the normalised text; *length is its length there. */
static const char *find(const char *text, const char *const *list, size_t *length)
{
	for (; *list; list++) {
		size_t long_as = strlen(*list);
		bool whole = (*list)[long_as - 1] == '.';

		long_as -= whole;
		for (const char *at = text; (at = memmem(at, strlen(at), *list, long_as)); at++) {
			if ((at != text && at[-1] != ' ') || (whole && at[long_as] && at[long_as] != ' '))
				continue;
			*length = long_as + strcspn(at + long_as, " ");
			return at;
		}
	}
	return NULL;
}

static char *sentence(enum sort sort, const char *word, size_t length, struct err *e)
{
	if (sort == SORT_IMPRESSION)
		return mem_format(e, _("'%.*s' is an impression: say what was seen or heard"), (int)length, word);
	return mem_format(e, _("'%.*s' may touch on age, origin, family, health or belief: nobody may be judged by that"),
		(int)length, word);
}

int loose_words(struct strings *hints, const char *text, struct err *e)
{
	AUTO_FREE char *plain = NULL;

	if (match_normalise(text, &plain, e) < 0)
		return -1;
	for (int sort = 0; sort < SORTS; sort++) {
		size_t length = 0;
		const char *at = find(plain, words[sort], &length);

		if (at && strings_take(hints, sentence((enum sort)sort, at, length, e), e) < 0)
			return -1;
	}
	if (strlen(text) < SHORTEST)
		return strings_add(hints, _("that is short: would somebody understand it who wasn't there?"), e);
	return 0;
}

/* --- headings --------------------------------------------------------------------------------------------------- */

int heading_is_current_pay(bool *is, const char *heading, struct err *e)
{
	static const char *const pay[] = { "salary", "pay.", "income", "compensation", "wage", "earning", "gehalt", "verdienst",
		"einkommen", "lohn", "verguetung", NULL };
	static const char *const wished[] = { "expect", "desired", "wish", "wunsch", "vorstellung", "gewuenscht", "target",
		"erwart", "salary expectation", "gehaltsvorstellung", "gehaltswunsch", "lohnvorstellung", "einkommensvorstellung",
		"einkommenswunsch", NULL };
	AUTO_FREE char *plain = NULL;
	size_t length;

	if (match_normalise(heading, &plain, e) < 0)
		return -1;
	*is = find(plain, pay, &length) && !find(plain, wished, &length);
	return 0;
}

int heading_is_protected(bool *is, const char *heading, struct err *e)
{
	AUTO_FREE char *plain = NULL;
	size_t length;

	if (match_normalise(heading, &plain, e) < 0)
		return -1;
	*is = find(plain, words[SORT_PROTECTED], &length) != NULL;
	return 0;
}
