// SPDX-License-Identifier: MIT
/*
 * pid 1 waits for its child anyway, so the child borrows its memory until it is the program, as
 * vfork has it: nothing is copied, neither page tables nor pages. It has a stack and file
 * descriptors of its own. All it may do to the memory it shares is what it does here.
 *
 * It prepares all that can be prepared before it is known what runs, and then waits for the
 * supervisor's word with nothing left to do but exec.
 */
#include "become.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "auto.h"
#include "confine.h"
#include "control.h"
#include "fds.h"
#include "image.h"
#include "kernel.h"
#include "program.h"

/* From here up the program's files are moved out of each other's way. */
enum { FD_ASIDE = 300, STACK_BYTES = 256 << 10 };

void become_give_up(const struct box *box, const struct fault *f)
{
	struct control_message message = { .kind = CONTROL_FAULT };

	memcpy(message.text, f->text, sizeof(message.text));
	control_send(box->inner_control, &message, NULL, 0);
	_exit(125);
}

int become_fill(int image_fd, int work, struct fault *f)
{
	const void *image;
	size_t length;
	int failed;

	if (image_fd < 0)
		return 0;
	if (image_map(image_fd, &image, &length, f) < 0)
		return -1;
	failed = image_extract(image, length, work, f);
	munmap((void *)image, length);
	return failed ? fault_wrap(f, "cannot fill /work") : 0;
}

/* The fds that the program gets, moved out of each other's way if need be, and into place. */
static int place_fds(const struct box *box, struct fault *f)
{
	const struct plan *plan = box->plan;
	int from[3 + PLAN_MAX_CHANNELS] = { box->in[0], box->out[1], box->err[1] };
	int to[3 + PLAN_MAX_CHANNELS] = { 0, 1, 2 };
	bool in_the_way = false;
	size_t n = 3;

	for (size_t i = 0; i < plan->n_channels; i++) {
		from[n] = plan->channels[i].fd;
		to[n++] = plan->channels[i].as;
	}
	for (size_t i = 0; i < n * n; i++)
		in_the_way |= from[i / n] == to[i % n];
	for (size_t i = 0; in_the_way && i < n; i++)
		if ((from[i] = kernel_dup_above(from[i], FD_ASIDE)) < 0)
			return fault_sys(f, "cannot move the program's files");
	for (size_t i = 0; i < n; i++)
		if (dup2(from[i], to[i]) < 0)
			return fault_sys(f, "cannot place the program's files");
	return 0;
}

/* Only the program's fds stay, and until its exec the control socket. The table is its own. */
static int close_rest(const struct box *box, struct fault *f)
{
	int kept[1 + PLAN_MAX_CHANNELS] = { box->inner_control };
	size_t n = 1;

	for (size_t i = 0; i < box->plan->n_channels; i++)
		kept[n++] = box->plan->channels[i].as;
	return fds_keep(kept, n, f);
}

/* NAME=VALUE of the plan replaces what stands there under that name. */
static void set_variable(const char **env, size_t *n, const char *variable)
{
	size_t length = strcspn(variable, "=") + 1;

	for (size_t i = 0; i < *n; i++)
		if (strncmp(env[i], variable, length) == 0) {
			env[i] = variable;
			return;
		}
	env[(*n)++] = variable;
}

static void make_environment(const struct plan *plan, const char **env)
{
	/* Inside a box ptrace is refused, so a leak check would abort a clean program. */
	static const char *const ours[] = { "PATH=/usr/bin:/bin", "HOME=/tmp", "LANG=C.UTF-8",
		"TZ=UTC", "ASAN_OPTIONS=detect_leaks=0" };
	size_t n = 0;

	for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
		env[n++] = ours[i];
	for (size_t i = 0; i < plan->n_env; i++)
		set_variable(env, &n, plan->env[i]);
	env[n] = NULL;
}

/* A script that doesn't say by what: execvpe of some C libraries leaves it to sh, as POSIX has it, musl's doesn't. */
static void execute_by_shell(const struct plan *plan)
{
	static char shell[] = "/bin/sh";
	size_t n = 0;

	while (plan->argv[n])
		n++;
	char **argv = calloc(n + 2, sizeof(*argv));

	if (!argv)
		return;
	argv[0] = shell;
	memcpy(argv + 1, plan->argv, (n + 1) * sizeof(*argv));
	execve(shell, argv, environ);
}

