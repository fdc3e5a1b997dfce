// SPDX-License-Identifier: MIT
/* Trees are frozen and thawed; images that aren't well-formed are refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <ftw.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "image.h"

/* A directory of the test's own, with "in" and an empty "out" in it. */
struct place {
	char path[64];
	int in, out, image;
};

static int setup(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	assert_non_null(p);
	snprintf(p->path, sizeof(p->path), "/tmp/assay-image.XXXXXX");
	assert_non_null(mkdtemp(p->path));
	assert_int_equal(chdir(p->path), 0);
	assert_int_equal(mkdir("in", 0755) | mkdir("out", 0755), 0);
	p->in = open("in", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	p->out = open("out", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	p->image = memfd_create("image", MFD_CLOEXEC);
	*state = p;
	return 0;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st, (void)kind, (void)ftw;
	return remove(path);
}

static int teardown(void **state)
{
	struct place *p = *state;

	close(p->in);
	close(p->out);
	close(p->image);
	nftw(p->path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	free(p);
	return 0;
}

static void write_file(const char *path, const char *text, mode_t mode)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, mode);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

static int thaw(struct place *p, struct fault *f)
{
	const void *image = NULL;
	size_t length = 0;
	int failed;

	if (image_map(p->image, &image, &length, f) < 0)
		return -1;
	failed = image_check(image, length, NULL, f) < 0 ||
		image_extract(image, length, p->out, f) < 0;
	munmap((void *)image, length);
	return failed ? -1 : 0;
}

static void a_tree_survives_freezing(void **state)
{
	struct place *p = *state;
	struct fault f = { 0 };
	struct stat st;
	char target[16] = "";

	mkdir("in/d", 0700);
	write_file("in/d/script", "echo hi", 0700);
	assert_int_equal(symlink("../d/script", "in/d/link"), 0);
	assert_int_equal(image_pack(p->in, p->image, 1 << 20, IMAGE_STRICT, &f), 0);

	assert_int_equal(thaw(p, &f), 0);

	assert_int_equal(stat("out/d/script", &st), 0);
	assert_int_equal(st.st_size, 7);
	assert_int_equal(st.st_mode & 07777, 0755);
	assert_int_equal(readlink("out/d/link", target, sizeof(target)), 11);
	assert_string_equal(target, "../d/script");
}

static void empty_directories_survive_freezing(void **state)
{
	struct place *p = *state;
	struct fault f = { 0 };

	assert_int_equal(mkdir("in/empty", 0755), 0);
	assert_int_equal(image_pack(p->in, p->image, 1 << 20, IMAGE_STRICT, &f), 0);

	assert_int_equal(thaw(p, &f), 0);

	assert_int_equal(faccessat(p->out, "empty", F_OK, AT_SYMLINK_NOFOLLOW), 0);
}

static void equal_trees_give_equal_bytes(void **state)
{
	struct place *p = *state;
	struct fault f = { 0 };
	char one[512] = "", other[512] = "";

	assert_int_equal(symlink("x", "in/a") | symlink("x", "in/c") | symlink("x", "in/b"), 0);
	assert_int_equal(symlink("x", "out/b") | symlink("x", "out/a") | symlink("x", "out/c"), 0);
	assert_int_equal(image_pack(p->in, p->image, 1 << 20, IMAGE_STRICT, &f), 0);
	assert_true(pread(p->image, one, sizeof(one), 0) > 0);
	assert_int_equal(ftruncate(p->image, 0), 0);
	lseek(p->image, 0, SEEK_SET);

	assert_int_equal(image_pack(p->out, p->image, 1 << 20, IMAGE_STRICT, &f), 0);

	assert_true(pread(p->image, other, sizeof(other), 0) > 0);
	assert_memory_equal(one, other, sizeof(one));
}

static void a_link_outside_is_refused_with_its_place(void **state)
{
	struct place *p = *state;
	struct fault f = { 0 };

	mkdir("in/d", 0755);
	assert_int_equal(symlink("../../etc", "in/d/evil"), 0);

	assert_int_equal(image_pack(p->in, p->image, 1 << 20, IMAGE_STRICT, &f), -1);

	assert_string_equal(f.text, "d/evil: a link that leads outside");
}

static void a_lenient_packer_keeps_links_and_leaves_pipes_out(void **state)
{
	struct place *p = *state;
	struct fault f = { 0 };

	assert_int_equal(symlink("/etc", "in/evil"), 0);
	assert_int_equal(mkfifo("in/pipe", 0600), 0);
	assert_int_equal(image_pack(p->in, p->image, 1 << 20, IMAGE_LENIENT, &f), 0);

	assert_int_equal(thaw(p, &f), 0);

	assert_int_equal(faccessat(p->out, "evil", F_OK, AT_SYMLINK_NOFOLLOW), 0);
	assert_int_equal(faccessat(p->out, "pipe", F_OK, AT_SYMLINK_NOFOLLOW), -1);
}

static void what_is_too_large_is_refused(void **state)
{
	struct place *p = *state;
	struct fault f = { 0 };
	int fd = open("in/sparse", O_WRONLY | O_CREAT | O_CLOEXEC, 0644);

	assert_int_equal(ftruncate(fd, 2 << 20), 0);
	close(fd);

	assert_int_equal(image_pack(p->in, p->image, 1 << 20, IMAGE_STRICT, &f), -1);

	assert_string_equal(f.text, "sparse: larger than what is left of 1 MiB");
}

static void what_leaves_no_room_in_a_box_does_not_fit(void **state)
{
	const struct image_size fits = { 40 << 20, 4000 }, large = { 9 << 20, 1 }, many = { 0, 2049 };
	const struct image_size heavy = { 61 << 20, 1 }, inodes = { 32 << 20, 15000 };
	struct fault f = { 0 };
	(void)state;

	assert_int_equal(image_fits(&fits, 64, 64, &f), 0);
	assert_int_equal(image_fits(&large, 8, 64, &f), -1);
	assert_string_equal(f.text, "9216 KiB of files are more than --disk-mib 8");
	assert_int_equal(image_fits(&many, 8, 64, &f), -1);
	assert_string_equal(f.text, "2049 entries (files and directories) are too many: --disk-mib 8 has room for 2048");
	assert_int_equal(image_fits(&heavy, 64, 64, &f), -1);
	assert_int_equal(image_fits(&inodes, 64, 64, &f), -1);
	assert_non_null(strstr(f.text, "leave nothing of --memory-mib 64"));
}

static void what_is_too_deep_is_refused(void **state)
{
	struct place *p = *state;
	struct fault f = { 0 };

	assert_int_equal(chdir("in"), 0);
	for (int level = 0; level <= IMAGE_MAX_DEPTH; level++)
		assert_int_equal(mkdir("d", 0755) | chdir("d"), 0);

	assert_int_equal(image_pack(p->in, p->image, 1 << 20, IMAGE_STRICT, &f), -1);

	assert_non_null(strstr(f.text, "deeper than 64 levels"));
}

/* An image with one record, made by hand. */
struct by_hand {
	char magic[IMAGE_MAGIC_SIZE];
	struct image_record record;
	char rest[72];
};

static struct by_hand one_record(enum image_kind kind, const char *name, uint64_t size)
{
	struct by_hand image = { .magic = "assay-image 1\n" };

	image.record.kind = (uint8_t)kind;
	image.record.name_length = (uint16_t)strlen(name);
	image.record.size = size;
	memcpy(image.rest, name, strlen(name));
	return image;
}

static void refuses(struct by_hand image, const char *why)
{
	struct fault f = { 0 };

	assert_int_equal(image_check(&image, sizeof(image), NULL, &f), -1);

	assert_string_equal(f.text, why);
}

static void names_that_are_paths_are_refused(void **state)
{
	(void)state;

	refuses(one_record(IMAGE_FILE, "a/b", 0), "image: an impossible name");
	refuses(one_record(IMAGE_FILE, "..", 0), "image: an impossible name");
	refuses(one_record(IMAGE_DIR, ".", 0), "image: an impossible name");
	refuses(one_record(IMAGE_FILE, "", 0), "image: an impossible name");
}

static void sizes_that_reach_beyond_the_end_are_refused(void **state)
{
	(void)state;

	refuses(one_record(IMAGE_FILE, "a", 1 << 20), "image: cut off in a file");
	refuses(one_record(IMAGE_FILE, "a", UINT64_MAX), "image: cut off in a file");
	refuses(one_record(IMAGE_FILE, "a", UINT64_MAX - 30), "image: cut off in a file");
}

static void unbalanced_directories_are_refused(void **state)
{
	struct by_hand image = one_record(IMAGE_UP, "", 0);
	(void)state;

	refuses(image, "image: an impossible depth");
}

static void an_unknown_record_is_refused(void **state)
{
	(void)state;

	refuses(one_record('x', "a", 0), "image: an unknown record");
}

static void an_image_cut_off_anywhere_is_refused(void **state)
{
	struct place *p = *state;
	const void *image = NULL;
	size_t length = 0;
	struct fault f = { 0 };

	write_file("in/file", "content", 0644);
	assert_int_equal(image_pack(p->in, p->image, 1 << 20, IMAGE_STRICT, &f), 0);
	assert_int_equal(image_map(p->image, &image, &length, &f), 0);

	for (size_t cut = 0; cut < length; cut++)
		assert_int_equal(image_check(image, cut, NULL, &f), -1);

	assert_int_equal(image_check(image, length, NULL, &f), 0);
	munmap((void *)image, length);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_tree_survives_freezing, setup, teardown),
		cmocka_unit_test_setup_teardown(
			empty_directories_survive_freezing, setup, teardown),
		cmocka_unit_test_setup_teardown(equal_trees_give_equal_bytes, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_link_outside_is_refused_with_its_place, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_lenient_packer_keeps_links_and_leaves_pipes_out, setup, teardown),
		cmocka_unit_test_setup_teardown(what_is_too_large_is_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(what_is_too_deep_is_refused, setup, teardown),
		cmocka_unit_test(what_leaves_no_room_in_a_box_does_not_fit),
		cmocka_unit_test(names_that_are_paths_are_refused),
		cmocka_unit_test(sizes_that_reach_beyond_the_end_are_refused),
		cmocka_unit_test(unbalanced_directories_are_refused),
		cmocka_unit_test(an_unknown_record_is_refused),
		cmocka_unit_test_setup_teardown(
			an_image_cut_off_anywhere_is_refused, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
