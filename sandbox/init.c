// SPDX-License-Identifier: MIT
/*
 * pid 1 of the box. It is a copy of the supervisor that was born into the new namespaces, not
 * a program that was exec'ed, and the program that is tried is its child: a pid 1 ignores
 * signals, so that abort() would look like a crash.
 *
 * It confines *itself* before it forks. The program inherits every fence, and pid 1 is no
 * better place to attack: it isn't dumpable (so nothing of /proc/1 can be read, nor can it be
 * traced), has an empty environment, and only ever waits. The process that will be the program is
 * forked ahead, too, and waits for the supervisor's word with nothing left to do but exec.
 *
 * It dies with the supervisor: by the parent-death signal, and, should the supervisor have
 * died before that was set, because nobody is left at the other end of its socket.
 */
#include "init.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "auto.h"
#include "confine.h"
#include "control.h"
#include "image.h"
#include "kernel.h"
#include "landlock.h"
#include "namespaces.h"
#include "policy.h"
#include "program.h"

/* Our failure: the supervisor hears it in words, and the box is over. */
static void __attribute__((noreturn)) give_up(const struct box *box, const struct fault *f)
{
	struct control_message message = { .kind = CONTROL_FAULT };

	memcpy(message.text, f->text, sizeof(message.text));
	control_send(box->inner_control, &message, NULL, 0);
	_exit(125);
}

static int await(const struct box *box, enum control_kind kind, struct fault *f)
{
	struct control_message message;

	if (control_receive(box->inner_control, &message, NULL, NULL) < 0)
		return fault_sys(f, "the supervisor is gone");
	return message.kind == kind ? 0 : fault_set(f, "the supervisor said something else");
}

/* If the host runs out of memory, the box goes first. Needs no privilege, upwards. */
static void offer_to_oom(void)
{
	AUTO_CLOSE int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);

	if (fd >= 0 && write(fd, "900", 3) < 0)
		return;
}

static int fill_work(int image_fd, int work, struct fault *f)
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

static int tell_ready(const struct box *box, const struct folders *folders, struct fault *f)
{
	struct control_message message = { .kind = CONTROL_READY };
	int fds[CONTROL_MAX_FDS];
	size_t n = folders->count;

	memcpy(fds, folders->fds, n * sizeof(int));
	fds[n++] = folders->procfs;
	if (control_send(box->inner_control, &message, fds, n) < 0)
		return fault_sys(f, "cannot tell the supervisor");
	return 0;
}

static int confine(const struct box *box, struct fault *f)
{
	if (confine_keyring(f) < 0 || confine_privileges(f) < 0)
		return -1;
	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0)
		return fault_sys(f, "cannot hide pid 1");
	if (box->landlock_abi && landlock_confine(box->plan, box->landlock_abi, f) < 0)
		return -1;
	return policy_load(&policy_filter, f);
}

static int build(struct box *box, struct folders *folders, struct fault *f)
{
	if (group_enter(&box->group, f) < 0)
		return -1;
	offer_to_oom();
	if (await(box, CONTROL_MAPPED, f) < 0 ||
		namespaces_settle(box->plan->net == PLAN_NET_LOOPBACK, !box->id.is_shared, f) < 0)
		return -1;
	/* After the change of user, which forgets it. */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) < 0)
		return fault_sys(f, "cannot bind the box's life to the supervisor's");
	if (box->id.is_shared && trees_grab(&box->trees, box->plan, f) < 0)
		return -1;
	if (mounts_build(folders, &box->trees, box->plan, f) < 0 ||
		fill_work(box->image_fd, folders->fds[PLAN_FOLDER_WORK], f) < 0)
		return -1;
	return 0;
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
		if ((from[i] = fcntl(from[i], F_DUPFD_CLOEXEC, 300)) < 0)
			return fault_sys(f, "cannot move the program's files");
	for (size_t i = 0; i < n; i++)
		if (dup2(from[i], to[i]) < 0)
			return fault_sys(f, "cannot place the program's files");
	return 0;
}

