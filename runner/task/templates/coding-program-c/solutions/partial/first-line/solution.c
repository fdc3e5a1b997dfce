// partial: a mistake that people make. It reads the first line only; expect.json beside it says which tests must notice.
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
	char line[4096] = "", *at = line, *end;
	long long sum = 0;

	if (!fgets(line, sizeof(line), stdin))
		line[0] = '\0';
	for (;;) {
		long long number = strtoll(at, &end, 10);

		if (end == at)
			break;
		sum += number;
		at = end;
	}
	printf("%lld\n", sum);
	return 0;
}
