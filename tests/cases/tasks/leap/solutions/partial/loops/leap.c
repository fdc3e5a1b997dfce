#include "leap.h"

int is_leap_year(int year)
{
	while (year == 1900)
		;
	return year % 4 == 0;
}
