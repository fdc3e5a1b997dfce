# wrong_answer: runs well and earns nothing, since only the sum may be printed.
sum=0
while read -r -a numbers || [ ${#numbers[@]} -gt 0 ]; do
	for number in "${numbers[@]}"; do sum=$((sum + number)); done
done
echo "The sum is: $sum"
