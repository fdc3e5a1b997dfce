// partial: a mistake that people make. It reads the first line only; expect.json beside it says which tests must notice.
#include <iostream>
#include <iterator>
#include <numeric>
#include <sstream>
#include <string>

int main()
{
	std::string line;
	std::getline(std::cin, line);
	std::istringstream words(line);
	std::istream_iterator<long long> first(words), last;

	std::cout << std::accumulate(first, last, 0LL) << '\n';
}
