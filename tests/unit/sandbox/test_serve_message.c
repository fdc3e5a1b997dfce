// SPDX-License-Identifier: MIT
/* What a launcher believes of a packet, and what a waiting program is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "program.h"
#include "serve_message.h"

/* A packet with the words of TEXT (LENGTH bytes with their NULs). */
static size_t make_packet(char *bytes, enum serve_kind kind, const char *text, size_t length)
{
	struct serve_header header = { .version = SERVE_VERSION, .kind = kind, .id = 7 };

	memcpy(bytes, &header, sizeof(header));
	memcpy(bytes + sizeof(header), text, length);
	return sizeof(header) + length;
}

static int plan_of(struct plan *plan, const char *text, size_t length, const int *fds, size_t n,
	struct fault *f)
{
	static char bytes[SERVE_MAX_BYTES], *argv[SERVE_MAX_ARGS + 2];
	struct serve_message message;
	size_t size = make_packet(bytes, SERVE_RUN, text, length);

	if (serve_message_parse(&message, bytes, size, f) < 0)
		return -1;
	return serve_message_plan(plan, &message, argv, fds, n, f);
}

static void words_become_a_plan(void **state)
{
	static const char text[] = "--memory-mib\0" "64\0" "--\0" "cat\0" "x";
	struct fault f = { "" };
	struct plan plan;
	(void)state;

	assert_int_equal(plan_of(&plan, text, sizeof(text), NULL, 0, &f), 0);

	assert_int_equal(plan.limits.memory_mib, 64);
	assert_string_equal(plan.argv[0], "cat");
	assert_string_equal(plan.argv[1], "x");
	assert_null(plan.argv[2]);
}

static void streams_that_nobody_names_lead_nowhere(void **state)
{
	static const char text[] = "true";
	struct fault f = { "" };
	struct plan plan;
	(void)state;

	assert_int_equal(plan_of(&plan, text, sizeof(text), NULL, 0, &f), 0);

	assert_string_equal(plan.in.file, "/dev/null");
	assert_string_equal(plan.out.file, "/dev/null");
	assert_string_equal(plan.err.file, "/dev/null");
}

static void fds_are_known_by_their_place_in_the_packet(void **state)
{
	static const char text[] = "--stdin\0fd:4\0--\0true";
	int fds[] = { open("/dev/null", O_RDWR | O_CLOEXEC), open("/dev/null", O_RDWR | O_CLOEXEC) };
	struct fault f = { "" };
	struct plan plan;
	(void)state;

	assert_int_equal(plan_of(&plan, text, sizeof(text), fds, 2, &f), 0);

	assert_int_equal(plan.in.fd, fds[1]);
	close(fds[0]);
	close(fds[1]);
}

static void no_word_names_a_file_of_the_launchers(void **state)
{
	static const char text[] = "--stdin\0fd:0\0--\0true";
	struct fault f = { "" };
	struct plan plan;
	(void)state;

	assert_int_equal(plan_of(&plan, text, sizeof(text), NULL, 0, &f), -1);

	assert_string_equal(f.text, "fd:0 didn't come with the message");
}

static void a_word_without_an_end_is_refused(void **state)
{
	static const char text[] = { 't', 'r', 'u', 'e' };
	struct fault f = { "" };
	struct plan plan;
	(void)state;

	assert_int_equal(plan_of(&plan, text, sizeof(text), NULL, 0, &f), -1);

	assert_string_equal(f.text, "the last word has no end");
}

static void a_refused_message_still_tells_its_number(void **state)
{
	static char bytes[SERVE_MAX_BYTES];
	size_t size = make_packet(bytes, SERVE_REPORT, "x", 2);
	struct serve_message message;
	struct fault f = { "" };
	(void)state;

	assert_int_equal(serve_message_parse(&message, bytes, size, &f), -1);

	assert_int_equal(message.header.id, 7);
}

static void a_packet_arrives_with_its_fds(void **state)
{
	static struct serve_packet packet;
	struct serve_header header = { .version = SERVE_VERSION, .kind = SERVE_RUN, .id = 3 };
	int pair[2], fd = open("/dev/null", O_RDWR | O_CLOEXEC);
	(void)state;

	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair), 0);
	assert_int_equal(serve_send(pair[0], &header, "a\0b", 4, &fd, 1), 0);
	assert_int_equal(serve_receive(pair[1], &packet), 0);

	assert_int_equal(packet.length, sizeof(header) + 4);
	assert_int_equal(packet.n_fds, 1);
	assert_true(fcntl(packet.fds[0], F_GETFD) & FD_CLOEXEC);
	serve_packet_wipe(&packet);
	assert_int_equal(packet.bytes[0], 0);
	close(fd);
	close(pair[0]);
	close(pair[1]);
}

