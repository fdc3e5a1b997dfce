// SPDX-License-Identifier: MIT
/* Connects to an abstract socket of the host, which needs no file. */
#include "try.h"

#include <stddef.h>
#include <sys/un.h>

int main(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	const char *name = outside("ABSTRACT");
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(address.sun_path + 1, sizeof(address.sun_path) - 1, "%s", name);
	return verdict(connect(fd, (struct sockaddr *)&address,
			       (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + strlen(name))) == 0);
}
