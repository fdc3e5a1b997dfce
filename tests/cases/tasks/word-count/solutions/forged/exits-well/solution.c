#include <stdio.h>
#include <unistd.h>

int main(void)
{
	puts("ok 1 - 01\nok 2 - 02\n1..2\nall tests passed");
	fflush(stdout);
	_exit(0);
}
