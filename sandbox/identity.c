// SPDX-License-Identifier: MIT
/*
 * The default range lies above what systemd hands out by itself (61184-65519 dynamic users,
 * 524288-1879048191 containers) and below 2^31, where file systems begin to err. A container
 * that maps only 65536 ids gets the small gap that both Debian and systemd leave free.
 *
 * passwd is read as a file: the name services behind getpwuid would load plug-ins into a
 * program that starts hostile ones.
 */
#include "identity.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "auto.h"

static const struct {
	uid_t first, last;
} default_ranges[] = {
	{ 1900000000, 1900004095 },
	{ 60600, 61111 },
};

enum { RANGES = sizeof(default_ranges) / sizeof(default_ranges[0]) };

static const char lock_dir[] = "/run/assay/ids";

static const char *next_line(const char *line)
{
	line += strcspn(line, "\n");
	return line + (*line == '\n');
}

bool identity_is_mapped(const char *text, uid_t id)
{
	unsigned long first, count;

	for (const char *line = text; *line; line = next_line(line))
		if (sscanf(line, "%lu %*u %lu", &first, &count) == 2 && id >= first &&
			id - first < count)
			return true;
	return false;
}

bool identity_is_delegated(const char *text, uid_t id)
{
	unsigned long first, count;

	for (const char *line = text; *line; line = next_line(line))
		if (sscanf(line, "%*[^:\n]:%lu:%lu", &first, &count) == 2 && id >= first &&
			id - first < count)
			return true;
	return false;
}

/* True if ID stands in the third field of a line like passwd's or group's. */
static bool is_named(const char *text, uid_t id)
{
	unsigned long one;

	for (const char *line = text; *line; line = next_line(line))
		if (sscanf(line, "%*[^:\n]:%*[^:\n]:%lu", &one) == 1 && one == id)
			return true;
	return false;
}

/* All of a file; "" if it isn't there. NULL without memory. Release with free. */
static char *read_all(const char *path)
{
	AUTO_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t size = 1 << 16, used = 0;
	char *text = malloc(size);
	ssize_t n = 0;

	while (text && fd >= 0 && (n = read(fd, text + used, size - 1 - used)) > 0) {
		used += (size_t)n;
		if (used + 1 == size) {
			char *bigger = realloc(text, size *= 2);

			if (!bigger)
				free(text);
			text = bigger;
		}
	}
	if (text)
		text[used] = '\0';
	return text;
}

/* What stands in the way of an id, read once. */
struct neighbours {
	char *uid_map, *gid_map, *passwd, *group, *subuid, *subgid;
};

static void neighbours_done(struct neighbours *n)
{
	free(n->uid_map);
	free(n->gid_map);
	free(n->passwd);
	free(n->group);
	free(n->subuid);
	free(n->subgid);
}

static int neighbours_load(struct neighbours *n, struct fault *f)
{
	n->uid_map = read_all("/proc/self/uid_map");
	n->gid_map = read_all("/proc/self/gid_map");
	n->passwd = read_all("/etc/passwd");
	n->group = read_all("/etc/group");
	n->subuid = read_all("/etc/subuid");
	n->subgid = read_all("/etc/subgid");
	if (!n->uid_map || !n->gid_map || !n->passwd || !n->group || !n->subuid || !n->subgid)
		return fault_set(f, "out of memory");
	return 0;
}

static bool is_free(const struct neighbours *n, uid_t id)
{
	return identity_is_mapped(n->uid_map, id) && identity_is_mapped(n->gid_map, id) &&
		!is_named(n->passwd, id) && !is_named(n->group, id) &&
		!identity_is_delegated(n->subuid, id) && !identity_is_delegated(n->subgid, id);
}

static int open_lock_dir(struct fault *f)
{
	int dir;

	if ((mkdir("/run/assay", 0755) < 0 && errno != EEXIST) ||
		(mkdir(lock_dir, 0700) < 0 && errno != EEXIST))
		return fault_sys(f, "cannot make %s", lock_dir);
	dir = open(lock_dir, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	return dir < 0 ? fault_sys(f, "cannot open %s", lock_dir) : dir;
}

/*
 * The lock file of ID, held; -1 if another launcher holds it. Its holder removes it before
 * letting go, so a file that was opened just before has no name any more and doesn't count.
 */
static int try_lock(int dir, uid_t id)
{
	AUTO_CLOSE int fd = -1;
	struct stat st;
	char name[16];

	snprintf(name, sizeof(name), "%u", id);
	fd = openat(dir, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) < 0 || fstat(fd, &st) < 0 || st.st_nlink == 0)
		return -1;
	return take_fd(&fd);
}

/* Removes the locks of launchers that were killed: nobody holds them. */
static void sweep_locks(int dir)
{
	int copy = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	AUTO_CLOSEDIR DIR *list = copy >= 0 ? fdopendir(copy) : NULL;
	struct dirent *entry;

	while (list && (entry = readdir(list))) {
		AUTO_CLOSE int fd = -1;

		if (entry->d_name[0] == '.')
			continue;
		fd = openat(dir, entry->d_name, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
		if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
			unlinkat(dir, entry->d_name, 0);
	}
}

/* Starts somewhere in the range, so that neighbours rarely try the same one. */
static bool take_from(
	struct identity *id, const struct neighbours *n, int dir, uid_t first, uid_t last)
{
	uid_t count = last - first + 1, start = (uid_t)getpid() % count;

	for (uid_t i = 0; i < count; i++) {
		uid_t one = first + (start + i) % count;

		if (!is_free(n, one) || (id->lock = try_lock(dir, one)) < 0)
			continue;
		id->uid = one;
		id->gid = one;
		return true;
	}
	return false;
}

int identity_take(struct identity *id, const struct plan *plan, struct fault *f)
{
	struct neighbours neighbours __attribute__((cleanup(neighbours_done))) = { 0 };
	AUTO_CLOSE int dir = -1;

	*id = (struct identity){ .uid = getuid(), .gid = getgid(), .is_shared = true, .lock = -1 };
	if (getuid() != geteuid() || getgid() != getegid())
		return fault_set(f, "assay-box must not be installed set-uid or set-gid");
	if (getuid() != 0)
		return getgid() ? 0 : fault_set(f, "the group root must not start boxes");
	id->is_shared = false;
	if (neighbours_load(&neighbours, f) < 0 || (dir = open_lock_dir(f)) < 0)
		return -1;
	sweep_locks(dir);
	if (plan->last_id) {
		if (take_from(id, &neighbours, dir, plan->first_id, plan->last_id))
			return 0;
		return fault_set(f, "no id between %u and %u is mapped, unnamed and unused",
			plan->first_id, plan->last_id);
	}
	for (size_t i = 0; i < RANGES; i++)
		if (take_from(
			    id, &neighbours, dir, default_ranges[i].first, default_ranges[i].last))
			return 0;
	return fault_set(f, "no id is mapped, unnamed and unused; choose a range with --ids");
}

void identity_drop(struct identity *id)
{
	char path[sizeof(lock_dir) + 16];

	if (id->lock < 0)
		return;
	snprintf(path, sizeof(path), "%s/%u", lock_dir, id->uid);
	unlink(path);
	close(id->lock);
	id->lock = -1;
}
