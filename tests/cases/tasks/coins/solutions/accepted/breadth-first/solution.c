#include <stdio.h>

/* Sums in the order of how many coins they need. */
static int queue[100001], from[100001], seen[100001];

int main(void)
{
	int amount, coins[100], count = 0, tail = 1;

	if (scanf("%d", &amount) != 1)
		return 1;
	while (count < 100 && scanf("%d", &coins[count]) == 1)
		count++;
	seen[0] = 1;
	for (int head = 0; head < tail && !seen[amount]; head++)
		for (int i = 0; i < count; i++) {
			int sum = queue[head] + coins[i];

			if (sum <= amount && !seen[sum]) {
				seen[sum] = 1;
				from[sum] = queue[head];
				queue[tail++] = sum;
			}
		}
	for (; amount > 0; amount = from[amount])
		printf("%d ", amount - from[amount]);
	return 0;
}
