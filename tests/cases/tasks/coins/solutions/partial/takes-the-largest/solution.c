#include <stdio.h>

int main(void)
{
	int amount, coins[100], count = 0;

	if (scanf("%d", &amount) != 1)
		return 1;
	while (count < 100 && scanf("%d", &coins[count]) == 1)
		count++;
	while (amount > 0) {
		int largest = 0;

		for (int i = 0; i < count; i++)
			if (coins[i] <= amount && coins[i] > largest)
				largest = coins[i];
		printf("%d\n", largest);
		amount -= largest;
	}
	return 0;
}
