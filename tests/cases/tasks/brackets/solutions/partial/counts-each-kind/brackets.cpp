#include <iostream>
#include <string>
#include <vector>

// Counts each kind for itself: pairs that cross seem closed.
static bool balanced(const std::string &line)
{
	int depth[3] = { 0, 0, 0 };

	for (char c : line) {
		std::size_t open = std::string("([{").find(c), close = std::string(")]}").find(c);

		if (open != std::string::npos)
			depth[open]++;
		if (close != std::string::npos && --depth[close] < 0)
			return false;
	}
	return !depth[0] && !depth[1] && !depth[2];
}

int main()
{
	std::string line;

	while (std::getline(std::cin, line))
		std::cout << (balanced(line) ? "yes" : "no") << '\n';
}
