// SPDX-License-Identifier: MIT
/*
 * The one directory that practice writes to. A directory that holds anything else is never touched.
 */
#include "assess/practice_inside.h"

#include "base/fs.h"
#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static const char label[] = "practice.json", label_text[] = "{\"format\": 1, \"assay\": \"practice\"}\n";

enum { MOST_ENTRIES = 10000, MOST_EARLIER = 1000, LABEL_MAX = 4096 };

/* Whether the label is ours, whatever else lies there. */
static bool is_ours(int fd)
{
	AUTO_FREE char *bytes = NULL;
	size_t size;

	return fs_read(&bytes, &size, fd, label, LABEL_MAX, NULL) == 0 && strcmp(bytes, label_text) == 0;
}

static int check_ours(int fd, const char *dir, struct err *e)
{
	AUTO_STRINGS struct strings names = { 0 };

	if (is_ours(fd))
		return 0;
	if (fs_list(&names, fd, ".", MOST_ENTRIES, e) < 0)
		return -1;
	if (names.count > 0)
		return err_set(e, ERR_CONFLICT,
			_("%s is not empty and holds no practice: name another directory with --dir DIR. Nothing was changed"),
			dir);
	return fs_write(fd, label, label_text, strlen(label_text), 0644, e);
}

/* The lock goes with the descriptor, however we end. */
static int lock(int fd, const char *dir, struct err *e)
{
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		return 0;
	if (errno == EWOULDBLOCK)
		return err_set(e, ERR_CONFLICT, _("somebody is practising in %s already: end that first, or name another "
						  "directory with --dir DIR"),
			dir);
	return err_errno(e, "cannot lock %s", dir);
}

static int set_aside(int fd, const char *task, struct err *e)
{
	char name[96];

	for (int n = 1; n < MOST_EARLIER; n++) {
		snprintf(name, sizeof(name), "%s.%d", task, n);
		if (renameat2(fd, task, fd, name, RENAME_NOREPLACE) == 0)
			return 0;
		if (errno != EEXIST)
			return err_errno(e, "cannot move %s aside", task);
	}
	return err_set(e, ERR_LIMIT, _("%d earlier practices of %s are kept, which is the limit: remove some"),
		MOST_EARLIER - 1, task);
}

int practice_place_open(struct practice_place *out, const char *dir, const char *task, bool again, struct err *e)
{
	AUTO(practice_place_done) struct practice_place place = PRACTICE_PLACE_NONE;

	if (!fs_exists(AT_FDCWD, dir) && fs_make_dirs(AT_FDCWD, dir, e) < 0)
		return -1;
	if (fs_open_dir(&place.fd, AT_FDCWD, dir, e) < 0 || lock(place.fd, dir, e) < 0 ||
		check_ours(place.fd, dir, e) < 0)
		return -1;
	if (again && fs_exists(place.fd, task) && set_aside(place.fd, task, e) < 0)
		return -1;
	place.path = fs_join(dir, task, e);
	if (!place.path || fs_make_dirs(place.fd, task, e) < 0 || fs_open_dir(&place.task_fd, place.fd, task, e) < 0)
		return -1;
	*out = place;
	place = (struct practice_place)PRACTICE_PLACE_NONE;
	return 0;
}

void practice_place_done(struct practice_place *place)
{
	if (place->fd >= 0)
		close(place->fd);
	if (place->task_fd >= 0)
		close(place->task_fd);
	free(place->path);
	*place = (struct practice_place)PRACTICE_PLACE_NONE;
}
