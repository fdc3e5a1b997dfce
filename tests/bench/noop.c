// SPDX-License-Identifier: MIT
/* The cheapest program there is, so that what is measured is the launch. Linked statically. */
int main(void)
{
	return 0;
}
