// SPDX-License-Identifier: MIT
/*
 * The constants are our own: Debian 12's header ends at REFER (ABI 2), while kernels that run
 * there may know more. From Documentation/userspace-api/landlock.rst; they never change.
 */
#include "landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "auto.h"
#include "kernel.h"

enum {
	FS_EXECUTE = 1 << 0,
	FS_WRITE_FILE = 1 << 1,
	FS_READ_FILE = 1 << 2,
	FS_READ_DIR = 1 << 3,
	FS_ABI_1 = (1 << 13) - 1,
	FS_REFER = 1 << 13,     /* ABI 2 */
	FS_TRUNCATE = 1 << 14,  /* ABI 3 */
	FS_IOCTL_DEV = 1 << 15, /* ABI 5 */
};

enum { SCOPE_ABSTRACT_SOCKET = 1 << 0, SCOPE_SIGNAL = 1 << 1 }; /* ABI 6 */
enum { RULE_PATH_BENEATH = 1 };
enum { CREATE_RULESET_VERSION = 1 };

struct ruleset_attr {
	uint64_t handled_fs, handled_net, scoped;
};

struct path_attr {
	uint64_t allowed;
	int32_t parent;
} __attribute__((packed));

int landlock_abi(void)
{
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, CREATE_RULESET_VERSION);

	if (abi < 0)
		return errno == ENOSYS || errno == EOPNOTSUPP ? 0 : -1;
	return abi < 2 ? 0 : (int)abi;
}

static int allow(int ruleset, int dir, uint64_t access, struct fault *f)
{
	struct path_attr attr = { access, dir };

	if (syscall(SYS_landlock_add_rule, ruleset, RULE_PATH_BENEATH, &attr, 0) < 0)
		return fault_sys(f, "cannot allow a folder by Landlock");
	return 0;
}

static int allow_path(int ruleset, const char *path, uint64_t access, struct fault *f)
{
	AUTO_CLOSE int dir = kernel_open(path, O_PATH | O_CLOEXEC);

	return dir < 0 ? fault_sys(f, "cannot open %s", path) : allow(ruleset, dir, access, f);
}

/* What this kernel can refuse; the more it knows, the more is refused. */
static uint64_t handled_by(int abi)
{
	uint64_t handled = FS_ABI_1 | FS_REFER;

	if (abi >= 3)
		handled |= FS_TRUNCATE;
	if (abi >= 5)
		handled |= FS_IOCTL_DEV;
	return handled;
}

int landlock_confine(const struct folders *folders, int abi, struct fault *f)
{
	uint64_t all = handled_by(abi), reading = FS_EXECUTE | FS_READ_FILE | FS_READ_DIR;
	uint64_t writing = FS_WRITE_FILE | (all & FS_TRUNCATE);
	struct ruleset_attr attr = { .handled_fs = all };
	AUTO_CLOSE int ruleset = -1;

	if (abi >= 6)
		attr.scoped = SCOPE_ABSTRACT_SOCKET | SCOPE_SIGNAL;
	ruleset = (int)syscall(SYS_landlock_create_ruleset, &attr,
		abi >= 6 ? sizeof(attr) : sizeof(attr.handled_fs), 0);
	if (ruleset < 0)
		return fault_sys(f, "cannot make a Landlock ruleset");
	if (allow_path(ruleset, "/", reading, f) < 0 ||
		allow_path(ruleset, "/dev", writing | (all & FS_IOCTL_DEV), f) < 0 ||
		allow(ruleset, folders->procfs, writing, f) < 0)
		return -1;
	for (size_t i = 0; i < folders->count; i++)
		if (allow(ruleset, folders->fds[i], all, f) < 0)
			return -1;
	if (syscall(SYS_landlock_restrict_self, ruleset, 0) < 0)
		return fault_sys(f, "cannot confine by Landlock");
	return 0;
}
