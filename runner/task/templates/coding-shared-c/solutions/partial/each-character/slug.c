/* partial: a mistake that people make. Each character becomes a hyphen of its own; expect.json says which tests must
 * notice. */
#include "slug.h"

#include <ctype.h>

void slug(const char *text, char *out, size_t size)
{
	size_t length = 0;

	for (; *text && length + 1 < size; text++) {
		unsigned char c = (unsigned char)tolower((unsigned char)*text);

		out[length++] = isalnum(c) ? (char)c : '-';
	}
	if (size)
		out[length] = '\0';
}
