#include "leap.h"

int is_leap_year(int year)
{
	retrun year % 4 == 0;
}
