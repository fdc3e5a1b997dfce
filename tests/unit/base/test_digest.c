// SPDX-License-Identifier: MIT
#include "base/digest.h"
#include "base/fs.h"
#include "base/id.h"
#include "base/text.h"

#include <fcntl.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void a_digest_is_the_published_one(void **state)
{
	char hex[DIGEST_HEX];
	(void)state;

	digest_of("abc", 3, hex);

	/* FIPS 180-2, appendix B.1 */
	assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void a_keyed_digest_is_the_published_one(void **state)
{
	char hex[DIGEST_HEX];
	(void)state;

	digest_keyed("Jefe", 4, "what do ya want for nothing?", 28, hex);

	/* RFC 4231, test case 2 */
	assert_string_equal(hex, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

static void pieces_that_join_alike_have_different_digests(void **state)
{
	struct digest a, b;
	char first[DIGEST_HEX], second[DIGEST_HEX];
	(void)state;

	digest_start(&a);
	digest_add_text(&a, "ab");
	digest_add_text(&a, "c");
	digest_end(&a, first);
	digest_start(&b);
	digest_add_text(&b, "a");
	digest_add_text(&b, "bc");
	digest_end(&b, second);

	assert_string_not_equal(first, second);
}

static void a_tree_digest_sees_names_bytes_and_the_executable_bit(void **state)
{
	AUTO_FREE char *dir = NULL;
	char plain[DIGEST_HEX], executable[DIGEST_HEX], renamed[DIGEST_HEX];
	struct err e = { 0 };
	AUTO_CLOSE int fd = -1;
	(void)state;

	assert_int_equal(fs_temp_dir(&dir, "assay-test-digest", &e), 0);
	assert_int_equal(fs_open_dir(&fd, AT_FDCWD, dir, &e), 0);
	assert_int_equal(fs_write(fd, "a", "x", 1, 0644, &e), 0);
	assert_int_equal(digest_of_tree(fd, ".", plain, &e), 0);
	assert_int_equal(fchmodat(fd, "a", 0755, 0), 0);
	assert_int_equal(digest_of_tree(fd, ".", executable, &e), 0);
	assert_int_equal(renameat(fd, "a", fd, "b"), 0);
	assert_int_equal(digest_of_tree(fd, ".", renamed, &e), 0);
	assert_int_equal(fs_remove_tree(AT_FDCWD, dir, &e), 0);

	assert_string_not_equal(plain, executable);
	assert_string_not_equal(executable, renamed);
}

static void a_pseudonym_has_no_letter_that_is_mistaken(void **state)
{
	char name[ID_PSEUDONYM];
	(void)state;

	id_pseudonym(name);

	assert_int_equal(strlen(name), 6);
	assert_true(text_starts_with(name, "C-"));
	assert_int_equal(strspn(name + 2, "0123456789ABCDEFGHJKMNPQRSTVWXYZ"), 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_digest_is_the_published_one),
		cmocka_unit_test(a_keyed_digest_is_the_published_one),
		cmocka_unit_test(pieces_that_join_alike_have_different_digests),
		cmocka_unit_test(a_tree_digest_sees_names_bytes_and_the_executable_bit),
		cmocka_unit_test(a_pseudonym_has_no_letter_that_is_mistaken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
