// SPDX-License-Identifier: MIT
/*
 * From nothing to a root: a small tmpfs receives the trees of the host, our own few files of
 * /etc, a fresh /proc and the writable folders; then it is made read-only and becomes "/".
 *
 * The writable folders (/work, /tmp, /dev/shm, --tmp) are folders of one tmpfs whose bytes
 * and inodes are limited; a --tmp with a size of its own is a tmpfs of its own. That one tmpfs is
 * mounted on /work, its folders are shown at their places, and the last one covers /work again: taking a
 * mount off a stage of its own would make the kernel wait. The folders' fds go to the supervisor, which
 * keeps them alive when everything here is dead.
 */
#include "mounts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "auto.h"
#include "identity.h"
#include "kernel.h"

/* Inodes of a tmpfs of N MiB: one per 4 KiB, but never so few that a small tree won't fit. */
static long inodes_of(long mib)
{
	return mib * 256 < 4096 ? 4096 : mib * 256;
}

static int mount_tmpfs(const char *at, const char *options, struct fault *f)
{
	if (mount("tmpfs", at, "tmpfs", MS_NOSUID | MS_NODEV, options) < 0)
		return fault_sys(f, "cannot mount a tmpfs");
	return 0;
}

/* mkdir -p, relative to the new root in which we stand. */
static int make_folders(const char *path, struct fault *f)
{
	char part[PLAN_MAX_PATH];

	for (const char *end = path; *end;) {
		end += strcspn(end, "/");
		if ((size_t)snprintf(part, sizeof(part), "%.*s", (int)(end - path), path) >= sizeof(part))
			return fault_set(f, "/%s: too long", path);
		if (mkdir(part, 0755) < 0 && errno != EEXIST)
			return fault_sys(f, "cannot make the folder /%s", part);
		end += *end == '/';
	}
	return 0;
}

int mounts_make_above(const char *path, struct fault *f)
{
	const char *slash = strrchr(path, '/');
	char above[PLAN_MAX_PATH] = "";

	if (slash && (size_t)snprintf(above, sizeof(above), "%.*s", (int)(slash - path), path) >= sizeof(above))
		return fault_set(f, "/%s: too long", path);
	return make_folders(above, f);
}

/*
 * /usr shows an installed assay's own tasks under share/assay, and pip's packages in
 * /usr/local. Both are covered by an empty folder of our own root, which is made read-only at the end;
 * --ro may make places in the one on /usr/local before. That one lies where /usr will hide it, so it is taken
 * before and put on top afterwards.
 */
