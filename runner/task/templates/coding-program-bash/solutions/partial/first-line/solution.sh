# partial: a mistake that people make. It reads the first line only; expect.json beside it says which tests must notice.
sum=0
read -r -a numbers
for number in "${numbers[@]}"; do sum=$((sum + number)); done
echo "$sum"
