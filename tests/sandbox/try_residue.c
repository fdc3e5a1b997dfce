// SPDX-License-Identifier: MIT
/* Leaves shared memory, a queue, a semaphore and files behind; a POSIX queue, too, if it may. */
#include "try.h"

#include <mqueue.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

int main(void)
{
	int fd = open("/dev/shm/assay-residue", O_WRONLY | O_CREAT, 0666);
	int shm = shmget(0x61737379, 4096, IPC_CREAT | 0600);
	int sem = semget(0x61737379, 1, IPC_CREAT | 0600);
	int queue = msgget(0x61737379, IPC_CREAT | 0600);

	mq_open("/assay-residue", O_RDWR | O_CREAT, 0600, NULL);
	close(open("/tmp/assay-residue", O_WRONLY | O_CREAT, 0666));
	return verdict(fd >= 0 && shm >= 0 && sem >= 0 && queue >= 0);
}
