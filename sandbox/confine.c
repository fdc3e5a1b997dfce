// SPDX-License-Identifier: MIT
/*
 * Never RLIMIT_AS: WebAssembly in Node, the JVM and AddressSanitizer reserve terabytes that
 * they don't use. RLIMIT_NPROC counts per user namespace, so it bounds this box alone, and is
 * the second fence, one task behind the pids controller so that the latter counts refusals; it
 * is the only one when limits are sampled. pid 1 is one of the tasks.
 */
#include "confine.h"

#include <errno.h>
#include <linux/capability.h>
#include <linux/keyctl.h>
#include <linux/securebits.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

int confine_keyring(struct fault *f)
{
	if (syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL) < 0 && errno != ENOSYS)
		return fault_sys(f, "cannot get a keyring of its own");
	return 0;
}

int confine_bounds(struct fault *f)
{
	unsigned long cap = 0;

	while (prctl(PR_CAPBSET_DROP, cap, 0, 0, 0) == 0)
		cap++;
	/* It ends behind the last one that the kernel knows, which may be more than we do, never less. */
	if (errno != EINVAL || cap <= CAP_LAST_CAP)
		return fault_sys(f, "cannot bound the capabilities");
	return 0;
}

int confine_privileges(struct fault *f)
{
	struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct none[2] = { 0 };

	if (prctl(PR_SET_SECUREBITS, SECURE_ALL_BITS | SECURE_ALL_LOCKS, 0, 0, 0) < 0)
		return fault_sys(f, "cannot lock the secure bits");
	if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0 ||
		syscall(SYS_capset, &header, none) < 0)
		return fault_sys(f, "cannot drop the capabilities");
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return fault_sys(f, "cannot set no_new_privs");
	return 0;
}

/* Sets soft and hard limit, but never above the hard one we were given. */
static int limit(int resource, rlim_t value, const char *name, struct fault *f)
{
	struct rlimit now = { value, value };

	if (setrlimit(resource, &now) == 0)
		return 0;
	if (errno != EPERM || getrlimit(resource, &now) < 0)
		return fault_sys(f, "cannot set the limit %s", name);
	if (now.rlim_max != RLIM_INFINITY && value > now.rlim_max)
		value = now.rlim_max;
	now = (struct rlimit){ value, value };
	if (setrlimit(resource, &now) < 0)
		return fault_sys(f, "cannot set the limit %s", name);
	return 0;
}

/*
 * Limits that are the same for every program and don't hinder us, either. A core limit of 1, not 0, is what keeps
 * the kernel from starting a program that core dumps are piped to (core(5)).
 */
static int set_fixed(struct fault *f)
{
	if (limit(RLIMIT_CORE, 1, "core", f) < 0 ||
		limit(RLIMIT_MEMLOCK, 8 << 20, "locked memory", f) < 0 ||
		limit(RLIMIT_MSGQUEUE, 819200, "message queues", f) < 0 ||
		limit(RLIMIT_SIGPENDING, 4096, "pending signals", f) < 0 ||
		limit(RLIMIT_NICE, 0, "nice", f) < 0)
		return -1;
	return limit(RLIMIT_RTPRIO, 0, "real time", f);
}

/* The least that placing the program's files needs: they are moved above 300 for a moment. */
enum { OPEN_FILES_LEAST = 512 };

/*
 * As many files as we may have: files that boxes of one user have sent and not received count against what each of
 * us may send.
 */
static int raise_open_files(struct fault *f)
{
	struct rlimit now;

	if (getrlimit(RLIMIT_NOFILE, &now) < 0)
		return fault_sys(f, "cannot read the limit on open files");
	if (now.rlim_max < OPEN_FILES_LEAST)
		return fault_set(f, "this shell limits open files (ulimit -n): start assay-box without that limit");
	now.rlim_cur = now.rlim_max;
	return setrlimit(RLIMIT_NOFILE, &now) < 0 ? fault_sys(f, "cannot raise the limit on open files") : 0;
}

int confine_shed_limits(struct fault *f)
{
	static const struct {
		int resource;
		const char *name;
		rlim_t least;
	} shed[] = {
		{ RLIMIT_CPU, "cpu seconds (ulimit -t)", RLIM_INFINITY },
		{ RLIMIT_AS, "virtual memory (ulimit -v)", RLIM_INFINITY },
		{ RLIMIT_DATA, "data memory (ulimit -d)", RLIM_INFINITY },
		{ RLIMIT_RSS, "resident memory (ulimit -m)", RLIM_INFINITY },
		{ RLIMIT_RTTIME, "real-time scheduling (ulimit -R)", RLIM_INFINITY },
		{ RLIMIT_FSIZE, "file size (ulimit -f)", RLIM_INFINITY },
		{ RLIMIT_STACK, "stack (ulimit -s)", 8 << 20 },
	};

	for (size_t i = 0; i < sizeof(shed) / sizeof(*shed); i++) {
		struct rlimit now;

		if (getrlimit(shed[i].resource, &now) < 0)
			return fault_sys(f, "cannot read the limit on %s", shed[i].name);
		/* 8 MiB of stack like everywhere; a program that recurses deeply may raise it itself. */
		if (now.rlim_cur == shed[i].least ||
			(now.rlim_cur > shed[i].least && shed[i].resource != RLIMIT_STACK))
			continue;
		now.rlim_cur = shed[i].least;
		if (now.rlim_max < now.rlim_cur)
			now.rlim_max = now.rlim_cur;
		if (setrlimit(shed[i].resource, &now) < 0)
			return fault_set(f, "this shell limits %s: start assay-box without that limit",
				shed[i].name);
	}
	return raise_open_files(f) < 0 ? -1 : set_fixed(f);
}

int confine_resources(const struct plan *plan, bool is_sampled, struct fault *f)
{
	const struct plan_limits *l = &plan->limits;
	/* The keeper of the doors is counted with us where all boxes run under one id. */
	long others = (is_sampled ? 1 : 2) + (plan->n_doors > 0);

	if (limit(RLIMIT_NOFILE, (rlim_t)plan_open_files(plan, is_sampled), "open files", f) < 0 ||
		limit(RLIMIT_NPROC, (rlim_t)(l->processes + others), "processes", f) < 0)
		return -1;
	return limit(RLIMIT_FSIZE, (rlim_t)plan_largest_mib(plan) << 20, "file size", f);
}
