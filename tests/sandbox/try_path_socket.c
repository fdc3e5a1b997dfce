// SPDX-License-Identifier: MIT
/* Connects to a socket, and writes to a named pipe, that a process of the host has in a folder that is shown. */
#include "try.h"

#include <sys/un.h>

int main(void)
{
	const char *shown = outside("SHOWN");
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int stream = socket(AF_UNIX, SOCK_STREAM, 0), pipe_fd, through;
	char path[4096];

	snprintf(address.sun_path, sizeof(address.sun_path), "%s/socket", shown);
	through = connect(stream, (struct sockaddr *)&address, sizeof(address)) == 0;
	if (through)
		fputs("connected\n", stderr);
	snprintf(path, sizeof(path), "%s/fifo", shown);
	pipe_fd = open(path, O_WRONLY | O_NONBLOCK);
	if (pipe_fd >= 0 && write(pipe_fd, "from within\n", 12) == 12) {
		fputs("wrote into the pipe\n", stderr);
		through = 1;
	}
	return verdict(through);
}
