#include <stdio.h>

static int best[100001], last[100001];

int main(void)
{
	int amount, coins[100], count = 0;

	if (scanf("%d", &amount) != 1)
		return 1;
	while (count < 100 && scanf("%d", &coins[count]) == 1)
		count++;
	for (int sum = 1; sum <= amount; sum++) {
		best[sum] = amount + 1;
		for (int i = 0; i < count; i++)
			if (coins[i] <= sum && best[sum - coins[i]] + 1 < best[sum]) {
				best[sum] = best[sum - coins[i]] + 1;
				last[sum] = coins[i];
			}
	}
	for (; amount > 0; amount -= last[amount])
		printf("%d\n", last[amount]);
	return 0;
}
