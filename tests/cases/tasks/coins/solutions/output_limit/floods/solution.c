#include <stdio.h>

int main(void)
{
	for (;;)
		puts("10 10 10");
}
