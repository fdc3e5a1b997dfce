// SPDX-License-Identifier: MIT
/*
 * Of such a process /proc shows nobody but root what its files are, but to whom it may be traced by, their numbers and
 * mounts; and by its pidfd a file can be had. A pidfd is opened by the number that a process has for us, not in the box, so
 * the tree below pid 1 is walked in our own /proc. A number may have gone to another process meanwhile: then a file of
 * that one is looked at, if it is ours to look at, and nothing else happens.
 */
#include "hidden.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "auto.h"
#include "kernel.h"

enum { FIRST_ROOM = 64, TRACED_BY_NOBODY = 3, OF_A_THREAD = O_EXCL };

struct pids {
	int *list; /* owned */
	size_t count, room;
};

static void add_pid(struct pids *pids, int pid)
{
	size_t room = pids->room ? 2 * pids->room : FIRST_ROOM;
	int *larger;

	if (pids->count == pids->room) {
		larger = realloc(pids->list, room * sizeof(*larger));
		if (!larger)
			return;
		pids->list = larger;
		pids->room = room;
	}
	pids->list[pids->count++] = pid;
}

/* Numbers with spaces between them, which may be cut where a piece ends. */
static void add_children(struct pids *pids, int children)
{
	char text[1024];
	ssize_t n;
	int pid = 0;

	while ((n = read(children, text, sizeof(text))) > 0)
		for (ssize_t i = 0; i < n; i++) {
			if (isdigit((unsigned char)text[i])) {
				pid = pid * 10 + (text[i] - '0');
				continue;
			}
			if (pid)
				add_pid(pids, pid);
			pid = 0;
		}
	if (pid)
		add_pid(pids, pid);
}

static long mount_in(int info)
{
	char text[256];
	const char *line;
	ssize_t n = info >= 0 ? read(info, text, sizeof(text) - 1) : -1;

	text[n > 0 ? n : 0] = '\0';
	line = strstr(text, "mnt_id:");
	return line ? strtol(line + strlen("mnt_id:"), NULL, 10) : -1;
}

long hidden_mount_of(int fd)
{
	AUTO_CLOSE int info = -1;
	char path[48];

	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", fd);
	info = kernel_open(path, O_RDONLY | O_CLOEXEC);
	return mount_in(info);
}

/* False if the thread has no files; those of its process have the same. */
static bool tell_files(int tasks, const char *thread, bool is_first, long mount, hidden_tell *tell, void *who)
{
	struct kernel_listing listing = { .used = 0 };
	const struct kernel_entry *entry;
	AUTO_CLOSE int dir = -1, pidfd = -1;
	bool has_any = false;
	char path[48];

	snprintf(path, sizeof(path), "%.12s/fdinfo", thread);
	dir = openat(tasks, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	while (dir >= 0 && (entry = kernel_list(&listing, dir))) {
		AUTO_CLOSE int info = -1, fd = -1;

		if (!isdigit((unsigned char)entry->name[0]))
			continue;
		has_any = true;
		info = openat(dir, entry->name, O_RDONLY | O_CLOEXEC);
		if (mount_in(info) != mount)
			continue;
		if (pidfd < 0)
			pidfd = (int)syscall(SYS_pidfd_open, (int)strtol(thread, NULL, 10), is_first ? 0 : OF_A_THREAD);
		fd = pidfd >= 0 ? (int)syscall(SYS_pidfd_getfd, pidfd, (int)strtol(entry->name, NULL, 10), 0) : -1;
		if (fd >= 0)
			tell(who, fd);
	}
	return has_any;
}

static void find_in(int pid, struct pids *pids, bool is_init, long mount, hidden_tell *tell, void *who)
{
	struct kernel_listing listing = { .used = 0 };
	const struct kernel_entry *entry;
	AUTO_CLOSE int tasks = -1, files = -1;
	bool is_told = is_init;
	char path[48];

	snprintf(path, sizeof(path), "/proc/%d/fd", pid);
	files = kernel_open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	is_told |= files >= 0 || errno != EACCES;
	snprintf(path, sizeof(path), "/proc/%d/task", pid);
	tasks = kernel_open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	while (tasks >= 0 && (entry = kernel_list(&listing, tasks))) {
		AUTO_CLOSE int children = -1;

		if (!isdigit((unsigned char)entry->name[0]))
			continue;
		snprintf(path, sizeof(path), "%.12s/children", entry->name);
		children = openat(tasks, path, O_RDONLY | O_CLOEXEC);
		if (children >= 0)
			add_children(pids, children);
		if (!is_told)
			is_told = tell_files(tasks, entry->name, (int)strtol(entry->name, NULL, 10) == pid, mount, tell, who);
	}
}

void hidden_find(pid_t init, long mount, hidden_tell *tell, void *who)
{
	struct pids pids = { .count = 0 };

	add_pid(&pids, init);
	for (size_t i = 0; i < pids.count; i++)
		find_in(pids.list[i], &pids, i == 0, mount, tell, who);
	free(pids.list);
}

bool hidden_can_be_found(void)
{
	AUTO_CLOSE int scope = kernel_open("/proc/sys/kernel/yama/ptrace_scope", O_RDONLY | O_CLOEXEC);
	char path[64], text[8];
	ssize_t n = scope >= 0 ? read(scope, text, sizeof(text) - 1) : -1;

	text[n > 0 ? n : 0] = '\0';
	snprintf(path, sizeof(path), "/proc/self/task/%d/children", (int)getpid());
	return strtol(text, NULL, 10) < TRACED_BY_NOBODY && access(path, R_OK) == 0 &&
		(syscall(SYS_pidfd_getfd, -1, -1, 0) == 0 || errno != ENOSYS);
}
