#include <iostream>

int main()
{
	// For each line print yes or no.
}
