// SPDX-License-Identifier: MIT
/* The filter compiles, fits where it is kept, and reads aloud. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdbool.h>
#include <linux/audit.h>
#include <linux/seccomp.h>

#include <cmocka.h>

#include "policy.h"

static void the_table_becomes_a_filter(void **state)
{
	static struct policy_filter filter;
	struct fault f = { 0 };
	(void)state;

	assert_int_equal(policy_compile(&filter, &f), 0);

	assert_in_range(filter.count, 100, POLICY_MAX_INSTRUCTIONS);
}

static void the_filter_that_was_built_in_is_the_tables(void **state)
{
	static struct policy_filter fresh;
	struct fault f = { 0 };
	(void)state;

	assert_int_equal(policy_compile(&fresh, &f), 0);

	assert_int_equal(policy_filter.count, fresh.count);
	assert_memory_equal(
		policy_filter.instructions, fresh.instructions, sizeof(fresh.instructions));
}

static void an_empty_filter_is_never_loaded(void **state)
{
	static const struct policy_filter filter;
	struct fault f = { 0 };
	int listener = -1;
	(void)state;

	assert_int_equal(policy_load(&filter, &listener, &f), -1);

	assert_string_equal(f.text, "there is no filter to load");
}

/* What a filter answers: the few instructions that seccomp filters are made of, done by hand. */
static uint32_t answer_of(const struct policy_filter *filter, const struct seccomp_data *call)
{
	uint32_t a = 0;

	for (unsigned i = 0; i < filter->count; i++) {
		const struct sock_filter *s = &filter->instructions[i];
		bool yes = false;

		switch (s->code) {
		case BPF_LD | BPF_W | BPF_ABS:
			memcpy(&a, (const char *)call + s->k, sizeof(a));
			continue;
		case BPF_ALU | BPF_AND | BPF_K:
			a &= s->k;
			continue;
		case BPF_JMP | BPF_JA:
			i += s->k;
			continue;
		case BPF_RET | BPF_K:
			return s->k;
		case BPF_JMP | BPF_JEQ | BPF_K:
			yes = a == s->k;
			break;
		case BPF_JMP | BPF_JGT | BPF_K:
			yes = a > s->k;
			break;
		case BPF_JMP | BPF_JGE | BPF_K:
			yes = a >= s->k;
			break;
		default:
			fail_msg("an instruction that no filter has: %#x", s->code);
		}
		i += yes ? s->jt : s->jf;
	}
	fail_msg("a filter without an end");
	return 0;
}

static uint64_t dice(uint64_t *state)
{
	*state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
	return *state >> 16;
}

/* Values that rows ask for, alone and in company. */
static uint64_t some_argument(uint64_t *state)
{
	static const uint64_t odd[] = { 0, 1, 2, 3, 6, 10, 16, 17, 29, 37, 41, 0x1000, 0x5401, 0x5412, 0x5421,
		0x541b, 0x8910, 0x10000000, 0x7e020000, 04000, 06000, 0x40000, 0010644, 0020644, 0xffffffff,
		0x53564d41, 1030, 1024 };
	uint64_t one = odd[dice(state) % (sizeof(odd) / sizeof(odd[0]))];

	return dice(state) % 4 == 0 ? one | dice(state) << 32 : dice(state) % 4 == 0 ? one | 02000000 : one;
}

static void a_shrunk_filter_answers_like_the_whole_one(void **state)
{
	static struct policy_filter whole, small;
	struct fault f = { 0 };
	uint64_t seed = 1;
	(void)state;
	assert_int_equal(policy_compile_whole(&whole, &f), 0);
	small = whole;

	assert_int_equal(policy_shrink(&small, &f), 0);

	assert_true(small.count < whole.count * 3 / 4);
	for (int i = 0; i < 400000; i++) {
		struct seccomp_data call = { .nr = (int)(dice(&seed) % (i % 31 ? 470 : 0x40000000)),
			.arch = i % 50 ? AUDIT_ARCH_X86_64 : AUDIT_ARCH_I386 };

		call.nr |= i % 97 ? 0 : 0x40000000;
		for (int arg = 0; arg < 6; arg++)
			call.args[arg] = some_argument(&seed);
		assert_int_equal(answer_of(&small, &call), answer_of(&whole, &call));
	}
}

static void the_table_says_what_is_left_out(void **state)
{
	static char text[32768];
	FILE *out = fmemopen(text, sizeof(text), "w");
	(void)state;

	policy_print(out);
	fclose(out);

	assert_non_null(strstr(text, "allow  clone if arg1&0x7e030000=0"));
	assert_null(strstr(text, "io_uring"));
	assert_non_null(strstr(text, "tell   ptrace"));
	assert_non_null(strstr(text, "kill   foreign architectures"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table_becomes_a_filter),
		cmocka_unit_test(the_filter_that_was_built_in_is_the_tables),
		cmocka_unit_test(a_shrunk_filter_answers_like_the_whole_one),
		cmocka_unit_test(an_empty_filter_is_never_loaded),
		cmocka_unit_test(the_table_says_what_is_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
