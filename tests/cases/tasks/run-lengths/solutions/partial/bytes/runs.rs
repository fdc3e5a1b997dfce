use std::io::{self, BufRead};

// Takes bytes for characters.
fn squeeze(line: &str) -> String {
    let bytes = line.as_bytes();
    let mut out = String::new();
    let mut at = 0;
    while at < bytes.len() {
        let length = bytes[at..].iter().take_while(|b| **b == bytes[at]).count();
        out += &format!("{length}{}", bytes[at] as char);
        at += length;
    }
    out
}

fn main() {
    for line in io::stdin().lock().lines() {
        println!("{}", squeeze(&line.unwrap_or_default()));
    }
}
