// partial: a mistake that people make. It reads the first line only; expect.json beside it says which tests must notice.
use std::io;

fn main() -> io::Result<()> {
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    let sum: i64 = line.split_whitespace().filter_map(|word| word.parse::<i64>().ok()).sum();
    println!("{sum}");
    Ok(())
}
