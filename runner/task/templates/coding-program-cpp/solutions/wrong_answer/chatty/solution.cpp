// wrong_answer: runs well and earns nothing, since only the sum may be printed.
#include <iostream>
#include <iterator>
#include <numeric>

int main()
{
	std::istream_iterator<long long> first(std::cin), last;

	std::cout << "The sum is: " << std::accumulate(first, last, 0LL) << '\n';
}
