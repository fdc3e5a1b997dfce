#include <stdio.h>

int main(void)
{
	int amount, coin;

	if (scanf("%d %d", &amount, &coin) != 2)
		return 1;
	for (int sum = 0; sum <= amount; sum += coin)
		printf("%d\n", coin);
	return 0;
}
