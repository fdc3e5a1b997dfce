// SPDX-License-Identifier: MIT
/*
 * Which parts of the host a box sees, and how they are cut off from it.
 *
 * What everybody may walk to (/usr, a little of /etc, some device nodes) pid 1 binds by itself,
 * by one call each, out of its own private copy of the host's mounts, and makes it all
 * read-only, nosuid and nodev by one more. What --ro asks for may lie where only root can go:
 * it is cloned detached (open_tree), and each clone is made private before anything is mounted
 * on it, because a clone of a shared mount would carry that back to the host.
 */
#include "mounts.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "auto.h"
#include "kernel.h"

/*
 * What of /etc a program may need: names, with why; a star at the end stands for any end. Never
 * passwd, hosts or secrets.
 */
static const struct {
	const char *pattern, *why;
} etc_rows[] = {
	{ "alternatives", "cc, awk, java, which and others are links through it" },
	{ "ld.so.cache", "the loader finds libraries in sub-folders only by it" },
	{ "ld.so.conf", "ldconfig -p and gcc's collect2 read it" },
	{ "ld.so.conf.d", "the same" },
	{ "localtime", "the time zone, if TZ is unset" },
	{ "mime.types", "Python's mimetypes" },
	{ "protocols", "getprotobyname" },
	{ "services", "getservbyname" },
	{ "terminfo", "curses" },
	{ "python3*", "Debian's Python reads its configuration there" },
	{ "perl", "site settings of Perl" },
	{ "java-*", "the JVM's own configuration is linked there" },
	{ "fonts", "fontconfig, for drawing without a screen" },
	{ "php", "PHP's ini" },
	{ "nodejs", "Node's" },
	{ "mono", "the CLR's" },
	{ "ghc", "Haskell's package list" },
	{ "ghc-*", "the same" },
	{ "erlang", "Erlang's" },
	{ "openmpi", "parallel programs" },
};

enum { ETC_ROWS = sizeof(etc_rows) / sizeof(etc_rows[0]) };

/* Certificates are public, the keys beside them are not: only these two. */
static const char *const ssl_parts[] = { "/etc/ssl/certs", "/etc/ssl/openssl.cnf" };

static const char *const device_nodes[] = { "/dev/null", "/dev/zero", "/dev/full", "/dev/random",
	"/dev/urandom" };

/* Links into /usr, but for a distribution that hasn't merged it. */
static const char *const merged[] = { "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32" };

/* What --ro shows is looked through; these bound the time and the stack that takes. */
enum { LOOK_MAX_FILES = 200000, LOOK_MAX_DEPTH = 64 };

enum { READ_ONLY = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV };

static int set_flags(
	const char *at, unsigned long set, unsigned long clear, unsigned how, struct fault *f)
{
	struct kernel_mount_attr attr = { .set = set, .clear = clear };

	if (kernel_mount_setattr(AT_FDCWD, at, how, &attr) < 0)
		return fault_sys(f, "cannot make /%s read-only", at);
	return 0;
}

/* Makes what will be covered. The folder above it is there, or is made now. */
static int make_place(const char *at, bool is_dir, struct fault *f)
{
	if ((is_dir ? mkdir(at, 0755) : mknod(at, S_IFREG | 0444, 0)) == 0 || errno == EEXIST)
		return 0;
	if (errno != ENOENT)
		return fault_sys(f, "cannot make /%s", at);
	return mounts_make_above(at, f) < 0 ? -1 : make_place(at, is_dir, f);
}

/* Binds HOST, with everything mounted below it, at its own name without the slash. */
static int bind_host(const char *host, bool is_dir, struct fault *f)
{
	const char *at = host + 1;

	if (make_place(at, is_dir, f) < 0)
		return -1;
	if (mount(host, at, NULL, MS_BIND | MS_REC, NULL) < 0)
		return fault_sys(f, "cannot show %s", host);
	return 0;
}

/* A link that leads nowhere, or to something that is neither file nor folder, is left out. */
static int bind_if_there(const char *host, struct fault *f)
{
	struct stat st;

	if (stat(host, &st) < 0)
		return errno == ENOENT || errno == ELOOP ? 0 : fault_sys(f, "cannot look at %s", host);
	if (!S_ISDIR(st.st_mode) && !S_ISREG(st.st_mode))
		return 0;
	return bind_host(host, S_ISDIR(st.st_mode), f);
}

