// SPDX-License-Identifier: MIT
/*
 * Writing images: an iterative walk over directory fds, one per level, so that neither depth
 * nor length of paths can exhaust anything but IMAGE_MAX_DEPTH.
 *
 * The tree may belong to strangers and, for --work, may still be changed by its owner while we
 * read: everything is opened without following links, checked by fstat on the fd that is then
 * read, and a file that shrinks meanwhile is an error rather than a hole.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "auto.h"
#include "image.h"
#include "image_io.h"

const char image_magic[16] = "assay-image 1\n";

/* A directory on the way down: its name, and what of its entries is still to be packed. */
struct level {
	int fd;
	char name[256];
	char **names; /* sorted, so that equal trees give equal images */
	size_t count, next;
};

struct packer {
	int out;
	uint64_t used, max;
	enum image_strictness strictness;
	struct level levels[IMAGE_MAX_DEPTH + 1];
	int depth;
};

int image_write(int fd, const void *bytes, size_t length)
{
	const char *p = bytes;

	while (length) {
		ssize_t n = write(fd, p, length);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		p += n;
		length -= (size_t)n;
	}
	return 0;
}

static int put(struct packer *p, const void *bytes, size_t length, struct fault *f)
{
	if (length > p->max - p->used)
		return fault_set(f, "larger than %llu MiB", (unsigned long long)(p->max >> 20));
	p->used += length;
	return image_write(p->out, bytes, length) < 0 ? fault_sys(f, "cannot write the image") : 0;
}

static int put_head(struct packer *p, enum image_kind kind, const char *name, const struct stat *st,
	uint64_t size, struct fault *f)
{
	struct image_record record = { .kind = (uint8_t)kind, .size = size };

	record.name_length = (uint16_t)strlen(name);
	if (st) {
		record.executable = (st->st_mode & 0111) != 0;
		record.mtime_s = st->st_mtim.tv_sec;
		record.mtime_ns = (uint32_t)st->st_mtim.tv_nsec;
	}
	if (put(p, &record, sizeof(record), f) < 0)
		return -1;
	return put(p, name, record.name_length, f);
}

static int put_padding(struct packer *p, const char *name, uint64_t size, struct fault *f)
{
	static const char zeros[8];

	return put(p, zeros, image_padding(sizeof(struct image_record) + strlen(name) + size), f);
}

/*
 * Opens NAME without following it. In what a dead box has left with force, if only its mode is in the way; a folder of
 * the host is never changed, its modes included.
 */
