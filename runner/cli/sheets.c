// SPDX-License-Identifier: MIT
/*
 * Mistakes of a table, one a line. They are what was asked for (what is wrong with it?), so they go to standard output.
 */
#include "cli/sheets.h"

#include "base/i18n.h"

#include <string.h>

static int print_json(const struct sheet_mistakes *mistakes, struct err *e)
{
	AUTO_JSON struct json *list = json_new_array();

	for (size_t i = 0; i < mistakes->count; i++) {
		const struct sheet_mistake *m = &mistakes->item[i];

		json_append_take(&list, json_pack_new("{s:i, s:o, s:o}", "row", (int)m->row, "column",
			json_clean(m->column, strlen(m->column)), "text", json_clean(m->text, strlen(m->text))));
	}
	return cli_print_json_take(json_pack_new("{s:o}", "mistakes", take_ptr(&list)), e);
}

static int print_text(const struct sheet_mistakes *mistakes, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };

	for (size_t i = 0; i < mistakes->count; i++) {
		text_addf(&t, _("Row %u, column "), mistakes->item[i].row);
		text_add_visible(&t, mistakes->item[i].column, true);
		text_add(&t, ": ");
		text_add_visible(&t, mistakes->item[i].text, true);
		text_add(&t, "\n");
	}
	return t.failed ? err_memory(e) : cli_print(text_bytes(&t), e);
}

int sheets_refuse(const struct cli *cli, const struct sheet_mistakes *mistakes, const char *file, struct err *e)
{
	if ((cli->json ? print_json(mistakes, e) : print_text(mistakes, e)) < 0)
		return -1;
	return err_set(e, ERR_INVALID, _("nothing was taken: mistakes in %s: %zu"), file, mistakes->count);
}

int sheets_hints(const struct strings *hints, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };

	for (size_t i = 0; i < hints->count; i++) {
		text_add(&t, _("Hint: "));
		text_add_visible(&t, hints->item[i], true);
		text_add(&t, "\n");
	}
	return t.failed ? err_memory(e) : cli_print(text_bytes(&t), e);
}
