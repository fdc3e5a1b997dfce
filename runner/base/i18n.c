// SPDX-License-Identifier: MIT
/*
 * Languages. setlocale("de_DE") fails on a fresh Debian, which has only C, C.UTF-8 and POSIX, and in "C" nothing is
 * translated at all: so LC_CTYPE and LC_MESSAGES become C.UTF-8 and gettext reads the language from LANGUAGE.
 * LC_NUMERIC stays "C": numbers in files must not depend on who runs the program.
 */
#include "base/i18n.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

static const char *const codes[LANGUAGE_COUNT] = { [LANGUAGE_EN] = "en", [LANGUAGE_DE] = "de" };

const char *language_code(enum language language)
{
	return (unsigned)language < LANGUAGE_COUNT ? codes[language] : codes[LANGUAGE_EN];
}

bool language_parse(const char *code, enum language *out)
{
	size_t length = strcspn(code, "_.@:-");

	for (int i = 0; i < LANGUAGE_COUNT; i++) {
		if (strlen(codes[i]) == length && strncmp(code, codes[i], length) == 0) {
			*out = (enum language)i;
			return true;
		}
	}
	return false;
}

static enum language asked_for(void)
{
	static const char *const names[] = { "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *value = getenv(names[i]);
		enum language language;

		if (!value || !*value)
			continue;
		return language_parse(value, &language) ? language : LANGUAGE_EN;
	}
	return LANGUAGE_EN;
}

int i18n_start(const char *code, const char *locale_dir, struct err *e)
{
	enum language language = asked_for();

	if (code && !language_parse(code, &language))
		return err_set(e, ERR_USAGE, "no language is called '%.40s': there are 'en' and 'de'", code);
	setlocale(LC_CTYPE, "C.UTF-8");
	setlocale(LC_MESSAGES, "C.UTF-8");
	bindtextdomain("assay", locale_dir);
	bind_textdomain_codeset("assay", "UTF-8");
	return i18n_speak(language, e);
}

int i18n_speak(enum language language, struct err *e)
{
	if (setenv("LANGUAGE", language_code(language), 1) < 0)
		return err_errno(e, "cannot choose the language");
	/* Not only the first time: this makes gettext forget what it looked up under another LANGUAGE. */
	textdomain("assay");
	return 0;
}

enum language i18n_language(void)
{
	const char *value = getenv("LANGUAGE");
	enum language language = LANGUAGE_EN;

	if (value)
		language_parse(value, &language);
	return language;
}

const char *localised_text(const struct localised *texts, enum language language)
{
	if (texts->text[language])
		return texts->text[language];
	for (int i = 0; i < LANGUAGE_COUNT; i++)
		if (texts->text[i])
			return texts->text[i];
	return "";
}

void localised_done(struct localised *texts)
{
	for (int i = 0; i < LANGUAGE_COUNT; i++)
		free(texts->text[i]);
	*texts = (struct localised){ 0 };
}
