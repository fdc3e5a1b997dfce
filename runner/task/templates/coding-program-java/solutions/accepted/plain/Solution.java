// accepted: must earn all points, five times in a row.
import java.util.Scanner;

public class Solution {
    public static void main(String[] args) {
        Scanner numbers = new Scanner(System.in);
        long sum = 0;

        while (numbers.hasNextLong())
            sum += numbers.nextLong();
        System.out.println(sum);
    }
}
