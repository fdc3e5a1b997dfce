use std::io::{self, BufRead};

fn squeeze(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        let mut length = 1;
        while rest.next_if_eq(&c).is_some() {
            length += 1;
        }
        out += &format!("{length}{c}");
    }
    out
}

fn main() {
    for line in io::stdin().lock().lines() {
        println!("{}", squeeze(&line.unwrap_or_default()));
    }
}
