// SPDX-License-Identifier: MIT
/* Reaches parts of the kernel that no honest solution needs. ENOSYS means: not reached. */
#include "try.h"

int main(void)
{
	static const struct {
		const char *name;
		long number;
	} calls[] = { { "bpf", SYS_bpf }, { "perf_event_open", SYS_perf_event_open },
		{ "userfaultfd", SYS_userfaultfd }, { "keyctl", SYS_keyctl }, { "add_key", SYS_add_key },
		{ "request_key", SYS_request_key }, { "io_uring_setup", SYS_io_uring_setup },
		{ "io_setup", SYS_io_setup }, { "kexec_load", SYS_kexec_load },
		{ "init_module", SYS_init_module }, { "finit_module", SYS_finit_module },
		{ "open_by_handle_at", SYS_open_by_handle_at }, { "name_to_handle_at", SYS_name_to_handle_at },
		{ "process_vm_writev", SYS_process_vm_writev }, { "kcmp", SYS_kcmp },
		{ "pidfd_getfd", SYS_pidfd_getfd }, { "fanotify_init", SYS_fanotify_init },
		{ "quotactl", SYS_quotactl }, { "swapon", SYS_swapon }, { "vmsplice", SYS_vmsplice },
		{ "move_pages", SYS_move_pages }, { "memfd_secret", SYS_memfd_secret },
		{ "syslog", SYS_syslog }, { "settimeofday", SYS_settimeofday },
		{ "sethostname", SYS_sethostname }, { "acct", SYS_acct } };
	int through = 0;

	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		/* Arguments that can't do anything, even where the call is allowed. */
		if (syscall(calls[i].number, -1L, 0L, 0L, 0L, 0L, 0L) != -1 || errno != ENOSYS) {
			fprintf(stderr, "%s\n", calls[i].name);
			through = 1;
		}
	return verdict(through);
}
