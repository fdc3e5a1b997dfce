/*
 * Unit tests are linked with the candidate's code, which then runs in this very process: it could forge what is reported
 * here. Every page of a result says so. Where that matters, test against a program instead.
 */
#include "slug.h"

#include <stdio.h>
#include <string.h>

static int number;

static void claim(const char *name, const char *text, const char *expected)
{
	char out[100] = "";

	slug(text, out, sizeof(out));
	if (strcmp(out, expected) == 0)
		printf("ok %d - %s\n", ++number, name);
	else
		printf("not ok %d - %s\n# '%.90s' instead of '%s'\n", ++number, name, out, expected);
	fflush(stdout);
}

int main(void)
{
	puts("1..4");
	claim("words are joined by a hyphen", "Hello World 2", "hello-world-2");
	claim("many other characters become one hyphen", "one -- _ & two", "one-two");
	claim("no hyphen stands at either end", "  say hi!  ", "say-hi");
	claim("punctuation alone gives nothing", "?!", "");
	return 0;
}
