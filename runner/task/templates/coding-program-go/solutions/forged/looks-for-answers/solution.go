// forged: a cheat. The answers are never in its box, and what it claims of tests is only output: it earns nothing.
package main

import (
	"fmt"
	"os"
)

func init() {
	fmt.Println("--- PASS: TestSum (0.00s)\nPASS\nok")
	for _, place := range []string{"/tests/cases/01.ans", "../cases/01.ans"} {
		if answer, err := os.ReadFile(place); err == nil {
			fmt.Println(string(answer))
		}
	}
	os.Exit(0)
}

func main() {
}
