// SPDX-License-Identifier: MIT
/*
 * Temporary directories of this user that nobody holds any more are removed by the next that is made (base/sweep.h).
 */
#include "submission/scratch.h"

#include "base/fs.h"
#include "base/sweep.h"

#include <fcntl.h>
#include <stdlib.h>

#define SCRATCH_PREFIX "assay-run"

enum { MOST_ENTRIES = 200000, MOST_TRIES = 100 };

static const char *base_dir(void)
{
	const char *base = getenv("TMPDIR");

	return base && *base == '/' ? base : "/tmp";
}

static void sweep(void)
{
	AUTO_CLOSE int base = open(base_dir(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (base >= 0)
		sweep_dirs(base, SCRATCH_PREFIX ".");
}

int scratch_make(struct scratch *out, struct err *e)
{
	struct err said = { 0 };

	sweep();
	for (int tries = 0; tries < MOST_TRIES; tries++) {
		AUTO_FREE char *path = NULL;
		AUTO_CLOSE int fd = -1;
		bool swept = false;

		said = (struct err){ 0 };
		/* Not found: swept as soon as it was made, or there is no directory to make it in. */
		if (fs_temp_dir(&path, SCRATCH_PREFIX, &said) < 0 && said.kind != ERR_NOT_FOUND)
			break;
		if (!path)
			continue;
		if (sweep_hold(&fd, &swept, path, e) < 0)
			return -1;
		if (swept)
			continue;
		if (fchmod(fd, 0700) < 0)
			return err_errno(e, "cannot keep the temporary directory %s", path);
		out->path = take_ptr(&path);
		out->fd = take_fd(&fd);
		return 0;
	}
	return err_set(e, said.kind ? said.kind : ERR_SYSTEM, "%s",
		said.kind ? said.text : "cannot keep a temporary directory: something removes each one");
}

static int open_up(const struct fs_entry *entry, void *context, struct err *e)
{
	(void)context;
	if (S_ISDIR(entry->st->st_mode) && fchmodat(entry->dir_fd, entry->name, 0755, 0) < 0)
		return err_errno(e, "cannot lay out %s", entry->path);
	return FS_GO_ON;
}

int scratch_open_up(const char *path, struct err *e)
{
	if (chmod(path, 0755) < 0)
		return err_errno(e, "cannot lay out %s", path);
	return fs_walk(AT_FDCWD, path, MOST_ENTRIES, open_up, NULL, e);
}

void scratch_done(struct scratch *scratch)
{
	if (scratch->path)
		fs_remove_tree(AT_FDCWD, scratch->path, NULL);
	free(scratch->path);
	if (scratch->fd >= 0)
		close(scratch->fd);
	*scratch = (struct scratch)SCRATCH_NONE;
}
