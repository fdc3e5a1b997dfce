#include <stdio.h>

int main(void)
{
	puts("10 10 10");
	return 0;
