import java.util.*;

public class Accounts {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        while (in.hasNext())
            System.out.println(in.next() + " " + in.nextLong());
    }
}
