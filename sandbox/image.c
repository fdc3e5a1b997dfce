// SPDX-License-Identifier: MIT
/*
 * Reading images. One reader (next) knows the layout and checks every length against what is
 * left; checking and extracting are two loops over it.
 *
 * Extraction makes each entry by its bare name in a directory fd and never opens by path, so a
 * link in the image is a thing that is made, never one that is followed.
 */
#include "image.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "auto.h"
#include "image_io.h"

struct reader {
	const unsigned char *bytes;
	size_t length, at;
	struct image_record record;
	char name[256];
	const unsigned char *content;
};

static int start(struct reader *r, const void *image, size_t length, struct fault *f)
{
	*r = (struct reader){ .bytes = image, .length = length, .at = IMAGE_MAGIC_SIZE };
	if (length < IMAGE_MAGIC_SIZE || memcmp(image, image_magic, IMAGE_MAGIC_SIZE) != 0)
		return fault_set(f, "not an image");
	return 0;
}

static int check_name(const struct reader *r, struct fault *f)
{
	const char *name = r->name;
	size_t length = r->record.name_length;

	if (r->record.kind == IMAGE_UP || r->record.kind == IMAGE_END)
		return length || r->record.size ? fault_set(f, "image: an end has a name") : 0;
	if (length == 0 || strlen(name) != length || strchr(name, '/') || strcmp(name, ".") == 0 ||
		strcmp(name, "..") == 0)
		return fault_set(f, "image: an impossible name");
	if (r->record.kind == IMAGE_DIR && r->record.size)
		return fault_set(f, "image: a directory has bytes");
	if (r->record.kind == IMAGE_LINK &&
		(r->record.size == 0 || r->record.size > 4095 ||
			memchr(r->content, 0, r->record.size)))
		return fault_set(f, "image: an impossible link");
	if (r->record.mtime_ns >= 1000000000)
		return fault_set(f, "image: an impossible time");
	return 0;
}

/* Reads the next record; the reader's fields say what it is. */
static int next(struct reader *r, struct fault *f)
{
	size_t left = r->length - r->at, used = sizeof(r->record);

	if (left < used)
		return fault_set(f, "image: cut off");
	memcpy(&r->record, r->bytes + r->at, used);
	if (!r->record.kind || !strchr("dflue", r->record.kind))
		return fault_set(f, "image: an unknown record");
	if (r->record.name_length > 255 || r->record.name_length > left - used)
		return fault_set(f, "image: cut off in a name");
	memcpy(r->name, r->bytes + r->at + used, r->record.name_length);
	r->name[r->record.name_length] = '\0';
	used += r->record.name_length;
	if (r->record.size > left - used)
		return fault_set(f, "image: cut off in a file");
	r->content = r->bytes + r->at + used;
	used += r->record.size;
	used += image_padding(used);
	if (used > left)
		return fault_set(f, "image: cut off");
	r->at += used;
	return check_name(r, f);
}

int image_check(const void *image, size_t length, struct image_size *size, struct fault *f)
{
	struct image_size sum = { 0 };
	struct reader r;
	int depth = 0;

	if (start(&r, image, length, f) < 0)
		return -1;
	for (;;) {
		if (next(&r, f) < 0)
			return -1;
		if (r.record.kind == IMAGE_END)
			break;
		depth += (r.record.kind == IMAGE_DIR) - (r.record.kind == IMAGE_UP);
		if (depth < 0 || depth > IMAGE_MAX_DEPTH)
			return fault_set(f, "image: an impossible depth");
		sum.entries += r.record.kind != IMAGE_UP;
		if (r.record.kind == IMAGE_FILE)
			sum.bytes += (r.record.size + 4095) & ~(uint64_t)4095;
	}
	if (depth != 0)
		return fault_set(f, "image: ends within a directory");
	if (size)
		*size = sum;
	return 0;
}

