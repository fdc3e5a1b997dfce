// SPDX-License-Identifier: MIT
/*
 * Languages: the one door to gettext, and texts that a task's author wrote in several languages.
 *
 * Everything a person reads is written in English in the source as _("…") and translated in base/po/. The language
 * is chosen once at start; a fresh Debian has no German locale, so the locale is always C.UTF-8 and LANGUAGE does
 * the choosing.
 */
#ifndef BASE_I18N_H
#define BASE_I18N_H

#include "base/err.h"

#include <libintl.h>
#include <stdbool.h>

#define _(text) gettext(text)

/* Marks a text for translation that is translated where it is shown: _(words[i]). */
#define N_(text) text

enum language { LANGUAGE_EN, LANGUAGE_DE, LANGUAGE_COUNT };

/* "en" or "de". */
const char *language_code(enum language language);

/* The language of a code such as "de", "de_DE.UTF-8"; false when it is none of ours. */
bool language_parse(const char *code, enum language *out);

/* Sets the locale and binds the translations in `locale_dir`; code NULL means what the environment asks for
 * (LANGUAGE, LC_ALL, LC_MESSAGES, LANG), English otherwise. ERR_USAGE for a code we don't speak. */
int i18n_start(const char *code, const char *locale_dir, struct err *e);

/* Speaks another language from now on. */
int i18n_speak(enum language language, struct err *e);

/* The language that was chosen. */
enum language i18n_language(void);

/* One text in each of our languages; NULL where it was not written. */
struct localised {
	char *text[LANGUAGE_COUNT];
};

/* The text in that language, else in any other, else "". */
const char *localised_text(const struct localised *texts, enum language language);

void localised_done(struct localised *texts);

#endif
