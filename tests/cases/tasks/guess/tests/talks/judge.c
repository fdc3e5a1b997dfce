/* judge INPUT ANSWER FEEDBACK: has thought of a number. INPUT: the number, and how far it could go. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RIGHT = 42, WRONG = 43, GUESSES = 20 };

static _Noreturn void reject(const char *feedback, const char *why)
{
	char path[200];
	FILE *file;

	snprintf(path, sizeof(path), "%s/teammessage.txt", feedback);
	file = fopen(path, "w");
	if (file) {
		fprintf(file, "%s\n", why);
		fclose(file);
	}
	exit(WRONG);
}

/* A line with a number and nothing else. */
static int read_guess(long *guess)
{
	char line[32], *end;

	if (!fgets(line, sizeof(line), stdin) || !strchr(line, '\n'))
		return -1;
	*guess = strtol(line, &end, 10);
	return end == line || strcmp(end, "\n") != 0 ? -1 : 0;
}

int main(int argc, char **argv)
{
	long number, most, guess;
	FILE *input = argc == 4 ? fopen(argv[1], "r") : NULL;

	if (!input || fscanf(input, "%ld %ld", &number, &most) != 2)
		return 1;
	printf("%ld\n", most);
	for (int i = 0; i < GUESSES; i++) {
		fflush(stdout);
		if (read_guess(&guess) < 0)
			reject(argv[3], "that is no guess");
		if (guess == number) {
			puts("right");
			fflush(stdout);
			return RIGHT;
		}
		puts(guess < number ? "higher" : "lower");
	}
	reject(argv[3], "that were too many guesses");
}
