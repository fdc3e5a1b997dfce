/* Give the string that stands for the text in an address. */
#include "slug.h"

#include <stdio.h>

void slug(const char *text, char *out, size_t size)
{
	snprintf(out, size, "%s", text);
}