/* /usr, and the names beside it: links on a merged host, folders of their own on another. */
static int bind_system(struct fault *f)
{
	char target[256];

	if (bind_host("/usr", true, f) < 0)
		return -1;
	for (size_t i = 0; i < sizeof(merged) / sizeof(merged[0]); i++) {
		ssize_t length = readlink(merged[i], target, sizeof(target) - 1);

		if (length < 0 && errno == EINVAL && bind_if_there(merged[i], f) < 0)
			return -1;
		if (length < 0 && errno != EINVAL && errno != ENOENT)
			return fault_sys(f, "cannot look at %s", merged[i]);
		if (length < 0)
			continue;
		target[length] = '\0';
		if (symlink(target, merged[i] + 1) < 0)
			return fault_sys(f, "cannot link %s", merged[i]);
	}
	return 0;
}

static bool is_wanted_in_etc(const char *name)
{
	for (size_t i = 0; i < ETC_ROWS; i++) {
		const char *pattern = etc_rows[i].pattern;
		size_t length = strcspn(pattern, "*");

		if (strncmp(name, pattern, length + !pattern[length]) == 0)
			return true;
	}
	return false;
}

static int bind_etc(struct fault *f)
{
	AUTO_CLOSE int etc = kernel_open("/etc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct kernel_listing listing = { 0 };
	const struct kernel_entry *entry;
	char host[300];

	if (etc < 0)
		return fault_sys(f, "cannot open /etc");
	while ((entry = kernel_list(&listing, etc))) {
		bool is_plain = entry->type == DT_DIR || entry->type == DT_REG;

		if (!is_wanted_in_etc(entry->name))
			continue;
		snprintf(host, sizeof(host), "/etc/%s", entry->name);
		if ((is_plain ? bind_host(host, entry->type == DT_DIR, f)
			      : bind_if_there(host, f)) < 0)
			return -1;
	}
	if (listing.failed)
		return fault_sys(f, "cannot list /etc");
	if (mkdir("etc/ssl", 0755) < 0)
		return fault_sys(f, "cannot make /etc/ssl");
	for (size_t i = 0; i < sizeof(ssl_parts) / sizeof(ssl_parts[0]); i++)
		if (bind_if_there(ssl_parts[i], f) < 0)
			return -1;
	return 0;
}

static int link_dev(struct fault *f)
{
	static const char *const links[][2] = {
		{ "/proc/self/fd", "dev/fd" },
		{ "/proc/self/fd/0", "dev/stdin" },
		{ "/proc/self/fd/1", "dev/stdout" },
		{ "/proc/self/fd/2", "dev/stderr" },
	};

	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++)
		if (symlink(links[i][0], links[i][1]) < 0)
			return fault_sys(f, "cannot link /%s", links[i][1]);
	return 0;
}

/*
 * A device on a read-only mount can be read and written, but its times on the host stay as they are. /dev is
 * made a mount, so that one call makes all of it so.
 */
static int make_dev(struct fault *f)
{
	if (mkdir("dev", 0755) < 0 || mkdir("dev/shm", 0755) < 0 || mount("dev", "dev", NULL, MS_BIND, NULL) < 0)
		return fault_sys(f, "cannot make /dev");
	for (size_t i = 0; i < sizeof(device_nodes) / sizeof(device_nodes[0]); i++)
		if (bind_host(device_nodes[i], false, f) < 0)
			return -1;
	if (link_dev(f) < 0)
		return -1;
	return set_flags("dev", MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC, 0, AT_RECURSIVE, f);
}

int trees_show(struct fault *f)
{
	if (bind_system(f) < 0 || bind_etc(f) < 0)
		return -1;
	/* All that is mounted so far; then our own root alone is given back, it isn't finished. */
	if (set_flags(".", READ_ONLY, 0, AT_RECURSIVE, f) < 0 ||
		set_flags(".", 0, MOUNT_ATTR_RDONLY, 0, f) < 0)
		return -1;
	return make_dev(f);
}

static int add_tree(
	struct trees *trees, const char *host, const char *at, bool is_dir, struct fault *f)
{
	struct kernel_mount_attr attr = { .set = READ_ONLY, .propagation = MS_PRIVATE };
	AUTO_CLOSE int fd = -1;
	struct tree *tree = &trees->list[trees->count];