int image_fits(const struct image_size *size, long disk_mib, long memory_mib, struct fault *f)
{
	/* What the kernel keeps for an inode with a long name, for the tree over a file's pages, and for pid 1. */
	enum { ENTRY_BYTES = 4096, INODE_BYTES = 2048, PAGES_SHARE = 32, OWN_BYTES = 3 << 20 };
	uint64_t disk = (uint64_t)disk_mib << 20, memory = (uint64_t)memory_mib << 20;
	uint64_t needed = size->bytes + size->bytes / PAGES_SHARE + size->entries * INODE_BYTES + OWN_BYTES;
	unsigned long long kib = size->bytes >> 10, entries = size->entries;

	if (size->bytes > disk)
		return fault_set(f, "%llu KiB of files are more than --disk-mib %ld", kib, disk_mib);
	if (size->entries > disk / ENTRY_BYTES)
		return fault_set(f, "%llu entries (files and directories) are too many: --disk-mib %ld has room for %llu", entries,
			disk_mib, (unsigned long long)disk / ENTRY_BYTES);
	if (needed > memory)
		return fault_set(f, "%llu KiB in %llu entries leave nothing of --memory-mib %ld", kib, entries,
			memory_mib);
	return 0;
}

static int make_file(const struct reader *r, int dir, struct fault *f)
{
	mode_t mode = r->record.executable ? 0755 : 0644;
	struct timespec times[2] = { { .tv_nsec = UTIME_OMIT },
		{ r->record.mtime_s, r->record.mtime_ns } };
	AUTO_CLOSE int fd =
		openat(dir, r->name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);

	if (fd < 0 || image_write(fd, r->content, r->record.size) < 0)
		return fault_sys(f, "cannot make the file %s", r->name);
	if (futimens(fd, times) < 0)
		return fault_sys(f, "cannot date the file %s", r->name);
	return 0;
}

static int make_link(const struct reader *r, int dir, struct fault *f)
{
	char target[4096];

	memcpy(target, r->content, r->record.size);
	target[r->record.size] = '\0';
	if (symlinkat(target, dir, r->name) < 0)
		return fault_sys(f, "cannot make the link %s", r->name);
	return 0;
}

/* Makes a directory and opens it; -1 with the reason. */
static int make_dir(const struct reader *r, int dir, struct fault *f)
{
	int fd;

	if (mkdirat(dir, r->name, 0755) < 0)
		return fault_sys(f, "cannot make the directory %s", r->name);
	fd = openat(dir, r->name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	return fd < 0 ? fault_sys(f, "cannot open the directory %s", r->name) : fd;
}

static int extract_all(struct reader *r, int *dirs, int *depth, struct fault *f)
{
	while (next(r, f) == 0) {
		int fd;

		switch (r->record.kind) {
		case IMAGE_END:
			return 0;
		case IMAGE_UP:
			if (*depth == 0)
				return fault_set(f, "image: an impossible depth");
			close(dirs[(*depth)--]);
			break;
		case IMAGE_DIR:
			if (*depth == IMAGE_MAX_DEPTH)
				return fault_set(f, "image: an impossible depth");
			if ((fd = make_dir(r, dirs[*depth], f)) < 0)
				return -1;
			dirs[++*depth] = fd;
			break;
		case IMAGE_FILE:
			if (make_file(r, dirs[*depth], f) < 0)
				return -1;
			break;
		default:
			if (make_link(r, dirs[*depth], f) < 0)
				return -1;
		}
	}
	return -1;
}

int image_extract(const void *image, size_t length, int dir, struct fault *f)
{
	int dirs[IMAGE_MAX_DEPTH + 1] = { dir }, depth = 0, failed;
	struct reader r;

	if (start(&r, image, length, f) < 0)
		return -1;
	failed = extract_all(&r, dirs, &depth, f);
	while (depth > 0)
		close(dirs[depth--]);
	return failed;
}

int image_map(int fd, const void **image, size_t *length, struct fault *f)
{
	struct stat st;
	void *bytes;

	if (fstat(fd, &st) < 0)
		return fault_sys(f, "cannot look at the image");
	if (st.st_size == 0)
		return fault_set(f, "the image is empty");
	bytes = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (bytes == MAP_FAILED)
		return fault_sys(f, "cannot map the image");
	*image = bytes;
	*length = (size_t)st.st_size;
	return 0;
}
