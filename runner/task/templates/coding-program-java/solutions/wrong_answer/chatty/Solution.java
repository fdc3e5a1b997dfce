// wrong_answer: runs well and earns nothing, since only the sum may be printed.
import java.util.Scanner;

public class Solution {
    public static void main(String[] args) {
        Scanner numbers = new Scanner(System.in);
        long sum = 0;

        while (numbers.hasNextLong())
            sum += numbers.nextLong();
        System.out.println("The sum is: " + sum);
    }
}
