// SPDX-License-Identifier: MIT
/*
 * What is executed is looked for in one place. A directory is known by what must be in it: below /usr there is a
 * program /usr/bin/locale, and its name alone would be taken for our translations.
 */
#include "base/places.h"

#include "base/fs.h"
#include "base/own_dir.h"

#include <stdbool.h>
#include <unistd.h>

int places_box(char **path, struct err *e)
{
	char dir[PATH_MAX];
	AUTO_FREE char *box = NULL;

	if (own_dir(dir, e) < 0 || !(box = fs_join(dir, "assay-box", e)))
		return -1;
	if (access(box, X_OK) < 0)
		return err_set(e, ERR_NOT_FOUND, "assay-box is not beside this program: run `make` (or `make install`) again");
	*path = take_ptr(&box);
	return 0;
}

/* The directory of that name beside this program when it holds the file, else where it would be installed. */
static int beside_or_installed(char **path, const char *name, const char *file, const char *where, struct err *e)
{
	char dir[PATH_MAX];
	AUTO_FREE char *beside = NULL, *ours = NULL, *installed = NULL;

	if (own_dir(dir, e) < 0 || !(beside = fs_join(dir, name, e)) || !(ours = fs_join(beside, file, e)) ||
		!(installed = fs_join(dir, where, e)))
		return -1;
	*path = access(ours, R_OK) == 0 ? take_ptr(&beside) : take_ptr(&installed);
	return 0;
}

int places_locale(char **path, struct err *e)
{
	return beside_or_installed(path, "locale", "de/LC_MESSAGES/assay.mo", "../share/locale", e);
}

int places_reporters(char **path, struct err *e)
{
	return beside_or_installed(path, "reporters", "assay_pytest.py", "../share/assay/reporters", e);
}

int places_templates(char **path, struct err *e)
{
	AUTO_FREE char *found = NULL;
	AUTO_FREE char *one = NULL;

	if (beside_or_installed(&found, "templates", "coding/README.md", "../share/assay/templates", e) < 0 ||
		!(one = fs_join(found, "coding/README.md", e)))
		return -1;
	if (access(one, R_OK) < 0)
		return err_set(e, ERR_NOT_FOUND,
			"the templates of new tasks are not beside this program: run `make` (or `make install`) again");
	*path = take_ptr(&found);
	return 0;
}

/* Known by a directory of ours: below /usr or a home there may be a "tasks" of anybody. */
static bool is_bundle(const char *path)
{
	AUTO_FREE char *plans = fs_join(path, "rubrics/plans", NULL);
	AUTO_FREE char *tasks = fs_join(path, "tasks", NULL);

	return plans && tasks && access(plans, R_OK) == 0 && access(tasks, R_OK) == 0;
}

int places_bundled(char **path, struct err *e)
{
	char dir[PATH_MAX];
	AUTO_FREE char *installed = NULL, *above = NULL;

	if (own_dir(dir, e) < 0 || !(installed = fs_join(dir, "../share/assay", e)) || !(above = fs_join(dir, "..", e)))
		return -1;
	if (is_bundle(installed))
		*path = take_ptr(&installed);
	else if (is_bundle(above))
		*path = take_ptr(&above);
	else
		return err_set(e, ERR_NOT_FOUND,
			"the bundled tasks are neither in %s nor in %s: run `make install` again", installed, above);
	return 0;
}

int places_bridge(char **path, struct err *e)
{
	AUTO_FREE char *found = NULL;
	AUTO_FREE char *one = NULL;

	if (beside_or_installed(&found, "bridge", "python/serve.py", "../share/assay/bridge", e) < 0 ||
		!(one = fs_join(found, "python/serve.py", e)))
		return -1;
	if (access(one, R_OK) < 0)
		return err_set(e, ERR_NOT_FOUND, "the bridge to modules is not beside this program: run `make` (or `make install`) again");
	*path = take_ptr(&found);
	return 0;
}
