// SPDX-License-Identifier: MIT
/*
 * Two of these run at once. `wait NAME SECONDS` opens every place where two processes of one user can meet: an abstract
 * socket, a port, shared memory and queues of System V, files in /dev/shm and /tmp. `visit NAME` looks for them.
 */
#include "try.h"

#include <arpa/inet.h>
#include <stddef.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/un.h>

static socklen_t abstract(struct sockaddr_un *address, const char *name)
{
	*address = (struct sockaddr_un){ .sun_family = AF_UNIX };
	snprintf(address->sun_path + 1, sizeof(address->sun_path) - 1, "meet-%s", name);
	return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 +
		strlen(address->sun_path + 1));
}

static int wait_there(const char *name, key_t key, struct sockaddr_in port, long seconds)
{
	struct sockaddr_un address;
	socklen_t length = abstract(&address, name);
	int stream = socket(AF_UNIX, SOCK_STREAM, 0), tcp = socket(AF_INET, SOCK_STREAM, 0);
	int memory = shmget(key, 4096, IPC_CREAT | 0666), queue = msgget(key, IPC_CREAT | 0666);
	int semaphore = semget(key, 1, IPC_CREAT | 0666);
	char path[64];

	bind(stream, (struct sockaddr *)&address, length);
	listen(stream, 5);
	bind(tcp, (struct sockaddr *)&port, sizeof(port));
	listen(tcp, 5);
	snprintf(path, sizeof(path), "/dev/shm/meet-%s", name);
	close(open(path, O_WRONLY | O_CREAT, 0666));
	puts("waiting");
	fflush(stdout);
	sleep((unsigned)seconds);
	unlink(path);
	shmctl(memory, IPC_RMID, NULL);
	msgctl(queue, IPC_RMID, NULL);
	semctl(semaphore, 0, IPC_RMID);
	return STOPPED;
}

static int visit(const char *name, key_t key, struct sockaddr_in port)
{
	struct sockaddr_un address;
	socklen_t length = abstract(&address, name);
	int stream = socket(AF_UNIX, SOCK_STREAM, 0), tcp = socket(AF_INET, SOCK_STREAM, 0),
	    through = 0;
	char path[64];

	through |= connect(stream, (struct sockaddr *)&address, length) == 0;
	through |= connect(tcp, (struct sockaddr *)&port, sizeof(port)) == 0;
	through |= shmget(key, 4096, 0666) >= 0;
	through |= msgget(key, 0666) >= 0 || semget(key, 1, 0666) >= 0;
	snprintf(path, sizeof(path), "/dev/shm/meet-%s", name);
	through |= access(path, F_OK) == 0;
	return verdict(through);
}

int main(int argc, char **argv)
{
	const char *name = argc > 2 ? argv[2] : "nobody";
	long number = strtol(name, NULL, 10);
	struct sockaddr_in port = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)(20000 + number % 10000)),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	key_t key = (key_t)(0x61000000 + number);

	if (argc > 1 && strcmp(argv[1], "wait") == 0)
		return wait_there(name, key, port, number_of(argc, argv, 3, 5));
	return visit(name, key, port);
}
