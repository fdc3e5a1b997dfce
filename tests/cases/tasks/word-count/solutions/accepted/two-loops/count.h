#include <stdio.h>

static long count_words(FILE *in)
{
	char word[4096];
	long words = 0;

	while (fscanf(in, "%4095s", word) == 1)
		words++;
	return words;
}
