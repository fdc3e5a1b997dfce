// SPDX-License-Identifier: MIT
/*
 * One pass over the stranger's directory, by descriptor: each entry is opened by its own name in the directory that
 * was opened before it, without following links and without waiting for a FIFO's writer; then the open file is
 * looked at, never its name again. So it doesn't matter who swaps what while we look.
 *
 * Directories are read whole and sorted before anything is taken, since which files fall over a limit must not
 * depend on the order of a file system.
 */
#include "submission/intake.h"

#include "base/fs.h"
#include "base/i18n.h"
#include "base/text.h"
#include "repo/name.h"
#include "submission/scratch.h"
#include "task/shadow.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

enum { PAGE = 4096, PAGES_IN_A_MIB = (1 << 20) / PAGE };

/* What files take of a box's disk, which is memory: an inode for each file and directory, and whole pages. */
struct room {
	int64_t inodes, pages;
};

struct taking {
	const struct task *task;
	bool (*is_ours)(const struct task *task, const char *name); /* NULL: nothing is */
	struct intake *intake;
	int tree_fd;
	struct room room; /* what the submission may still take */
	size_t seen;
	size_t dropped; /* all of them, named or not */
};

static int take_dir(struct taking *taking, int fd, const char *path, int depth, struct err *e);

/* --- dropping --------------------------------------------------------------------------------------------------- */

static int drop(struct taking *taking, const char *path, const char *why, struct err *e)
{
	AUTO_FREE char *visible = NULL;

	if (++taking->dropped > INTAKE_MAX_NAMED)
		return 0;
	visible = text_visible_line(path, e);
	return visible ? strings_take(&taking->intake->dropped, mem_format(e, "%s: %s", visible, why), e) : -1;
}

static int say_how_many_more(struct taking *taking, struct err *e)
{
	if (taking->dropped <= INTAKE_MAX_NAMED)
		return 0;
	return strings_take(&taking->intake->dropped,
		mem_format(e, _("and %zu more"), taking->dropped - INTAKE_MAX_NAMED), e);
}

/* --- files ------------------------------------------------------------------------------------------------------ */

/* Whether the starter has this very file, so that sending it back changes nothing. */
static bool is_unchanged(struct taking *taking, int fd, const char *path, int64_t size)
{
	AUTO_CLOSE int ours = -1;
	AUTO_FREE char *a = NULL, *b = NULL;
	size_t size_a, size_b;
	struct stat st;

	if (fs_open(&ours, taking->tree_fd, path, O_RDONLY | O_NONBLOCK, 0, NULL) < 0 || fstat(ours, &st) < 0)
		return false;
	if (!S_ISREG(st.st_mode) || st.st_size != size)
		return false;
	return fs_read_fd(&a, &size_a, ours, path, (size_t)size, NULL) == 0 &&
		fs_read_fd(&b, &size_b, fd, path, (size_t)size, NULL) == 0 && size_a == size_b &&
		memcmp(a, b, size_a) == 0;
}

/*
 * Whether tests that run in one process with the candidate's code would load this file instead of a library's. Where the
 * task names it, or its own starter has it, that is what the task wants.
 */
static bool is_shadow(const struct taking *taking, const char *path)
{
	const struct task *task = taking->task;
	bool shared = false;

	for (size_t i = 0; i < task->suite_count; i++)
		shared = shared || task->suites[i].against == AGAINST_SHARED;
	return shared && shadow_is(path) && strings_find(&task->editable, path) < 0 && !fs_is_file(taking->tree_fd, path);
}

/* Why an open file is not taken, or NULL. */
static const char *objection(struct taking *taking, int fd, const char *path, const struct stat *st)
{
	const struct task *task = taking->task;

	if (st->st_mode & (S_ISUID | S_ISGID))
		return _("has a set-user-id or set-group-id bit");
	if (st->st_nlink > 1)
		return _("has other names as well (hard links)");
	if (!task_admits(task, path)) {
		if (st->st_size <= task->max_kib * 1024 && is_unchanged(taking, fd, path, st->st_size))
			return "";
		return _("is not among the files that may be submitted");
	}
	if (is_shadow(taking, path))
		return _("would stand in for a module or header of the language's or of the tests' own");
	if ((int64_t)taking->intake->files >= task->max_files)
		return _("one file too many");
	/* A file of holes may be as large as a number can be: nothing is added to its size. */
	if (st->st_size > task->max_kib * 1024 - taking->intake->bytes)
		return _("too large: all files together would be over the limit");
	return NULL;
}

static int64_t pages_of(int64_t bytes)
{
	return bytes / PAGE + (bytes % PAGE > 0);
}

/* What a file of that size takes, with the directories that it needs and without what it replaces. False when
 * something of the task's stands in the way: a file where a directory must be, or the other way round. */
