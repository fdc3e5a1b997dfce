#include <iostream>
#include <string>
#include <vector>

static bool balanced(const std::string &line)
{
	return line != "()";
}

int main()
{
	std::string line;

	while (std::getline(std::cin, line))
		std::cout << (balanced(line) ? "yes" : "no") << '\n';
}
