// partial: a mistake that people make. It reads the first line only; expect.json beside it says which tests must notice.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
)

func main() {
	line, _ := bufio.NewReader(os.Stdin).ReadString('\n')
	var sum int64
	for _, word := range strings.Fields(line) {
		number, _ := strconv.ParseInt(word, 10, 64)
		sum += number
	}
	fmt.Println(sum)
}
