// SPDX-License-Identifier: MIT
/*
 * openat2 resolves beneath the folder, refuses links of both kinds and other mounts; the file
 * it finds is looked at (regular, one name, not too large) before a byte is read, through the
 * same fd. A file that forbids its owner to read is opened all the same: the program may have
 * meant it, but the supervisor of an ordinary user has no other right to it.
 */
#include "collect.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "auto.h"
#include "image.h"
#include "image_io.h"
#include "kernel.h"

/* Why something inside can't be taken: theirs, so words and no fault. */
static const char *const absent = "is not there";

static int open_beneath(int dir, const char *path, int flags)
{
	struct open_how how = { .flags = (uint64_t)flags,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS |
			RESOLVE_NO_XDEV };

	return (int)syscall(SYS_openat2, dir, path, &how, sizeof(how));
}

/* Makes what PATH names, by fd, ours to use; only an ordinary user's supervisor needs it. */
static void unlock(int path, mode_t mode)
{
	char link[32];

	snprintf(link, sizeof(link), "/proc/self/fd/%d", path);
	if (chmod(link, mode) < 0)
		return;
}

/* Gives the folders above PATH back to their owner, one by one from above. */
static void unlock_folders(int dir, const char *path)
{
	char above[1024];

	for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		AUTO_CLOSE int fd = -1;

		snprintf(above, sizeof(above), "%.*s", (int)(slash - path), path);
		fd = open_beneath(dir, above, O_PATH | O_DIRECTORY | O_CLOEXEC);
		if (fd < 0)
			return;
		unlock(fd, 0700);
	}
}