static int take_cover(struct fault *f)
{
	int cover;

	if (mkdir("usr", 0755) < 0 || mkdir("usr/local", 0755) < 0)
		return fault_sys(f, "cannot make /usr/local");
	cover = kernel_open_tree(AT_FDCWD, "usr/local", OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
	return cover < 0 ? fault_sys(f, "cannot take /usr/local") : cover;
}

static int cover_usr(int cover, struct fault *f)
{
	if (kernel_move_mount(cover, AT_FDCWD, "usr/local", true) < 0 && errno != ENOENT)
		return fault_sys(f, "cannot cover /usr/local");
	if (mount("empty", "usr/share/assay", NULL, MS_BIND, NULL) < 0 && errno != ENOENT)
		return fault_sys(f, "cannot cover /usr/share/assay");
	return 0;
}

static int show_host(struct fault *f)
{
	AUTO_CLOSE int cover = take_cover(f);

	return cover < 0 || trees_show(f) < 0 ? -1 : cover_usr(cover, f);
}

/* The files of /etc that we write ourselves: the host's would tell who lives there. */
static const struct {
	const char *path, *text;
} written[] = {
	{ "etc/passwd",
		"root:x:0:0:root:/:/usr/sbin/nologin\n"
		"box:x:1000:1000:box:/tmp:/bin/sh\n"
		"nobody:x:65534:65534:nobody:/:/usr/sbin/nologin\n" },
	{ "etc/group", "root:x:0:\nbox:x:1000:\nnogroup:x:65534:\n" },
	{ "etc/hosts", "127.0.0.1 localhost box\n::1 localhost\n" },
	{ "etc/host.conf", "multi on\n" },
	{ "etc/resolv.conf", "" },
	{ "etc/nsswitch.conf",
		"passwd: files\ngroup: files\nshadow: files\nhosts: files\n"
		"networks: files\nprotocols: files\nservices: files\n" },
};

static int write_etc(struct fault *f)
{
	if (mkdir("etc", 0755) < 0)
		return fault_sys(f, "cannot make /etc");
	for (size_t i = 0; i < sizeof(written) / sizeof(written[0]); i++) {
		AUTO_CLOSE int fd =
			kernel_create(written[i].path, O_WRONLY | O_EXCL | O_CLOEXEC, 0444);
		ssize_t length = (ssize_t)strlen(written[i].text);

		if (fd < 0 || write(fd, written[i].text, (size_t)length) != length)
			return fault_sys(f, "cannot write /%s", written[i].path);
	}
	return 0;
}

/*
 * Files of /proc that tell about the host or touch it: a name is here when its content
 * crosses from one box to another (locks), tells how the host was started (cmdline), or has
 * been a hole (sysrq-trigger, kcore, keys).
 */
static const char *const masked_files[] = { "kcore", "keys", "key-users", "kmsg", "kallsyms",
	"timer_list", "sched_debug", "latency_stats", "sysrq-trigger", "cmdline", "locks",
	"modules", "diskstats", "interrupts", "softirqs", "slabinfo", "vmallocinfo", "kpagecount",
	"kpageflags", "kpagecgroup", "pagetypeinfo", "partitions", "swaps", "config.gz", "iomem",
	"ioports", "cgroups", "schedstat" };
static const char *const masked_folders[] = { "acpi", "asound", "bus", "driver", "dynamic_debug",
	"fs", "irq", "scsi", "tty", "pressure" };

static int bind(const char *from, const char *at, unsigned long flags, struct fault *f)
{
	if (mount(from, at, NULL, MS_BIND, NULL) < 0)
		return fault_sys(f, "cannot cover /%s", at);
	if (flags && mount(NULL, at, NULL, MS_REMOUNT | MS_BIND | flags, NULL) < 0)
		return fault_sys(f, "cannot make /%s read-only", at);
	return 0;
}

static bool is_among(const char *name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* Kernels differ in what they show, so what is there is covered if its name is in the table. */
static int mask_proc(int procfs, struct fault *f)
{
	struct kernel_listing listing = { 0 };
	const struct kernel_entry *entry;
	char at[300];

	while ((entry = kernel_list(&listing, procfs))) {
		bool is_file = is_among(entry->name, masked_files, COUNT(masked_files));

		if (!is_file && !is_among(entry->name, masked_folders, COUNT(masked_folders)))
			continue;
		snprintf(at, sizeof(at), "proc/%s", entry->name);
		if (bind(is_file ? "dev/null" : "empty", at, 0, f) < 0)
			return -1;
	}
	if (listing.failed)
		return fault_sys(f, "cannot list /proc");
	return bind("proc/sys", "proc/sys", MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, f);
}

static int make_proc(const char *options, struct fault *f)
{
	if (mount("proc", "proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, options) == 0)
		return 0;
	if (errno == EPERM)
		return fault_set(f,
			"cannot mount /proc: not permitted; in a container its own"
			" /proc must not be masked (docker: --security-opt"
			" systempaths=unconfined)");
	return fault_sys(f, "cannot mount /proc");
}

/*
 * What hides from a program hides from an ordinary user's supervisor, too: a process that forbids to be looked at, whose first
 * thread has ended, isn't listed for anybody but root (6.18). So who samples has a /proc that hides nothing, and that
 * stands nowhere.
 */
static int open_watched(int *watched, struct fault *f)
{
	if (make_proc(NULL, f) < 0)
		return -1;
	*watched = kernel_open("proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (*watched < 0)
		return fault_sys(f, "cannot open /proc");
	return umount2("proc", MNT_DETACH) < 0 ? fault_sys(f, "cannot take a /proc away") : 0;
}

static int mount_proc(int *procfs, int *locks, struct fault *f)
{
	if (make_proc("hidepid=2", f) < 0)
		return -1;
	*procfs = kernel_open("proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (*procfs < 0)
		return fault_sys(f, "cannot open /proc");
	*locks = openat(*procfs, "locks", O_RDONLY | O_CLOEXEC);
	if (*locks < 0)
		return fault_sys(f, "cannot open /proc/locks");
	return mask_proc(*procfs, f);
}

/* Where things will be mounted: once the root is laid, it need not change any more. */
static int make_places(struct fault *f)
{
	static const struct {
		const char *path;
		mode_t mode;
	} places[] = { { "proc", 0555 }, { "empty", 0555 }, { "work", 0755 }, { "tmp", 0755 } };

	for (size_t i = 0; i < COUNT(places); i++)
		if (mkdir(places[i].path, places[i].mode) < 0)
			return fault_sys(f, "cannot make /%s", places[i].path);
	return 0;
}

/* Behind everything else, because a --tmp may lie in what was shown before. */
static int make_tmp_places(const struct plan *plan, struct fault *f)
{
	for (size_t i = 0; i < plan->n_tmp; i++)
		if (make_folders(plan->tmp[i].inside + 1, f) < 0)
			return -1;
	return 0;
}

/* Makes the folder PATH of the tmpfs and shows it at AT. */
static int show_folder(const char *path, const char *at, mode_t mode, struct fault *f)
{
	if (mkdir(path, mode) < 0)
		return fault_sys(f, "cannot make the folder /%s", at);
	if (mount(path, at, NULL, MS_BIND, NULL) < 0)
		return fault_sys(f, "cannot show /%s", at);
	return 0;
}

static int show_tmp(const struct plan_tmp *tmp, size_t number, struct fault *f)
{
	char text[96];

	if (tmp->mib) {
		snprintf(text, sizeof(text), "size=%ldm,nr_inodes=%ld,mode=0755", tmp->mib,
			inodes_of(tmp->mib));
		return mount_tmpfs(tmp->inside + 1, text, f);
	}
	snprintf(text, sizeof(text), "work/%zu", number);
	return show_folder(text, tmp->inside + 1, 0755, f);
}

static int open_folders(struct folders *folders, const struct plan *plan, struct fault *f)
{
	for (size_t i = 0; i < plan_folder_count(plan); i++) {
		const char *at = plan_folder(plan, i) + 1;
		int fd = kernel_open(at, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

		if (fd < 0)
			return fault_sys(f, "cannot open /%s", at);
		folders->fds[folders->count++] = fd;
	}
	return 0;
}

static int show_folders(struct folders *folders, const struct plan *plan, struct fault *f)
{
	char options[96];

	snprintf(options, sizeof(options), "size=%ldm,nr_inodes=%ld,mode=0700",
		plan->limits.disk_mib, inodes_of(plan->limits.disk_mib));
	if (mount_tmpfs("work", options, f) < 0 ||
		show_folder("work/tmp", "tmp", 01777, f) < 0 ||
		show_folder("work/shm", "dev/shm", 01777, f) < 0)
		return -1;
	for (size_t i = 0; i < plan->n_tmp; i++)
		if (show_tmp(&plan->tmp[i], i, f) < 0)
			return -1;
	return show_folder("work/work", "work", 0755, f) < 0 ? -1 : open_folders(folders, plan, f);
}

/*
 * From here on nothing of the box's own can be changed but the writable folders. The file
 * system is made read-only, not just this mount of it: covers in /proc and /usr show the same
 * one, and its owner could write there.
 */
static int make_read_only(struct fault *f)
{
	if (mount(NULL, ".", NULL, MS_REMOUNT | MS_RDONLY | MS_NOSUID | MS_NODEV, NULL) < 0)
		return fault_sys(f, "cannot make the root read-only");
	return 0;
}

/* The old root lies on top of the new one for a moment, then it is detached. */
static int enter_root(struct fault *f)
{
	if (syscall(SYS_pivot_root, ".", ".") < 0)
		return fault_sys(f, "cannot change the root");
	if (umount2(".", MNT_DETACH) < 0)
		return fault_sys(f, "cannot let go of the old root");
	if (chdir("/") < 0)
		return fault_sys(f, "cannot enter the new root");
	return 0;
}

static int begin_root(struct fault *f)
{
	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0)
		return fault_sys(f, "cannot make the mounts private");
	if (mount_tmpfs("/tmp", "size=1m,nr_inodes=1024,mode=0755", f) < 0)
		return -1;
	if (chdir("/tmp") < 0)
		return fault_sys(f, "cannot enter the new root");
	return 0;
}

/* Modes are meant as they are written; the program gets the usual mask. */
int mounts_lay(struct trees *trees, const struct plan *plan, struct fault *f)
{
	umask(0);
	if (begin_root(f) < 0 || make_places(f) < 0 || write_etc(f) < 0 || show_host(f) < 0 ||
		trees_put(trees, f) < 0)
		return -1;
	return make_tmp_places(plan, f);
}

int mounts_fill(struct folders *folders, const struct plan *plan, bool is_watched, struct fault *f)
{
	folders->count = 0;
	folders->procfs = folders->locks = folders->watched = -1;
	umask(0);
	if (is_watched && open_watched(&folders->watched, f) < 0)
		return -1;
	if (mount_proc(&folders->procfs, &folders->locks, f) < 0 ||
		show_folders(folders, plan, f) < 0)
		return -1;
	umask(0022);
	return 0;
}

int mounts_enter(struct fault *f)
{
	return make_read_only(f) < 0 ? -1 : enter_root(f);
}
