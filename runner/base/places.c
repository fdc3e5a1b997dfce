// SPDX-License-Identifier: MIT
/*
 * /proc/self/exe tells where the program stands, whatever it was called as.
 */
#include "base/places.h"

#include "base/fs.h"

#include <fcntl.h>
#include <limits.h>
#include <string.h>

static int own_dir(char dir[PATH_MAX], struct err *e)
{
	ssize_t n = readlink("/proc/self/exe", dir, PATH_MAX - 1);
	char *slash;

	if (n < 0)
		return err_errno(e, "cannot find out where this program stands");
	dir[n] = '\0';
	slash = strrchr(dir, '/');
	if (slash)
		*slash = '\0';
	return 0;
}

/* The first of "<own dir>/<candidate>" that is there; the last one when none is and `any` holds. */
static int first_there(char **path, const char *const *candidates, int any, struct err *e)
{
	char dir[PATH_MAX];

	if (own_dir(dir, e) < 0)
		return -1;
	for (; *candidates; candidates++) {
		AUTO_FREE char *tried = fs_join(dir, *candidates, e);

		if (!tried)
			return -1;
		if (access(tried, F_OK) == 0 || (any && !candidates[1])) {
			*path = take_ptr(&tried);
			return 0;
		}
	}
	return err_set(e, ERR_NOT_FOUND, "nothing is called so beside %s", dir);
}

int places_box(char **path, struct err *e)
{
	/* Tests stand deeper: build/<variant>/tests/unit/<room>/. */
	static const char *const candidates[] = { "assay-box", "../../../assay-box", "../../../../assay-box", NULL };
	struct err why = { 0 };

	if (first_there(path, candidates, 0, &why) == 0)
		return 0;
	if (why.kind != ERR_NOT_FOUND)
		return err_set(e, why.kind, "%s", why.text);
	return err_set(e, ERR_NOT_FOUND, "assay-box is not beside this program: run `make` (or `make install`) again");
}

int places_locale(char **path, struct err *e)
{
	static const char *const candidates[] = { "locale", "../share/locale", NULL };

	return first_there(path, candidates, 1, e);
}

int places_bundled(char **path, struct err *e)
{
	static const char *const candidates[] = { "../share/assay/tasks", "../tasks", "../../tasks", NULL };
	AUTO_FREE char *tasks = NULL;

	if (first_there(&tasks, candidates, 0, e) < 0)
		return err_set(e, ERR_NOT_FOUND, "the bundled tasks are not where this program looks for them");
	tasks[strlen(tasks) - strlen("/tasks")] = '\0';
	*path = take_ptr(&tasks);
	return 0;
}
