// SPDX-License-Identifier: MIT
/*
 * The table becomes BPF: the only door to libseccomp. It is used when assay-box is built (see
 * tools/policy_generate.c) and by the test that compares; assay-box itself carries the result
 * and never links the library.
 *
 * The binary tree matters: the kernel walks the filter once for every call number when it is
 * loaded, so what is deep is paid for by each launch.
 */
#include <errno.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <unistd.h>

#include "auto.h"
#include "policy.h"

/* Adds a rule, if this libseccomp and architecture have its call. */
static int add_rule(void *context, const struct policy_rule *rule, struct fault *f)
{
	uint32_t action = rule->action == POLICY_DONE ? SCMP_ACT_ERRNO(0) : SCMP_ACT_ALLOW;
	int number = seccomp_syscall_resolve_name(rule->call), failed;
	struct scmp_arg_cmp compares[POLICY_CONDITIONS];
	unsigned n = 0;

	if (number < 0)
		return 0;
	for (int i = 0; i < POLICY_CONDITIONS && rule->conditions[i].arg; i++) {
		const struct policy_condition *c = &rule->conditions[i];
		unsigned arg = (unsigned)c->arg - 1;

		compares[n++] = c->mask ? SCMP_CMP64(arg, SCMP_CMP_MASKED_EQ, c->mask, c->value)
					: SCMP_CMP64(arg, SCMP_CMP_LT, c->value, 0);
	}
	failed = seccomp_rule_add_array(context, action, number, n, compares);
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

int policy_compile(struct policy_filter *filter, struct fault *f)
{
	scmp_filter_ctx context = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
	int failed;

	if (!context)
		return fault_set(f, "libseccomp can't start");
	if (seccomp_attr_set(context, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) ||
		seccomp_attr_set(context, SCMP_FLTATR_CTL_OPTIMIZE, 2))
		failed = fault_set(f, "libseccomp is too old");
	else
		failed = policy_each(add_rule, context, f) < 0 || export_filter(context, filter, f) < 0;
	seccomp_release(context);
	return failed ? -1 : 0;
}
