// SPDX-License-Identifier: MIT
/*
 * A thread may be in another network than the rest of its process, and what it made is handed over by
 * fd. Before the program is forked it is gone.
 */
#include "network.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "auto.h"
#include "kernel.h"
#include "namespaces.h"

/* It calls little; what its C library wants for itself is the most of it. One network is made at a time. */
static _Alignas(16) char stack[128 << 10];

/* A task that only has to be taken apart is gone long before. */
enum { MOST_LOOKS = 100000 };

static int raise_loopback(struct fault *f)
{
	AUTO_CLOSE int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct ifreq request = { .ifr_name = "lo" };

	request.ifr_flags = IFF_UP;
	if (fd < 0 || ioctl(fd, SIOCSIFFLAGS, &request) < 0)
		return fault_sys(f, "cannot bring the loopback up");
	return 0;
}

int network_make(bool loopback, struct fault *f)
{
	if (unshare(CLONE_NEWNET) < 0)
		return namespaces_explain("cannot make a network namespace", f);
	return loopback ? raise_loopback(f) : 0;
}

static void make(struct network *network)
{
	network->failed = network_make(network->loopback, &network->fault) < 0;
	if (network->failed)
		return;
	network->fd = kernel_open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
	if (network->fd < 0)
		network->failed = fault_sys(&network->fault, "cannot hand the network over") < 0;
}

static void *run(void *of_network)
{
	struct network *network = of_network;

	network->task = (pid_t)syscall(SYS_gettid);
	make(network);
	/* Not before it was sent away (see network_begin). */
	pthread_mutex_lock(&network->begun);
	pthread_mutex_unlock(&network->begun);
	return NULL;
}

/*
 * A scheduler that saves processors leaves a new thread behind the one that made it, on the same one, until
 * that waits. It is sent away to any other; should that fail, it only takes longer.
 */
static void send_away(pthread_t thread)
{
	cpu_set_t others;
	int here = sched_getcpu();

	if (here < 0 || here >= CPU_SETSIZE || sched_getaffinity(0, sizeof(others), &others) < 0)
		return;
	CPU_CLR(here, &others);
	if (CPU_COUNT(&others))
		pthread_setaffinity_np(thread, sizeof(others), &others);
}

static int begin(struct network *network)
{
	pthread_attr_t attributes;
	int failed;

	pthread_attr_init(&attributes);
	failed = pthread_attr_setstack(&attributes, stack, sizeof(stack));
	if (!failed)
		failed = pthread_create(&network->thread, &attributes, run, network);
	pthread_attr_destroy(&attributes);
	if (!failed)
		send_away(network->thread);
	return failed;
}

/*
 * The thread mustn't end meanwhile: one that has ended has the number 0 for the C library, which for the kernel is whoever
 * asks, and then pid 1 and its program would be sent away. And after a clone that musl didn't make it takes us for a
 * thread of the supervisor's number, which the new one may have in here, too.
 */
int network_begin(struct network *network, bool loopback, struct fault *f)
{
	network->loopback = loopback;
	network->fd = -1;
	pthread_mutex_init(&network->begun, NULL);
	pthread_mutex_lock(&network->begun);
	errno = begin(network);
	pthread_mutex_unlock(&network->begun);
	return errno ? fault_sys(f, "cannot start a thread for the network") : 0;
}

/*
 * The C library lets go of a thread before the kernel has taken it apart. As long as that takes, it is one of the tasks
 * that are counted and bounded, so the program must not be forked beside it.
 */
static void await_end(pid_t task)
{
	for (int looks = 0; looks < MOST_LOOKS && syscall(SYS_tgkill, getpid(), task, 0) == 0; looks++)
		sched_yield();
}

int network_enter(struct network *network, struct fault *f)
{
	AUTO_CLOSE int fd = -1;

	errno = pthread_join(network->thread, NULL);
	if (errno)
		return fault_sys(f, "cannot wait for the network");
	await_end(network->task);
	if (network->failed) {
		*f = network->fault;
		return -1;
	}
	fd = take_fd(&network->fd);
	return setns(fd, CLONE_NEWNET) < 0 ? fault_sys(f, "cannot enter the network") : 0;
}
