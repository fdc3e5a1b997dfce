import java.util.*;

public class Accounts {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        Map<String, Integer> balances = new TreeMap<>();

        while (in.hasNext())
            balances.merge(in.next(), in.nextInt(), Integer::sum);
        balances.values().removeIf(balance -> balance == 0);
        balances.forEach((name, balance) -> System.out.println(name + " " + balance));
    }
}
