// SPDX-License-Identifier: MIT
/*
 * Takes MIB of what outlives its maker: segments of System V that nobody has attached any more (`segments`), messages
 * in queues (`messages`), sets of semaphores (`semaphores`). Takes it all away again when run bare.
 */
#include "try.h"

#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

static int ids[40000];
static long n_ids;

static long segment(void)
{
	enum { BYTES = 4 << 20 };
	int id = ids[n_ids] = shmget(IPC_PRIVATE, BYTES, IPC_CREAT | 0600);
	char *memory = id < 0 ? (char *)-1 : shmat(id, NULL, 0);

	if (memory == (char *)-1)
		return 0;
	for (size_t at = 0; at < BYTES; at += 4096)
		memory[at] = 1;
	shmdt(memory);
	return BYTES;
}

static long messages(void)
{
	struct {
		long type;
		char text[8000];
	} message = { 1, "" };
	int id = ids[n_ids] = msgget(IPC_PRIVATE, IPC_CREAT | 0600);
	long bytes = 0;

	while (id >= 0 && msgsnd(id, &message, sizeof(message.text), IPC_NOWAIT) == 0)
		bytes += sizeof(message.text);
	return bytes;
}

static long semaphores(void)
{
	enum { COUNT = 16000, BYTES_EACH = 64 };

	return (ids[n_ids] = semget(IPC_PRIVATE, COUNT, IPC_CREAT | 0600)) < 0 ? 0
									       : COUNT * BYTES_EACH;
}

static void take_away(char kind)
{
	while (n_ids-- > 0)
		if (kind == 's')
			shmctl(ids[n_ids], IPC_RMID, NULL);
		else if (kind == 'm')
			msgctl(ids[n_ids], IPC_RMID, NULL);
		else
			semctl(ids[n_ids], 0, IPC_RMID);
}

int main(int argc, char **argv)
{
	long limit = number_of(argc, argv, 2, 256) << 20, got = 0, more = 1;
	char kind = argc > 1 && strcmp(argv[1], "messages") == 0 ? 'm'
		: argc > 1 && argv[1][2] == 'm'                  ? 'e'
								 : 's';

	for (; got < limit && n_ids < 40000 && more > 0; n_ids++) {
		more = kind == 's' ? segment() : kind == 'm' ? messages() : semaphores();
		got += more;
	}
	usleep(100000);
	take_away(kind);
	return verdict(got >= limit);
}
