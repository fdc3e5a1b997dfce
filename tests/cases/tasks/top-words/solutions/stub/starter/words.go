package main

func main() {
	// Print each word with its count.
}
