// SPDX-License-Identifier: MIT
/* Ignores every signal, stops itself and sleeps: only the clock outside can end it. */
#include "try.h"

int main(int argc, char **argv)
{
	for (int number = 1; number < 65; number++)
		signal(number, SIG_IGN);
	if (argc > 1)
		return THROUGH;
	if (fork() == 0)
		for (;;)
			pause();
	raise(SIGSTOP);
	sleep(60);
	return THROUGH;
}