static bool cost_of(struct room *cost, int tree_fd, char *path, int64_t size)
{
	struct stat st;

	*cost = (struct room){ 1, pages_of(size) };
	for (char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		bool blocked, missing;

		*slash = '\0';
		blocked = fs_is_file(tree_fd, path);
		missing = !fs_is_dir(tree_fd, path);
		*slash = '/';
		if (blocked)
			return false;
		cost->inodes += missing;
	}
	/* The tree is ours: nobody lays links there. */
	if (fstatat(tree_fd, path, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return true;
	cost->inodes--;
	cost->pages -= pages_of(st.st_size);
	return !S_ISDIR(st.st_mode);
}

/* Writes one file into the tree. */
static int lay(struct taking *taking, char *path, const char *bytes, size_t size, bool executable, struct err *e)
{
	AUTO_CLOSE int fd = -1;
	mode_t mode = executable ? 0755 : 0644;
	char *slash = strrchr(path, '/');
	int made = 0;

	if (slash) {
		*slash = '\0';
		made = fs_make_dirs(taking->tree_fd, path, e);
		*slash = '/';
	}
	if (made < 0 || fs_open(&fd, taking->tree_fd, path, O_WRONLY | O_CREAT | O_TRUNC, mode, e) < 0)
		return -1;
	if (fchmod(fd, mode) < 0)
		return err_errno(e, "cannot lay %s", path);
	return fs_write_fd(fd, bytes, size, e);
}

static int take_file(struct taking *taking, int fd, char *path, const struct stat *st, struct err *e)
{
	AUTO_FREE char *bytes = NULL;
	const char *why = objection(taking, fd, path, st);
	struct err reading = { 0 };
	struct room cost;
	size_t size;

	if (why)
		return *why ? drop(taking, path, why, e) : 0;
	if (!cost_of(&cost, taking->tree_fd, path, st->st_size))
		return drop(taking, path, _("something of the task's has that name"), e);
	if (cost.inodes > taking->room.inodes || cost.pages > taking->room.pages)
		return drop(taking, path, _("all files and directories together would fill the disk or the memory"), e);
	/* Not more than it had a moment ago, however fast it grows. */
	if (fs_read_fd(&bytes, &size, fd, path, (size_t)st->st_size, &reading) < 0)
		return reading.kind == ERR_LIMIT ? drop(taking, path, _("changed while it was read"), e) :
						   err_set(e, reading.kind, "%s", reading.text);
	if (lay(taking, path, bytes, size, st->st_mode & 0111, e) < 0)
		return -1;
	taking->room.inodes -= cost.inodes;
	taking->room.pages -= cost.pages;
	taking->intake->files++;
	taking->intake->bytes += (int64_t)size;
	return 0;
}

/* --- directories ------------------------------------------------------------------------------------------------ */

static const char *kind_of(mode_t mode)
{
	if (S_ISLNK(mode))
		return _("is a link");
	if (S_ISFIFO(mode))
		return _("is a FIFO");
	if (S_ISSOCK(mode))
		return _("is a socket");
	return _("is a device");
}

/* Names that an imported repository may not have, a submission may not have either. */
static int drop_by_name(struct taking *taking, const char *path, const char *fault, struct err *e)
{
	AUTO_FREE char *why = mem_format(e, _("has a name that %s"), fault);

	return why ? drop(taking, path, why, e) : -1;
}

static int take_entry(struct taking *taking, int dir_fd, const char *dir, const char *name, int depth, struct err *e)
{
	AUTO_FREE char *path = fs_join(dir, name, e);
	AUTO_CLOSE int fd = -1;
	struct stat st;

	if (!path)
		return -1;
	if (strcmp(name, ".git") == 0)
		return drop(taking, path, _("is not among the files that may be submitted"), e);
	if (name_fault(name))
		return drop_by_name(taking, path, name_fault(name), e);
	if (strlen(path) > INTAKE_MAX_PATH)
		return drop(taking, path, _("has a path that is too long"), e);
	if (fstatat(dir_fd, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return drop(taking, path, _("cannot be opened"), e);
	if (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))
		return drop(taking, path, kind_of(st.st_mode), e);
	if (S_ISDIR(st.st_mode) && depth >= INTAKE_MAX_DEPTH)
		return drop(taking, path, _("is nested too deeply"), e);
	fd = openat(dir_fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	/* What the machine has run out of is no fault of the file's. */
	if (fd < 0 && (errno == EMFILE || errno == ENFILE || errno == ENOMEM))
		return err_errno(e, "cannot open a file of the submission");
	if (fd < 0 || fstat(fd, &st) < 0)
		return drop(taking, path, _("cannot be opened"), e);
	if (S_ISDIR(st.st_mode))
		return take_dir(taking, fd, path, depth + 1, e);
	if (!S_ISREG(st.st_mode))
		return drop(taking, path, kind_of(st.st_mode), e);
	return take_file(taking, fd, path, &st, e);
}

static void auto_closedir(DIR **dir)
{
	if (*dir)
		closedir(*dir);
}

/* The sorted names of a directory; 1 when there are more than may still be looked at. */
static int list_dir(struct strings *names, int fd, size_t max, struct err *e)
{
	AUTO(auto_closedir) DIR *dir = NULL;
	int own = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	struct dirent *entry;

	dir = own < 0 ? NULL : fdopendir(own);
	if (!dir) {
		err_errno(e, "cannot list a directory of the submission");
		if (own >= 0)
			close(own);
		return -1;
	}
	/* The copy of a descriptor shares its place: another look (a second try) begins at the beginning too. */
	rewinddir(dir);
	while (errno = 0, (entry = readdir(dir))) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (names->count >= max)
			return 1;
		if (strings_add(names, entry->d_name, e) < 0)
			return -1;
	}
	if (errno)
		return err_errno(e, "cannot list a directory of the submission");
	strings_sort(names);
	return 0;
}

static int take_dir(struct taking *taking, int fd, const char *path, int depth, struct err *e)
{
	AUTO_STRINGS struct strings names = { 0 };
	int listed = list_dir(&names, fd, INTAKE_MAX_ENTRIES - taking->seen, e);

	if (listed < 0)
		return -1;
	if (listed == 1)
		return drop(taking, *path ? path : ".", _("holds too many files: not one of them was taken"), e);
	taking->seen += names.count;
	for (size_t i = 0; i < names.count; i++) {
		if (depth == 0 && taking->is_ours && taking->is_ours(taking->task, names.item[i]))
			continue;
		if (take_entry(taking, fd, path, names.item[i], depth, e) < 0)
			return -1;
	}
	return 0;
}

/* A task without a starter begins with nothing. */
static int lay_starter(const struct task *task, const char *tree, struct err *e)
{
	if (!fs_is_dir(task->dir_fd, "starter"))
		return fs_make_dirs(AT_FDCWD, tree, e);
	return fs_copy_tree(task->dir_fd, "starter", AT_FDCWD, tree, e) < 0 ?
		err_wrap(e, "cannot lay the starter of task %s", task->id) : 0;
}

static int count_entry(const struct fs_entry *entry, void *context, struct err *e)
{
	struct room *used = context;

	(void)e;
	used->inodes++;
	used->pages += S_ISDIR(entry->st->st_mode) ? 0 : pages_of(entry->st->st_size);
	return FS_GO_ON;
}

static int64_t smaller(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/*
 * A box refuses a tree for which it has no room, and that would be our failure: so a submission gets half of what the
 * starter leaves of the disk, and of the memory that the disk is made of, where an inode takes less than a page. The
 * other half is for what the program writes.
 */
static int measure_room(struct room *room, const struct task *task, int tree_fd, struct err *e)
{
	int64_t disk = task->limits.disk_mib * PAGES_IN_A_MIB; /* and as many inodes */
	int64_t memory = task->limits.memory_mib * PAGES_IN_A_MIB;
	struct room used = { 0 };

	if (fs_walk(tree_fd, ".", INTAKE_MAX_ENTRIES, count_entry, &used, e) < 0)
		return -1;
	memory = (memory - used.inodes - used.pages) / 4;
	*room = (struct room){ smaller((disk - used.inodes) / 2, memory), smaller((disk - used.pages) / 2, memory) };
	return 0;
}

int intake_take_but(struct intake *out, const struct task *task, int submission_fd, const char *tree,
	bool (*is_ours)(const struct task *task, const char *name), struct err *e)
{
	AUTO_CLOSE int tree_fd = -1;
	AUTO_INTAKE struct intake intake = { 0 };
	struct taking taking = { .task = task, .intake = &intake, .is_ours = is_ours };

	if (lay_starter(task, tree, e) < 0 || fs_open_dir(&tree_fd, AT_FDCWD, tree, e) < 0)
		return -1;
	taking.tree_fd = tree_fd;
	if (measure_room(&taking.room, task, tree_fd, e) < 0)
		return -1;
	if (take_dir(&taking, submission_fd, "", 0, e) < 0 || say_how_many_more(&taking, e) < 0)
		return err_wrap(e, "cannot take in the submission");
	if (scratch_open_up(tree, e) < 0)
		return -1;
	*out = intake;
	intake = (struct intake){ 0 };
	return 0;
}

int intake_take(struct intake *out, const struct task *task, int submission_fd, const char *tree, struct err *e)
{
	return intake_take_but(out, task, submission_fd, tree, NULL, e);
}

void intake_done(struct intake *intake)
{
	strings_done(&intake->dropped);
	*intake = (struct intake){ 0 };
}