static void plans_with_one_key_differ_only_in_what_runs(void **state)
{
	char one[PLAN_KEY_MAX], other[PLAN_KEY_MAX];
	static const char *const argv[] = { "true", NULL };
	struct plan plan, same;
	(void)state;

	plan_init(&plan);
	plan_init(&same);
	same.argv = (char **)argv;
	same.limits.wall_ms = 1;
	same.chdir = "/tmp";
	assert_true(plan_key(&plan, one) && plan_key(&same, other));
	assert_string_equal(one, other);

	same.limits.memory_mib++;
	assert_true(plan_key(&same, other));
	assert_string_not_equal(one, other);
}

static void a_lifeline_comes_with_the_packet_and_is_no_matter_of_the_key(void **state)
{
	static const char text[] = "--lifeline\0fd:3\0--\0true";
	char with[PLAN_KEY_MAX], without[PLAN_KEY_MAX];
	struct plan plan, bare;
	struct fault f = { "" };
	int pair[2];
	(void)state;

	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair), 0);
	plan_init(&bare);
	assert_int_equal(plan_of(&plan, text, sizeof(text), &pair[1], 1, &f), 0);

	assert_int_equal(plan.lifeline_fd, pair[1]);
	assert_true(plan_key(&plan, with) && plan_key(&bare, without));
	assert_string_equal(with, without);
	close(pair[0]);
	close(pair[1]);
}

static void no_name_of_a_place_can_pass_for_another_line_of_the_key(void **state)
{
	char one[PLAN_KEY_MAX], other[PLAN_KEY_MAX];
	struct plan evil, good;
	(void)state;
	plan_init(&evil);
	plan_init(&good);
	evil.ro[evil.n_ro++] = (struct plan_ro){ "/usr", "/a\ntmp 5 /b" };
	good.ro[good.n_ro++] = (struct plan_ro){ "/usr", "/a" };
	good.tmp[good.n_tmp++] = (struct plan_tmp){ "/b", 5 };

	assert_true(plan_key(&evil, one) && plan_key(&good, other));

	assert_string_not_equal(one, other);
}

static void a_plan_with_doors_has_no_key(void **state)
{
	char key[PLAN_KEY_MAX];
	struct plan plan;
	(void)state;

	plan_init(&plan);
	plan.n_doors = 1;

	assert_false(plan_key(&plan, key));
}

static void a_program_is_told_whole(void **state)
{
	static struct program_text text;
	static const char *const argv[] = { "cat", "", "two words", NULL };
	struct plan plan, told;
	struct fault f = { "" };
	long length;
	(void)state;

	plan_init(&plan);
	plan_init(&told);
	plan.argv = (char **)argv;
	plan.env[plan.n_env++] = "A=1";
	length = program_render(&plan, text.bytes, sizeof(text.bytes));
	assert_true(length > 0);
	assert_int_equal(program_parse(&told, &text, (size_t)length, &f), 0);

	assert_string_equal(told.chdir, "/work");
	assert_string_equal(told.argv[1], "");
	assert_string_equal(told.argv[2], "two words");
	assert_null(told.argv[3]);
	assert_string_equal(told.env[0], "A=1");
}

static void half_a_program_is_none(void **state)
{
	static struct program_text text;
	static const char *const argv[] = { "cat", "x", NULL };
	struct plan plan, told;
	struct fault f = { "" };
	long length;
	(void)state;

	plan_init(&plan);
	plan_init(&told);
	plan.argv = (char **)argv;
	length = program_render(&plan, text.bytes, sizeof(text.bytes));

	assert_int_equal(program_parse(&told, &text, (size_t)length - 1, &f), -1);
	assert_null(told.argv);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_become_a_plan),
		cmocka_unit_test(streams_that_nobody_names_lead_nowhere),
		cmocka_unit_test(fds_are_known_by_their_place_in_the_packet),
		cmocka_unit_test(no_word_names_a_file_of_the_launchers),
		cmocka_unit_test(a_word_without_an_end_is_refused),
		cmocka_unit_test(a_refused_message_still_tells_its_number),
		cmocka_unit_test(a_packet_arrives_with_its_fds),
		cmocka_unit_test(plans_with_one_key_differ_only_in_what_runs),
		cmocka_unit_test(a_lifeline_comes_with_the_packet_and_is_no_matter_of_the_key),
		cmocka_unit_test(no_name_of_a_place_can_pass_for_another_line_of_the_key),
		cmocka_unit_test(a_plan_with_doors_has_no_key),
		cmocka_unit_test(a_program_is_told_whole),
		cmocka_unit_test(half_a_program_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
