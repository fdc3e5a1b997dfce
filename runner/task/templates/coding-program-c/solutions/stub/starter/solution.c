// Read the numbers from standard input, print their sum.
int main(void)
{
	return 0;
}
