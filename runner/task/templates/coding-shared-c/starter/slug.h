#ifndef SLUG_H
#define SLUG_H

#include <stddef.h>

/* Writes the slug of text, with a NUL behind it, to out; what does not fit into size bytes is cut off. */
void slug(const char *text, char *out, size_t size);

#endif
