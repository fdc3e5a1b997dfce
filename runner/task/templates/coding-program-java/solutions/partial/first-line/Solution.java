// partial: a mistake that people make. It reads the first line only; expect.json beside it says which tests must notice.
import java.util.Scanner;

public class Solution {
    public static void main(String[] args) {
        Scanner lines = new Scanner(System.in);
        Scanner numbers = new Scanner(lines.hasNextLine() ? lines.nextLine() : "");
        long sum = 0;

        while (numbers.hasNextLong())
            sum += numbers.nextLong();
        System.out.println(sum);
    }
}
