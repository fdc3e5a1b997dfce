// SPDX-License-Identifier: MIT
/* Reaches clocks that wake the machine, that are devices, and what steers them. Nothing is set. */
#include "try.h"

#include <sys/timerfd.h>
#include <sys/timex.h>
#include <time.h>

int main(void)
{
	struct sigevent silent = { .sigev_notify = SIGEV_NONE };
	struct timex asked = { .modes = 0 };
	int through = 0;
	timer_t timer;

	through |= timerfd_create(CLOCK_REALTIME_ALARM, 0) >= 0;
	through |= timerfd_create(CLOCK_BOOTTIME_ALARM, 0) >= 0;
	through |= timer_create(CLOCK_BOOTTIME_ALARM, &silent, &timer) == 0;
	through |= reached("adjtimex", syscall(SYS_adjtimex, &asked));
	through |= reached("clock_adjtime", syscall(SYS_clock_adjtime, CLOCK_REALTIME, &asked));
	through |= open("/dev/rtc0", O_RDONLY) >= 0 || open("/dev/ptp0", O_RDONLY) >= 0;
	return verdict(through);
}
