use std::io::{self, BufRead};

fn squeeze(line: &str) -> String {
    line.chars().map(|c| format!("{c}1")).collect()
}

fn main() {
    for line in io::stdin().lock().lines() {
        println!("{}", squeeze(&line.unwrap_or_default()));
    }
}
