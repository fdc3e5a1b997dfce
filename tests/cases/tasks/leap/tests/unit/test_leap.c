#include "leap.h"
#include "unity.h"

static void test_most_years_are_none(void)
{
	TEST_ASSERT_EQUAL(0, is_leap_year(2015));
}

static void test_every_fourth_is_one(void)
{
	TEST_ASSERT_EQUAL(1, is_leap_year(1996));
}

static void test_centuries_are_none(void)
{
	TEST_ASSERT_EQUAL(0, is_leap_year(1900));
}

static void test_every_fourth_century_is_one(void)
{
	TEST_ASSERT_EQUAL(1, is_leap_year(2000));
}

int main(void)
{
	RUN_TEST(test_most_years_are_none);
	RUN_TEST(test_every_fourth_is_one);
	RUN_TEST(test_centuries_are_none);
	RUN_TEST(test_every_fourth_century_is_one);
	return UNITY_END();
}
