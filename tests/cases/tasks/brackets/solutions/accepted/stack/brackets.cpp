#include <iostream>
#include <string>
#include <vector>

static bool balanced(const std::string &line)
{
	std::vector<char> open;

	for (char c : line) {
		if (c == '(' || c == '[' || c == '{') {
			open.push_back(c == '(' ? ')' : c == '[' ? ']' : '}');
		} else if (c == ')' || c == ']' || c == '}') {
			if (open.empty() || open.back() != c)
				return false;
			open.pop_back();
		}
	}
	return open.empty();
}

int main()
{
	std::string line;

	while (std::getline(std::cin, line))
		std::cout << (balanced(line) ? "yes" : "no") << '\n';
}
