# Read the numbers from standard input, print their sum.
