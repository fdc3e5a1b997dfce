// wrong_answer: runs well and earns nothing, since only the sum may be printed.
#include <stdio.h>

int main(void)
{
	long long sum = 0, number;

	while (scanf("%lld", &number) == 1)
		sum += number;
	printf("The sum is: %lld\n", sum);
	return 0;
}
