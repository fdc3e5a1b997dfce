fn main() {
    // For each line print its runs.
}
