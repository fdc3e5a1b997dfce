// SPDX-License-Identifier: MIT
/*
 * The program `assay`.
 */
#include <stdio.h>

int main(void)
{
	printf("assay %s\n", ASSAY_VERSION);
	return 0;
}
