// SPDX-License-Identifier: MIT
/*
 * Rendered, read back as anybody will read it, and only then written.
 */
#include "assess/pin_profile.h"

#include "base/fs.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"

#include <string.h>

static int say_nothing_recorded(const struct task *task, const struct suite *suite, struct err *e)
{
	if (strcmp(task->module.language, "javascript") == 0)
		return err_set(e, ERR_INVALID,
			_("suite %s recorded nothing of the module %s: its tester must be Node itself with the test file, as in: "
			  "node /tests/all.test.mjs"),
			suite->id, task->module.name);
	return err_set(e, ERR_INVALID,
		_("suite %s recorded nothing of the module %s: its tester must be a Python program that "
		  "reads PYTHONPATH (not 'python3 -I' or '-E')"),
		suite->id, task->module.name);
}

static int check_recorded(const struct task *task, const struct profile *recorded, bool *any, struct err *e)
{
	*any = false;
	for (size_t i = 0; i < task->suite_count; i++) {
		const struct suite *suite = &task->suites[i];

		if (suite->against != AGAINST_MODULE)
			continue;
		*any = true;
		if (!profile_of(recorded, suite->id))
			return say_nothing_recorded(task, suite, e);
	}
	return 0;
}

int pin_profile(const struct task *task, const struct profile *recorded, struct err *e)
{
	AUTO(profile_done) struct profile check = { 0 };
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	AUTO_FREE char *text = NULL;
	bool any;

	if (check_recorded(task, recorded, &any, e) < 0)
		return -1;
	if (!any)
		return 0;
	if (profile_render(recorded, &text, e) < 0 || json_doc_parse(&doc, PROFILE_FILE, text, strlen(text), e) < 0 ||
		profile_parse(&check, doc, e) < 0)
		return -1;
	return fs_write(task->dir_fd, PROFILE_FILE, text, strlen(text), 0644, e);
}
