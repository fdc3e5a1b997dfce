// SPDX-License-Identifier: MIT
/* policy_generate: prints the compiled filter as the initialiser that policy_load.c includes. */
#include <stdio.h>

#include "policy.h"

int main(void)
{
	static struct policy_filter filter;
	struct fault f;

	if (policy_compile(&filter, &f) < 0) {
		fprintf(stderr, "policy_generate: %s\n", f.text);
		return 1;
	}
	printf("\t.count = %u,\n\t.instructions = {\n", filter.count);
	for (size_t i = 0; i < filter.count; i++)
		printf("\t\t{ 0x%04x, %u, %u, 0x%08x },\n", filter.instructions[i].code,
			filter.instructions[i].jt, filter.instructions[i].jf,
			filter.instructions[i].k);
	printf("\t},\n\t.told = {\n");
	for (size_t i = 0; filter.told[i].name[0]; i++)
		printf("\t\t{ %d, \"%s\" },\n", filter.told[i].number, filter.told[i].name);
	printf("\t},\n");
	return fflush(stdout) == 0 ? 0 : 1;
}