/* Finds the file PATH, by an fd that can't read it yet: 0, or -1 with WHY for what is theirs, and without for what is ours. */
static int find_taken(int *handle, int dir, const char *path, const char **why, struct fault *f)
{
	int found = open_beneath(dir, path, O_PATH | O_NOFOLLOW | O_CLOEXEC);

	if (found < 0 && errno == EACCES) {
		unlock_folders(dir, path);
		found = open_beneath(dir, path, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	}
	*handle = found;
	*why = NULL;
	if (found >= 0)
		return 0;
	if (errno == ENOENT || errno == ENOTDIR)
		*why = absent;
	else if (errno == ELOOP || errno == EXDEV)
		*why = "is behind a link";
	else if (errno == EACCES)
		*why = "is behind a folder that can't be entered";
	return *why ? -1 : fault_sys(f, "cannot look for it");
}

/* Opens the file PATH for reading; -1 as above. */
static int open_taken(int *fd, int dir, const char *path, int64_t max_bytes, const char **why, struct fault *f)
{
	AUTO_CLOSE int handle = -1;
	struct stat st;
	char link[32];

	if (faccessat(dir, ".", R_OK | X_OK, 0) < 0)
		unlock(dir, 0700);
	if (find_taken(&handle, dir, path, why, f) < 0)
		return -1;
	if (fstat(handle, &st) < 0)
		return fault_sys(f, "cannot look at it");
	*why = "is not a regular file with one name";
	if (!S_ISREG(st.st_mode) || st.st_nlink != 1)
		return -1;
	*why = "is too large";
	if (st.st_size > max_bytes)
		return -1;
	if (!(st.st_mode & S_IRUSR))
		unlock(handle, 0600);
	snprintf(link, sizeof(link), "/proc/self/fd/%d", handle);
	*fd = kernel_open(link, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	*why = *fd < 0 && errno == EACCES ? "can't be read" : NULL;
	return *fd >= 0 ? 0 : *why ? -1 : fault_sys(f, "cannot open it");
}

static int copy(int from, int to, struct fault *f)
{
	char buffer[65536];
	ssize_t n;

	while ((n = read(from, buffer, sizeof(buffer))) > 0)
		if (image_write(to, buffer, (size_t)n) < 0)
			return fault_sys(f, "cannot write");
	return n < 0 ? fault_sys(f, "cannot read") : 0;
}

/* Bytes that a folder may hold at most. */
static int64_t folder_bytes(const struct plan *plan, int folder)
{
	long mib = folder < PLAN_FOLDERS_FIXED ? 0 : plan->tmp[folder - PLAN_FOLDERS_FIXED].mib;

	return (int64_t)(mib ? mib : plan->limits.disk_mib) << 20;
}

/*
 * What lies at FILE is of an earlier run, which nobody shall take for this one's; where a link leads to it, it is emptied.
 * A device or pipe is nobody's result.
 */
static int remove_stale(const char *file, struct fault *f)
{
	struct stat own, st;
	int fd;

	if (!file || stat(file, &st) < 0 || !S_ISREG(st.st_mode) || lstat(file, &own) < 0)
		return 0;
	if (S_ISREG(own.st_mode))
		return unlink(file) < 0 ? fault_sys(f, "--collect: cannot remove an old %s", file) : 0;
	fd = open(file, O_WRONLY | O_TRUNC | O_CLOEXEC);
	return fd < 0 || close(fd) < 0 ? fault_sys(f, "--collect: cannot empty an old %s", file) : 0;
}

/* Of a long name the end, which tells most; it must leave room for others. */
static void say_why(const char *inside, const char *why, collect_say_fn *say, void *to)
{
	size_t length = strlen(inside);
	char sentence[160];

	snprintf(sentence, sizeof(sentence), "%s%s %s", length > 100 ? "..." : "",
		length > 100 ? inside + length - 100 : inside, why);
	say(to, sentence);
}

static int collect_one(const struct plan *plan, const struct plan_collect *one,
	const struct folders *folders, collect_say_fn *say, void *to, struct fault *f)
{
	const char *rest, *why;
	int folder = plan_folder_of(plan, one->inside, &rest), target = one->to.fd, failed;
	AUTO_CLOSE int from = -1;

	if ((size_t)folder >= folders->count)
		return fault_set(f, "--collect %s: the box has no such folder", one->inside);
	if (open_taken(&from, folders->fds[folder], rest, folder_bytes(plan, folder), &why, f) < 0) {
		if (!why)
			return fault_wrap(f, "--collect %s", one->inside);
		say_why(one->inside, why, say, to);
		return remove_stale(one->to.file, f);
	}
	if (one->to.file)
		target = open(one->to.file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (target < 0)
		return fault_sys(f, "--collect: cannot open %s", one->to.file);
	failed = copy(from, target, f);
	if (one->to.file && close(target) < 0 && !failed)
		failed = fault_sys(f, "cannot close %s", one->to.file);
	return failed ? fault_wrap(f, "--collect %s", one->inside) : 0;
}

/* Whether a box with these limits could start from what was frozen: else it is refused now, when one sees whose it is. */
static int check_fits(const struct plan *plan, int image_fd, struct fault *f)
{
	struct image_size size;
	const void *image;
	size_t length;
	int failed;

	if (image_map(image_fd, &image, &length, f) < 0)
		return -1;
	failed = image_check(image, length, &size, f);
	if (length)
		munmap((void *)image, length);
	return failed ? -1 : image_fits(&size, plan->limits.disk_mib, plan->limits.memory_mib, f);
}

/* The program may have made a tree that can't be frozen; then the file stays empty. */
static int snapshot_one(const struct plan *plan, const struct plan_snapshot *one,
	const struct folders *folders, collect_say_fn *say, void *to, struct fault *f)
{
	const char *rest;
	int folder = plan_folder_of(plan, one->inside, &rest);
	uint64_t limit = (uint64_t)folder_bytes(plan, folder);
	char sentence[600];
	struct fault theirs;

	if ((size_t)folder >= folders->count)
		return fault_set(f, "--snapshot %s: the box has no such folder", one->inside);
	if (faccessat(folders->fds[folder], ".", R_OK | X_OK, 0) < 0)
		unlock(folders->fds[folder], 0700);
	if (ftruncate(one->fd, 0) < 0 || lseek(one->fd, 0, SEEK_SET) < 0)
		return fault_sys(f, "--snapshot %s: cannot empty its file", one->inside);
	if (image_pack(folders->fds[folder], one->fd, limit + limit / 8 + (1 << 20), IMAGE_LENIENT,
		    &theirs) == 0 &&
		check_fits(plan, one->fd, &theirs) == 0)
		return 0;
	if (ftruncate(one->fd, 0) < 0)
		return fault_sys(f, "--snapshot %s: cannot empty its file", one->inside);
	snprintf(sentence, sizeof(sentence), "%s can't be frozen: %s", one->inside, theirs.text);
	say(to, sentence);
	return 0;
}

int collect_all(const struct plan *plan, const struct folders *folders, collect_say_fn *say,
	void *to, struct fault *f)
{
	for (size_t i = 0; i < plan->n_collect; i++)
		if (collect_one(plan, &plan->collect[i], folders, say, to, f) < 0)
			return -1;
	for (size_t i = 0; i < plan->n_snapshot; i++)
		if (snapshot_one(plan, &plan->snapshot[i], folders, say, to, f) < 0)
			return -1;
	return 0;
}
