#include <stdio.h>

int main(void)
{
	/* Count the words of standard input. */
	return 0;
}
