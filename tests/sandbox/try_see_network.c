// SPDX-License-Identifier: MIT
/* Sees the host's network: its listener on PORT, its abstract socket, its interfaces. */
#include "try.h"

#include <net/if.h>

static int tells(const char *path, const char *words)
{
	char line[1024];
	FILE *file = fopen(path, "re");
	int found = 0;

	while (file && fgets(line, sizeof(line), file))
		found |= strstr(line, words) != NULL;
	if (file)
		fclose(file);
	if (found)
		fprintf(stderr, "%s tells\n", path);
	return found;
}

int main(void)
{
	char port[32], path[64];
	struct if_nameindex *all = if_nameindex();
	int through = 0;

	snprintf(port, sizeof(port), ":%04lX 00000000:0000 0A", strtol(outside("PORT"), NULL, 10));
	for (int pid = 0; pid < 1000; pid++) {
		snprintf(path, sizeof(path), "/proc/%d/net/tcp", pid ? pid : getpid());
		through |= tells(path, port);
	}
	through |= tells("/proc/net/unix", outside("ABSTRACT"));
	for (int i = 0; all && all[i].if_index; i++)
		if (strcmp(all[i].if_name, "lo") != 0) {
			fprintf(stderr, "%s is there\n", all[i].if_name);
			through = 1;
		}
	return verdict(through);
}
