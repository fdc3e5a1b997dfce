// SPDX-License-Identifier: MIT
/* Building a box from outside, step by step, each undone by box_close if a later one fails. */
#include "box.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "auto.h"
#include "control.h"
#include "fds.h"
#include "image.h"
#include "init.h"
#include "kernel.h"
#include "namespaces.h"
#include "program.h"

static void box_reset(struct box *box, const struct plan *plan, struct host *host, const struct template *template)
{
	memset(box, 0, sizeof(*box));
	box->plan = plan;
	box->host = host;
	box->template = template;
	box->id.lock = -1;
	group_init(&box->group);
	box->folders.procfs = box->folders.locks = -1;
	for (size_t i = 0; i < CONNECTIONS_LISTS; i++)
		box->folders.connections[i] = -1;
	box->image_fd = box->control = box->inner_control = box->pidfd = box->mount_ns = box->listener = -1;
	for (int i = 0; i < 2; i++)
		box->in[i] = box->out[i] = box->err[i] = -1;
}

static int make_channels(struct box *box, struct fault *f)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		return fault_sys(f, "cannot make the control socket");
	box->control = pair[0];
	box->inner_control = pair[1];
	if (pipe2(box->in, O_CLOEXEC) < 0 || pipe2(box->out, O_CLOEXEC) < 0 ||
		pipe2(box->err, O_CLOEXEC) < 0)
		return fault_sys(f, "cannot make the program's pipes");
	if (fcntl(box->in[1], F_SETFL, O_NONBLOCK) < 0 || fcntl(box->out[0], F_SETFL, O_NONBLOCK) < 0 ||
		fcntl(box->err[0], F_SETFL, O_NONBLOCK) < 0)
		return fault_sys(f, "cannot set the program's pipes up");
	return 0;
}

