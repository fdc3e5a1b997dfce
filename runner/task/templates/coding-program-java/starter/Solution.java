// Read the numbers from standard input, print their sum.
public class Solution {
    public static void main(String[] args) {
    }
}
