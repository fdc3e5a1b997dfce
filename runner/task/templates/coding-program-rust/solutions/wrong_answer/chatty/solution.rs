// wrong_answer: runs well and earns nothing, since only the sum may be printed.
use std::io::{self, Read};

fn main() -> io::Result<()> {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    let sum: i64 = text.split_whitespace().filter_map(|word| word.parse::<i64>().ok()).sum();
    println!("The sum is: {sum}");
    Ok(())
}
