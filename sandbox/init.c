// SPDX-License-Identifier: MIT
/*
 * pid 1 of the box. It is a copy of the supervisor that was born into the new namespaces, not
 * a program that was exec'ed, and the program that is tried is its child (become.c): a pid 1
 * ignores signals, so that abort() would look like a crash.
 *
 * It confines *itself* before it forks. The program inherits every fence, and pid 1 is no
 * better place to attack: it isn't dumpable (so nothing of /proc/1 can be read, nor can it be
 * traced), and only ever waits.
 *
 * Twice while it builds it needs something from the supervisor, which prepares that meanwhile:
 * before it makes files it needs an id, and before it makes the writable folders it must be in the
 * group that pays for them.
 *
 * It dies with the supervisor: by the parent-death signal, and, should the supervisor have
 * died before that was set, because nobody is left at the other end of its socket.
 */
#include "init.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "auto.h"
#include "become.h"
#include "confine.h"
#include "control.h"
#include "fds.h"
#include "kernel.h"
#include "landlock.h"
#include "namespaces.h"
#include "network.h"
#include "policy.h"

/* Waits for a message of that kind; FDS has room for CONTROL_MAX_FDS, of which N came. */
static int await(const struct box *box, enum control_kind kind, struct control_message *message,
	int *fds, size_t *n, struct fault *f)
{
	if (control_receive(box->inner_control, message, fds, n) < 0)
		return fault_sys(f, "the supervisor is gone");
	return message->kind == kind ? 0 : fault_set(f, "the supervisor said something else");
}

/* If the host runs out of memory, the box goes first. Needs no privilege, upwards; a root supervisor says it for us. */
static void offer_to_oom(void)
{
	AUTO_CLOSE int fd = kernel_open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);

	if (fd >= 0 && write(fd, "900", 3) < 0)
		return;
}

/* pid 1 holds the lock of the id, too: nobody else gets it before the box is dead. */
static int take_identity(struct box *box, struct fault *f)
{
	struct control_message message;
	int fds[CONTROL_MAX_FDS];
	size_t n;

	if (await(box, CONTROL_MAPPED, &message, fds, &n, f) < 0)
		return -1;
	if (n != !box->id.is_shared)
		return fault_set(f, "the supervisor said something else");
	if (namespaces_settle(!box->id.is_shared, f) < 0)
		return -1;
	/* After the change of user, which forgets it. */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) < 0)
		return fault_sys(f, "cannot bind the box's life to the supervisor's");
	return 0;
}

static int enter_group(struct box *box, struct fault *f)
{
	struct control_message message;
	int fds[CONTROL_MAX_FDS];
	size_t n, doors;

	if (await(box, CONTROL_GROUPED, &message, fds, &n, f) < 0)
		return -1;
	doors = (size_t)message.value;
	if (doors > n || n - doors > 1)
		return fault_set(f, "the supervisor said something else");
	if (group_enter(fds, doors, f) < 0)
		return -1;
	if (n > doors)
		box->image_fd = fds[doors];
	box->limits_are_sampled = message.flags & CONTROL_SAMPLED;
	box->init_lingers = message.flags & CONTROL_LINGER;
	return namespaces_make_cgroup(f);
}

static int lay_root(struct box *box, struct fault *f)
{
	if (box->id.is_shared && trees_grab(&box->trees, box->plan, f) < 0)
		return -1;
	return mounts_lay(&box->trees, box->plan, f);
}

/* There is no root to lay meanwhile, so the network is made while the supervisor maps ids. */
static int build_in_template(struct box *box, struct folders *folders, struct fault *f)
{
	if (network_make(box->plan->net == PLAN_NET_LOOPBACK, f) < 0 || take_identity(box, f) < 0 ||
		enter_group(box, f) < 0)
		return -1;
	return mounts_fill(folders, box->plan, box->limits_are_sampled, f);
}

static int build_whole(struct box *box, struct folders *folders, struct fault *f)
{
	static struct network network; /* it outlives this call if another step fails */

	if (take_identity(box, f) < 0 || network_begin(&network, box->plan->net == PLAN_NET_LOOPBACK, f) < 0)
		return -1;
	if (lay_root(box, f) < 0 || enter_group(box, f) < 0 || mounts_fill(folders, box->plan, box->limits_are_sampled, f) < 0)
		return -1;
	return network_enter(&network, f) < 0 ? -1 : mounts_enter(f);
}

static int build(struct box *box, struct folders *folders, struct fault *f)
{
	if (box->id.is_shared)
		offer_to_oom();
	/* Some forty calls that need nothing, while the supervisor takes an id. */
	if (confine_bounds(f) < 0)
		return -1;
	if ((box->template ? build_in_template : build_whole)(box, folders, f) < 0 ||
		connections_open(folders->procfs, folders->connections, f) < 0)
		return -1;
	return become_fill(box->image_fd, folders->fds[PLAN_FOLDER_WORK], f);
}