/* Marks everything but the program's fds to be closed by exec. */
static int close_rest(const struct plan *plan, struct fault *f)
{
	if (kernel_close_range(3, ~0U, CLOSE_RANGE_CLOEXEC) < 0)
		return fault_sys(f, "cannot close files");
	for (size_t i = 0; i < plan->n_channels; i++)
		if (fcntl(plan->channels[i].as, F_SETFD, 0) < 0)
			return fault_sys(f, "cannot keep a channel");
	return 0;
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

/* Ignored signals survive an exec; a program starts with none ignored and none blocked. */
static int reset_signals(struct fault *f)
{
	static const int often_ignored[] = { SIGPIPE, SIGINT, SIGQUIT, SIGHUP, SIGTERM, SIGCHLD,
		SIGXFSZ, SIGTSTP, SIGTTIN, SIGTTOU };
	sigset_t none;

	for (size_t i = 0; i < sizeof(often_ignored) / sizeof(often_ignored[0]); i++)
		signal(often_ignored[i], SIG_DFL);
	sigemptyset(&none);
	if (sigprocmask(SIG_SETMASK, &none, NULL) < 0)
		return fault_sys(f, "cannot unblock signals");
	return 0;
}

static int prepare_program(struct box *box, struct fault *f)
{
	if (setsid() < 0)
		return fault_sys(f, "cannot make a session");
	box->inner_control = fcntl(box->inner_control, F_DUPFD_CLOEXEC, 300);
	if (box->inner_control < 0)
		return fault_sys(f, "cannot move the control socket");
	if (reset_signals(f) < 0 || place_fds(box, f) < 0 || close_rest(box->plan, f) < 0)
		return -1;
	return confine_resources(box->plan, box->group.mode == GROUP_SAMPLED, f);
}

/* Fills /work of a box that was built before anybody knew with what. */
static int fill_late(const struct box *box, const int *fds, size_t n, struct fault *f)
{
	struct control_message message = { .kind = CONTROL_FILLED };
	AUTO_CLOSE int work = open("/work", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	AUTO_CLOSE int image = n == 1 ? fds[0] : -1;

	if (work < 0 || image < 0)
		return fault_set(f, "there is nothing to fill /work with");
	if (fill_work(image, work, f) < 0)
		return -1;
	return control_send(box->inner_control, &message, NULL, 0) < 0
		? fault_sys(f, "cannot tell the supervisor")
		: 0;
}

static int hear_program(const struct box *box, struct plan *plan, struct fault *f)
{
	static struct program_text text;
	ssize_t n = recv(box->inner_control, text.bytes, sizeof(text.bytes), 0);

	if (n <= 0)
		return fault_sys(f, "the supervisor is gone");
	return program_parse(plan, &text, (size_t)n, f);
}

/* Waits for the word to start, with everything done that can be done before it. */
static int await_word(const struct box *box, struct plan *plan, struct fault *f)
{
	struct control_message message;
	int fds[CONTROL_MAX_FDS];
	size_t n;

	for (;;) {
		if (control_receive(box->inner_control, &message, fds, &n) < 0)
			return fault_sys(f, "the supervisor is gone");
		if (message.kind == CONTROL_GO)
			return message.value ? hear_program(box, plan, f) : 0;
		if (message.kind != CONTROL_FILL)
			return fault_set(f, "the supervisor said something else");
		if (fill_late(box, fds, n, f) < 0)
			return -1;
	}
}

static void __attribute__((noreturn)) become_program(struct box *box)
{
	static struct plan plan;
	struct fault f;

	plan = *box->plan;
	if (prepare_program(box, &f) < 0 || await_word(box, &plan, &f) < 0)
		give_up(box, &f);
	if (chdir(plan.chdir) < 0) {
		dprintf(2, "assay-box: cannot enter %s: %s\n", plan.chdir, strerror(errno));
		_exit(126);
	}
	execute(&plan);
}

static int compare_fds(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

/* Only what the program and pid 1 need stays open; nothing else of the supervisor's does. */
static int close_supervisors(const struct box *box, struct fault *f)
{
	int kept[16 + PLAN_MAX_RO + PLAN_MAX_CHANNELS] = { 2, box->inner_control, box->in[0],
		box->out[1], box->err[1], box->image_fd, box->id.lock };
	size_t n = 7;

	for (size_t i = 0; i < box->group.n_dirs; i++)
		kept[n++] = box->group.dirs[i].tasks;
	for (size_t i = 0; i < box->trees.count; i++)
		kept[n++] = box->trees.list[i].fd;
	for (size_t i = 0; i < box->plan->n_channels; i++)
		kept[n++] = box->plan->channels[i].fd;
	qsort(kept, n, sizeof(kept[0]), compare_fds);
	for (size_t i = 0; i < n; i++) {
		unsigned first = (unsigned)kept[i] + 1, last = i + 1 < n ? (unsigned)kept[i + 1] : 0;

		if (kept[i] < 2 || (last && first >= last))
			continue;
		if (kernel_close_range(first, last - 1, 0) < 0)
			return fault_sys(f, "cannot close the supervisor's files");
	}
	return 0;
}

/* Waits for the program, reaping whatever else is orphaned. Gives its wait status. */
static int await_program(pid_t program)
{
	for (;;) {
		int status;
		pid_t dead = waitpid(-1, &status, __WALL);

		if (dead == program)
			return status;
		if (dead < 0 && errno != EINTR)
			return 0;
	}
}

/*
 * With doors their keeper joins the box's network in between, which the supervisor of an
 * ordinary user may do only as long as pid 1 isn't hidden.
 */
static int settle(struct box *box, struct fault *f)
{
	bool has_doors = box->plan->n_doors > 0;
	struct folders folders;

	if (build(box, &folders, f) < 0)
		return -1;
	if (has_doors && (tell_ready(box, &folders, f) < 0 || await(box, CONTROL_KEPT, f) < 0))
		return -1;
	if (confine(box, f) < 0)
		return -1;
	return has_doors ? 0 : tell_ready(box, &folders, f);
}

void init_run(struct box *box)
{
	struct control_message message = { .kind = CONTROL_ENDED };
	struct fault f;
	pid_t program;

	if (close_supervisors(box, &f) < 0 || settle(box, &f) < 0)
		give_up(box, &f);
	program = fork();
	if (program < 0) {
		fault_sys(&f, "cannot fork the program");
		give_up(box, &f);
	}
	if (program == 0)
		become_program(box);
	close(box->in[0]);
	close(box->out[1]);
	close(box->err[1]);
	message.value = await_program(program);
	control_send(box->inner_control, &message, NULL, 0);
	/* The supervisor takes a last look at what still runs, and then kills us and it. */
	for (;;)
		pause();
}
