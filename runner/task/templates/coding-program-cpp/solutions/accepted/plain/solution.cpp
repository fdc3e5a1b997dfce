// accepted: must earn all points, five times in a row.
#include <iostream>
#include <iterator>
#include <numeric>

int main()
{
	std::istream_iterator<long long> first(std::cin), last;

	std::cout << std::accumulate(first, last, 0LL) << '\n';
}