static int confine(const struct box *box, const struct folders *folders, int *listener, struct fault *f)
{
	if (confine_keyring(f) < 0 || confine_privileges(f) < 0)
		return -1;
	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0)
		return fault_sys(f, "cannot hide pid 1");
	if (box->landlock_abi && landlock_confine(folders, box->landlock_abi, f) < 0)
		return -1;
	return policy_load(&policy_filter, listener, f);
}

static int tell_ready(const struct box *box, const struct folders *folders, struct fault *f)
{
	struct control_message message = { .kind = CONTROL_READY, .value = box->landlock_abi };
	int fds[CONTROL_MAX_FDS], lists[SYSV_LISTS];
	size_t n = folders->count;

	_Static_assert(PLAN_MAX_FOLDERS + 3 + CONNECTIONS_LISTS + SYSV_LISTS <= CONTROL_MAX_FDS,
		"all fit into one message");
	memcpy(fds, folders->fds, n * sizeof(int));
	fds[n++] = folders->procfs;
	fds[n++] = folders->locks;
	memcpy(fds + n, folders->connections, sizeof(folders->connections));
	n += CONNECTIONS_LISTS;
	if (box->limits_are_sampled && sysv_open(folders->procfs, lists, f) < 0)
		return -1;
	for (size_t i = 0; box->limits_are_sampled && i < SYSV_LISTS; i++)
		fds[n++] = lists[i];
	if (box->limits_are_sampled)
		fds[n++] = folders->watched;
	if (control_send(box->inner_control, &message, fds, n) < 0)
		return fault_sys(f, "cannot tell the supervisor");
	return 0;
}

static int tell_confined(const struct box *box, int listener, struct fault *f)
{
	struct control_message message = { .kind = CONTROL_CONFINED };

	if (control_send(box->inner_control, &message, &listener, listener >= 0) < 0)
		return fault_sys(f, "cannot tell the supervisor");
	if (listener >= 0)
		close(listener);
	return 0;
}

/*
 * With doors their keeper joins the box's network in between, which the supervisor of an
 * ordinary user may do only as long as pid 1 isn't hidden.
 */
static int settle(struct box *box, struct fault *f)
{
	struct control_message message;
	struct folders folders;
	int listener = -1;

	box->landlock_abi = landlock_abi();
	if (box->landlock_abi < 0)
		return fault_sys(f, "cannot tell whether there is Landlock");
	if (build(box, &folders, f) < 0 || tell_ready(box, &folders, f) < 0)
		return -1;
	if (box->plan->n_doors && await(box, CONTROL_KEPT, &message, NULL, NULL, f) < 0)
		return -1;
	return confine(box, &folders, &listener, f) < 0 ? -1 : tell_confined(box, listener, f);
}

/* Only what the program and pid 1 need stays open; nothing else of the supervisor's does. */
static int close_supervisors(const struct box *box, struct fault *f)
{
	int kept[8 + PLAN_MAX_RO + PLAN_MAX_CHANNELS] = { box->inner_control, box->in[0],
		box->out[1], box->err[1] };
	size_t n = 4;

	for (size_t i = 0; i < box->trees.count; i++)
		kept[n++] = box->trees.list[i].fd;
	for (size_t i = 0; i < box->plan->n_channels; i++)
		kept[n++] = box->plan->channels[i].fd;
	return fds_keep(kept, n, f);
}

/* Waits for the program, reaping whatever else is orphaned. Gives its wait status; -1: it is unknown. */
static int await_program(pid_t program)
{
	for (;;) {
		int status;
		pid_t dead = waitpid(-1, &status, __WALL);

		if (dead == program)
			return status;
		if (dead < 0 && errno != EINTR)
			return -1;
	}
}

void init_run(struct box *box)
{
	struct control_message message = { .kind = CONTROL_ENDED };
	int programs[3 + PLAN_MAX_CHANNELS] = { box->in[0], box->out[1], box->err[1] };
	size_t n = 3;
	struct fault f;
	pid_t program;

	if (close_supervisors(box, &f) < 0 || settle(box, &f) < 0)
		become_give_up(box, &f);
	program = become_start(box, &f);
	if (program < 0)
		become_give_up(box, &f);
	/* Who has the other ends sees when the program closes its own. */
	for (size_t i = 0; i < box->plan->n_channels; i++)
		programs[n++] = box->plan->channels[i].fd;
	fds_close(programs, n);
	message.value = await_program(program);
	/* What can't be told the supervisor will see: that we are gone without a word. */
	if (message.value < 0 || control_send(box->inner_control, &message, NULL, 0) < 0)
		_exit(125);
	/* The supervisor takes a last look at what still runs, if it must, and then kills us and it. */
	while (box->init_lingers)
		pause();
	_exit(0);
}
