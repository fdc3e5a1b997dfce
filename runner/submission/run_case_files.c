// SPDX-License-Identifier: MIT
/*
 * The files of a case (NN.files/), laid over the candidate's tree. They win: a case must be the same for everybody. But
 * whoever reads the result must be able to see that the program ran on another file than the candidate handed in, so
 * the case's box says where that happened.
 */
#include "base/fs.h"
#include "base/i18n.h"
#include "submission/run_parts.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

enum { MOST_FILES = 20000, FILE_MAX = 64 << 20 };

/* --- what lies over what ---------------------------------------------------------------------------------------- */

struct covering {
	const struct task *task;
	int tree_fd;
	char *first; /* NULL: nothing of the candidate's is covered */
	size_t count;
};

static void covering_done(struct covering *covering)
{
	free(covering->first);
}

/* Whether there is a file of just these bytes. What can't be read is something else. */
static bool has_same(int dir_fd, const char *path, const char *bytes, size_t size)
{
	AUTO_FREE char *other = NULL;
	struct err ignored = { 0 };
	size_t other_size;

	return fs_is_file(dir_fd, path) && fs_read(&other, &other_size, dir_fd, path, size, &ignored) == 0 &&
		other_size == size && memcmp(other, bytes, size) == 0;
}

/* What is the starter's own, or the same anyway, is no loss. */
static int look_beneath(const struct fs_entry *entry, void *context, struct err *e)
{
	struct covering *covering = context;
	AUTO_FREE char *own = NULL, *in_starter = fs_join("starter", entry->path, e);
	struct err ignored = { 0 };
	size_t size;

	if (!in_starter)
		return -1;
	if (!S_ISREG(entry->st->st_mode) || !task_admits(covering->task, entry->path) ||
		!fs_is_file(covering->tree_fd, entry->path))
		return FS_GO_ON;
	if (fs_read(&own, &size, covering->tree_fd, entry->path, FILE_MAX, &ignored) == 0 &&
		(has_same(entry->dir_fd, entry->name, own, size) ||
			has_same(covering->task->dir_fd, in_starter, own, size)))
		return FS_GO_ON;
	if (covering->count++ == 0 && !(covering->first = mem_copy(entry->path, e)))
		return -1;
	return FS_GO_ON;
}

static int say_what_is_covered(char **said, const struct run *run, const char *files, struct err *e)
{
	AUTO_CLOSE int tree_fd = -1;
	AUTO(covering_done) struct covering covering = { .task = run->task };

	if (fs_open_dir(&tree_fd, AT_FDCWD, run->tree, e) < 0)
		return -1;
	covering.tree_fd = tree_fd;
	if (fs_walk(AT_FDCWD, files, MOST_FILES, look_beneath, &covering, e) < 0)
		return -1;
	if (covering.count == 0)
		return 0;
	*said = covering.count == 1 ?
		mem_format(e, _("%s of the case has taken the place of the candidate's"), covering.first) :
		mem_format(e,
			ngettext("%s and %zu more file of the case have taken the place of the candidate's",
				"%s and %zu more files of the case have taken the place of the candidate's",
				covering.count - 1),
			covering.first, covering.count - 1);
	return *said ? 0 : -1;
}

/* --- laying ----------------------------------------------------------------------------------------------------- */

/* Whether it was the candidate's tree that left no room for a case's files (a folder where a file belongs, a full
 * disk or memory): then the case goes without. Any other end of our cp is our failure. */
static bool is_in_the_way(const struct box_report *report)
{
	return (report->verdict == VERDICT_EXITED && report->exit_code == 1) ||
		report->verdict == VERDICT_DISK_LIMIT || report->verdict == VERDICT_MEMORY_LIMIT;
}

/*
 * A frozen tree with the case's files laid over the candidate's. cp does it in a box of its own: the candidate's tree
 * may be a frozen one already, and nothing of the candidate's runs there.
 */
static int lay_case_files(const struct run *run, const char *files, int *image_fd, struct err *e)
{
	AUTO_BOX_LIFE struct box_life life = BOX_LIFE_NONE;
	AUTO_BOX_REPORT struct box_report report = { 0 };
	AUTO_CLOSE int made = -1;
	/* What stands in its place is removed first: a build may have left a link there, or a file without rights. */
	char *words[] = { (char *)"/usr/bin/cp", (char *)"-R", (char *)"--remove-destination", (char *)"/case/.",
		(char *)"/work" };
	const struct strings argv = { words, 5 };
	struct box box;

	made = memfd_create("image", MFD_CLOEXEC);
	if (made < 0)
		return err_errno(e, "cannot make a memory file");
	run_box_of(&box, run, &argv, NULL, &run->task->limits);
	box.ro[0].host = files;
	box.ro[0].inside = "/case";
	box.snapshot_fd = made;
	if (box_run(&life, &report, &box, &run->host, e) < 0)
		return -1;
	/* An empty one: both together are more than a box can hold. */
	if (report.verdict == VERDICT_EXITED && report.exit_code == 0 && lseek(made, 0, SEEK_END) > 0) {
		*image_fd = take_fd(&made);
		return 0;
	}
	if (is_in_the_way(&report) || (report.verdict == VERDICT_EXITED && report.exit_code == 0))
		return 0;
	return err_set(e, ERR_SYSTEM, "cannot lay out the files of a case: %s",
		report.message ? report.message : verdict_sentence(report.verdict));
}

int run_lay_case(int *image_fd, char **said, const struct run *run, const struct suite *suite,
	const struct program_case *one, struct err *e)
{
	AUTO_FREE char *dir = NULL, *files = NULL;

	if (!one->files)
		return 0;
	if (run_suite_files(&dir, run, suite, e) < 0)
		return -1;
	files = mem_format(e, "%s/%s.files", dir, one->name);
	if (!files || lay_case_files(run, files, image_fd, e) < 0)
		return -1;
	if (*image_fd >= 0)
		return say_what_is_covered(said, run, files, e);
	*said = mem_copy(_("without the case's files: what the candidate has there left no room for them"), e);
	return *said ? 0 : -1;
}
