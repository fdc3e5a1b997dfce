// SPDX-License-Identifier: MIT
/* Has, or takes, a capability in each of the ways there are: sets, bounds, ambient ones, secure bits, user 0. */
#include "try.h"

#include <grp.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <sys/prctl.h>

static int has_any(void)
{
	struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct sets[2] = { 0 };
	int any = 0;

	syscall(SYS_capget, &header, sets);
	for (int i = 0; i < 2; i++)
		any |= (sets[i].effective | sets[i].permitted | sets[i].inheritable) != 0;
	for (int cap = 0; cap < 64; cap++)
		any |= prctl(PR_CAPBSET_READ, cap, 0, 0, 0) == 1;
	return any;
}

int main(void)
{
	struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct all[2] = { { ~0U, ~0U, ~0U }, { ~0U, ~0U, ~0U } };
	gid_t root = 0;
	int through = has_any();

	through |= syscall(SYS_capset, &header, all) == 0;
	through |= prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_SYS_ADMIN, 0, 0) == 0;
	through |= prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) == 0;
	through |= prctl(PR_SET_SECUREBITS, 0, 0, 0, 0) == 0;
	through |= setuid(0) == 0 || setresuid(-1, 0, -1) == 0 || setreuid(0, 0) == 0;
	through |= setgid(0) == 0 || setresgid(-1, 0, -1) == 0 || setgroups(1, &root) == 0;
	through |= setfsuid(0) == 0 || setfsuid(-1) == 0; /* it answers with the one before */
	through |= prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0 ||
		prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1;
	return verdict(through || has_any());
}