static int open_plainly(const struct packer *p, int dir, const char *name, int flags)
{
	AUTO_CLOSE int path = -1;
	char link[32];
	struct stat st;
	int fd = openat(dir, name, flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

	if (fd >= 0 || errno != EACCES || p->strictness == IMAGE_STRICT)
		return fd;
	path = openat(dir, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	if (path < 0 || fstat(path, &st) < 0 || st.st_uid != geteuid() || S_ISLNK(st.st_mode))
		return -1;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", path);
	/* Whether it may be executed is frozen, too. */
	if (chmod(link, (st.st_mode & 0777) | (S_ISDIR(st.st_mode) ? 0500 : 0400)) < 0)
		return -1;
	return openat(dir, name, flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
}

static int pack_file(struct packer *p, int dir, const char *name, struct fault *f)
{
	AUTO_CLOSE int fd = open_plainly(p, dir, name, O_RDONLY);
	char buffer[65536];
	struct stat st;
	uint64_t left;

	if (fd < 0 || fstat(fd, &st) < 0)
		return fault_sys(f, "cannot open");
	if (!S_ISREG(st.st_mode))
		return fault_set(f, "changed while it was read");
	left = (uint64_t)st.st_size;
	if (left > p->max - p->used)
		return fault_set(f, "larger than what is left of %llu MiB",
			(unsigned long long)(p->max >> 20));
	if (put_head(p, IMAGE_FILE, name, &st, left, f) < 0)
		return -1;
	while (left) {
		ssize_t n = read(fd, buffer, left < sizeof(buffer) ? left : sizeof(buffer));

		if (n <= 0)
			return n < 0 ? fault_sys(f, "cannot read")
				     : fault_set(f, "became shorter while it was read");
		if (put(p, buffer, (size_t)n, f) < 0)
			return -1;
		left -= (uint64_t)n;
	}
	return put_padding(p, name, (uint64_t)st.st_size, f);
}

/* By name alone: "a/../.." at depth 1 leaves, "../x" at depth 1 doesn't. */
static bool leads_outside(const char *target, int depth)
{
	if (*target == '/')
		return true;
	while (*target) {
		size_t length = strcspn(target, "/");

		if (length == 2 && target[0] == '.' && target[1] == '.')
			depth--;
		else if (length && !(length == 1 && target[0] == '.'))
			depth++;
		if (depth < 0)
			return true;
		target += length + (target[length] == '/');
	}
	return false;
}

static int pack_link(struct packer *p, int dir, const char *name, struct fault *f)
{
	char target[4096];
	ssize_t length = readlinkat(dir, name, target, sizeof(target) - 1);

	if (length <= 0)
		return fault_sys(f, "cannot read the link");
	target[length] = '\0';
	if (p->strictness == IMAGE_STRICT && leads_outside(target, p->depth))
		return fault_set(f, "a link that leads outside");
	if (put_head(p, IMAGE_LINK, name, NULL, (uint64_t)length, f) < 0 ||
		put(p, target, (size_t)length, f) < 0)
		return -1;
	return put_padding(p, name, (uint64_t)length, f);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void level_done(struct level *level)
{
	for (size_t i = level->next; i < level->count; i++)
		free(level->names[i]);
	free(level->names);
	if (level->fd >= 0)
		close(level->fd);
	*level = (struct level){ .fd = -1 };
}

static int add_name(struct level *level, const char *name, struct fault *f)
{
	/* Grows when the count is a power of two. */
	if ((level->count & (level->count - 1)) == 0) {
		size_t room = level->count ? level->count * 2 : 1;
		char **names = realloc(level->names, room * sizeof(*names));

		if (!names)
			return fault_set(f, "out of memory");
		level->names = names;
	}
	level->names[level->count] = strdup(name);
	if (!level->names[level->count])
		return fault_set(f, "out of memory");
	level->count++;
	return 0;
}

/* Lists the directory FD, which the level takes even when that fails. */
static int level_take(struct level *level, int fd, const char *name, uint64_t max, struct fault *f)
{
	int copy = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	AUTO_CLOSEDIR DIR *dir = copy >= 0 ? fdopendir(copy) : NULL;
	struct dirent *entry;

	*level = (struct level){ .fd = fd };
	snprintf(level->name, sizeof(level->name), "%s", name);
	if (!dir)
		return fault_sys(f, "cannot list");
	while (errno = 0, (entry = readdir(dir))) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (level->count >= max)
			return fault_set(f, "too many entries");
		if (add_name(level, entry->d_name, f) < 0)
			return -1;
	}
	if (errno)
		return fault_sys(f, "cannot list");
	if (level->count)
		qsort(level->names, level->count, sizeof(*level->names), by_name);
	return 0;
}

static int pack_dir(
	struct packer *p, int dir, const char *name, const struct stat *st, struct fault *f)
{
	int fd;

	if (p->depth == IMAGE_MAX_DEPTH)
		return fault_set(f, "deeper than %d levels", IMAGE_MAX_DEPTH);
	fd = open_plainly(p, dir, name, O_RDONLY | O_DIRECTORY);
	if (fd < 0)
		return fault_sys(f, "cannot open");
	if (level_take(&p->levels[++p->depth], fd, name, p->max / sizeof(struct image_record), f) <
			0 ||
		put_head(p, IMAGE_DIR, name, st, 0, f) < 0)
		return -1;
	return put_padding(p, name, 0, f);
}

static int pack_entry(struct packer *p, int dir, const char *name, struct fault *f)
{
	struct stat st;

	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return fault_sys(f, "cannot look at");
	if (S_ISDIR(st.st_mode))
		return pack_dir(p, dir, name, &st, f);
	if (S_ISREG(st.st_mode))
		return pack_file(p, dir, name, f);
	if (S_ISLNK(st.st_mode))
		return pack_link(p, dir, name, f);
	if (p->strictness == IMAGE_LENIENT)
		return 0;
	return fault_set(f, "neither a file, a directory nor a link");
}

/*
 * Puts the folders on the way to NAME before the reason, so that one finds the place; as many
 * of them as leave room for the reason.
 */
static int name_place(const struct packer *p, int depth, const char *name, struct fault *f)
{
	fault_wrap(f, "%.80s", name);
	for (int level = depth; level > 0; level--) {
		struct fault inner = *f;

		if (strlen(f->text) + strlen(p->levels[level].name) > sizeof(f->text) / 2)
			return fault_set(f, ".../%s", inner.text);
		fault_set(f, "%s/%s", p->levels[level].name, inner.text);
	}
	return -1;
}

static int pack_all(struct packer *p, struct fault *f)
{
	while (p->depth >= 0) {
		struct level *level = &p->levels[p->depth];
		char *name AUTO_FREE = NULL;
		int depth = p->depth;

		if (level->next == level->count) {
			level_done(level);
			if (p->depth-- > 0 && put_head(p, IMAGE_UP, "", NULL, 0, f) < 0)
				return -1;
			continue;
		}
		name = level->names[level->next++];
		if (pack_entry(p, level->fd, name, f) < 0)
			return name_place(p, depth, name, f);
	}
	return put_head(p, IMAGE_END, "", NULL, 0, f);
}

int image_pack(
	int dir, int out, uint64_t max_bytes, enum image_strictness strictness, struct fault *f)
{
	struct packer p = { .out = out, .max = max_bytes, .strictness = strictness };
	int fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), failed;

	if (fd < 0)
		return fault_sys(f, "cannot open the directory");
	failed = level_take(&p.levels[0], fd, "", max_bytes / sizeof(struct image_record), f) < 0 ||
		put(&p, image_magic, sizeof(image_magic), f) < 0 || pack_all(&p, f) < 0;
	while (p.depth >= 0)
		level_done(&p.levels[p.depth--]);
	return failed ? -1 : 0;
}
