#include <stdio.h>

/* What a checker would fall for that lets a language read its input: an expression, a format, numbers of many kinds. */
int main(void)
{
	puts("__import__('os')._exit(42)\n%s%s%s%n\n{0.__class__}\n$(exit 42)\n`exit 42`\nnan inf -1 1e9 0x1E");
	fwrite("\0\xff\xfe", 1, 3, stdout);
	return 0;
}
