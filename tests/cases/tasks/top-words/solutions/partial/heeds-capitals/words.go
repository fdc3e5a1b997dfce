package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"strings"
)

func main() {
	count := map[string]int{}
	in := bufio.NewScanner(os.Stdin)
	in.Split(bufio.ScanWords)
	for in.Scan() {
		count[in.Text()]++
	}
	words := []string{}
	for word := range count {
		words = append(words, word)
	}
	sort.Slice(words, func(i, j int) bool {
		a, b := words[i], words[j]
		return count[a] > count[b] || count[a] == count[b] && a < b
	})
	for _, word := range words {
		fmt.Println(word, count[word])
	}
	_ = strings.ToLower
}
