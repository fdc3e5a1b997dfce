// SPDX-License-Identifier: MIT
/*
 * Gives every file below the folders it is called with to one fuzz entry, once: so that each input that ever
 * crashed a parser is tried again in every `make test`, with any compiler.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay_file(const char *path)
{
	FILE *file = fopen(path, "rbe");
	struct stat st;
	uint8_t *bytes = NULL;
	size_t size = 0;

	if (!file || fstat(fileno(file), &st) < 0) {
		fprintf(stderr, "cannot read %s\n", path);
		return 1;
	}
	/* An exact allocation: a parser that reads one byte too far is seen by AddressSanitizer. */
	bytes = malloc(st.st_size ? (size_t)st.st_size : 1);
	if (bytes)
		size = fread(bytes, 1, (size_t)st.st_size, file);
	fclose(file);
	if (!bytes)
		return 1;
	LLVMFuzzerTestOneInput(bytes, size);
	free(bytes);
	return 0;
}

int main(int argc, char **argv)
{
	int count = 0;

	for (int i = 1; i < argc; i++) {
		DIR *dir = opendir(argv[i]);
		struct dirent *entry;

		while (dir && (entry = readdir(dir))) {
			char path[4096];

			if (entry->d_name[0] == '.')
				continue;
			snprintf(path, sizeof(path), "%s/%s", argv[i], entry->d_name);
			if (replay_file(path))
				return 1;
			count++;
		}
		if (dir)
			closedir(dir);
	}
	printf("replayed %d inputs\n", count);
	return count ? 0 : 1;
}
