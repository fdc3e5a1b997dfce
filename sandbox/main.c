// SPDX-License-Identifier: MIT
/*
 * assay-box: runs a program that nobody trusts, in a box that it can't leave, and says from
 * outside what happened.
 *
 * Theory of operation
 *
 *   options.c     argv becomes a plan, by one table
 *   plan.c        the plan is looked at as a whole; nothing has been touched yet
 *   supervise.c   one box from beginning to end, seen from outside
 *
 * Four kinds of process take part:
 *
 *   supervisor ──fork──▶ keeper      only if there are doors; hands sockets of the box's
 *       │                            network out (keeper.c)
 *       └──clone3──▶ init (pid 1) ──vfork──▶ program, and whatever it starts
 *
 * The supervisor forks init into new namespaces (namespaces.c), and then both work side by side
 * (control.h has what they say to each other):
 *
 *   supervisor                                    init
 *     takes an unprivileged id (identity.c),        bounds what exec could give
 *     maps it                              ───▶     becomes that user, has a thread make its network
 *     makes the group that bounds the tree            (network.c), lays the root out of the host's
 *     (group.c, cgroup1.c, cgroup2.c,                 system (mounts.c, trees.c)
 *     sampled.c), freezes --work (image_pack.c) ─▶  enters the group, makes /proc and the writable
 *                                                     folders, enters the network, fills /work (image.c)
 *                                                   gives up capabilities, keyring and privileges
 *                                                     (confine.c), confines itself by Landlock
 *                                                     (landlock.c) and the filter (policy.c; compiled
 *                                                     when assay-box was built)
 *     says go, when whoever holds a        ◀──▶     its child, under its own limits by now, is exec'ed
 *     lifeline has said so (lifeline.c)               (become.c)
 *
 * Each of these steps must succeed. If one doesn't, nothing runs (exit status 125).
 *
 * While the program runs, the supervisor carries its output (output.c) and looks at clocks and
 * counters. When the program ends or a limit is hit, init dies, and with it, by the kernel's
 * hand, everything in its pid namespace. Then, and not before, results are read by fd out of
 * the box's tmpfs, which the supervisor's directory fds have kept alive (collect.c), the group
 * is removed, and the report is written (report.c) to an fd that no process of a box ever had.
 *
 * --serve (serve.c) is a process that forks supervisors ahead (worker.c), so that a box waits, built
 * and confined, when a request comes. What all its boxes of one plan share, the laid root, it lays once
 * (template.c). Nothing else differs: one supervisor, one box, one run.
 *
 * What a supervisor must never do: believe anything that comes from inside (init's messages
 * are from processes that nothing inside can reach), open a path that a stranger could bend,
 * wait for an end of file, or leave a weaker box where a stronger one was promised.
 *
 * sandbox/README.md has the manual and what is not promised.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "auto.h"
#include "check.h"
#include "json_text.h"
#include "kernel.h"
#include "options.h"
#include "plan.h"
#include "policy.h"
#include "report.h"
#include "serve.h"
#include "supervise.h"

enum { STATUS_NO_BOX = 125 };

static int die(const struct fault *f)
{
	fputs("assay-box: ", stderr);
	json_text_line(stderr, f->text);
	return STATUS_NO_BOX;
}

/* Opened before the box is built, so that a report that can't be written stops the run. */
static int open_report(const struct plan_stream *where, struct fault *f)
{
	int fd;

	if (where->fd >= 0)
		fd = fcntl(where->fd, F_DUPFD_CLOEXEC, 3);
	else
		fd = kernel_create(where->file, O_WRONLY | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0644);
	return fd < 0 ? fault_sys(f, "--report: cannot open it") : fd;
}

static int write_report(int fd, struct report_text *text, const struct report *report, struct fault *f)
{
	size_t length = report_text(text, report), done = 0;

	while (done < length) {
		ssize_t n = write(fd, text->bytes + done, length - done);

		if (n < 0 && errno != EINTR)
			return fault_sys(f, "--report: cannot write it");
		done += n > 0 ? (size_t)n : 0;
	}
	return close(fd) < 0 ? fault_sys(f, "--report") : 0;
}

static int run(const struct plan *plan)
{
	bool wants_report = plan->report.file || plan->report.fd >= 0;
	int report_fd = -1, failed;
	struct report_text text;
	struct report report;
	static struct host host;
	struct fault f;

	if (wants_report && ((report_fd = open_report(&plan->report, &f)) < 0 ||
				    report_text_open(&text, &f) < 0))
		return die(&f);
	failed = supervise(&report, plan, &host, &f);
	if (failed)
		die(&f);
	if (report_fd >= 0 && write_report(report_fd, &text, &report, &f) < 0)
		return die(&f);
	return report_exit_status(&report);
}

static int print_plan(const struct plan *plan)
{
	AUTO_FREE char *policy = NULL;
	size_t size;
	FILE *text = open_memstream(&policy, &size);
	struct fault f;

	if (!text)
		return fault_sys(&f, "cannot print the plan"), die(&f);
	policy_print(text);
	fclose(text);
	plan_print(plan, policy, stdout);
	return 0;
}

/*
 * Started with a standard stream closed, the first file that we open would take its place, and be taken for it:
 * the report for the program's standard output.
 */
static int fill_streams(struct fault *f)
{
	int fd;

	do
		fd = kernel_open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= 2);
	if (fd < 0)
		return fault_sys(f, "cannot open /dev/null");
	close(fd);
	return 0;
}

int main(int argc, char **argv)
{
	struct plan plan;
	struct fault f;

	if (fill_streams(&f) < 0)
		return die(&f);

	plan_init(&plan);
	if (options_parse(&plan, argc, argv, &f) < 0)
		return die(&f);
	if (plan.help) {
		options_help(stdout);
		return 0;
	}
	if (plan_check(&plan, &f) < 0)
		return die(&f);
	if (plan.check)
		return check_host(&plan, stdout) ? 0 : 1;
	if (plan.print_plan)
		return print_plan(&plan);
	if (plan.serve_fd >= 0)
		return serve(&plan, &f) < 0 ? die(&f) : 0;
	return run(&plan);
}
