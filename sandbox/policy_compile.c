// SPDX-License-Identifier: MIT
/*
 * The table becomes BPF: the only door to libseccomp. It is used when assay-box is built (see
 * tools/policy_generate.c) and by the test that compares; assay-box itself carries the result
 * and never links the library.
 *
 * The binary tree matters: the kernel walks the filter once for every call number when it is
 * loaded, so what is deep is paid for by each launch. So does what policy_shrink takes out.
 */
#include <errno.h>
#include <seccomp.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "auto.h"
#include "policy.h"

struct build {
	scmp_filter_ctx context;
	struct policy_filter *filter;
	size_t n_told;
};

/* Remembers what the number of a call that is told was called. */
static int name_told(struct build *build, const struct policy_rule *rule, int number, struct fault *f)
{
	struct policy_told *told = &build->filter->told[build->n_told];

	if (build->n_told + 1 >= POLICY_MAX_TOLD)
		return fault_set(f, "more than %d calls are told", POLICY_MAX_TOLD - 1);
	if ((size_t)snprintf(told->name, sizeof(told->name), "%s", rule->call) >= sizeof(told->name))
		return fault_set(f, "%s: too long", rule->call);
	told->number = number;
	build->n_told++;
	return 0;
}

/* Adds a rule, if this libseccomp and architecture have its call. */
static int add_rule(void *of_build, const struct policy_rule *rule, struct fault *f)
{
	static const uint32_t actions[] = { [POLICY_ALLOW] = SCMP_ACT_ALLOW,
		[POLICY_DONE] = SCMP_ACT_ERRNO(0),
		[POLICY_TELL] = SCMP_ACT_NOTIFY };
	struct build *build = of_build;
	int number = seccomp_syscall_resolve_name(rule->call), failed;
	struct scmp_arg_cmp compares[POLICY_CONDITIONS];
	unsigned n = 0;

	if (number < 0)
		return 0;
	if (rule->action == POLICY_TELL && name_told(build, rule, number, f) < 0)
		return -1;
	for (int i = 0; i < POLICY_CONDITIONS && rule->conditions[i].arg; i++) {
		const struct policy_condition *c = &rule->conditions[i];
		unsigned arg = (unsigned)c->arg - 1;

		compares[n++] = c->mask ? SCMP_CMP64(arg, SCMP_CMP_MASKED_EQ, c->mask, c->value)
					: SCMP_CMP64(arg, SCMP_CMP_LT, c->value, 0);
	}
	failed = seccomp_rule_add_array(build->context, actions[rule->action], number, n, compares);
	if (failed) {
		errno = -failed;
		return fault_sys(f, "cannot make the rule for %s", rule->call);
	}
	return 0;
}

/* libseccomp writes to a file only; a memfd is one. */
static int export_filter(scmp_filter_ctx context, struct policy_filter *filter, struct fault *f)
{
	AUTO_CLOSE int fd = memfd_create("filter", MFD_CLOEXEC);
	ssize_t size;
	int failed;

	if (fd < 0)
		return fault_sys(f, "cannot make a memfd");
	failed = seccomp_export_bpf(context, fd);
	if (failed) {
		errno = -failed;
		return fault_sys(f, "cannot compile the filter");
	}
	size = lseek(fd, 0, SEEK_END);
	if (size <= 0 || size > (ssize_t)sizeof(filter->instructions))
		return fault_set(f, "the filter has an impossible size");
	if (pread(fd, filter->instructions, (size_t)size, 0) != size)
		return fault_sys(f, "cannot read the filter back");
	filter->count = (unsigned short)((size_t)size / sizeof(struct sock_filter));
	return 0;
}

int policy_compile_whole(struct policy_filter *filter, struct fault *f)
{
	scmp_filter_ctx context = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
	struct build build = { .context = context, .filter = filter };
	int failed;

	if (!context)
		return fault_set(f, "libseccomp can't start");
	if (seccomp_attr_set(context, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) ||
		seccomp_attr_set(context, SCMP_FLTATR_CTL_OPTIMIZE, 2))
		failed = fault_set(f, "libseccomp is too old");
	else
		failed = policy_each(add_rule, &build, f) < 0 || export_filter(context, filter, f) < 0;
	seccomp_release(context);
	return failed ? -1 : 0;
}

int policy_compile(struct policy_filter *filter, struct fault *f)
{
	return policy_compile_whole(filter, f) < 0 ? -1 : policy_shrink(filter, f);
}
