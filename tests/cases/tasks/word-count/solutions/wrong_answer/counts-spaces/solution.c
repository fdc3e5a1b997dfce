#include <stdio.h>

int main(void)
{
	int c, spaces = 10;

	while ((c = getchar()) != EOF)
		spaces += c == ' ';
	printf("%d\n", spaces);
	return 0;
}
