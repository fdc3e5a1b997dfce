public class Accounts {
    public static void main(String[] args) {
        // Print each name with its balance.
    }
}