/* A program that can't be executed is its own fault: it is told so where its errors go. */
static void __attribute__((noreturn)) execute(const struct plan *plan)
{
	const char *env[PLAN_MAX_ENV + 8], *reason;
	int missing;

	make_environment(plan, env);
	environ = (char **)env;
	execvpe(plan->argv[0], plan->argv, environ);
	if (errno == ENOEXEC && strchr(plan->argv[0], '/'))
		execute_by_shell(plan);
	missing = errno == ENOENT;
	reason = strerror(errno);
	dprintf(2, "assay-box: cannot execute %s: %s\n", plan->argv[0], reason);
	_exit(missing ? 127 : 126);
}

/*
 * Ignored signals survive an exec; a program starts with none ignored and none blocked. The C library keeps some
 * numbers for itself, which somebody may have us ignore all the same: so the kernel is asked.
 */
static int reset_signals(uint64_t ignored, struct fault *f)
{
	static const uint64_t default_action[4];
	sigset_t none;

	for (int number = 1; number <= 64; number++)
		if ((ignored >> (number - 1) & 1) &&
			syscall(SYS_rt_sigaction, number, default_action, NULL, sizeof(uint64_t)) < 0)
			return fault_sys(f, "cannot reset signal %d", number);
	sigemptyset(&none);
	if (sigprocmask(SIG_SETMASK, &none, NULL) < 0)
		return fault_sys(f, "cannot unblock signals");
	return 0;
}

static int prepare_program(struct box *box, struct fault *f)
{
	int aside;

	if (setsid() < 0)
		return fault_sys(f, "cannot make a session");
	aside = kernel_dup_above(box->inner_control, FD_ASIDE);
	if (aside < 0)
		return fault_sys(f, "cannot move the control socket");
	box->inner_control = aside;
	if (reset_signals(box->host->ignored, f) < 0 || place_fds(box, f) < 0 || close_rest(box, f) < 0)
		return -1;
	return confine_resources(box->plan, box->limits_are_sampled, f);
}

/* Fills /work of a box that was built before anybody knew with what. */
static int fill_late(const struct box *box, const int *fds, size_t n, struct fault *f)
{
	struct control_message message = { .kind = CONTROL_FILLED };
	AUTO_CLOSE int work = kernel_open("/work", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	AUTO_CLOSE int image = n == 1 ? fds[0] : -1;

	if (work < 0 || image < 0)
		return fault_set(f, "there is nothing to fill /work with");
	if (become_fill(image, work, f) < 0)
		return -1;
	return control_send(box->inner_control, &message, NULL, 0) < 0
		? fault_sys(f, "cannot tell the supervisor")
		: 0;
}

static int hear_program(const struct box *box, struct plan *plan, struct fault *f)
{
	static struct program_text text;
	ssize_t length = recv(box->inner_control, text.bytes, sizeof(text.bytes), 0);

	if (length <= 0)
		return fault_sys(f, "the supervisor is gone");
	return program_parse(plan, &text, (size_t)length, f);
}

/* Waits for the supervisor's word to start, with everything done that can be done before it. */
static int await_supervisor(const struct box *box, struct plan *plan, struct fault *f)
{
	struct control_message message;
	int fds[CONTROL_MAX_FDS];
	enum control_kind kind;
	size_t n;

	for (;;) {
		/* Only looked at: what it is tells how to take it. */
		if (recv(box->inner_control, &kind, sizeof(kind), MSG_PEEK) != sizeof(kind))
			return fault_sys(f, "the supervisor is gone");
		if (kind == CONTROL_RUN)
			return hear_program(box, plan, f);
		if (control_receive(box->inner_control, &message, fds, &n) < 0)
			return fault_sys(f, "the supervisor is gone");
		if (message.kind == CONTROL_GO)
			return 0;
		if (message.kind != CONTROL_FILL)
			return fault_set(f, "the supervisor said something else");
		if (fill_late(box, fds, n, f) < 0)
			return -1;
	}
}

static int become(void *of_box)
{
	struct box box = *(struct box *)of_box; /* pid 1's is not ours to change */
	static struct plan plan;
	struct fault f;

	plan = *box.plan;
	if (prepare_program(&box, &f) < 0 || await_supervisor(&box, &plan, &f) < 0)
		become_give_up(&box, &f);
	if (chdir(plan.chdir) < 0) {
		dprintf(2, "assay-box: cannot enter %s: %s\n", plan.chdir, strerror(errno));
		_exit(126);
	}
	execute(&plan);
}

pid_t become_start(struct box *box, struct fault *f)
{
	static _Alignas(16) char stack[STACK_BYTES];
	pid_t child = clone(become, stack + sizeof(stack), CLONE_VM | CLONE_VFORK | SIGCHLD, box);

	return child < 0 ? fault_sys(f, "cannot fork the program") : child;
}
