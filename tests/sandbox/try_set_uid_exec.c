// SPDX-License-Identifier: MIT
/* Starts a set-uid program of the system as somebody else than root, and looks whether it is root. */
#include "try.h"

static int is_root(pid_t child)
{
	char path[64], line[256];
	int effective = -1;
	FILE *status;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)child);
	status = fopen(path, "re");
	while (status && fgets(line, sizeof(line), status))
		if (sscanf(line, "Uid: %*d %d", &effective) == 1)
			break;
	if (status)
		fclose(status);
	return effective == 0;
}

int main(void)
{
	int ends[2], through = 0;
	struct stat st;
	pid_t child;

	if (stat("/usr/bin/su", &st) < 0 || !(st.st_mode & S_ISUID))
		return UNTRIED;
	if (getuid() == 0 &&
		(setresgid(65534, 65534, 65534) < 0 || setresuid(65534, 65534, 65534) < 0))
		return UNTRIED;
	if (pipe(ends) < 0 || (child = fork()) < 0)
		return UNTRIED;
	if (child == 0) {
		dup2(ends[0], 0); /* where it waits for a password */
		close(ends[1]);
		execl("/usr/bin/su", "su", NULL);
		_exit(1);
	}
	for (int look = 0; look < 100 && !through && waitpid(child, NULL, WNOHANG) == 0; look++) {
		through = is_root(child);
		usleep(10000);
	}
	close(ends[1]);
	kill(child, SIGKILL);
	return verdict(through);
}
