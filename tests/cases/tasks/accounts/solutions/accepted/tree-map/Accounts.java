import java.util.*;

public class Accounts {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        Map<String, Long> balances = new TreeMap<>();

        while (in.hasNext())
            balances.merge(in.next(), in.nextLong(), Long::sum);
        balances.values().removeIf(balance -> balance == 0);
        balances.forEach((name, balance) -> System.out.println(name + " " + balance));
    }
}
