// SPDX-License-Identifier: MIT
/*
 * Leaves shared memory, a queue, a semaphore and files behind; a POSIX queue, too, if it may. NUMBER marks them
 * (without the last, which nobody could take away when it is run bare).
 */
#include "try.h"

#include <mqueue.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

int main(int argc, char **argv)
{
	long number = number_of(argc, argv, 1, 0);
	key_t key = (key_t)(0x61737379 + number);
	char shared[64], plain[64];
	int fd;
	int shm = shmget(key, 4096, IPC_CREAT | 0600);
	int sem = semget(key, 1, IPC_CREAT | 0600);
	int queue = msgget(key, IPC_CREAT | 0600);

	snprintf(shared, sizeof(shared), "/dev/shm/assay-residue%.0ld", number);
	snprintf(plain, sizeof(plain), "/tmp/assay-residue%.0ld", number);
	fd = open(shared, O_WRONLY | O_CREAT, 0666);
	if (!number)
		mq_open("/assay-residue", O_RDWR | O_CREAT, 0600, NULL);
	close(open(plain, O_WRONLY | O_CREAT, 0666));
	return verdict(fd >= 0 && shm >= 0 && sem >= 0 && queue >= 0);
}
