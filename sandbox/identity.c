// SPDX-License-Identifier: MIT
/*
 * The default range lies above what systemd hands out by itself and below 2^31, where file systems begin to err. A
 * container that maps only 65536 ids gets the small gap that both Debian and systemd leave free.
 */
#include "identity.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <unistd.h>

#include "auto.h"
#include "kernel.h"

static const struct {
	uid_t first, last;
} default_ranges[] = {
	{ 1900000000, 1900004095 },
	{ 60706, 61183 },
};

enum { RANGES = sizeof(default_ranges) / sizeof(default_ranges[0]) };

/* A byte of this file for each id, locked while the id is used; the kernel lets go of the dead. */
static const char lock_file[] = "/run/assay/ids.lock";

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
	for (const char *line = text; *line; line = next_line(line)) {
		const char *field = line;
		char *end;

		for (int colons = 0; colons < 2 && *field && *field != '\n'; field++)
			colons += *field == ':';
		if (strtoul(field, &end, 10) == id && end > field && *end == ':')
			return true;
	}
	return false;
}

uid_t identity_systemds_until(uid_t id)
{
	static const struct {
		uid_t first, last;
	} given_out[] = {
		{ 60001, 60705 },       /* people whose homes it manages, of containers, and who greets them */
		{ 61184, 65519 },       /* dynamic users */
		{ 65535, 65535 },       /* what 16 bits call "no id" */
		{ 524288, 1879048191 }, /* containers */
	};

	for (size_t i = 0; i < sizeof(given_out) / sizeof(given_out[0]); i++)
		if (id >= given_out[i].first && id <= given_out[i].last)
			return given_out[i].last;
	return 0;
}

static bool is_free(const struct host *host, uid_t id)
{
	return identity_is_mapped(host->uid_map, id) && identity_is_mapped(host->gid_map, id) &&
		!is_named(host->passwd, id) && !is_named(host->group, id) &&
		!identity_is_delegated(host->subuid, id) && !identity_is_delegated(host->subgid, id);
}

static int open_locks(struct fault *f)
{
	int flags = O_RDWR | O_NOFOLLOW | O_CLOEXEC, fd = kernel_create(lock_file, flags, 0600);

	if (fd < 0 && errno == ENOENT && (mkdir("/run/assay", 0755) == 0 || errno == EEXIST))
		fd = kernel_create(lock_file, flags, 0600);
	return fd < 0 ? fault_sys(f, "cannot open %s", lock_file) : fd;
}

/*
 * Locks the byte of ID, if nobody else has. The lock belongs to the open file, which pid 1 of the
 * box holds, too: an id isn't given away before its last box is dead.
 */
static bool try_lock(int locks, uid_t id)
{
	struct flock byte = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = id, .l_len = 1 };

	return fcntl(locks, F_OFD_SETLK, &byte) == 0;
}

/* Starts somewhere in the range, so that neighbours rarely try the same one. */
static bool take_from(
	struct identity *id, const struct host *host, int locks, uid_t first, uid_t last)
{
	uid_t count = last - first + 1, start = (uid_t)getpid() % count;

	for (uid_t i = 0; i < count; i++) {
		uid_t one = first + (start + i) % count, until = identity_systemds_until(one);

		if (until) {
			i += (until < last ? until : last) - one;
			continue;
		}
		if (!is_free(host, one) || !try_lock(locks, one))
			continue;
		id->uid = one;
		id->gid = one;
		return true;
	}
	return false;
}

static bool take_default(struct identity *id, const struct host *host, int locks)
{
	for (size_t i = 0; i < RANGES; i++)
		if (take_from(id, host, locks, default_ranges[i].first, default_ranges[i].last))
			return true;
	return false;
}

int identity_look(struct identity *id, struct fault *f)
{
	/* As they were when we were exec'ed; they never change. */
	uid_t uid = (uid_t)getauxval(AT_UID);
	gid_t gid = (gid_t)getauxval(AT_GID);

	*id = (struct identity){ .uid = uid, .gid = gid, .is_shared = uid != 0, .lock = -1 };
	if (uid != getauxval(AT_EUID) || gid != getauxval(AT_EGID))
		return fault_set(f, "assay-box must not be installed set-uid or set-gid");
	if (uid != 0 && gid == 0)
		return fault_set(f, "the group root must not start boxes");
	return 0;
}

int identity_take(struct identity *id, const struct plan *plan, struct host *host, struct fault *f)
{
	AUTO_CLOSE int locks = -1;

	if (id->is_shared)
		return 0;
	if (host_find_names(host, f) < 0 || (locks = open_locks(f)) < 0)
		return -1;
	if (plan->last_id) {
		if (!take_from(id, host, locks, plan->first_id, plan->last_id))
			return fault_set(f,
				"no id between %u and %u is mapped, unnamed, unused and outside what systemd gives out"
				" (60001-60705, 61184-65519, 65535, 524288-1879048191)", plan->first_id, plan->last_id);
	} else if (!take_default(id, host, locks))
		return fault_set(
			f, "no id is mapped, unnamed and unused; choose a range with --ids");
	id->lock = take_fd(&locks);
	return 0;
}

void identity_drop(struct identity *id)
{
	if (id->lock >= 0)
		close(id->lock);
	id->lock = -1;
}
