// Read the numbers from standard input, print their sum.
int main()
{
}