/* Freezes --work into a memfd; what is too large or can't be copied is refused here. */
static int freeze_work(struct box *box, struct fault *f)
{
	uint64_t limit = (uint64_t)box->plan->limits.disk_mib << 20;
	AUTO_CLOSE int dir = kernel_open(box->plan->work, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (dir < 0)
		return fault_sys(f, "--work %s", box->plan->work);
	box->image_fd = memfd_create("work", MFD_CLOEXEC);
	if (box->image_fd < 0)
		return fault_sys(f, "cannot make a memfd");
	/* Names and headers come on top of the bytes, which are looked at again below. */
	if (image_pack(dir, box->image_fd, limit + limit / 8 + (1 << 20), IMAGE_STRICT, f) < 0)
		return fault_wrap(f, "--work %s", box->plan->work);
	return 0;
}

static int prepare_image(struct box *box, struct fault *f)
{
	struct image_size size;
	const void *image;
	size_t length;
	int failed;

	if (box->plan->work && freeze_work(box, f) < 0)
		return -1;
	if (box->plan->image_fd >= 0 &&
		(box->image_fd = kernel_dup_above(box->plan->image_fd, 3)) < 0)
		return fault_sys(f, "--image");
	if (box->image_fd < 0)
		return 0;
	if (image_map(box->image_fd, &image, &length, f) < 0)
		return -1;
	failed = image_check(image, length, &size, f);
	munmap((void *)image, length);
	if (!failed && image_fits(&size, box->plan->limits.disk_mib, box->plan->limits.memory_mib, f) < 0)
		failed = fault_wrap(f, "what is to lie in /work");
	return failed;
}

/* What must be there before the box's pid 1 is. The rest can be made while that builds. */
static int prepare(struct box *box, struct fault *f)
{
	if (identity_look(&box->id, f) < 0 || host_find_signals(box->host, f) < 0 || make_channels(box, f) < 0 ||
		group_open(&box->group, box->plan, box->host, f) < 0)
		return -1;
	return box->id.is_shared || box->template ? 0 : trees_grab(&box->trees, box->plan, f);
}

/* What belongs to pid 1 now. */
static void close_inner(struct box *box)
{
	int fds[4 + PLAN_MAX_RO] = { box->inner_control, box->in[0], box->out[1], box->err[1] };
	size_t n = 4;

	for (size_t i = 0; i < box->trees.count; i++)
		fds[n++] = box->trees.list[i].fd;
	fds_close(fds, n);
	box->inner_control = box->in[0] = box->out[1] = box->err[1] = -1;
	box->trees.count = 0;
}

static int fork_init(struct box *box, struct fault *f)
{
	struct fault lost;

	if (box->template && template_enter(box->template, f) < 0)
		return -1;
	box->init = namespaces_fork(&box->pidfd, group_clone_fd(&box->group), f);
	if (box->init == 0)
		init_run(box);
	if (box->template && template_leave(box->template, &lost) < 0)
		_exit(1); /* its box ends with it, and nobody has seen it yet */
	if (box->init < 0) {
		box->init = 0;
		return -1;
	}
	close_inner(box);
	return 0;
}

/* Waits until pid 1 says KIND, with N fds. If it is dead instead, it was so BEFORE ("it was ready"). */
static int await(const struct box *box, enum control_kind kind, const char *before, struct control_message *message,
	int fds[CONTROL_MAX_FDS], size_t *n, struct fault *f)
{
	if (control_receive(box->control, message, fds, n) < 0)
		return fault_sys(f, "the box's pid 1 ended before %s", before);
	if (message->kind == CONTROL_FAULT)
		return fault_set(f, "%s", message->text);
	return message->kind == kind ? 0 : fault_set(f, "the box's pid 1 said something else");
}

/* Mostly because it is gone, and if it has said why, that is the reason; but some kernel's limit may be met, too. */
static int explain_loss(const struct box *box, struct fault *f)
{
	struct pollfd said = { box->control, POLLIN, 0 };
	struct control_message message;
	int number = errno;

	if (poll(&said, 1, 0) > 0 && control_receive(box->control, &message, NULL, NULL) == 0 &&
		message.kind == CONTROL_FAULT)
		return fault_set(f, "%s", message.text);
	errno = number;
	return fault_sys(f, "cannot tell the box's pid 1");
}

static int tell(const struct box *box, const struct control_message *message, const int *fds, size_t n, struct fault *f)
{
	return control_send(box->control, message, fds, n) < 0 ? explain_loss(box, f) : 0;
}

static int await_ready(struct box *box, struct fault *f)
{
	size_t n = 0, folders = plan_folder_count(box->plan), sampled = box->group.mode == GROUP_SAMPLED ? SYSV_LISTS + 1 : 0;
	struct control_message message;
	int fds[CONTROL_MAX_FDS];

	if (await(box, CONTROL_READY, "it was ready", &message, fds, &n, f) < 0)
		return -1;
	if (n != folders + 2 + CONNECTIONS_LISTS + sampled)
		return fault_set(f, "the box's pid 1 said something else");
	box->landlock_abi = message.value;
	box->folders.count = folders;
	memcpy(box->folders.fds, fds, folders * sizeof(int));
	box->folders.procfs = fds[folders];
	box->folders.locks = fds[folders + 1];
	memcpy(box->folders.connections, fds + folders + 2, CONNECTIONS_LISTS * sizeof(int));
	if (sampled) {
		memcpy(box->group.sysv, fds + folders + 2 + CONNECTIONS_LISTS, SYSV_LISTS * sizeof(int));
		box->group.procfs = fds[n - 1];
	}
	return 0;
}

static int await_confined(struct box *box, struct fault *f)
{
	struct control_message message;
	int fds[CONTROL_MAX_FDS];
	size_t n = 0;

	if (await(box, CONTROL_CONFINED, "it was confined", &message, fds, &n, f) < 0)
		return -1;
	if (n > 1)
		return fault_set(f, "the box's pid 1 said something else");
	box->listener = n ? fds[0] : -1;
	return 0;
}

static int prepare_sampling(struct box *box, struct fault *f)
{
	char path[32];

	snprintf(path, sizeof(path), "/proc/%d", (int)box->init);
	box->group.init = kernel_open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (box->group.init < 0)
		return fault_sys(f, "cannot watch the box's processes");
	return held_open(&box->group.held, f);
}

/*
 * The last process of a box takes its mounts apart before its parent hears of its end, which can
 * take a millisecond. Whoever holds the namespace takes that upon himself. Where this isn't
 * permitted, it only takes longer.
 */
static void hold_mounts(struct box *box)
{
	char path[40];

	snprintf(path, sizeof(path), "/proc/%d/ns/mnt", (int)box->init);
	box->mount_ns = kernel_open(path, O_RDONLY | O_CLOEXEC);
}

/*
 * If the host runs out of memory, the box goes first. An ordinary user's pid 1 says so itself (init.c), but what is
 * said without CAP_SYS_RESOURCE may be taken back, down to what our own parents were given, be it "never"
 * (proc_pid_oom_score_adj(5)). Said by root, it is the least that anything in the box may ever have.
 */
static int offer_to_oom(const struct box *box, struct fault *f)
{
	static const char score[] = "900";
	AUTO_CLOSE int fd = -1;
	char path[40];

	if (box->id.is_shared)
		return 0;
	snprintf(path, sizeof(path), "/proc/%d/oom_score_adj", (int)box->init);
	fd = kernel_open(path, O_WRONLY | O_CLOEXEC);
	/* EACCES: we have more to lose already, and mayn't have less. */
	if (fd < 0 || (write(fd, score, sizeof(score) - 1) < 0 && errno != EACCES))
		return fault_sys(f, "cannot have the box go first when memory runs out");
	return 0;
}

/*
 * Who opens /dev/stderr opens a pipe anew, by the rights of its owner, who would be root. Where root mayn't give
 * files away, the program can't open its streams anew: no reason to have no box.
 */
static int give_streams_away(const struct box *box, struct fault *f)
{
	const int ends[] = { box->in[1], box->out[0], box->err[0] }; /* ours; theirs are the same pipes */

	if (box->id.is_shared)
		return 0;
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (fchown(ends[i], box->id.uid, box->id.gid) < 0 && errno != EPERM)
			return fault_sys(f, "cannot give the program its pipes");
	return 0;
}

static int map_ids(struct box *box, struct fault *f)
{
	struct control_message mapped = { .kind = CONTROL_MAPPED };

	if (identity_take(&box->id, box->plan, box->host, f) < 0 || give_streams_away(box, f) < 0 ||
		namespaces_map(box->init, &box->id, f) < 0)
		return -1;
	return tell(box, &mapped, &box->id.lock, box->id.lock >= 0, f);
}

static int hand_group(struct box *box, struct fault *f)
{
	struct control_message grouped = { .kind = CONTROL_GROUPED };
	int fds[CGROUP_CONTROLLERS + 1];
	size_t n;

	if (group_settle(&box->group, box->plan, f) < 0 || prepare_image(box, f) < 0)
		return -1;
	n = group_doors(&box->group, fds);
	grouped.value = (int)n;
	if (box->group.mode == GROUP_SAMPLED)
		grouped.flags |= CONTROL_SAMPLED;
	if (group_must_be_watched(&box->group))
		grouped.flags |= CONTROL_LINGER;
	if (box->image_fd >= 0)
		fds[n++] = box->image_fd;
	return tell(box, &grouped, fds, n, f);
}

static int start(struct box *box, struct fault *f)
{
	if (fork_init(box, f) < 0 || map_ids(box, f) < 0 || offer_to_oom(box, f) < 0 || hand_group(box, f) < 0)
		return -1;
	if (!box->plan->argv)
		hold_mounts(box);
	if (await_ready(box, f) < 0)
		return -1;
	if (box->group.mode == GROUP_SAMPLED && prepare_sampling(box, f) < 0)
		return -1;
	return box->plan->n_doors ? 0 : await_confined(box, f);
}

int box_build(struct box *box, const struct plan *plan, struct host *host, const struct template *template,
	struct fault *f)
{
	struct fault ignored;

	box_reset(box, plan, host, template);
	if (prepare(box, f) == 0 && start(box, f) == 0)
		return 0;
	box_end(box, NULL, &ignored);
	box_close(box, &ignored);
	return -1;
}

/* Hands the image in and waits until /work is filled. */
static int fill(struct box *box, struct fault *f)
{
	struct control_message message = { .kind = CONTROL_FILL };

	if (tell(box, &message, &box->image_fd, 1, f) < 0)
		return -1;
	return await(box, CONTROL_FILLED, "/work was filled", &message, NULL, NULL, f);
}

int box_assign(struct box *box, const struct plan *plan, struct fault *f)
{
	if (plan_folder_count(plan) != box->folders.count)
		return fault_set(f, "the box was built for another plan");
	box->plan = plan;
	box->is_ahead = true;
	if (prepare_image(box, f) < 0)
		return -1;
	return box->image_fd < 0 ? 0 : fill(box, f);
}

static int tell_program(struct box *box, struct fault *f)
{
	char text[PROGRAM_MAX_BYTES];
	long length = program_render(box->plan, text, sizeof(text));

	if (length < 0)
		return fault_set(f, "the program's arguments and environment are too long");
	return send(box->control, text, (size_t)length, MSG_NOSIGNAL) == length ? 0 : explain_loss(box, f);
}

int box_go(struct box *box, struct fault *f)
{
	struct control_message kept = { .kind = CONTROL_KEPT },
			       go = { .kind = CONTROL_GO };

	/* Of a box that was built ahead, who built it has counted already, unless it was filled since. */
	if (!box->is_ahead || box->image_fd >= 0)
		group_start(&box->group);
	if (box->plan->n_doors && (tell(box, &kept, NULL, 0, f) < 0 || await_confined(box, f) < 0))
		return -1;
	return box->is_ahead ? tell_program(box, f) : tell(box, &go, NULL, 0, f);
}

int box_end(struct box *box, int64_t *rss_kib, struct fault *f)
{
	struct rusage usage;
	pid_t dead;

	if (box->init <= 0)
		return 0;
	/* We haven't reaped it, so the number is still its own. */
	if (syscall(SYS_pidfd_send_signal, box->pidfd, SIGKILL, NULL, 0) < 0)
		kill(box->init, SIGKILL);
	group_kill(&box->group);
	do
		dead = wait4(box->init, NULL, __WALL, &usage);
	while (dead < 0 && errno == EINTR);
	if (dead < 0)
		return fault_sys(f, "cannot wait for the box's end");
	box->init = 0;
	if (rss_kib)
		*rss_kib = usage.ru_maxrss;
	return 0;
}

int box_close(struct box *box, struct fault *f)
{
	int fds[12 + CONNECTIONS_LISTS + PLAN_MAX_FOLDERS] = { box->image_fd, box->control, box->pidfd, box->mount_ns,
		box->in[1], box->out[0], box->err[0], box->folders.procfs, box->folders.locks, box->listener };
	size_t n = 10;
	int failed;

	for (size_t i = 0; i < box->folders.count; i++)
		fds[n++] = box->folders.fds[i];
	for (size_t i = 0; i < CONNECTIONS_LISTS; i++) {
		fds[n++] = box->folders.connections[i];
		box->folders.connections[i] = -1;
	}
	close_inner(box);
	fds_close(fds, n);
	box->folders.count = 0;
	box->image_fd = box->control = box->pidfd = box->mount_ns = box->in[1] = box->out[0] =
		box->err[0] = box->folders.procfs = box->folders.locks = box->listener = -1;
	failed = group_close(&box->group, f);
	identity_drop(&box->id);
	return failed;
}
