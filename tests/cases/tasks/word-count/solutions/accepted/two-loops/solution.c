#include "count.h"
#include <stdio.h>

int main(void)
{
	printf("%ld", count_words(stdin));
}
