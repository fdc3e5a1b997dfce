// Read the numbers from standard input, print their sum.
package main

func main() {
}