	fd = kernel_open_tree(AT_FDCWD, host, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE);
	if (fd < 0)
		return fault_sys(f, "cannot take %s", host);
	if (kernel_mount_setattr(fd, "", AT_EMPTY_PATH | AT_RECURSIVE, &attr) < 0)
		return fault_sys(f, "cannot make %s read-only", host);
	if ((size_t)snprintf(tree->at, sizeof(tree->at), "%s", at) >= sizeof(tree->at))
		return fault_set(f, "%s: too long", at);
	tree->is_dir = is_dir;
	tree->fd = take_fd(&fd);
	trees->count++;
	return 0;
}

static int look_through(int dir, int depth, long *left, struct fault *f);

/*
 * What we can't enter, the box can't, either: it has less rights. Who may enter, but not list, reaches all the same
 * what has a known name.
 */
static int look_below(int dir, const char *name, int depth, long *left, struct fault *f)
{
	AUTO_CLOSE int below = openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (below >= 0)
		return look_through(below, depth, left, f);
	if (errno == EACCES && faccessat(dir, name, X_OK, AT_EACCESS) == 0)
		return fault_set(f, "%s can be walked through but not looked at", name);
	return errno == EACCES || errno == ENOENT ? 0 : fault_sys(f, "%s can't be looked at", name);
}

/*
 * A socket or named pipe in what --ro shows could be connected to or opened by the program: neither a read-only mount nor
 * Landlock forbids that. So nobody is shown one. One that is made later is not seen; sandbox/README.md says so.
 */
static int look_through(int dir, int depth, long *left, struct fault *f)
{
	struct kernel_listing listing = { 0 };
	const struct kernel_entry *entry;
	int failed = 0;

	while (!failed && (entry = kernel_list(&listing, dir))) {
		if (--*left < 0)
			return fault_set(f, "has more than %d files to look through", LOOK_MAX_FILES);
		if (entry->type == DT_SOCK || entry->type == DT_FIFO)
			return fault_set(f, "has a %s in it (%s)",
				entry->type == DT_SOCK ? "socket" : "named pipe", entry->name);
		if (entry->type != DT_DIR || strcmp(entry->name, ".") == 0 || strcmp(entry->name, "..") == 0)
			continue;
		if (depth == LOOK_MAX_DEPTH)
			return fault_set(f, "is deeper than %d folders", LOOK_MAX_DEPTH);
		failed = look_below(dir, entry->name, depth + 1, left, f);
	}
	return failed || !listing.failed ? failed : fault_sys(f, "can't be listed");
}

static int look_at_folder(const char *host, struct fault *f)
{
	AUTO_CLOSE int dir = kernel_open(host, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	long left = LOOK_MAX_FILES;

	if (dir < 0)
		return fault_sys(f, "--ro %s", host);
	return look_through(dir, 0, &left, f) < 0 ? fault_wrap(f, "--ro %s", host) : 0;
}

int trees_grab(struct trees *trees, const struct plan *plan, struct fault *f)
{
	struct stat st;

	trees->count = 0;
	for (size_t i = 0; i < plan->n_ro; i++) {
		const struct plan_ro *ro = &plan->ro[i];

		if (stat(ro->host, &st) < 0)
			return fault_sys(f, "--ro %s", ro->host);
		if (!S_ISDIR(st.st_mode) && !S_ISREG(st.st_mode))
			return fault_set(
				f, "--ro %s: is neither a directory nor a regular file", ro->host);
		if (S_ISDIR(st.st_mode) && look_at_folder(ro->host, f) < 0)
			return -1;
		if (add_tree(trees, ro->host, ro->inside + 1, S_ISDIR(st.st_mode), f) < 0)
			return -1;
	}
	return 0;
}

int trees_put(struct trees *trees, struct fault *f)
{
	for (size_t i = 0; i < trees->count; i++) {
		struct tree *tree = &trees->list[i];

		if (make_place(tree->at, tree->is_dir, f) < 0)
			return -1;
		if (kernel_move_mount(tree->fd, AT_FDCWD, tree->at, false) < 0)
			return fault_sys(f, "cannot mount /%s", tree->at);
		close(tree->fd);
		tree->fd = -1;
	}
	return 0;
}
