/* wrong_answer: runs well and earns nothing. */
#include "slug.h"

#include <ctype.h>

void slug(const char *text, char *out, size_t size)
{
	size_t length = 0;

	for (; *text && length + 1 < size; text++) {
		unsigned char c = (unsigned char)tolower((unsigned char)*text);

		out[length++] = isalnum(c) ? (char)c : '_';
	}
	if (size)
		out[length] = '\0';
}
