// SPDX-License-Identifier: MIT
/*
 * Which parts of the host a box sees, and how they are cut off from it: each is cloned
 * (open_tree), with everything mounted below, and made private, read-only, nosuid and nodev
 * before it is mounted anywhere. Private matters: a clone of a shared mount would otherwise
 * carry what we mount on it back to the host.
 */
#include "mounts.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "auto.h"

/* What of /etc a program may need: names, with why. Never passwd, hosts or secrets. */
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
static const char *const ssl_parts[] = { "ssl/certs", "ssl/openssl.cnf" };

static const char *const device_nodes[] = { "null", "zero", "full", "random", "urandom" };

/* Where a distribution that hasn't merged /usr keeps real folders. */
static const char *const merged[] = { "bin", "sbin", "lib", "lib32", "lib64", "libx32" };

static int add_tree(struct trees *trees, const char *host, const char *at, bool is_dir,
	unsigned long flags, struct fault *f)
{
	struct mount_attr attr = { .attr_set = flags, .propagation = MS_PRIVATE };
	AUTO_CLOSE int fd = -1;
	struct tree *tree = &trees->list[trees->count];

	if (trees->count == TREES_MAX)
		return fault_set(f, "too many places of the host to show");
	fd = open_tree(AT_FDCWD, host, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE);
	if (fd < 0)
		return fault_sys(f, "cannot take %s", host);
	if (mount_setattr(fd, "", AT_EMPTY_PATH | AT_RECURSIVE, &attr, sizeof(attr)) < 0)
		return fault_sys(f, "cannot make %s read-only", host);
	if ((size_t)snprintf(tree->at, sizeof(tree->at), "%s", at) >= sizeof(tree->at))
		return fault_set(f, "%s: too long", at);
	tree->is_dir = is_dir;
	tree->fd = take_fd(&fd);
	trees->count++;
	return 0;
}

enum { READ_ONLY = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV };
enum { DEVICE_NODE = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC };

/* Adds HOST if it is a directory or a regular file; what isn't there is left out. */
static int add_if_there(struct trees *trees, const char *host, const char *at, struct fault *f)
{
	struct stat st;

	if (stat(host, &st) < 0 || (!S_ISDIR(st.st_mode) && !S_ISREG(st.st_mode)))
		return 0;
	return add_tree(trees, host, at, S_ISDIR(st.st_mode), READ_ONLY, f);
}

static int grab_system(struct trees *trees, struct fault *f)
{
	char host[32];
	struct stat st;

	if (add_tree(trees, "/usr", "usr", true, READ_ONLY, f) < 0)
		return -1;
	for (size_t i = 0; i < sizeof(merged) / sizeof(merged[0]); i++) {
		snprintf(host, sizeof(host), "/%s", merged[i]);
		if (lstat(host, &st) == 0 && S_ISDIR(st.st_mode) &&
			add_tree(trees, host, merged[i], true, READ_ONLY, f) < 0)
			return -1;
	}
	return 0;
}

static bool is_wanted_in_etc(const char *name)
{
	for (size_t i = 0; i < ETC_ROWS; i++)
		if (fnmatch(etc_rows[i].pattern, name, 0) == 0)
			return true;
	return false;
}

static int grab_etc(struct trees *trees, struct fault *f)
{
	AUTO_CLOSEDIR DIR *dir = opendir("/etc");
	struct dirent *entry;
	char host[300], at[300];

	while (dir && (entry = readdir(dir))) {
		if (!is_wanted_in_etc(entry->d_name))
			continue;
		snprintf(host, sizeof(host), "/etc/%s", entry->d_name);
		if (add_if_there(trees, host, host + 1, f) < 0)
			return -1;
	}
	for (size_t i = 0; i < sizeof(ssl_parts) / sizeof(ssl_parts[0]); i++) {
		snprintf(at, sizeof(at), "/etc/%s", ssl_parts[i]);
		if (add_if_there(trees, at, at + 1, f) < 0)
			return -1;
	}
	return 0;
}

static int grab_devices(struct trees *trees, struct fault *f)
{
	char host[32];

	for (size_t i = 0; i < sizeof(device_nodes) / sizeof(device_nodes[0]); i++) {
		snprintf(host, sizeof(host), "/dev/%s", device_nodes[i]);
		if (add_tree(trees, host, host + 1, false, DEVICE_NODE, f) < 0)
			return -1;
	}
	return 0;
}

static int grab_asked(struct trees *trees, const struct plan *plan, struct fault *f)
{
	struct stat st;

	for (size_t i = 0; i < plan->n_ro; i++) {
		const struct plan_ro *ro = &plan->ro[i];

		if (stat(ro->host, &st) < 0)
			return fault_sys(f, "--ro %s", ro->host);
		if (!S_ISDIR(st.st_mode) && !S_ISREG(st.st_mode))
			return fault_set(
				f, "--ro %s: is neither a directory nor a regular file", ro->host);
		if (add_tree(trees, ro->host, ro->inside + 1, S_ISDIR(st.st_mode), READ_ONLY, f) <
			0)
			return -1;
	}
	return 0;
}

int trees_grab(struct trees *trees, const struct plan *plan, struct fault *f)
{
	trees->count = 0;
	if (grab_system(trees, f) < 0 || grab_etc(trees, f) < 0 || grab_devices(trees, f) < 0)
		return -1;
	return grab_asked(trees, plan, f);
}
