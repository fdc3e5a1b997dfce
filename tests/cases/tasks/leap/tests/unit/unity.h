/* Prints what Unity prints, of the little that these tests need. */
#include <setjmp.h>
#include <stdio.h>

static struct {
	const char *name;
	int tests, failures;
	jmp_buf end;
} unity;

#define TEST_ASSERT_EQUAL(expected, actual) \
	do { \
		long wanted = (expected), got = (actual); \
		if (wanted != got) { \
			printf("%s:%d:%s:FAIL: Expected %ld Was %ld\n", __FILE__, __LINE__, unity.name, wanted, got); \
			unity.failures++; \
			longjmp(unity.end, 1); \
		} \
	} while (0)

#define RUN_TEST(test) \
	do { \
		unity.name = #test; \
		unity.tests++; \
		if (setjmp(unity.end) == 0) { \
			test(); \
			printf("%s:%d:%s:PASS\n", __FILE__, __LINE__, unity.name); \
		} \
		fflush(stdout); \
	} while (0)

#define UNITY_END() \
	(printf("\n-----------------------\n%d Tests %d Failures 0 Ignored \n%s\n", unity.tests, unity.failures, \
		 unity.failures ? "FAIL" : "OK"), unity.failures)
