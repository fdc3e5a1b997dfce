// SPDX-License-Identifier: MIT
/*
 * The directory is looked at before the loader opens it: what somebody mistyped is no failure of the system's.
 */
#include "cli/package.h"

#include "base/fs.h"
#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

static int check_dir(const char *dir, struct err *e)
{
	struct stat st;
	int looked = stat(dir, &st);

	/* ENOTDIR: a file stands where the way there goes through. */
	if (looked < 0 && (errno == ENOENT || errno == ENOTDIR))
		return err_set(e, ERR_NOT_FOUND,
			_("there is no directory %s: name one that holds a task package, with its task.json"), dir);
	if (looked < 0)
		return err_errno(e, _("cannot look at %s"), dir);
	if (!S_ISDIR(st.st_mode))
		return err_set(e, ERR_INVALID, _("%s is no directory: name one that holds a task package, with its task.json"), dir);
	return 0;
}

/* A folder of packages is taken for one of them more often than anything else. */
static int no_package(const char *dir, struct err *e)
{
	return err_set(e, ERR_NOT_FOUND,
		_("%s is no task package: it has no task.json. 'assay task list %s' names those below it, 'assay task new' "
		  "writes one to begin with"),
		dir, dir);
}

int package_load(struct task **out, const char *dir, bool without_manifest, struct err *e)
{
	struct err why = { 0 };
	AUTO_CLOSE int fd = -1;

	if (check_dir(dir, e) < 0)
		return -1;
	if (task_load(out, dir, without_manifest, &why) == 0)
		return 0;
	if (why.kind == ERR_NOT_FOUND && fs_open_dir(&fd, AT_FDCWD, dir, e) == 0 && !fs_exists(fd, "task.json"))
		return no_package(dir, e);
	if (why.kind != ERR_INVALID)
		return err_set(e, why.kind, _("cannot load the task package %s: %s"), dir, why.text);
	return err_set(e, ERR_INVALID, _("cannot load the task package %s: %s (tasks/README.md says what belongs there)"), dir,
		why.text);
}

int package_mistake(const char *dir, struct err *e)
{
	return e->kind == ERR_INVALID ? err_wrap(e, _("task package %s"), dir) : -1;
}
