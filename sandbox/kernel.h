// SPDX-License-Identifier: MIT
/*
 * System calls that the C library has no function for, or not every one that we are built with
 * (musl 1.2.3 knows none of these, glibc before 2.36 only some), with the constants that belong to
 * them. Names and numbers are the kernel's and never change.
 */
#ifndef SANDBOX_KERNEL_H
#define SANDBOX_KERNEL_H

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef CLOSE_RANGE_CLOEXEC
#define CLOSE_RANGE_CLOEXEC 4
#endif

/* openat: musl's open follows O_CLOEXEC with an fcntl of its own, for kernels of long ago. */
static inline int kernel_open(const char *path, int flags)
{
	return openat(AT_FDCWD, path, flags);
}

static inline int kernel_create(const char *path, int flags, mode_t mode)
{
	return openat(AT_FDCWD, path, flags | O_CREAT, mode);
}

/* A duplicate at MIN or above; musl's fcntl asks the kernel twice for that. */
static inline int kernel_dup_above(int fd, int min)
{
	return (int)syscall(SYS_fcntl, fd, F_DUPFD_CLOEXEC, min);
}

static inline int kernel_close_range(unsigned first, unsigned last, unsigned flags)
{
	return (int)syscall(SYS_close_range, first, last, flags);
}

/* From <linux/mount.h>, which can't be included beside every <sys/mount.h>. */
#ifndef MOUNT_ATTR_RDONLY
#define MOUNT_ATTR_RDONLY 0x1
#define MOUNT_ATTR_NOSUID 0x2
#define MOUNT_ATTR_NODEV 0x4
#define MOUNT_ATTR_NOEXEC 0x8
#endif
#ifndef OPEN_TREE_CLONE
#define OPEN_TREE_CLONE 1
#endif
#ifndef OPEN_TREE_CLOEXEC
#define OPEN_TREE_CLOEXEC 02000000
#endif
#ifndef MOVE_MOUNT_F_EMPTY_PATH
#define MOVE_MOUNT_F_EMPTY_PATH 0x4
#define MOVE_MOUNT_T_SYMLINKS 0x10
#endif
#ifndef AT_RECURSIVE
#define AT_RECURSIVE 0x8000
#endif

struct kernel_mount_attr {
	uint64_t set, clear, propagation, userns;
};

static inline int kernel_mount_setattr(
	int dir, const char *path, unsigned flags, struct kernel_mount_attr *attr)
{
	return (int)syscall(SYS_mount_setattr, dir, path, flags, attr, sizeof(*attr));
}

static inline int kernel_open_tree(int dir, const char *path, unsigned flags)
{
	return (int)syscall(SYS_open_tree, dir, path, flags);
}

/* FOLLOW: where PATH is a link, what it leads to is covered, as mount does. */
static inline int kernel_move_mount(int from, int to, const char *path, bool follow)
{
	return (int)syscall(
		SYS_move_mount, from, "", to, path, MOVE_MOUNT_F_EMPTY_PATH | (follow ? MOVE_MOUNT_T_SYMLINKS : 0));
}

/*
 * Without the C library's care for threads, of which there is none yet: it would block all signals around
 * each of them.
 */
static inline int kernel_drop_groups(void)
{
	return (int)syscall(SYS_setgroups, 0, NULL);
}

static inline int kernel_become(uid_t uid, gid_t gid)
{
	if (syscall(SYS_setresgid, gid, gid, gid) < 0)
		return -1;
	return (int)syscall(SYS_setresuid, uid, uid, uid);
}

/* What readdir gives, without memory of its own: the entries of DIR, from where its fd stands. */
struct kernel_entry {
	uint64_t inode, offset;
	uint16_t length;
	uint8_t type;
	char name[];
};

struct kernel_listing {
	_Alignas(8) char bytes[4096];
	long used, at;
	int failed; /* it ended too early */
};

/* Some file systems list names without saying what they are. False if that can't be found out. */
static inline bool kernel_look_at(struct kernel_entry *entry, int dir)
{
	struct stat st;

	if (fstatat(dir, entry->name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return errno == ENOENT || errno == EACCES;
	entry->type = IFTODT(st.st_mode);
	return true;
}

/* NULL at the end. The type is known but of what is gone already or mayn't be looked at. */
static inline const struct kernel_entry *kernel_list(struct kernel_listing *l, int dir)
{
	struct kernel_entry *entry;

	if (l->at >= l->used) {
		l->at = 0;
		l->used = syscall(SYS_getdents64, dir, l->bytes, sizeof(l->bytes));
		l->failed = l->used < 0;
		if (l->used <= 0)
			return NULL;
	}
	entry = (void *)(l->bytes + l->at);
	l->at += entry->length;
	if (entry->type == DT_UNKNOWN && !kernel_look_at(entry, dir)) {
		l->failed = 1;
		return NULL;
	}
	return entry;
}

#endif
